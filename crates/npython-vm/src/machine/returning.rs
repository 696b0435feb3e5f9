//! What happens when a frame ends with a value: generators finish, and results are checked, converted and placed as the
//! frame's `on_return` says.

use crate::fault::Fault;
use crate::objects::{Generator, GeneratorKind, GeneratorState};
use crate::types;
use crate::value::{Id, Value};

use super::consumer::{Consumer, consumed};
use super::{Machine, NO_GENERATOR, OnReturn};

/// Names of the methods whose results are checked, by the number in `ExpectStr` and `ExpectInt`.
pub(crate) const CHECKED_METHODS: &[&str] =
    &["__str__", "__repr__", "__format__", "__len__", "__index__", "__hash__", "__int__", "__length_hint__"];
pub(crate) const METHOD_STR: u8 = 0;
pub(crate) const METHOD_REPR: u8 = 1;
pub(crate) const METHOD_FORMAT: u8 = 2;
pub(crate) const METHOD_LEN: u8 = 3;
pub(crate) const METHOD_INDEX: u8 = 4;
pub(crate) const METHOD_HASH: u8 = 5;
pub(crate) const METHOD_INT: u8 = 6;

impl Machine {
    /// Ends the running frame with `value`. False when it was the bottom frame.
    ///
    /// # Errors
    /// What the caller has to raise; its frame is on top then.
    pub(crate) fn finish_frame(&mut self, stack: &mut [Value], value: Value) -> Result<bool, Fault> {
        let Some(frame) = self.frames.pop() else { return Ok(false) };
        if frame.grants != 0 {
            self.end_grants(frame.grants);
        }
        if frame.generator != NO_GENERATOR {
            self.finish_generator(Id::new(frame.generator));
        }
        if frame.on_return == OnReturn::Exit {
            return Ok(false);
        }
        let at = frame.return_at as usize;
        if let Some(caller) = self.frames.last_mut() {
            caller.top = at as u32;
        }
        if frame.generator != NO_GENERATOR {
            self.deliver_end(stack, frame.on_return, at, value)?;
        } else {
            self.deliver(stack, frame.on_return, at, value)?;
        }
        Ok(true)
    }

    /// Marks a generator as finished and restores the exception its resumer was handling.
    pub(crate) fn finish_generator(&mut self, id: Id<crate::objects::Generator>) {
        let generator = self.heap.generators.slot(id);
        generator.state = GeneratorState::Finished;
        generator.stack.clear();
        let handled = std::mem::replace(&mut generator.handled, Value::None);
        generator.frame.namespace = Value::Undef;
        self.handled = handled;
    }

    fn place(&mut self, stack: &mut [Value], at: usize, value: Value) {
        stack[at] = value;
        self.set_top(at + 1);
    }

    fn set_top(&mut self, top: usize) {
        if let Some(frame) = self.frames.last_mut() {
            frame.top = top as u32;
        }
    }

    /// Continues the caller at `target` with its stack cut to `top`.
    pub(crate) fn continue_at(&mut self, target: u32, top: usize) {
        if let Some(frame) = self.frames.last_mut() {
            frame.pc = target;
            frame.top = top as u32;
        }
    }

    /// A generator returned `value` to whoever resumed it.
    pub(crate) fn deliver_end(
        &mut self,
        stack: &mut [Value],
        on_return: OnReturn,
        at: usize,
        value: Value,
    ) -> Result<(), Fault> {
        match on_return {
            OnReturn::GeneratorForIter { exit } | OnReturn::EnumerateForIter { exit } => {
                self.continue_at(exit, at - 1);
                Ok(())
            }
            OnReturn::GeneratorNextDefault => {
                self.set_top(at);
                Ok(())
            }
            OnReturn::GeneratorSend { exit } => {
                stack[at - 1] = value;
                self.continue_at(exit, at);
                Ok(())
            }
            OnReturn::GeneratorClose => {
                self.place(stack, at, value);
                Ok(())
            }
            OnReturn::Consume(consumer) => {
                let (at, result) = consumed(stack, consumer, at);
                let Some(result) = result else {
                    let name = if consumer == (Consumer::Extreme { largest: true }) { "max" } else { "min" };
                    return Err(self.value_error(format!("{name}() iterable argument is empty")));
                };
                self.place(stack, at, result);
                Ok(())
            }
            OnReturn::AsyncGeneratorStep => {
                let exception = self.new_exception(types::STOP_ASYNC_ITERATION, &[])?;
                Err(self.raise_value(exception))
            }
            _ => Err(self.stop_iteration(value)),
        }
    }

