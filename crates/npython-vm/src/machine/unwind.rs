//! Raising, matching and unwinding.

use smallvec::smallvec;

use crate::fault::Fault;
use crate::names;
use crate::objects::{Layout, Object, TraceEntry};
use crate::types;
use crate::value::{Id, Value};

use super::{Machine, NO_GENERATOR, OnReturn, PendingCall};

impl Machine {
    /// Finds the handler of the exception being raised and makes its frame ready to continue there. False when the
    /// exception left the bottom frame. `pc` is the address after the raising instruction.
    pub(crate) fn unwind(&mut self, stack: &mut [Value], pc: u32) -> Result<bool, Fault> {
        let mut pc = self.unwind_pc.take().unwrap_or(pc);
        let mut skip_trace = std::mem::take(&mut self.skip_trace);
        loop {
            let Some(frame) = self.frames.last().copied() else { return Ok(false) };
            let start = self.entries[frame.code as usize].start;
            let at = pc.saturating_sub(1).saturating_sub(start);
            if !skip_trace {
                self.note_attribute_of_self(stack, frame);
                self.add_trace(frame.code, at);
            }
            skip_trace = false;
            let code = self.code(frame.code).clone();
            if let Some(handler) = code.handlers.iter().find(|handler| (handler.start..handler.end).contains(&at)) {
                let mut top = frame.base as usize + code.slot_count() + handler.depth as usize;
                if handler.push_origin {
                    stack[top] = Value::Int(i64::from(at));
                    top += 1;
                }
                stack[top] = std::mem::replace(&mut self.raised, Value::Undef);
                if let Some(frame) = self.frames.last_mut() {
                    frame.pc = start + handler.target;
                    frame.top = top as u32 + 1;
                }
                return Ok(true);
            }
            self.frames.pop();
            if frame.grants != 0 {
                self.end_grants(frame.grants);
            }
            let return_at = frame.return_at as usize;
            if frame.generator != NO_GENERATOR {
                self.finish_generator(Id::new(frame.generator));
            }
            if frame.on_return == OnReturn::Exit {
                return Ok(false);
            }
            if self.frames.is_empty() {
                return Ok(false);
            }
            if let Some(caller) = self.frames.last_mut() {
                caller.top = return_at as u32;
            }
            if self.catch_at_boundary(stack, frame.on_return, return_at)? {
                return Ok(true);
            }
            pc = self.frames.last().map_or(0, |frame| frame.pc);
        }
    }

