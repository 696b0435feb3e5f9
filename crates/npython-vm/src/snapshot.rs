//! Snapshots: a machine as bytes, to go on later, elsewhere.
//!
//! A machine may be stored whenever it is not running: before its first instruction, between slices, waiting for a host
//! call, or at its end. The machine that is loaded is in the same status, and from there on gives the same results, prints
//! the same and uses the same gas. One that waits for a host call tells with [`Machine::pending_host_call`] which.
//!
//! A snapshot holds the program and its data, so it is as confidential as they are. It is not authenticated: whoever
//! stores snapshots where others can write must sign them and check the signature first. A forged one can state any
//! value the program could have had, and that less gas was spent than was; but it cannot give the machine more than
//! the limits and the functions that the loading host names, run code that the verifier refuses, or reach outside of the
//! machine. An old snapshot of an honest machine is honest too: a host that wants each one to be resumed once keeps count.

pub(crate) mod census;
mod check;
mod codes;
mod segment;
mod strings;

use std::fmt;
use std::hash::Hasher;
use std::sync::{Arc, LazyLock};

use npython_bytecode::{GAS_SCHEDULE_VERSION, TABLE, VerifyError};
use serde::{Deserialize, Serialize};
use siphasher::sip::SipHasher13;

use crate::base::{Base, base};
use crate::boundary::{HostCall, HostFunction, MachineLimits};
use crate::machine::{Machine, Status};
use crate::names;
use crate::value::{HostId, Value};

use segment::StoredSegment;

const MAGIC: [u8; 8] = *b"npysnap\0";
/// To be raised with every change of what is stored or how.
const FORMAT: u32 = 6;
/// Magic, format, gas schedule, build.
const HEADER: usize = 24;
/// Bytes that arena slots may take beyond twice the memory limit: slots that are free count for nothing else.
const SPARE: usize = 16 << 20;

/// Why a machine could not be stored or loaded.
#[derive(Debug, PartialEq, Eq)]
pub enum SnapshotError {
    /// The machine has halted for good: there is nothing to go on with.
    Halted,
    /// Host calls are under way, which no other machine could answer.
    CallsUnderWay,
    /// The bytes are no snapshot at all.
    NotASnapshot,
    /// Made in another format, found and known here.
    Format(u32, u32),
    /// Made under another gas schedule, found and in force here: the gas would not add up.
    GasSchedule(u32, u32),
    /// Made by a build with other built-in types, functions or prelude.
    OtherBuild,
    /// The bytes do not describe a machine.
    Malformed(&'static str),
    /// The same, with what is wrong in it.
    Inconsistent(String),
    /// A code object that the verifier refuses.
    Code(VerifyError),
    /// The program uses this host function under a number where the host has another one, or none.
    HostFunction(String),
    /// What the machine holds exceeds this limit of the host.
    Limit(&'static str),
}

impl fmt::Display for SnapshotError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Halted => write!(f, "a machine that has halted cannot be stored"),
            Self::CallsUnderWay => write!(f, "a machine with host calls under way cannot be stored"),
            Self::NotASnapshot => write!(f, "not a snapshot"),
            Self::Format(found, known) => {
                write!(f, "the snapshot has format {found}, this version reads format {known}")
            }
            Self::GasSchedule(found, known) => {
                write!(f, "the snapshot was made under gas schedule {found}, this version has gas schedule {known}")
            }
            Self::OtherBuild => write!(f, "the snapshot was made by another version of npython"),
            Self::Malformed(reason) => write!(f, "malformed snapshot: {reason}"),
            Self::Inconsistent(reason) => write!(f, "malformed snapshot: {reason}"),
            Self::Code(error) => write!(f, "malformed snapshot: {error}"),
            Self::HostFunction(name) => {
                write!(f, "the snapshot needs the host function {name}, which is not available")
            }
            Self::Limit(limit) => write!(f, "the machine in the snapshot exceeds the {limit} limit"),
        }
    }
}

impl std::error::Error for SnapshotError {}

#[derive(Serialize)]
struct StoredRef<'a> {
    machine: &'a Machine,
    stack: &'a [Value],
    stack_length: u32,
    segment: StoredSegment,
}

#[derive(Deserialize)]
struct Stored {
    machine: Machine,
    /// The part that is in use.
    stack: Vec<Value>,
    stack_length: u32,
    segment: StoredSegment,
}

impl Machine {
    /// The machine as bytes. The same machine gives the same bytes.
    ///
    /// # Errors
    /// [`SnapshotError::Halted`] when the machine has halted, [`SnapshotError::CallsUnderWay`] when host calls are.
    pub fn snapshot(&self) -> Result<Vec<u8>, SnapshotError> {
        if self.status == Status::Stopped {
            return Err(SnapshotError::Halted);
        }
        if self.has_calls_under_way() {
            return Err(SnapshotError::CallsUnderWay);
        }
        let stored = StoredRef {
            machine: self,
            stack: self.stack.get(..self.stack_in_use()).unwrap_or(&[]),
            stack_length: self.stack.len() as u32,
            segment: StoredSegment::of(self),
        };
        postcard::to_extend(&stored, header()).map_err(|error| SnapshotError::Inconsistent(error.to_string()))
    }

