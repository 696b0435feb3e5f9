//! The machine: state, and the way in for its host.

mod absent;
mod arguments;
mod attribute;
pub(crate) mod bases;
pub(crate) mod call;
pub(crate) mod class;
mod collection;
mod compare;
mod compiling;
mod concurrent_calls;
mod consumer;
mod context_managers;
mod convert;
mod deques;
mod dict_access;
mod errors;
mod foreign_namespaces;
mod frame;
mod gaps;
mod generator;
mod hash;
mod host_call_count;
mod host_failure;
mod import;
mod instance_parts;
mod interpreter;
mod intrinsic;
mod iteration;
mod link;
mod matching;
mod meter;
mod moving;
mod native_arguments;
mod operators;
mod own_codes;
mod repr;
mod retry;
mod returning;
mod scope;
mod slots;
mod subscript;
mod suggestions;
mod telling;
mod template;
mod text;
mod traceback;
mod truth;
mod type_names;
mod unpacking;
mod unwind;
mod variables;

use std::collections::BTreeMap;
use std::sync::Arc;

use npython_bytecode::{Code, CodeFlags, Instr};
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

pub(crate) use compare::{Equality, Obstacle};
pub(crate) use compiling::{CompiledSource, code_bytes};
pub(crate) use concurrent_calls::INTRINSICS as CONCURRENT_CALL_INTRINSICS;
pub(crate) use consumer::Consumer;
pub(crate) use frame::{Frame, NO_GENERATOR, OnReturn};
pub(crate) use generator::Resumption;
pub(crate) use iteration::deque_iter;
pub(crate) use link::{CodeSegment, Room, codes_in};
pub use meter::Watch;
pub(crate) use operators::{IntOperand, NumberKind, number_kind};
pub(crate) use own_codes::{CODE_BYTES, OwnCodes};
pub(crate) use returning::METHOD_HASH;
pub(crate) use text::{TemplateArguments, char_of_code_point, code_point};

use crate::base::{Base, CodeEntry, base};
use crate::boundary::{
    Halt, HostCall, HostError, HostFunction, MachineLimits, MachineOptions, Outcome, PlainValue, ScopeEvent,
    ScopeRequest,
};
use crate::fault::Fault;
use crate::heap::Heap;
use crate::names;
use crate::objects::{Dict, HeldGrant, LiveGrant, Str, TypeObject};
use crate::tables::DictTable;
use crate::value::{Id, Value};

/// A guest call that a native function, or an instruction, wants made in its place.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct PendingCall {
    /// Values put on the stack below the call; `on_return` knows what they mean.
    pub(crate) keep: SmallVec<[Value; 2]>,
    pub(crate) callable: Value,
    pub(crate) args: SmallVec<[Value; 4]>,
    /// Names of the last arguments that are keyword arguments.
    pub(crate) keywords: Vec<Id<Str>>,
    pub(crate) on_return: OnReturn,
}

impl Default for PendingCall {
    fn default() -> Self {
        Self {
            keep: SmallVec::new(),
            callable: Value::Undef,
            args: SmallVec::new(),
            keywords: Vec::new(),
            on_return: OnReturn::Push,
        }
    }
}

/// What the machine is doing between calls of `run`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) enum Status {
    Idle,
    Ready,
    AwaitingHost,
    /// A scope is to be entered: its name and token are the last operands.
    AwaitingGrant,
    Stopped,
    /// Every task of the guest's event loop waits for a host call under way.
    AwaitingCalls,
}

/// Called at a `HostCall`: where its answer goes, and where its arguments stay until then.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Suspension {
    pub(crate) answer_at: u32,
    pub(crate) function: u32,
    /// Stack positions of the first argument, the first keyword argument and the end.
    pub(crate) arguments: [u32; 3],
    pub(crate) keywords: Vec<Id<Str>>,
    /// The number under which it goes on while the program does.
    pub(crate) concurrent: Option<u32>,
}

