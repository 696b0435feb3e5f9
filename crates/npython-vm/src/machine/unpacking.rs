//! Unpacking assignment.

use npython_bytecode::Instr;

use crate::fault::Fault;
use crate::value::Value;

use super::call::Flow;
use super::{Machine, OnReturn};

impl Machine {
    /// `a, b = value`: the items take the place of the value at `at`, the first on top. When guest code has to iterate, a
    /// list of the items takes its place and the instruction runs again.
    pub(crate) fn unpack_sequence(
        &mut self,
        stack: &mut Vec<Value>,
        code: &mut Vec<Instr>,
        at: usize,
        count: usize,
        pc: usize,
    ) -> Result<Flow, Fault> {
        let value = stack[at];
        let items = match self.items_for_unpacking(value, count) {
            Ok(items) => items,
            Err(Fault::Fallback) => return self.unpack_through_guest(stack, code, at, count, pc),
            Err(fault) => return Err(fault),
        };
        if items.len() != count {
            return Err(self.unpack_error(items.len(), count));
        }
        for (position, item) in items.into_iter().enumerate() {
            stack[at + count - 1 - position] = item;
        }
        Ok(Flow::Value)
    }

    /// Up to `count + 1` items, or all of a sized container.
    fn items_for_unpacking(&mut self, value: Value, count: usize) -> Result<Vec<Value>, Fault> {
        match value {
            Value::Iter(id) => {
                let mut items = Vec::new();
                while items.len() <= count {
                    match self.next_without_guest(id) {
                        Ok(Some(item)) => items.push(item),
                        Ok(None) => break,
                        Err(Fault::Fallback) => return Err(self.fall_back_after(value, &items)),
                        Err(fault) => return Err(fault),
                    }
                }
                Ok(items)
            }
            other => match self.collect_items(other) {
                Err(Fault::Raise)
                    if self.special(other, crate::names::ITER).is_none()
                        && self.special(other, crate::names::GETITEM).is_none() =>
                {
                    self.raised = Value::Undef;
                    let found = self.type_name(other);
                    Err(self.type_error(format!("cannot unpack non-iterable {found} object")))
                }
                result => result,
            },
        }
    }

    fn unpack_error(&mut self, found: usize, expected: usize) -> Fault {
        if found < expected {
            self.value_error(format!("not enough values to unpack (expected {expected}, got {found})"))
        } else {
            self.value_error(format!("too many values to unpack (expected {expected})"))
        }
    }

    fn unpack_through_guest(
        &mut self,
        stack: &mut Vec<Value>,
        code: &mut Vec<Instr>,
        at: usize,
        count: usize,
        pc: usize,
    ) -> Result<Flow, Fault> {
        let count = i64::try_from(count).unwrap_or(-1);
        let fault = self.prelude_call("_unpack", &[stack[at], Value::Int(count)]);
        if fault != Fault::Call {
            return Err(fault);
        }
        self.pending.on_return = OnReturn::Repeat;
        self.make_pending_call(stack, code, at, pc)
    }

    /// `a, *b, c = value`: `before` items, a list, `after` items; the first on top.
    pub(crate) fn unpack_starred(
        &mut self,
        stack: &mut Vec<Value>,
        code: &mut Vec<Instr>,
        at: usize,
        before: usize,
        after: usize,
        pc: usize,
    ) -> Result<Flow, Fault> {
        let value = stack[at];
        let items = match self.items_for_unpacking(value, usize::MAX - 1) {
            Ok(items) => items,
            Err(Fault::Fallback) => return self.unpack_through_guest(stack, code, at, usize::MAX, pc),
            Err(fault) => return Err(fault),
        };
        let least = before + after;
        if items.len() < least {
            let found = items.len();
            return Err(
                self.value_error(format!("not enough values to unpack (expected at least {least}, got {found})"))
            );
        }
        let tail = items.len() - after;
        let middle = self.heap.new_list(items[before..tail].to_vec())?;
        let total = least + 1;
        let ordered = items[..before].iter().chain(std::iter::once(&middle)).chain(&items[tail..]);
        for (position, item) in ordered.enumerate() {
            stack[at + total - 1 - position] = *item;
        }
        Ok(Flow::Value)
    }
}