    /// The machine that [`Machine::snapshot`] stored, in the same status. `functions` are the host's, by number: those the
    /// machine was given must be among them. Of each limit the lower one holds, the stored one or the host's; gas that was
    /// used stays used.
    ///
    /// # Errors
    /// When the bytes are no snapshot, of another version, malformed, or of a machine that needs more than the host gives.
    pub fn restore<F: Clone + Into<HostFunction>>(
        bytes: &[u8],
        limits: MachineLimits,
        functions: &[F],
    ) -> Result<Self, SnapshotError> {
        let functions: Arc<[HostFunction]> = functions.iter().cloned().map(Into::into).collect();
        let body = open(bytes)?;
        let memory = usize::try_from(limits.memory).unwrap_or(usize::MAX);
        census::begin(memory.saturating_mul(2).saturating_add(SPARE));
        let decoded = postcard::take_from_bytes::<Stored>(body);
        let ends = census::end();
        let (stored, rest) = decoded.map_err(|error| SnapshotError::Inconsistent(error.to_string()))?;
        if !rest.is_empty() {
            return Err(SnapshotError::Malformed("bytes behind the end"));
        }
        let Stored { mut machine, stack, stack_length, segment } = stored;
        machine.attach(&ends, functions)?;
        machine.restore_stack(stack, stack_length, &limits)?;
        let counts = machine.heap.counts();
        machine.heap.lift_limit();
        segment.restore(&mut machine, limits.memory)?;
        check::check(&machine)?;
        machine.lower_limits(&limits)?;
        let memory = usize::try_from(machine.limits.memory).unwrap_or(usize::MAX);
        let outside = machine.code_memory().saturating_add(machine.stack.len().saturating_mul(size_of::<Value>()));
        if !machine.heap.settle(counts, outside, memory, machine.options.collect_always) {
            return Err(SnapshotError::Limit("memory"));
        }
        Ok(machine)
    }

    /// The host call that the machine waits for, as [`crate::Outcome::HostCall`] told it.
    /// A machine that was loaded is given its grants first, with [`Machine::confirm_grants`]: without those that the call
    /// needs the machine halts, and None is returned.
    pub fn pending_host_call(&mut self) -> Option<HostCall> {
        let call = self.suspension.clone().filter(|_| self.status == Status::AwaitingHost)?;
        let [first, keywords, end] = call.arguments.map(|at| at as usize);
        let positional = self.stack.get(first..keywords)?.to_vec();
        let named = self.stack.get(keywords..end)?.to_vec();
        let args = positional.into_iter().map(|value| self.plain_from_value(value)).collect();
        let kwargs = call
            .keywords
            .iter()
            .zip(named)
            .map(|(name, value)| (self.heap.str(*name).to_owned(), self.plain_from_value(value)));
        let kwargs = kwargs.collect();
        match self.grants_for(HostId::new(call.function)) {
            Ok(grants) => Some(HostCall {
                function: call.function,
                args,
                kwargs,
                line: self.current_line().0,
                grants,
                concurrent: None,
            }),
            Err(_) => {
                self.status = Status::Stopped;
                None
            }
        }
    }

    fn stack_in_use(&self) -> usize {
        let top = self.frames.last().map_or(0, |frame| frame.top);
        let arguments = self.suspension.as_ref().map_or(0, |call| call.arguments[2]);
        top.max(arguments) as usize
    }

    /// Gives the decoded machine what is not stored because it follows from the rest, and checks handles and strings.
    fn attach(&mut self, ends: &[u64], functions: Arc<[HostFunction]>) -> Result<(), SnapshotError> {
        if !self.heap.attach_base() {
            return Err(SnapshotError::OtherBuild);
        }
        if !self.heap.is_sound() {
            return Err(SnapshotError::Malformed("arenas that do not account for their slots"));
        }
        let natives = (census::NATIVE, self.base.natives.len() as u64);
        for (kind, end) in census::ends(&self.heap).into_iter().chain([natives]) {
            if ends.get(kind).is_some_and(|met| *met > end) {
                return Err(SnapshotError::Malformed("a handle to nothing"));
            }
        }
        for (number, name) in self.host_names.iter().enumerate().filter(|(_, name)| **name != names::NAME) {
            let wanted = self.heap.str(*name);
            if functions.get(number).is_none_or(|offered| offered.name != wanted) {
                return Err(SnapshotError::HostFunction(wanted.to_owned()));
            }
        }
        if ends.get(census::HOST).is_some_and(|met| *met > self.host_names.len() as u64) {
            return Err(SnapshotError::Malformed("a host function without name"));
        }
        if self.has_calls_under_way() {
            return Err(SnapshotError::Malformed("host calls under way"));
        }
        self.host_functions = functions;
        strings::check(&self.heap)?;
        if !self.heap.restore_interned() {
            return Err(SnapshotError::Malformed("two interned strings with one text"));
        }
        if !self.restore_patterns() {
            return Err(SnapshotError::Malformed("a pattern that is none"));
        }
        if !self.heap.shapes.restore_positions() {
            return Err(SnapshotError::Malformed("shapes that do not follow from each other"));
        }
        Ok(())
    }

