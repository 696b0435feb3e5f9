//! Raising built-in exceptions from native code.

use smallvec::smallvec;

use crate::fault::Fault;
use crate::names;
use crate::objects::{ExceptionState, Instance, NO_SHAPE, Str, TypeObject};
use crate::types;
use crate::value::{Id, Value};

use super::Machine;

impl Machine {
    /// A new exception instance of a built-in class (or a guest class of exceptions) with these `args`.
    pub(crate) fn new_exception(&mut self, class: Id<TypeObject>, args: &[Value]) -> Result<Value, Fault> {
        let Value::Tuple(args) = self.heap.new_tuple(args)? else { return Err(Fault::Halt) };
        self.heap.reserve(size_of::<ExceptionState>() + size_of::<Instance>())?;
        let state = self.heap.exceptions.insert(ExceptionState { args, ..ExceptionState::default() });
        let instance =
            Instance { class, shape: NO_SHAPE, dict: None, payload: Value::Exception(state), slots: smallvec![] };
        let id = self.heap.instances.insert(instance);
        self.give_root_shape(id, class);
        Ok(Value::Instance(id))
    }

    /// Raises `class(message)`.
    #[cold]
    pub(crate) fn raise(&mut self, class: Id<TypeObject>, message: &str) -> Fault {
        let made = self.heap.new_str(message).and_then(|text| self.new_exception(class, &[text]));
        match made {
            Ok(exception) => {
                // New, so nothing can lead back to it.
                let handled = self.handled;
                if let Some(state) = self.exception_state_mut(exception) {
                    state.context = handled;
                }
                self.raised = exception;
                Fault::Raise
            }
            Err(fault) => fault,
        }
    }

    /// Raises an exception instance; its context becomes the exception being handled.
    #[cold]
    pub(crate) fn raise_value(&mut self, exception: Value) -> Fault {
        if let Err(fault) = self.set_context(exception) {
            return fault;
        }
        self.raised = exception;
        Fault::Raise
    }

    /// Raises an exception that was thrown into a generator: what its resumer handles is not its context.
    #[cold]
    pub(crate) fn raise_thrown(&mut self, exception: Value) -> Fault {
        self.raised = exception;
        Fault::Raise
    }

    /// Raises TypeError.
    #[cold]
    pub(crate) fn type_error(&mut self, message: impl AsRef<str>) -> Fault {
        self.raise(types::TYPE_ERROR, message.as_ref())
    }

    /// Raises ValueError.
    #[cold]
    pub(crate) fn value_error(&mut self, message: impl AsRef<str>) -> Fault {
        self.raise(types::VALUE_ERROR, message.as_ref())
    }

    /// Raises IndexError.
    #[cold]
    pub(crate) fn index_error(&mut self, message: impl AsRef<str>) -> Fault {
        self.raise(types::INDEX_ERROR, message.as_ref())
    }

    /// Raises OverflowError.
    #[cold]
    pub(crate) fn overflow_error(&mut self, message: impl AsRef<str>) -> Fault {
        self.raise(types::OVERFLOW_ERROR, message.as_ref())
    }

    /// Raises RuntimeError.
    #[cold]
    pub(crate) fn runtime_error(&mut self, message: impl AsRef<str>) -> Fault {
        self.raise(types::RUNTIME_ERROR, message.as_ref())
    }

    /// KeyError whose argument is the key itself.
    #[cold]
    pub(crate) fn key_error(&mut self, key: Value) -> Fault {
        match self.new_exception(types::KEY_ERROR, &[key]) {
            Ok(exception) => self.raise_value(exception),
            Err(fault) => fault,
        }
    }

    /// StopIteration with this value.
    #[cold]
    pub(crate) fn stop_iteration(&mut self, value: Value) -> Fault {
        let args: &[Value] = if value.is_none() { &[] } else { &[value] };
        match self.new_exception(types::STOP_ITERATION, args) {
            Ok(exception) => {
                self.raised = exception;
                Fault::Raise
            }
            Err(fault) => fault,
        }
    }