/// One sandbox: a heap, a stack, the code it has linked, and a meter.
#[derive(Serialize, Deserialize)]
pub struct Machine {
    /// Every object of the guest's.
    pub(crate) heap: Heap,
    #[serde(skip, default = "base")]
    pub(crate) base: &'static Base,
    /// Stored by the snapshot as far as it is in use.
    #[serde(skip)]
    pub(crate) stack: Vec<Value>,
    /// Calls under way, the running one last.
    pub(crate) frames: Vec<Frame>,
    /// Everything about code is linked anew from the code objects, which the snapshot stores in a form of its own.
    /// Instructions of all code that is linked, one behind the other.
    #[serde(skip)]
    pub(crate) instrs: Vec<Instr>,
    /// Constants, names and inline caches of that code.
    #[serde(skip)]
    pub(crate) segment: CodeSegment,
    /// Where each code object is linked, by number.
    #[serde(skip)]
    pub(crate) entries: Vec<CodeEntry>,
    /// Code objects behind those of the base.
    #[serde(skip)]
    pub(crate) own_codes: OwnCodes,
    /// Gas at hand, the rest of this slice, and what is behind the slice.
    pub(crate) fuel: i64,
    pub(crate) slice_rest: i64,
    pub(crate) reserve: i64,
    /// Gas that native code drew from behind the slice since the embedder was asked last.
    #[serde(skip)]
    pub(crate) overdrawn: i64,
    /// All gas that was left when the instruction under way began, and when the last one began that ran again. See retry.rs.
    #[serde(skip)]
    attempt: i64,
    #[serde(skip)]
    retried: i64,
    /// The reservation under way comes before the first change of the instruction.
    #[serde(skip)]
    changed_nothing: bool,
    /// What the machine may use in all.
    pub(crate) limits: MachineLimits,
    pub(crate) options: MachineOptions,
    pub(crate) status: Status,
    /// The exception being raised, else `Undef`.
    pub(crate) raised: Value,
    /// Why it halts, from where that is found out to the boundary.
    #[serde(skip)]
    pub(crate) halt: Option<Halt>,
    /// The call that a native or an instruction asks for by `Fault::Call`.
    pub(crate) pending: PendingCall,
    /// The exception being handled (`sys.exception()`).
    pub(crate) handled: Value,
    /// The value of the program's last expression.
    pub(crate) result: Value,
    /// Globals of the program.
    pub(crate) main_globals: Id<Dict>,
    /// Names the host added to the builtins: its functions.
    pub(crate) builtins: DictTable<Value, Value>,
    /// Printed since the host took it.
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    /// Bytes printed in all.
    pub(crate) output_used: u64,
    /// The next version of a type: each change of a type makes what was learned about it void.
    pub(crate) next_type_version: u32,
    /// Names of the host functions, by number.
    pub(crate) host_names: Vec<Id<Str>>,
    /// The host call that waits for its answer.
    pub(crate) suspension: Option<Suspension>,
    /// On its way from the call to the return of `run`.
    #[serde(skip)]
    host_call: Option<HostCall>,
    #[serde(skip)]
    scope_request: Option<ScopeRequest>,
    /// How long the event loop wants to wait.
    #[serde(skip)]
    wait_request: Option<Option<f64>>,
    pub(crate) concurrent: concurrent_calls::ConcurrentCalls,
    pub(crate) host_calls: host_call_count::HostCallCount,
    /// Of the host functions, by number. What they need comes from the host that loads a snapshot, not from the snapshot.
    #[serde(skip)]
    pub(crate) host_functions: Arc<[HostFunction]>,
    /// Grants of the frames, bottom frame first: all are in force for the frame on top. See scope.rs.
    pub(crate) grants: Vec<HeldGrant>,
    /// The grants of all open blocks, those of suspended generators too, by serial number.
    pub(crate) open_grants: BTreeMap<u32, LiveGrant>,
    pub(crate) next_grant: u32,
    /// While a library of the host runs: the globals of the program, and its gas.
    #[serde(skip)]
    library: Option<(Id<Dict>, i64)>,
    /// File names of the libraries of the host.
    pub(crate) library_names: Vec<String>,
    /// Noted since the host took them, if it wants them.
    #[serde(skip)]
    scope_events: Option<Vec<ScopeEvent>>,
    /// Imported modules by name.
    pub(crate) modules: DictTable<Value, Value>,
    /// Lent to one matching operation after the other.
    #[serde(skip)]
    pub(crate) matcher: crate::text::regex::Matcher,
    /// Sources compiled lately, by the guest.
    #[serde(skip)]
    pub(crate) compiled: Vec<CompiledSource>,
    /// Containers whose text guest code is making, and marks of native writers inside one another.
    pub(crate) repr_active: Vec<Value>,
    /// Locals mapping for the class body about to be called.
    pub(crate) body_namespace: Value,
    /// The exception being raised already has an entry for the frame that raises it again.
    pub(crate) skip_trace: bool,
    /// Where the raising frame stands when that is not where the loop is.
    pub(crate) unwind_pc: Option<u32>,
    /// A pending call to be made before the loop goes on, and where its result goes.
    pub(crate) follow_up: Option<u32>,
    /// Set by `locals()` for the loop, which has the variables.
    pub(crate) wants_locals: bool,
    /// Natives whose pending call is being made on top of them.
    pub(crate) native_calls: u32,
    /// Texts of exceptions whose `__str__` is guest code.
    pub(crate) described: Vec<(Value, String)>,
    /// What `type_lookup` found lately: type version, name, value (`Undef` for nothing).
    #[serde(skip)]
    pub(crate) lookup_cache: Vec<std::cell::Cell<(u32, u32, Value)>>,
    /// What attribute sites that meet several shapes have learned, by site.
    #[serde(skip)]
    pub(crate) polymorphic_sites: Vec<(u32, link::AttributeSite)>,
    /// The slice of operations that do not keep theirs.
    #[serde(skip)]
    pub(crate) passing_slice: Option<Value>,
    /// On its way from the fast loop to the general one.
    #[serde(skip)]
    pub(crate) unsettled: Option<interpreter::Unsettled>,
    /// A copy of `result` for the host, made and paid for when the program finished.
    #[serde(skip)]
    plain_result: Option<PlainValue>,
    /// The embedder's, asked during long operations.
    #[serde(skip)]
    watch: Option<meter::SharedWatch>,
    /// The exception that left the program while guest code computes its text.
    describing: Value,
    /// Root shapes of built-in types whose instances have attributes, and guest subclasses of built-in types.
    pub(crate) native_root_shapes: Vec<(Id<TypeObject>, u32)>,
    pub(crate) native_subclasses: Vec<(Id<TypeObject>, Id<TypeObject>)>,
}

