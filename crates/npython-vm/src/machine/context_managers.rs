//! The `with` statement (PEP 343): entering context managers, and calling their exits.

use npython_bytecode::Instr;

use crate::fault::Fault;
use crate::names;
use crate::value::Value;

use super::call::Flow;
use super::{Machine, OnReturn};

impl Machine {
    /// `__enter__` and `__exit__` (or their async forms) of a context manager, each with its receiver.
    #[expect(clippy::type_complexity, reason = "two call layouts")]
    fn context_methods(
        &mut self,
        manager: Value,
        asynchronous: bool,
    ) -> Result<((Value, Value), (Value, Value)), Fault> {
        let (enter, exit) = if asynchronous { (names::AENTER, names::AEXIT) } else { (names::ENTER, names::EXIT) };
        let found = (self.special(manager, enter), self.special(manager, exit));
        let (Some(enter_method), Some(exit_method)) = found else {
            let class = self.type_full_name(self.type_of(manager));
            let (kind, missing) = (
                if asynchronous { "asynchronous context manager" } else { "context manager" },
                if found.0.is_none() { enter } else { exit },
            );
            let mut message = format!("'{class}' object does not support the {kind} protocol");
            if found.0.is_some() {
                message.push_str(&format!(" (missed {} method)", self.heap.str(missing)));
            }
            return Err(self.type_error(message));
        };
        let class = self.type_of(manager);
        let mut layout = |method: Value| match method {
            Value::Function(_) | Value::Native(_) => Ok((method, manager)),
            other => self.bind(other, manager, class).map(|bound| (bound, Value::Undef)),
        };
        Ok((layout(enter_method)?, layout(exit_method)?))
    }

    /// Puts the exit of the context manager at `at` in its place, and calls its enter behind it, for `at + 2`.
    pub(super) fn enter_context(
        &mut self,
        stack: &mut Vec<Value>,
        code: &mut Vec<Instr>,
        at: usize,
        asynchronous: bool,
        pc: usize,
    ) -> Result<Flow, Fault> {
        let (enter, exit) = self.context_methods(stack[at], asynchronous)?;
        (stack[at], stack[at + 1]) = exit;
        (stack[at + 2], stack[at + 3]) = enter;
        self.call_at(stack, code, at + 2, at + 4, &[], OnReturn::Push, pc)
    }

    /// Calls the exit that lies below the exception on top, for `top`.
    pub(super) fn exit_context(
        &mut self,
        stack: &mut Vec<Value>,
        code: &mut Vec<Instr>,
        top: usize,
        pc: usize,
    ) -> Result<Flow, Fault> {
        let exception = stack[top - 1];
        let (class, traceback) = self.exception_triple(exception)?;
        stack.copy_within(top - 4..top - 2, top);
        (stack[top + 2], stack[top + 3], stack[top + 4]) = (class, exception, traceback);
        self.call_at(stack, code, top, top + 5, &[], OnReturn::Push, pc)
    }
}
