//! Host calls that the program goes on without: while an event loop of the guest runs, an asynchronous host function is
//! begun by its call, which gives an awaitable. When every task waits, the machine asks for the next call that ended.
//!
//! The loop is guest code (`modules/guest/asyncio/`). It says what makes an awaitable of a call's number, and gets the
//! answers one by one. Grants were checked when the call began, for the frame that made it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use smallvec::smallvec;

use crate::boundary::{Halt, HostError, PlainValue};
use crate::fault::Fault;
use crate::native::{NativeDef, Signature, function};
use crate::value::{HostId, Value};

use super::{Machine, PendingCall, Status, Suspension};

/// The number of the call by which the loop waits. No host function has it, and no guest value is it.
const WAIT: u32 = u32::MAX - 1;

/// The calls of one machine that are under way.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct ConcurrentCalls {
    /// Makes an awaitable of the number of a call; `None` when no event loop runs.
    pub awaitable_maker: Value,
    /// Begun, and neither ended nor given up.
    pub open: BTreeSet<u32>,
    next: u32,
    /// Given up since the host was told.
    given_up: Vec<u32>,
}

impl Default for ConcurrentCalls {
    fn default() -> Self {
        Self { awaitable_maker: Value::None, open: BTreeSet::new(), next: 0, given_up: Vec::new() }
    }
}

/// For the guest's event loop.
pub(crate) const INTRINSICS: &[NativeDef] = &[
    function("_make_awaitables_with", Signature::One, |m, args| {
        m.concurrent.awaitable_maker = args[0];
        Ok(Value::None)
    }),
    function("_wait_for_calls", Signature::One, |m, args| {
        if m.concurrent.open.is_empty() {
            return Ok(Value::None);
        }
        m.pending = PendingCall {
            callable: Value::Host(HostId::new(WAIT)),
            args: smallvec![args[0]],
            ..PendingCall::default()
        };
        Err(Fault::Call)
    }),
    function("_give_up_call", Signature::One, |m, args| {
        if let Value::Int(number) = args[0]
            && let Ok(number) = u32::try_from(number)
            && m.concurrent.open.remove(&number)
        {
            m.concurrent.given_up.push(number);
        }
        Ok(Value::None)
    }),
];

impl Machine {
    /// Whether this is the call by which the guest's event loop waits.
    pub(crate) fn is_wait(id: HostId) -> bool {
        id.number() == WAIT
    }

    /// Suspends the machine until a call has ended; the arguments are on the stack at these positions.
    pub(crate) fn begin_wait(&mut self, seconds: Value, answer_at: usize, arguments: [usize; 2]) {
        self.wait_request = Some(match seconds {
            Value::Float(seconds) if seconds.get().is_finite() => Some(seconds.get().max(0.0)),
            Value::Int(seconds) => Some(seconds.max(0) as f64),
            _ => None,
        });
        let [start, end] = arguments.map(|at| at as u32);
        self.suspension = Some(Suspension {
            answer_at: answer_at as u32,
            function: WAIT,
            arguments: [start, end, end],
            keywords: Vec::new(),
            concurrent: None,
        });
    }

    /// The number under which a call of an asynchronous function goes on while the program does, if an event loop runs.
    ///
    /// # Errors
    /// A halt when too many are under way.
    pub(crate) fn concurrent_number(&mut self, id: HostId) -> Result<Option<u32>, Fault> {
        let asynchronous = self.host_function(id).is_some_and(|function| function.asynchronous);
        if !asynchronous || self.concurrent.awaitable_maker.is_none() {
            return Ok(None);
        }
        self.count_pending_call(self.concurrent.open.len())?;
        let number = self.concurrent.next;
        self.concurrent.next = number.wrapping_add(1);
        Ok(Some(number))
    }

    /// Answers a host call that has a number: it is under way, and the program goes on with an awaitable.
    ///
    /// # Errors
    /// When there is no such call.
    pub fn call_begun(&mut self) -> Result<(), Halt> {
        let number = self.suspension.as_ref().and_then(|call| call.concurrent);
        let (Some(number), Some(call)) = (number, self.suspension.take()) else {
            return Err(Halt::Engine("call_begun() without a concurrent host call".to_owned()));
        };
        self.concurrent.open.insert(number);
        self.status = Status::Ready;
        if let Some(frame) = self.frames.last_mut() {
            frame.top = call.answer_at;
        }
        self.pending = PendingCall {
            callable: self.concurrent.awaitable_maker,
            args: smallvec![Value::Int(i64::from(number))],
            ..PendingCall::default()
        };
        self.follow_up = Some(call.answer_at);
        Ok(())
    }

    /// Answers [`crate::Outcome::Waiting`]: with a call that ended, or with None when the time is over.
    ///
    /// # Errors
    /// When the machine does not wait, or the answer does not fit in the memory limit.
    pub fn call_ended(&mut self, ended: Option<(u32, Result<PlainValue, HostError>)>) -> Result<(), Halt> {
        let waits = self.suspension.as_ref().is_some_and(|call| call.function == WAIT);
        let Some(call) = self.suspension.take().filter(|_| waits) else {
            return Err(Halt::Engine("call_ended() while the machine does not wait".to_owned()));
        };
        self.status = Status::Ready;
        let told = match ended {
            Some((number, answer)) if self.concurrent.open.remove(&number) => {
                self.tell_of_end(number, answer).map_err(|fault| self.halt_of(fault))?
            }
            _ => Value::None,
        };
        if let Some(slot) = self.stack.get_mut(call.answer_at as usize) {
            *slot = told;
        }
        if let Some(frame) = self.frames.last_mut() {
            frame.top = call.answer_at + 1;
        }
        Ok(())
    }

    /// `(number, failed, value or exception)`
    fn tell_of_end(&mut self, number: u32, answer: Result<PlainValue, HostError>) -> Result<Value, Fault> {
        let (failed, value) = match answer {
            Ok(value) => (false, self.value_from_plain(&value)?),
            Err(error) => match self.raise_host_error(&error) {
                Fault::Raise => (true, std::mem::replace(&mut self.raised, Value::Undef)),
                fault => return Err(fault),
            },
        };
        self.heap.new_tuple(&[Value::Int(i64::from(number)), Value::bool(failed), value])
    }

    /// Numbers of calls that the program gave up since the last time: the host should cancel them, and not answer.
    pub fn take_given_up_calls(&mut self) -> Vec<u32> {
        std::mem::take(&mut self.concurrent.given_up)
    }

    /// Whether host calls are under way.
    pub fn has_calls_under_way(&self) -> bool {
        !self.concurrent.open.is_empty() || self.suspension.as_ref().is_some_and(|call| call.concurrent.is_some())
    }
}