impl Machine {
    /// A machine with nothing but the builtins. Takes microseconds: the base heap is shared.
    pub fn new(limits: MachineLimits, options: MachineOptions) -> Self {
        let base = base();
        let memory = usize::try_from(limits.memory).unwrap_or(usize::MAX);
        let mut heap = Heap::new(base, memory, options.collect_always);
        let main_globals = heap.dicts.insert(Dict::default());
        Self {
            heap,
            base,
            stack: vec![Value::Undef; options.initial_stack.max(16) as usize],
            frames: Vec::new(),
            instrs: Vec::new(),
            segment: CodeSegment::default(),
            entries: base.entries.clone(),
            own_codes: OwnCodes::default(),
            fuel: 0,
            slice_rest: 0,
            reserve: i64::try_from(limits.gas).unwrap_or(i64::MAX),
            overdrawn: 0,
            attempt: 0,
            retried: i64::MIN,
            changed_nothing: false,
            limits,
            options,
            status: Status::Idle,
            raised: Value::Undef,
            halt: None,
            pending: PendingCall::default(),
            handled: Value::None,
            result: Value::None,
            main_globals,
            builtins: DictTable::default(),
            stdout: String::new(),
            stderr: String::new(),
            output_used: 0,
            next_type_version: base.types.len() as u32 + 1,
            host_names: Vec::new(),
            suspension: None,
            host_call: None,
            scope_request: None,
            wait_request: None,
            concurrent: concurrent_calls::ConcurrentCalls::default(),
            host_calls: host_call_count::HostCallCount::default(),
            host_functions: Arc::default(),
            grants: Vec::new(),
            open_grants: BTreeMap::new(),
            next_grant: 0,
            library: None,
            library_names: Vec::new(),
            scope_events: None,
            modules: DictTable::default(),
            matcher: crate::text::regex::Matcher::default(),
            compiled: Vec::new(),
            repr_active: Vec::new(),
            body_namespace: Value::Undef,
            skip_trace: false,
            unwind_pc: None,
            follow_up: None,
            wants_locals: false,
            native_calls: 0,
            polymorphic_sites: Vec::new(),
            unsettled: None,
            passing_slice: None,
            described: Vec::new(),
            lookup_cache: Vec::new(),
            plain_result: None,
            watch: None,
            describing: Value::Undef,
            native_root_shapes: Vec::new(),
            native_subclasses: Vec::new(),
        }
    }