    /// A generator yielded `value` to whoever resumed it.
    pub(crate) fn deliver_yield(
        &mut self,
        stack: &mut [Value],
        generator: Id<Generator>,
        on_return: OnReturn,
        at: usize,
        value: Value,
    ) -> Result<(), Fault> {
        match on_return {
            OnReturn::Consume(consumer) => {
                let (at, result) = self.continue_consuming(stack, consumer, generator, at, value);
                return self.deliver_or_call(stack, at, result);
            }
            OnReturn::EnumerateForIter { .. } => {
                let Value::Iter(enumerate) = stack[at - 1] else { return Err(Fault::Halt) };
                let number = self.advance_enumerate(enumerate)?;
                let pair = self.heap.new_tuple(&[number, value])?;
                self.place(stack, at, pair);
            }
            OnReturn::GeneratorNextDefault => self.place(stack, at - 1, value),
            OnReturn::GeneratorClose => return Err(self.runtime_error("generator ignored GeneratorExit")),
            _ => self.place(stack, at, value),
        }
        Ok(())
    }

    /// Places the result of an ordinary call.
    ///
    /// # Errors
    /// `Raise` when the result is not acceptable; `Call` is resolved by the caller's next instruction.
    pub(crate) fn deliver(
        &mut self,
        stack: &mut [Value],
        on_return: OnReturn,
        at: usize,
        value: Value,
    ) -> Result<(), Fault> {
        match on_return {
            OnReturn::Push | OnReturn::ForIter { .. } | OnReturn::Send { .. } | OnReturn::Exit => {
                self.place(stack, at, value)
            }
            OnReturn::Discard => self.set_top(at),
            OnReturn::Repeat => {
                self.place(stack, at, value);
                if let Some(frame) = self.frames.last_mut() {
                    frame.pc = frame.pc.saturating_sub(1);
                }
            }
            OnReturn::Init => {
                if !value.is_none() {
                    let found = self.type_name(value);
                    return Err(self.type_error(format!("__init__() should return None, not '{found}'")));
                }
                self.set_top(at + 1);
            }
            OnReturn::Binary { op, inplace, stage } => {
                let (a, b) = (stack[at - 2], stack[at - 1]);
                if value != Value::NotImplemented {
                    self.place(stack, at - 2, value);
                    return Ok(());
                }
                let result = self.binary_stage(op, inplace, a, b, stage + 1);
                return self.deliver_or_call(stack, at - 2, result);
            }
            OnReturn::Compare { op, stage } => {
                let (a, b) = (stack[at - 2], stack[at - 1]);
                if value != Value::NotImplemented {
                    self.place(stack, at - 2, value);
                    return Ok(());
                }
                let result = self.compare_stage(op, a, b, stage + 1);
                return self.deliver_or_call(stack, at - 2, result);
            }
            OnReturn::Bool => {
                if value.as_bool().is_none() {
                    let found = self.type_name(value);
                    return Err(self.type_error(format!("__bool__ should return bool, returned {found}")));
                }
                self.place(stack, at, value);
            }
            OnReturn::LengthAsBool => {
                let length = self.checked_length(value)?;
                self.place(stack, at, Value::bool(length != 0));
            }
            OnReturn::BoolJump { target, when, length } => {
                let truth = if length {
                    self.checked_length(value)? != 0
                } else {
                    match value.as_bool() {
                        Some(truth) => truth,
                        None => {
                            let found = self.type_name(value);
                            return Err(self.type_error(format!("__bool__ should return bool, returned {found}")));
                        }
                    }
                };
                if truth == when {
                    self.continue_at(target, at);
                } else {
                    self.set_top(at - 1);
                }
            }
            OnReturn::Contains { negate } => match self.truth(value) {
                Ok(truth) => self.place(stack, at, Value::bool(truth != negate)),
                Err(Fault::Call) => {
                    let fault = self.prelude_call(if negate { "_not" } else { "_truth" }, &[value]);
                    return self.deliver_or_call(stack, at, Err(fault));
                }
                Err(fault) => return Err(fault),
            },
            OnReturn::ExpectStr { method } => {
                if !matches!(self.unwrap(value), Value::Str(_)) {
                    let (name, found) =
                        (CHECKED_METHODS.get(usize::from(method)).copied().unwrap_or("?"), self.type_name(value));
                    let message = if method == METHOD_FORMAT {
                        format!("__format__ must return a str, not {found}")
                    } else {
                        format!("{name} returned non-string (type {found})")
                    };
                    return Err(self.type_error(message));
                }
                self.place(stack, at, value);
            }
            OnReturn::ExpectInt { method } => {
                let value = self.checked_int(value, method)?;
                self.place(stack, at, value);
            }
            OnReturn::Remember => {
                let result = self.remember(stack[at - 2], stack[at - 1], value);
                return self.deliver_or_call(stack, at - 2, result);
            }
            OnReturn::NextDefault => self.place(stack, at - 1, value),
            OnReturn::GetAttrHook => self.place(stack, at - 2, value),
            OnReturn::AttributeDefault => self.place(stack, at - 1, value),
            OnReturn::HasAttribute => self.place(stack, at, Value::True),
            OnReturn::NamespaceLookup => {
                if value == Value::Missing {
                    let Value::Str(name) = stack[at - 1] else { return Err(Fault::Halt) };
                    let result = self.load_global_by_name(name);
                    return self.deliver_or_call(stack, at - 1, result);
                } else {
                    self.place(stack, at - 1, value);
                }
            }
            OnReturn::ExpectIterator => {
                if !self.is_iterator(value) {
                    let found = self.type_name(value);
                    return Err(self.type_error(format!("iter() returned non-iterator of type '{found}'")));
                }
                self.place(stack, at, value);
            }
            OnReturn::ExpectAwaitIterator => {
                if let Value::Generator(id) = value
                    && self.heap.generators.get(id).kind == GeneratorKind::Coroutine
                {
                    return Err(self.type_error("__await__() returned a coroutine"));
                }
                if !self.is_iterator(value) {
                    let found = self.type_name(value);
                    return Err(self.type_error(format!("__await__() returned non-iterator of type '{found}'")));
                }
                self.place(stack, at, value);
            }
            OnReturn::GroupMatch => {
                let (found, rest) = match value {
                    Value::Tuple(pair) => match *self.heap.tuple(pair) {
                        [found, rest] => (found, rest),
                        _ => return Err(Fault::Halt),
                    },
                    _ => return Err(Fault::Halt),
                };
                stack[at] = rest;
                stack[at + 1] = found;
                self.set_top(at + 2);
                if !found.is_none() {
                    self.handled = found;
                }
            }
            OnReturn::Method => {
                stack[at + 1] = Value::Undef;
                stack[at] = value;
                self.set_top(at + 2);
            }
            OnReturn::GeneratorForIter { .. }
            | OnReturn::GeneratorNext
            | OnReturn::GeneratorNextDefault
            | OnReturn::GeneratorSend { .. }
            | OnReturn::GeneratorClose
            | OnReturn::EnumerateForIter { .. }
            | OnReturn::Consume(_)
            | OnReturn::DelegateClosed { .. }
            | OnReturn::AsyncGeneratorStep => return self.deliver_end(stack, on_return, at, value),
        }
        Ok(())
    }

