//! Iterators of `itertools` that call functions on the items: predicates, `starmap` and `accumulate`.

use npython_bytecode::BinaryOperator;

use crate::fault::Fault;
use crate::objects::{Iter, Sieve, Tool};
use crate::types;
use crate::value::{Id, Value};

use super::super::super::Machine;
use super::{Step, Stepper, is_plain_number};

impl Machine {
    /// The result of a function that runs no guest code; else `Fallback`.
    pub(super) fn call_without_guest(&mut self, function: Value, args: &[Value]) -> Result<Value, Fault> {
        match self.call_native_now(function, args) {
            None | Some(Err(Fault::Call)) => Err(Fault::Fallback),
            Some(result) => result,
        }
    }

    /// Ends an iteration in which a function raised StopIteration, else passes the fault on.
    pub(super) fn ended_by(&mut self, fault: Fault) -> Step {
        if fault == Fault::Raise { self.end_at_stop_iteration() } else { Err(fault) }
    }

    /// What a predicate says of an item.
    fn verdict(&mut self, function: Value, item: Value) -> Result<bool, Fault> {
        let by_truth = function.is_none() || function == Value::Type(types::BOOL);
        let answer = if by_truth { item } else { self.call_without_guest(function, &[item])? };
        match self.truth(answer) {
            Err(Fault::Call) => Err(Fault::Fallback),
            other => other,
        }
    }

    pub(super) fn step_sieve(&mut self, id: Id<Iter>, kind: Sieve, function: Value, inner: Value, by: Stepper) -> Step {
        let by_truth = kind == Sieve::FilterFalse && function.is_none();
        if kind != Sieve::All && !by_truth && !self.may_call_natively(function) {
            return Err(self.sieve_in_guest(id, kind, function, inner, by));
        }
        loop {
            let item = match self.step_inner(inner, by.depth) {
                Ok(Some(item)) => item,
                Ok(None) => return Ok(None),
                Err(Fault::Fallback) => return Err(self.sieve_in_guest(id, kind, function, inner, by)),
                Err(fault) => return Err(fault),
            };
            if kind == Sieve::All {
                return Ok(Some(item));
            }
            let verdict = match self.verdict(function, item) {
                Ok(verdict) => verdict,
                Err(Fault::Fallback) => {
                    self.unread(inner, &[item])?;
                    return Err(self.sieve_in_guest(id, kind, function, inner, by));
                }
                Err(fault) => return self.ended_by(fault),
            };
            match (kind, verdict) {
                (Sieve::TakeWhile, true) | (Sieve::FilterFalse, false) => return Ok(Some(item)),
                (Sieve::TakeWhile, false) => {
                    self.end_tool(id);
                    return Ok(None);
                }
                (Sieve::DropWhile, false) => {
                    if let Some(Tool::Sieve { kind, .. }) = self.tool_mut(id) {
                        *kind = Sieve::All;
                    }
                    return Ok(Some(item));
                }
                _ => self.charge(1)?,
            }
        }
    }

    fn sieve_in_guest(&mut self, id: Id<Iter>, kind: Sieve, function: Value, inner: Value, by: Stepper) -> Fault {
        let go_on = match kind {
            Sieve::TakeWhile => "_takewhile_on",
            Sieve::DropWhile => "_dropwhile_on",
            Sieve::FilterFalse => "_filterfalse_on",
            Sieve::All => return self.go_on_in_guest(id, by, "_chain_on", &[Value::None, inner]),
        };
        self.go_on_in_guest(id, by, go_on, &[function, inner])
    }

    pub(super) fn step_starmap(&mut self, id: Id<Iter>, function: Value, inner: Value, by: Stepper) -> Step {
        let native = self.may_call_natively(function);
        if !native && !by.guest {
            return Err(Fault::Fallback);
        }
        let item = match self.step_inner(inner, by.depth) {
            Ok(Some(item)) => item,
            Ok(None) => return Ok(None),
            Err(Fault::Fallback) => return Err(self.go_on_in_guest(id, by, "_starmap_on", &[function, inner])),
            Err(fault) => return Err(fault),
        };
        let Value::Tuple(arguments) = item else {
            self.unread(inner, &[item])?;
            return Err(self.go_on_in_guest(id, by, "_starmap_on", &[function, inner]));
        };
        let arguments = self.collect_arguments(arguments)?;
        if native {
            match self.call_without_guest(function, &arguments) {
                Ok(value) => return Ok(Some(value)),
                Err(Fault::Fallback) => {}
                Err(fault) => return self.ended_by(fault),
            }
        }
        if by.guest {
            return Err(self.call_with_items(function, &arguments));
        }
        self.unread(inner, &[item])?;
        Err(Fault::Fallback)
    }

    /// The items of a tuple as arguments of a call.
    fn collect_arguments(&mut self, tuple: Id<crate::objects::Tuple>) -> Result<smallvec::SmallVec<[Value; 4]>, Fault> {
        let count = self.heap.tuple(tuple).len();
        self.charge_items(count / 4)?;
        self.heap.reserve(count.saturating_sub(4) * size_of::<Value>())?;
        self.heap.release(count.saturating_sub(4) * size_of::<Value>());
        Ok(smallvec::SmallVec::from_slice(self.heap.tuple(tuple)))
    }

    pub(super) fn step_accumulate(&mut self, id: Id<Iter>, by: Stepper) -> Step {
        let Some(Tool::Accumulate { function, inner, total, pending }) = self.tool_mut(id) else { return Ok(None) };
        let (function, inner, sum) = (*function, *inner, *total);
        if std::mem::take(pending) {
            return Ok(Some(sum));
        }
        let item = match self.step_inner(inner, by.depth) {
            Ok(Some(item)) => item,
            Ok(None) => return Ok(None),
            Err(Fault::Fallback) => {
                return Err(self.go_on_in_guest(id, by, "_accumulate_on", &[inner, function, sum]));
            }
            Err(fault) => return Err(fault),
        };
        let sum = if sum.is_undef() { Ok(item) } else { self.combined(function, sum, item) };
        match sum {
            Ok(sum) => {
                if let Some(Tool::Accumulate { total, .. }) = self.tool_mut(id) {
                    *total = sum;
                }
                Ok(Some(sum))
            }
            Err(Fault::Fallback) => {
                self.unread(inner, &[item])?;
                let Some(&mut Tool::Accumulate { total, .. }) = self.tool_mut(id) else { return Ok(None) };
                Err(self.go_on_in_guest(id, by, "_accumulate_on", &[inner, function, total]))
            }
            Err(fault) => self.ended_by(fault),
        }
    }

    /// What `accumulate` makes of the total and an item.
    fn combined(&mut self, function: Value, total: Value, item: Value) -> Result<Value, Fault> {
        if !function.is_none() {
            return self.call_without_guest(function, &[total, item]);
        }
        let plain = |value| is_plain_number(value) || matches!(value, Value::Str(_) | Value::List(_) | Value::Tuple(_));
        if plain(total) && plain(item) { self.binary(BinaryOperator::Add, total, item) } else { Err(Fault::Fallback) }
    }
}