    /// What some calls do with an exception that leaves the called frame; false when it goes on to the caller.
    fn catch_at_boundary(&mut self, stack: &mut [Value], on_return: OnReturn, at: usize) -> Result<bool, Fault> {
        let raised = self.raised;
        let is = |machine: &Self, class| machine.is_instance_of_type(raised, class);
        match on_return {
            OnReturn::ForIter { exit } if is(self, types::STOP_ITERATION) => {
                self.raised = Value::Undef;
                self.continue_at(exit, at - 1);
            }
            OnReturn::NextDefault if is(self, types::STOP_ITERATION) => {
                self.raised = Value::Undef;
                self.set_caller_top(at);
            }
            OnReturn::Send { exit } if is(self, types::STOP_ITERATION) => {
                stack[at - 1] = self.stop_iteration_value();
                self.continue_at(exit, at);
            }
            OnReturn::AttributeDefault if is(self, types::ATTRIBUTE_ERROR) => {
                self.raised = Value::Undef;
                self.set_caller_top(at);
            }
            OnReturn::HasAttribute if is(self, types::ATTRIBUTE_ERROR) => {
                self.raised = Value::Undef;
                stack[at] = Value::False;
                self.set_caller_top(at + 1);
            }
            OnReturn::GetAttrHook if is(self, types::ATTRIBUTE_ERROR) => {
                self.raised = Value::Undef;
                let (object, name) = (stack[at - 2], stack[at - 1]);
                let Some(hook) = self.special(object, names::GETATTR) else { return Err(Fault::Halt) };
                self.pending = PendingCall { callable: hook, args: smallvec![object, name], ..PendingCall::default() };
                self.set_caller_top(at - 2);
                self.follow_up = Some(at as u32 - 2);
            }
            OnReturn::GeneratorClose if is(self, types::GENERATOR_EXIT) || is(self, types::STOP_ITERATION) => {
                self.raised = Value::Undef;
                stack[at] = Value::None;
                self.set_caller_top(at + 1);
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn set_caller_top(&mut self, top: usize) {
        if let Some(frame) = self.frames.last_mut() {
            frame.top = top as u32;
        }
    }

    /// Notes that the exception being raised passes through a frame.
    pub(crate) fn add_trace(&mut self, code: u32, at: u32) {
        let Some(state) = self.exception_state(self.raised) else { return };
        let capacity = state.traceback.capacity();
        if state.traceback.len() == capacity {
            let growth = capacity.max(4);
            if self.heap.reserve(growth * size_of::<TraceEntry>()).is_err() {
                return;
            }
            if let Some(state) = self.exception_state_mut(self.raised) {
                state.traceback.reserve_exact(growth);
            }
        }
        if let Some(state) = self.exception_state_mut(self.raised) {
            state.traceback.push(TraceEntry { code, at });
        }
    }

    /// `raise`, `raise x`, `raise x from y`. A class is instantiated first: `Call`, after which the instruction runs again.
    pub(crate) fn raise_statement(&mut self, operands: &[Value]) -> Result<(), Fault> {
        let (exception, cause) = match *operands {
            [] => {
                if self.handled.is_none() {
                    return Err(self.runtime_error("No active exception to reraise"));
                }
                self.raised = self.handled;
                self.skip_trace = true;
                return Err(Fault::Raise);
            }
            [exception] => (exception, None),
            [exception, cause, ..] => (exception, Some(cause)),
        };
        if let Some(cause) = cause
            && (matches!(exception, Value::Type(_)) || matches!(cause, Value::Type(_)))
        {
            return Err(self.prelude_call("_raise_from", &[exception, cause]));
        }
        if let Some(fault) = self.instantiate_if_class(exception) {
            return Err(fault);
        }
        if self.exception_state(exception).is_none() {
            return Err(self.type_error("exceptions must derive from BaseException"));
        }
        if let Some(cause) = cause {
            if !cause.is_none() && self.exception_state(cause).is_none() {
                return Err(self.type_error("exception causes must derive from BaseException"));
            }
            if let Some(state) = self.exception_state_mut(exception) {
                state.cause = cause;
                state.suppress_context = true;
            }
        }
        Err(self.raise_value(exception))
    }

    /// The pending call that makes an instance of an exception class.
    fn instantiate_if_class(&mut self, value: Value) -> Option<Fault> {
        let Value::Type(class) = value else { return None };
        if self.heap.types.get(class).layout != Layout::Exception {
            return None;
        }
        if !matches!(self.type_lookup(class, names::NEW), Some(Value::Native(_)) | None) {
            return match self.heap.new_tuple(&[]) {
                Ok(arguments) => Some(self.prelude_call("_new_exception", &[value, arguments])),
                Err(fault) => Some(fault),
            };
        }
        self.pending = PendingCall { callable: value, ..PendingCall::default() };
        Some(Fault::Call)
    }

    /// `except class:`
    pub(crate) fn exception_matches(&mut self, exception: Value, class: Value) -> Result<bool, Fault> {
        let mut pending = vec![class];
        let exception_type = self.type_of(exception);
        let mut matches = false;
        while let Some(class) = pending.pop() {
            match class {
                Value::Type(id) if self.heap.types.get(id).layout == Layout::Exception => {
                    matches |= self.is_subclass(exception_type, id);
                }
                Value::Tuple(id) => {
                    let items = self.heap.tuple(id).to_vec();
                    self.charge_items(items.len())?;
                    pending.extend(items.into_iter().rev());
                }
                _ => {
                    return Err(
                        self.type_error("catching classes that do not inherit from BaseException is not allowed")
                    );
                }
            }
        }
        Ok(matches)
    }

    /// `(type, traceback)` of an exception, for `__exit__`.
    pub(crate) fn exception_triple(&mut self, exception: Value) -> Result<(Value, Value), Fault> {
        let class = Value::Type(self.type_of(exception));
        let traceback = self.traceback_of(exception)?;
        Ok((class, traceback))
    }

    /// The traceback object of an exception, or None when it was not raised.
    pub(crate) fn traceback_of(&mut self, exception: Value) -> Result<Value, Fault> {
        let length = self.exception_state(exception).map_or(0, |state| state.traceback.len());
        if length == 0 {
            return Ok(Value::None);
        }
        if let Some(known) = self.exception_field(exception, names::TRACEBACK)
            && let Value::Object(id) = known
            && let Object::Traceback { exception: told, position: 0 } = *self.heap.objects.get(id)
            && self.exception_state(told).is_some_and(|state| state.traceback.len() == length)
        {
            return Ok(known);
        }
        let made = self.heap.new_object(Object::Traceback { exception, position: 0 })?;
        self.set_exception_field(exception, names::TRACEBACK, made)?;
        Ok(made)
    }
}