    /// A name error with its `name` attribute.
    #[cold]
    pub(crate) fn name_error(&mut self, class: Id<TypeObject>, name: Id<Str>, message: &str) -> Fault {
        let fault = self.raise(class, message);
        match self.set_exception_field(self.raised, names::NAME_FIELD, Value::Str(name)) {
            Ok(()) => fault,
            Err(refused) => refused,
        }
    }

    /// AttributeError with its `name` and `obj` attributes.
    #[cold]
    pub(crate) fn attribute_error(&mut self, object: Value, name: Id<Str>, message: &str) -> Fault {
        let fault = self.raise(types::ATTRIBUTE_ERROR, message);
        let named = self.set_exception_field(self.raised, names::NAME_FIELD, Value::Str(name));
        match named.and_then(|()| self.set_exception_field(self.raised, names::OBJ, object)) {
            Ok(()) => fault,
            Err(refused) => refused,
        }
    }

    /// Sets a built-in attribute of an exception.
    ///
    /// # Errors
    /// The memory limit.
    pub(crate) fn set_exception_field(&mut self, exception: Value, name: Id<Str>, value: Value) -> Result<(), Fault> {
        let Some(state) = self.exception_state_mut(exception) else { return Ok(()) };
        if let Some((_, slot)) = state.fields.iter_mut().find(|(other, _)| *other == name) {
            *slot = value;
            return Ok(());
        }
        if state.fields.len() == state.fields.capacity() {
            self.heap.reserve(size_of::<(Id<Str>, Value)>())?;
        }
        if let Some(state) = self.exception_state_mut(exception) {
            state.fields.reserve_exact(1);
            state.fields.push((name, value));
        }
        Ok(())
    }

    /// A built-in attribute of an exception.
    pub(crate) fn exception_field(&self, exception: Value, name: Id<Str>) -> Option<Value> {
        let state = self.exception_state(exception)?;
        state.fields.iter().find(|(other, _)| *other == name).map(|(_, value)| *value)
    }

    /// The built-in part of an exception instance.
    pub(crate) fn exception_state(&self, exception: Value) -> Option<&ExceptionState> {
        let Value::Instance(id) = exception else { return None };
        let Value::Exception(state) = self.heap.instances.get(id).payload else { return None };
        Some(self.heap.exceptions.get(state))
    }

    /// As [`Machine::exception_state`], for change.
    pub(crate) fn exception_state_mut(&mut self, exception: Value) -> Option<&mut ExceptionState> {
        let Value::Instance(id) = exception else { return None };
        let Value::Exception(state) = self.heap.instances.get(id).payload else { return None };
        self.heap.exceptions.get_mut(state)
    }

    /// The exception being handled becomes the context, unless that would make a cycle.
    ///
    /// # Errors
    /// The gas limit: the way back can be as long as the program likes.
    pub(crate) fn set_context(&mut self, exception: Value) -> Result<(), Fault> {
        let handled = self.handled;
        if handled.is_none() || handled == exception {
            return Ok(());
        }
        // CPython breaks a cycle by cutting the chain where it comes back to `exception`.
        let mut at = handled;
        for step in 1..100_000_u64 {
            if step.is_multiple_of(8) {
                self.charge(1)?;
            }
            let Some(context) = self.exception_state(at).map(|state| state.context) else { break };
            if context == exception {
                if let Some(state) = self.exception_state_mut(at) {
                    state.context = Value::None;
                }
                break;
            }
            if context.is_none() {
                break;
            }
            at = context;
        }
        if let Some(state) = self.exception_state_mut(exception) {
            state.context = handled;
        }
        Ok(())
    }

    /// The built-in exception class with this name; RuntimeError for other names.
    pub(crate) fn builtin_exception(&self, name: &str) -> Id<TypeObject> {
        let found =
            types::TABLE.iter().position(|row| row.name == name && row.layout == crate::objects::Layout::Exception);
        found.map_or(types::RUNTIME_ERROR, |at| Id::new(at as u32))
    }
}