    /// Sets a global of the main module.
    ///
    /// # Errors
    /// When the value does not fit in the memory limit.
    pub fn set_global(&mut self, name: &str, value: &PlainValue) -> Result<(), Halt> {
        let made = self.with_collection(0, |machine| {
            let value = machine.value_from_plain(value)?;
            let name = machine.heap.intern(name)?;
            machine.dict_set_str(machine.main_globals, name, value)
        });
        made.map_err(|fault| self.halt_of(fault))
    }

    /// Charges gas for work the host does for the program, such as compiling it.
    ///
    /// # Errors
    /// When the budget does not have it; the machine has halted then.
    pub fn charge_host_work(&mut self, gas: u64) -> Result<(), Halt> {
        match i64::try_from(gas).ok().and_then(|gas| self.reserve.checked_sub(gas)).filter(|rest| *rest >= 0) {
            Some(rest) => {
                self.reserve = rest;
                Ok(())
            }
            None => {
                self.reserve = 0;
                self.status = Status::Stopped;
                self.halt = Some(Halt::GasExhausted);
                Err(Halt::GasExhausted)
            }
        }
    }

    /// Prepares to run a module code object in the main module. May be called again after the program ended.
    ///
    /// # Errors
    /// When the code does not fit in the memory limit, or the machine has halted.
    pub fn start(&mut self, code: &Arc<Code>) -> Result<(), Halt> {
        if self.status == Status::Stopped {
            return Err(self.halt.clone().unwrap_or(Halt::Engine("the machine has stopped".to_owned())));
        }
        // Code of earlier programs may be garbage.
        self.with_collection(0, |machine| machine.prepare(code)).map_err(|fault| self.halt_of(fault))
    }

    fn prepare(&mut self, code: &Arc<Code>) -> Result<(), Fault> {
        debug_assert!(code.flags.has(CodeFlags::MODULE));
        self.frames.clear();
        self.end_grants(self.grants.len() as u32);
        self.result = Value::None;
        self.plain_result = None;
        self.handled = Value::None;
        self.raised = Value::Undef;
        self.described.clear();
        if self.find_str(self.main_globals, names::NAME).is_none() {
            self.dict_set_str(self.main_globals, names::NAME, Value::Str(names::MAIN))?;
            self.dict_set_str(self.main_globals, names::DOC, Value::None)?;
        }
        let number = self.add_code(code)?;
        let mut instrs = std::mem::take(&mut self.instrs);
        let linked = self.link(&mut instrs, number);
        self.instrs = instrs;
        let start = linked?;
        let entry = self.entries[number as usize];
        let needed = entry.frame_size as usize;
        if self.stack.len() < needed {
            self.heap.reserve((needed - self.stack.len()) * size_of::<Value>())?;
            self.stack.resize(needed, Value::Undef);
        }
        self.stack[..entry.slots as usize].fill(Value::Undef);
        self.frames.push(Frame {
            pc: start,
            base: 0,
            top: entry.slots,
            code: number,
            globals: self.main_globals,
            on_return: OnReturn::Exit,
            ..Frame::default()
        });
        self.status = Status::Ready;
        Ok(())
    }