    /// A result of a follow-up step: placed, or its pending call noted for the loop to make.
    fn deliver_or_call(&mut self, stack: &mut [Value], at: usize, result: Result<Value, Fault>) -> Result<(), Fault> {
        match result {
            Ok(value) => {
                self.place(stack, at, value);
                Ok(())
            }
            Err(Fault::Call) => {
                self.set_top(at);
                self.follow_up = Some(at as u32);
                Ok(())
            }
            Err(fault) => Err(fault),
        }
    }

    fn checked_int(&mut self, value: Value, method: u8) -> Result<Value, Fault> {
        if method == METHOD_LEN {
            return self.checked_length(value).map(Value::Int);
        }
        let unwrapped = self.unwrap(value);
        match unwrapped {
            Value::Int(_) | Value::BigInt(_) => {}
            Value::True | Value::False => {}
            _ => {
                let found = self.type_name(value);
                let message = match method {
                    METHOD_HASH => "__hash__ method should return an integer".to_owned(),
                    METHOD_INDEX => format!("__index__ returned non-int (type {found})"),
                    METHOD_INT => format!("__int__ returned non-int (type {found})"),
                    _ => format!(
                        "{} returned non-int (type {found})",
                        CHECKED_METHODS.get(usize::from(method)).copied().unwrap_or("?")
                    ),
                };
                return Err(self.type_error(message));
            }
        }
        if method == METHOD_HASH {
            // What fits is the hash as it is, so that an object may take over that of another; -1 stands for an error in CPython.
            return match unwrapped {
                Value::Int(-1) => Ok(Value::Int(-2)),
                Value::Int(_) => Ok(unwrapped),
                _ => self.hash_native(unwrapped).map(Value::Int),
            };
        }
        Ok(match unwrapped {
            Value::True => Value::Int(1),
            Value::False => Value::Int(0),
            other => other,
        })
    }

    /// The result of `__len__` as a length.
    fn checked_length(&mut self, value: Value) -> Result<i64, Fault> {
        match self.unwrap(value) {
            Value::Int(length) if length >= 0 => Ok(length),
            Value::True => Ok(1),
            Value::False => Ok(0),
            Value::Int(_) => Err(self.value_error("__len__() should return >= 0")),
            Value::BigInt(_) => Err(self.overflow_error("cannot fit 'int' into an index-sized integer")),
            _ => {
                let found = self.type_name(value);
                Err(self.type_error(format!("'{found}' object cannot be interpreted as an integer")))
            }
        }
    }
}
