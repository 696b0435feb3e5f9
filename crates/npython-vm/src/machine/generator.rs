//! Generators, coroutines: resuming, suspending, closing.

use npython_bytecode::Instr;

use crate::fault::Fault;
use crate::names;
use crate::objects::{Generator, GeneratorKind, GeneratorState, Iter};
use crate::types;
use crate::value::{Id, Value};

use super::call::Flow;
use super::{Machine, NO_GENERATOR, OnReturn};

/// A resumption a native asks for: like a pending call.
#[derive(Clone, Copy)]
pub(crate) enum Resumption {
    Send { generator: Id<Generator>, value: Value, on_return: OnReturn },
    Throw { generator: Id<Generator>, exception: Value, on_return: OnReturn },
}

/// What a generator is resumed with.
#[derive(Clone, Copy)]
pub(crate) enum Resume {
    /// Goes on without a value: its stack is as it has to be.
    Continue,
    Send(Value),
    Throw(Value),
}

impl Machine {
    /// Sets a resumption pending: `pending.callable` is the generator, with what it is resumed with as argument.
    pub(crate) fn request_resumption(&mut self, resumption: Resumption) -> Fault {
        let (generator, args, on_return) = match resumption {
            Resumption::Send { generator, value, on_return } => (generator, smallvec::smallvec![value], on_return),
            Resumption::Throw { generator, exception, on_return } => {
                (generator, smallvec::smallvec![Value::Undef, exception], on_return)
            }
        };
        self.pending = super::PendingCall {
            callable: Value::Generator(generator),
            args,
            on_return,
            ..super::PendingCall::default()
        };
        Fault::Call
    }

    /// Resumes a generator; its frame goes to stack position `at`, where what it yields will be put.
    pub(crate) fn resume_generator(
        &mut self,
        stack: &mut Vec<Value>,
        id: Id<Generator>,
        with: Resume,
        at: usize,
        on_return: OnReturn,
        pc: usize,
    ) -> Result<Flow, Fault> {
        let generator = self.heap.generators.get(id);
        let state = generator.state;
        if let Some(flow) = self.resume_without_running(stack, id, with, at, on_return, pc)? {
            return Ok(flow);
        }
        let generator = self.heap.generators.get(id);
        if self.frames.len() >= self.limits.depth as usize {
            return Err(self.recursion_error());
        }
        let frame_size = self.entries[generator.frame.code as usize].frame_size as usize;
        self.ensure_stack(stack, at + frame_size + 8)?;
        let sent = match (state, with) {
            (GeneratorState::Suspended, Resume::Send(value)) => Some(value),
            _ => None,
        };
        let resume_pc = self.enter_generator(stack, id, sent, at, on_return, pc);
        match with {
            Resume::Send(_) | Resume::Continue => Ok(Flow::Frame),
            Resume::Throw(exception) => {
                // The exception is raised where the generator stands.
                self.unwind_pc = Some(resume_pc);
                let handles_its_own = self.handled != self.heap.generators.get(id).handled;
                Err(if handles_its_own { self.raise_value(exception) } else { self.raise_thrown(exception) })
            }
        }
    }