    /// Runs at most about `slice` gas units.
    pub fn run(&mut self, slice: u64) -> Outcome {
        match self.status {
            Status::Ready => {}
            Status::AwaitingHost | Status::AwaitingGrant | Status::AwaitingCalls => {
                return Outcome::Halted(Halt::Engine("run() while the host has to answer".to_owned()));
            }
            Status::Idle => return Outcome::Finished,
            Status::Stopped => {
                let halt = self.halt.clone();
                return Outcome::Halted(halt.unwrap_or(Halt::Engine("the machine has stopped".to_owned())));
            }
        }
        let slice = i64::try_from(slice).unwrap_or(i64::MAX).min(self.reserve);
        self.reserve -= slice;
        self.fuel += slice;
        let mut exit = self.execute_and_describe();
        if matches!(exit, Exit::Finished) && self.charge_result().is_err() {
            exit = Exit::Halted;
        }
        self.reserve += self.fuel + self.slice_rest;
        self.fuel = 0;
        self.slice_rest = 0;
        match exit {
            Exit::Finished => {
                self.status = Status::Idle;
                Outcome::Finished
            }
            Exit::Raised => {
                self.status = Status::Idle;
                Outcome::Raised(Box::new(self.guest_error()))
            }
            Exit::Slice => Outcome::SliceUsedUp,
            Exit::Host => self.suspended(),
            Exit::Halted => {
                self.status = Status::Stopped;
                let halt = self.halt_of(Fault::Halt);
                if halt == Halt::GasExhausted {
                    self.reserve = 0;
                }
                self.halt = Some(halt.clone());
                Outcome::Halted(halt)
            }
        }
    }

    /// What the host has to do before the machine can go on.
    fn suspended(&mut self) -> Outcome {
        if let Some(call) = self.host_call.take() {
            self.status = Status::AwaitingHost;
            Outcome::HostCall(Box::new(call))
        } else if let Some(request) = self.scope_request.take() {
            self.status = Status::AwaitingGrant;
            Outcome::EnterScope(Box::new(request))
        } else if let Some(seconds) = self.wait_request.take() {
            self.status = Status::AwaitingCalls;
            Outcome::Waiting { seconds }
        } else {
            Outcome::Halted(Halt::Engine("a host call without call".to_owned()))
        }
    }

    /// Answers the host call the machine waits for.
    ///
    /// # Errors
    /// When the answer does not fit in the memory limit.
    pub fn resume(&mut self, answer: Result<PlainValue, HostError>) -> Result<(), Halt> {
        let Some(suspension) = self.suspension.take().filter(|_| self.status == Status::AwaitingHost) else {
            return Err(Halt::Engine("resume() without a host call".to_owned()));
        };
        self.status = Status::Ready;
        match answer {
            Ok(value) => {
                let top = suspension.arguments[2] as usize;
                let made = self.with_collection(top, |machine| machine.value_from_plain(&value));
                let value = made.map_err(|fault| self.halt_of(fault))?;
                let at = suspension.answer_at as usize;
                if let Some(slot) = self.stack.get_mut(at) {
                    *slot = value;
                }
                if let Some(frame) = self.frames.last_mut() {
                    frame.top = suspension.answer_at + 1;
                }
            }
            Err(error) => {
                let _ = self.raise_host_error(&error);
                if let Some(frame) = self.frames.last_mut() {
                    frame.top = suspension.answer_at;
                }
            }
        }
        Ok(())
    }

    /// What was printed since the last call.
    pub fn take_stdout(&mut self) -> String {
        std::mem::take(&mut self.stdout)
    }

    /// What was printed to standard error since the last call.
    pub fn take_stderr(&mut self) -> String {
        std::mem::take(&mut self.stderr)
    }

    /// The most bytes it held.
    pub fn memory_peak(&self) -> u64 {
        self.heap.peak() as u64
    }

    /// Bytes it holds, garbage not yet collected included.
    pub fn memory_now(&self) -> u64 {
        self.heap.used() as u64
    }

    /// Stops the machine for good.
    #[cold]
    pub(crate) fn stop<T>(&mut self, halt: Halt) -> Result<T, Fault> {
        self.halt = Some(halt);
        Err(Fault::Halt)
    }

    /// A defect of the machine itself.
    #[cold]
    pub(crate) fn engine_fault(&mut self, message: String) -> Fault {
        self.halt = Some(Halt::Engine(message));
        Fault::Halt
    }

    /// Why it stopped: what was parked, else the memory limit, the only one that is noticed without the machine at hand.
    fn halt_of(&mut self, fault: Fault) -> Halt {
        match (fault, self.halt.take()) {
            (Fault::Halt, Some(halt)) => halt,
            (Fault::Halt, None) => Halt::MemoryLimitExceeded,
            _ => Halt::Engine(format!("unexpected {fault:?} at the boundary")),
        }
    }
}

/// How the interpreter loop ended.
pub(crate) enum Exit {
    Finished,
    Raised,
    Slice,
    Host,
    Halted,
}