    fn restore_stack(
        &mut self,
        mut stack: Vec<Value>,
        length: u32,
        limits: &MachineLimits,
    ) -> Result<(), SnapshotError> {
        let bytes = u64::from(length).saturating_mul(size_of::<Value>() as u64);
        if bytes > limits.memory || length > self.options.initial_stack.max(limits.stack).max(16) {
            return Err(SnapshotError::Limit("stack"));
        }
        if stack.len() > length as usize {
            return Err(SnapshotError::Malformed("more on the stack than it has room for"));
        }
        stack.resize(length as usize, Value::Undef);
        self.stack = stack;
        Ok(())
    }

    /// Of each limit the lower one; gas that was used counts against the lower budget.
    fn lower_limits(&mut self, limits: &MachineLimits) -> Result<(), SnapshotError> {
        let budget = i64::try_from(self.limits.gas).unwrap_or(i64::MAX);
        let used = budget.checked_sub(self.reserve).filter(|used| *used >= 0 && self.reserve >= 0);
        let Some(used) = used else {
            return Err(SnapshotError::Malformed("more gas left than there was"));
        };
        self.limits = MachineLimits {
            gas: self.limits.gas.min(limits.gas),
            memory: self.limits.memory.min(limits.memory),
            depth: self.limits.depth.min(limits.depth),
            output: self.limits.output.min(limits.output),
            stack: self.limits.stack.min(limits.stack),
            host_calls: self.limits.host_calls.min(limits.host_calls),
            pending_calls: self.limits.pending_calls.min(limits.pending_calls),
        };
        let budget = i64::try_from(self.limits.gas).unwrap_or(i64::MAX);
        match budget.checked_sub(used).filter(|rest| *rest >= 0) {
            Some(rest) => self.reserve = rest,
            None => return Err(SnapshotError::Limit("gas")),
        }
        if self.output_used > self.limits.output {
            return Err(SnapshotError::Limit("output"));
        }
        if self.host_calls.made > self.limits.host_calls {
            return Err(SnapshotError::Limit("host calls"));
        }
        Ok(())
    }
}

fn header() -> Vec<u8> {
    let mut bytes = Vec::with_capacity(4096);
    bytes.extend(MAGIC);
    bytes.extend(FORMAT.to_le_bytes());
    bytes.extend(GAS_SCHEDULE_VERSION.to_le_bytes());
    bytes.extend(build().to_le_bytes());
    bytes
}

/// What follows the header, if it is of this version.
fn open(bytes: &[u8]) -> Result<&[u8], SnapshotError> {
    let (header, body) = bytes.split_at_checked(HEADER).ok_or(SnapshotError::NotASnapshot)?;
    let number =
        |at: usize| header.get(at..at + 4).and_then(|bytes| bytes.try_into().ok()).map_or(0, u32::from_le_bytes);
    if header.get(..8) != Some(MAGIC.as_slice()) {
        return Err(SnapshotError::NotASnapshot);
    }
    if number(8) != FORMAT {
        return Err(SnapshotError::Format(number(8), FORMAT));
    }
    if number(12) != GAS_SCHEDULE_VERSION {
        return Err(SnapshotError::GasSchedule(number(12), GAS_SCHEDULE_VERSION));
    }
    if header.get(16..) != Some(build().to_le_bytes().as_slice()) {
        return Err(SnapshotError::OtherBuild);
    }
    Ok(body)
}

/// A number for everything that handles and instructions of a snapshot refer to outside of it.
fn build() -> u64 {
    static BUILD: LazyLock<u64> = LazyLock::new(|| fingerprint(base()));
    *BUILD
}

fn fingerprint(base: &Base) -> u64 {
    let mut hasher = SipHasher13::new();
    let mut add = |text: &str| {
        hasher.write_usize(text.len());
        hasher.write(text.as_bytes());
    };
    add(env!("CARGO_PKG_VERSION"));
    for info in TABLE {
        add(info.name);
        add(&info.gas.to_string());
    }
    for row in crate::types::TABLE {
        add(row.name);
    }
    for native in &base.natives {
        add(native.def.name);
        add(native.module);
        add(&native.owner.map_or(String::new(), |owner| owner.number().to_string()));
    }
    for string in &base.strings {
        if let crate::objects::StrText::Owned(text) = &string.text {
            add(text);
        }
    }
    for (filename, text) in crate::prelude::SOURCES {
        add(filename);
        add(text);
    }
    add(&base.functions.len().to_string());
    hasher.finish()
}