    /// What comes of resuming a generator that runs already, is finished, or has not begun and is sent something; `None` when
    /// it can run.
    fn resume_without_running(
        &mut self,
        stack: &mut [Value],
        id: Id<Generator>,
        with: Resume,
        at: usize,
        on_return: OnReturn,
        pc: usize,
    ) -> Result<Option<Flow>, Fault> {
        let generator = self.heap.generators.get(id);
        let state = generator.state;
        match (state, with) {
            (GeneratorState::Running, _) => {
                let kind = self.generator_noun(id);
                return Err(self.value_error(format!("{kind} already executing")));
            }
            (GeneratorState::Finished, Resume::Send(_) | Resume::Continue) => {
                if generator.kind == GeneratorKind::Coroutine {
                    return Err(self.runtime_error("cannot reuse already awaited coroutine"));
                }
                if generator.kind == GeneratorKind::AsyncStep {
                    let what = if generator.throws { "aclose()/athrow()" } else { "__anext__()/asend()" };
                    return Err(self.runtime_error(format!("cannot reuse already awaited {what}")));
                }
                self.continue_at(pc as u32, at);
                self.deliver_end(stack, on_return, at, Value::None)?;
                return Ok(Some(Flow::Frame));
            }
            (GeneratorState::Finished, Resume::Throw(_)) if generator.kind == GeneratorKind::Coroutine => {
                return Err(self.runtime_error("cannot reuse already awaited coroutine"));
            }
            (GeneratorState::Finished, Resume::Throw(_)) if generator.kind == GeneratorKind::AsyncStep => {
                let what = if generator.throws { "aclose()/athrow()" } else { "__anext__()/asend()" };
                return Err(self.runtime_error(format!("cannot reuse already awaited {what}")));
            }
            (GeneratorState::Finished, Resume::Throw(exception)) => {
                return Err(self.raise_thrown(exception));
            }
            (GeneratorState::Created, Resume::Send(value)) if !value.is_none() => {
                let kind = self.generator_noun(id);
                return Err(self.type_error(format!("can't send non-None value to a just-started {kind}")));
            }
            (GeneratorState::Created, Resume::Throw(exception)) => {
                // Nothing has run: the exception leaves the generator at its first line.
                let generator = self.heap.generators.slot(id);
                generator.state = GeneratorState::Finished;
                generator.stack.clear();
                let frame = generator.frame;
                let start = self.entries[frame.code as usize].start;
                let fault = self.raise_thrown(exception);
                self.add_trace(frame.code, frame.pc.saturating_sub(start));
                return Err(fault);
            }
            _ => {}
        }
        Ok(None)
    }

    /// Puts the frame of a generator that is not running on top, with its values from stack position `at` on; there is room.
    /// Returns where it goes on.
    #[inline]
    fn enter_generator(
        &mut self,
        stack: &mut [Value],
        id: Id<Generator>,
        sent: Option<Value>,
        at: usize,
        on_return: OnReturn,
        pc: usize,
    ) -> u32 {
        if let Some(caller) = self.frames.last_mut() {
            caller.pc = pc as u32;
            caller.top = at as u32;
        }
        let generator = self.heap.generators.slot(id);
        let length = generator.stack.len();
        stack[at..at + length].copy_from_slice(&generator.stack);
        generator.stack.clear();
        generator.state = GeneratorState::Running;
        let mut frame = generator.frame;
        let own_handled = std::mem::replace(&mut generator.handled, self.handled);
        if !own_handled.is_none() {
            self.handled = own_handled;
        }
        let mut top = at + length;
        if let Some(value) = sent {
            stack[top] = value;
            top += 1;
        }
        frame.base = at as u32;
        frame.top = top as u32;
        frame.return_at = at as u32;
        frame.on_return = on_return;
        let has_grants = generator.grants.is_some();
        self.frames.push(frame);
        if has_grants {
            self.resume_grants(id);
        }
        frame.pc
    }

    /// Resumes a generator for a `for` loop, if nothing is in the way; else false.
    pub(crate) fn resume_for_loop(
        &mut self,
        stack: &mut [Value],
        id: Id<Generator>,
        at: usize,
        on_return: OnReturn,
        pc: usize,
    ) -> bool {
        let generator = self.heap.generators.get(id);
        let sent = match generator.state {
            GeneratorState::Suspended => Some(Value::None),
            GeneratorState::Created => None,
            GeneratorState::Running | GeneratorState::Finished => return false,
        };
        let frame_size = self.entries[generator.frame.code as usize].frame_size as usize;
        if generator.kind != GeneratorKind::Generator
            || self.frames.len() >= self.limits.depth as usize
            || at + frame_size + 8 > stack.len()
        {
            return false;
        }
        self.enter_generator(stack, id, sent, at, on_return, pc);
        true
    }

    /// Whether the running frame is that of a generator which a `for` loop advances.
    #[inline]
    pub(crate) fn yields_to_loop(&self) -> bool {
        matches!(self.frames.last(), Some(frame) if frame.grants == 0 && matches!(frame.on_return, OnReturn::GeneratorForIter { .. }))
    }

