//! What the host is told when a program has ended: its value, or the exception that left it.

use crate::boundary::{GuestError, PlainValue};
use crate::fault::Fault;
use crate::value::Value;

use super::{Exit, Machine, OnReturn, PendingCall};

/// Gas that telling the host about one end may take; the program does not pay it, and what it has left does not matter.
const TELLING_GAS: i64 = 2_000_000;

impl Machine {
    /// The value of the program, as plain data.
    pub fn result(&mut self) -> PlainValue {
        match self.plain_result.take() {
            Some(plain) => plain,
            None => self.at_no_cost(|machine| machine.plain_from_value(machine.result)),
        }
    }

    /// Copies the value of a program that finished, at the program's cost.
    ///
    /// # Errors
    /// The budget does not have it.
    pub(super) fn charge_result(&mut self) -> Result<(), Fault> {
        if matches!(self.result, Value::None | Value::False | Value::True | Value::Int(_) | Value::Float(_)) {
            return Ok(());
        }
        let (plain, bytes) = self.at_no_cost(|machine| machine.plain_and_size(machine.result));
        self.charge_bytes(bytes)?;
        self.plain_result = Some(plain);
        Ok(())
    }

    /// The exception that left the program.
    pub(super) fn guest_error(&mut self) -> GuestError {
        self.at_no_cost(Self::describe_raised)
    }

    /// Does the host's work: the program's meter stays as it is, and how much is left does not show.
    fn at_no_cost<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> T {
        let meter = (self.fuel, self.slice_rest, self.reserve);
        (self.fuel, self.slice_rest, self.reserve) = (TELLING_GAS, 0, 0);
        let told = work(self);
        (self.fuel, self.slice_rest, self.reserve) = meter;
        self.halt = None;
        told
    }

    /// Runs; an exception that leaves the program, or one in its chain, whose `__str__` is guest code is given its text first.
    pub(super) fn execute_and_describe(&mut self) -> Exit {
        loop {
            let exit = self.execute();
            match exit {
                Exit::Raised if self.describing.is_undef() => {
                    let unknown = self.exceptions_without_text();
                    if unknown.is_empty() || self.prepare_description(unknown).is_err() {
                        return exit;
                    }
                }
                Exit::Raised | Exit::Finished if !self.describing.is_undef() => {
                    self.raised = std::mem::replace(&mut self.describing, Value::Undef);
                    return Exit::Raised;
                }
                exit => return exit,
            }
        }
    }

    fn exceptions_without_text(&mut self) -> Vec<Value> {
        self.at_no_cost(|machine| {
            let mut unknown = Vec::new();
            for exception in machine.told_exceptions(machine.raised, true) {
                let raised = machine.raised;
                if machine.str_native(exception) == Err(Fault::Fallback) {
                    unknown.push(exception);
                }
                machine.raised = raised;
            }
            unknown
        })
    }

    fn prepare_description(&mut self, unknown: Vec<Value>) -> Result<(), Fault> {
        let list = self.heap.new_list(unknown)?;
        let fault = self.prelude_call("_describe", &[list]);
        if fault != Fault::Call {
            return Err(fault);
        }
        let pending = std::mem::take(&mut self.pending);
        let (mut stack, mut instrs) = (std::mem::take(&mut self.stack), std::mem::take(&mut self.instrs));
        self.pending = PendingCall { on_return: OnReturn::Exit, ..pending };
        let made = self.make_pending_call(&mut stack, &mut instrs, 0, 0);
        (self.stack, self.instrs) = (stack, instrs);
        made?;
        self.describing = std::mem::replace(&mut self.raised, Value::Undef);
        Ok(())
    }
}