    fn generator_noun(&self, id: Id<Generator>) -> &'static str {
        match self.heap.generators.get(id).kind {
            GeneratorKind::Generator => "generator",
            GeneratorKind::Coroutine => "coroutine",
            GeneratorKind::AsyncGenerator => "async generator",
            GeneratorKind::AsyncStep => "async generator step",
        }
    }

    /// `yield`: the frame goes back into its generator and `value` to the resumer.
    pub(crate) fn yield_value(
        &mut self,
        stack: &mut [Value],
        value: Value,
        pc: usize,
        top: usize,
    ) -> Result<(), Fault> {
        let Some(mut frame) = self.frames.pop() else { return Err(Fault::Halt) };
        let base = frame.base as usize;
        let id: Id<Generator> = Id::new(frame.generator);
        frame.pc = pc as u32;
        let live = &stack[base..top];
        let generator = self.heap.generators.slot(id);
        generator.stack.clear();
        generator.stack.extend_from_slice(live);
        generator.state = GeneratorState::Suspended;
        let resumer_handled = generator.handled;
        generator.handled = if self.handled == resumer_handled { Value::None } else { self.handled };
        self.handled = resumer_handled;
        let (on_return, at) = (frame.on_return, frame.return_at as usize);
        generator.frame = frame;
        generator.frame.on_return = OnReturn::Push;
        if frame.grants != 0 {
            self.suspend_grants(id, frame.grants)?;
        }
        if on_return == OnReturn::AsyncGeneratorStep {
            let at = self.code_position(frame.code, frame.pc).saturating_sub(1);
            let yielded = matches!(self.code(frame.code).instrs.get(at as usize), Some(Instr::Yield));
            let pair = self.heap.new_tuple(&[Value::bool(yielded), value])?;
            return self.deliver_yield(stack, id, on_return, frame.return_at as usize, pair);
        }
        self.deliver_yield(stack, id, on_return, at, value)
    }

    /// The next item of the iterator at `top - 1`: pushed (`Value`), or the loop's end; guest code may have to run for it.
    pub(crate) fn for_iter(
        &mut self,
        stack: &mut Vec<Value>,
        code: &mut Vec<Instr>,
        top: usize,
        exit: u32,
        pc: usize,
    ) -> Result<Flow, Fault> {
        if let Value::Iter(id) = stack[top - 1] {
            if let Iter::Enumerate { inner: Value::Generator(inner), .. } = *self.heap.iters.get(id) {
                let on_return = OnReturn::EnumerateForIter { exit };
                return self.resume_generator(stack, inner, Resume::Send(Value::None), top, on_return, pc);
            }
            match self.next_native(id) {
                Ok(Some(value)) => {
                    stack[top] = value;
                    return Ok(Flow::Value);
                }
                Ok(None) => {
                    self.continue_at(exit, top - 1);
                    return Ok(Flow::Frame);
                }
                Err(Fault::Call) => {
                    self.pending.on_return = OnReturn::ForIter { exit };
                    return self.make_pending_call(stack, code, top, pc);
                }
                Err(Fault::Fallback) => {}
                Err(fault) => return Err(fault),
            }
        }
        self.step_guest_iterator(stack, code, top, exit, pc)
    }

    /// `for` over something that is not a native iterator; the iterator is at `top - 1`.
    pub(crate) fn step_guest_iterator(
        &mut self,
        stack: &mut Vec<Value>,
        code: &mut Vec<Instr>,
        top: usize,
        exit: u32,
        pc: usize,
    ) -> Result<Flow, Fault> {
        let mut iterator = stack[top - 1];
        if let Value::Iter(id) = iterator
            && let Iter::Guest { generator, .. } = self.heap.iters.get(id)
        {
            iterator = *generator;
        }
        if let Value::Generator(id) = iterator
            && self.heap.generators.get(id).kind == GeneratorKind::Generator
        {
            return self.resume_generator(
                stack,
                id,
                Resume::Send(Value::None),
                top,
                OnReturn::GeneratorForIter { exit },
                pc,
            );
        }
        let Some(next) = self.special(iterator, names::NEXT) else {
            let found = self.type_name(iterator);
            return Err(self.type_error(format!("'{found}' object is not an iterator")));
        };
        self.ensure_stack(stack, top + 8)?;
        stack[top] = next;
        stack[top + 1] = iterator;
        let on_return = OnReturn::ForIter { exit };
        match self.call_at(stack, code, top, top + 2, &[], on_return, pc) {
            Err(Fault::Raise) if self.is_instance_of_type(self.raised, types::STOP_ITERATION) => {
                self.raised = Value::Undef;
                self.continue_at(exit, top - 1);
                Ok(Flow::Frame)
            }
            other => other,
        }
    }

    /// The step of `yield from` and `await`: `[receiver, value]`, `value` at `top - 1`. The frame's registers are set.
    pub(crate) fn send_step(
        &mut self,
        stack: &mut Vec<Value>,
        code: &mut Vec<Instr>,
        top: usize,
        exit: u32,
        pc: usize,
    ) -> Result<Flow, Fault> {
        let (receiver, value) = (stack[top - 2], stack[top - 1]);
        let at = top - 1;
        match receiver {
            Value::Generator(id) => {
                return self.resume_generator(stack, id, Resume::Send(value), at, OnReturn::GeneratorSend { exit }, pc);
            }
            Value::Iter(id) if value.is_none() => match self.next_native(id) {
                Ok(Some(item)) => {
                    stack[at] = item;
                    self.continue_at(pc as u32, top);
                    return Ok(Flow::Value);
                }
                Ok(None) => {
                    stack[at - 1] = Value::None;
                    self.continue_at(exit, at);
                    return Ok(Flow::Value);
                }
                Err(Fault::Call) => {
                    self.pending.on_return = OnReturn::Send { exit };
                    return self.make_pending_call(stack, code, at, pc);
                }
                Err(Fault::Fallback) => {
                    if let Iter::Guest { generator: Value::Generator(inner), .. } = *self.heap.iters.get(id) {
                        let on_return = OnReturn::GeneratorSend { exit };
                        return self.resume_generator(stack, inner, Resume::Send(value), at, on_return, pc);
                    }
                }
                Err(fault) => return Err(fault),
            },
            _ => {}
        }
        let method = if value.is_none() { names::NEXT } else { names::SEND };
        let callable = if value.is_none() { self.special(receiver, method) } else { None };
        self.ensure_stack(stack, top + 8)?;
        let result = match callable {
            Some(callable) => {
                stack[at] = callable;
                stack[at + 1] = receiver;
                self.call_at(stack, code, at, at + 2, &[], OnReturn::Send { exit }, pc)
            }
            None => {
                let fault = self.prelude_call("_send", &[receiver, value]);
                if fault != Fault::Call {
                    return Err(fault);
                }
                self.pending.on_return = OnReturn::Send { exit };
                self.make_pending_call(stack, code, at, pc)
            }
        };
        match result {
            Err(Fault::Raise) if self.is_instance_of_type(self.raised, types::STOP_ITERATION) => {
                let value = self.stop_iteration_value();
                stack[at - 1] = value;
                self.continue_at(exit, at);
                Ok(Flow::Value)
            }
            other => other,
        }
    }

    /// Takes the StopIteration being raised and gives its value.
    pub(crate) fn stop_iteration_value(&mut self) -> Value {
        let exception = std::mem::replace(&mut self.raised, Value::Undef);
        let Some(state) = self.exception_state(exception) else { return Value::None };
        if let Some((_, value)) = state.fields.iter().find(|(name, _)| *name == names::VALUE) {
            return *value;
        }
        self.heap.tuple(state.args).first().copied().unwrap_or(Value::None)
    }

    /// Whether the running frame is that of a generator that `await` accepts.
    fn runs_awaitable_generator(&self) -> bool {
        self.frames.last().is_some_and(|frame| {
            frame.generator != NO_GENERATOR && self.heap.generators.get(Id::new(frame.generator)).awaitable
        })
    }

    /// What `yield from value` iterates over: a generator itself, else `iter(value)`.
    pub(crate) fn get_yield_from_iter(&mut self, value: Value) -> Result<Value, Fault> {
        if let Value::Generator(id) = value {
            match self.heap.generators.get(id).kind {
                GeneratorKind::Generator => return Ok(value),
                GeneratorKind::Coroutine if self.runs_awaitable_generator() => return Ok(value),
                GeneratorKind::Coroutine => {
                    return Err(self.type_error("cannot 'yield from' a coroutine object in a non-coroutine generator"));
                }
                GeneratorKind::AsyncGenerator | GeneratorKind::AsyncStep => {}
            }
        }
        self.get_iter(value)
    }

    /// What `await` goes through; `origin` as in the instruction.
    ///
    /// # Errors
    /// TypeError when nothing says how to wait for it; `Call` when `__await__` has to tell.
    pub(crate) fn get_awaitable(&mut self, value: Value, origin: u8) -> Result<Value, Fault> {
        if let Value::Generator(id) = value
            && self.heap.generators.get(id).kind == GeneratorKind::Coroutine
        {
            let generator = self.heap.generators.get(id);
            if generator.state == GeneratorState::Suspended && self.delegates(id).is_some() {
                return Err(self.runtime_error("coroutine is being awaited already"));
            }
            return Ok(value);
        }
        if let Value::Generator(id) = value
            && (self.heap.generators.get(id).kind == GeneratorKind::AsyncStep || self.heap.generators.get(id).awaitable)
        {
            return Ok(value);
        }
        match self.special(value, names::AWAIT) {
            Some(method) => {
                self.pending = super::PendingCall {
                    callable: method,
                    args: smallvec::smallvec![value],
                    on_return: OnReturn::ExpectAwaitIterator,
                    ..super::PendingCall::default()
                };
                Err(Fault::Call)
            }
            None => {
                let found = self.type_name(value);
                let method = match origin {
                    1 => "__aenter__",
                    2 => "__aexit__",
                    _ => return Err(self.type_error(format!("object {found} can't be used in 'await' expression"))),
                };
                Err(self.type_error(format!(
                    "'async with' received an object from {method} that does not implement __await__: {found}"
                )))
            }
        }
    }

    /// `aiter(value)` for `async for`.
    pub(crate) fn get_async_iter(&mut self, value: Value) -> Result<Value, Fault> {
        match self.special(value, names::AITER) {
            Some(_) => Err(self.prelude_call("_async_iter", &[value])),
            None => {
                let found = self.type_name(value);
                Err(self.type_error(format!("'async for' requires an object with __aiter__ method, got {found}")))
            }
        }
    }

    /// `anext(value)` for `async for`: an awaitable.
    pub(crate) fn get_async_next(&mut self, value: Value) -> Result<Value, Fault> {
        match self.special(value, names::ANEXT) {
            Some(_) => Err(self.prelude_call("_async_next", &[value])),
            None => {
                let found = self.type_name(value);
                Err(self.type_error(format!("'async for' requires an iterator with __anext__ method, got {found}")))
            }
        }
    }

    /// Moves a suspended generator behind its `yield from`, whose value is `value`.
    pub(crate) fn leave_delegation(&mut self, id: Id<Generator>, value: Value) {
        let frame = self.heap.generators.get(id).frame;
        let at = self.code_position(frame.code, frame.pc);
        let send = at.checked_sub(2).and_then(|at| self.code(frame.code).instrs.get(at as usize).copied());
        let start = self.entries[frame.code as usize].start;
        if let Some(Instr::Send(exit)) = send {
            let generator = self.heap.generators.slot(id);
            generator.frame.pc = start + exit;
            if let Some(receiver) = generator.stack.last_mut() {
                *receiver = value;
            }
        }
    }

    /// The iterator a suspended generator delegates to (`yield from`, `await`).
    pub(crate) fn delegates(&self, id: Id<Generator>) -> Option<Value> {
        let generator = self.heap.generators.get(id);
        if generator.state != GeneratorState::Suspended {
            return None;
        }
        let frame = generator.frame;
        let at = self.code_position(frame.code, frame.pc).checked_sub(1)?;
        match self.code(frame.code).instrs.get(at as usize)? {
            Instr::YieldDelegated => generator.stack.last().copied(),
            _ => None,
        }
    }
}
