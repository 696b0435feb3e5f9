//! `str` of every value.

use std::fmt::Write;

use crate::fault::Fault;
use crate::machine::returning::METHOD_STR;
use crate::machine::{Machine, OnReturn};
use crate::names;
use crate::objects::{Object, Str};
use crate::types;
use crate::value::{Id, NativeId, Value};

use super::Author;
use super::writer::DEEPEST;

impl Machine {
    /// `str(value)`.
    ///
    /// # Errors
    /// `Fault::Fallback` when a guest `__str__` or `__repr__` is needed.
    pub(crate) fn str_native(&mut self, value: Value) -> Result<String, Fault> {
        let mut text = String::new();
        self.write_str(&mut text, value)?;
        Ok(text)
    }

    /// Appends `str(value)`.
    ///
    /// # Errors
    /// As [`Machine::str_native`]; the output is then as it was.
    pub(crate) fn write_str(&mut self, output: &mut String, value: Value) -> Result<(), Fault> {
        match value {
            Value::Str(id) => {
                let length = self.heap.str(id).len();
                self.charge_bytes(length)?;
                output.push_str(self.heap.str(id));
                return Ok(());
            }
            Value::Int(number) => {
                let _ = write!(output, "{number}");
                return Ok(());
            }
            _ => {}
        }
        match self.str_source(value)? {
            StrSource::Text(text) => {
                let length = self.heap.str(text).len();
                self.charge_bytes(length)?;
                output.push_str(self.heap.str(text));
                Ok(())
            }
            StrSource::Empty => Ok(()),
            StrSource::Repr(value) => {
                let text = self.repr_native(value)?;
                output.push_str(&text);
                Ok(())
            }
            StrSource::Native(id, value) => {
                let made = self.call_text_method(id, value)?;
                output.push_str(&made);
                Ok(())
            }
            StrSource::Guest(..) => Err(Fault::Fallback),
        }
    }

    /// `str(value)` as a string value; a guest `__str__` is a pending call.
    pub(crate) fn str_value(&mut self, value: Value) -> Result<Value, Fault> {
        if matches!(value, Value::Str(_)) {
            return Ok(value);
        }
        let source = self.str_source(value)?;
        match source {
            StrSource::Text(text) => Ok(Value::Str(text)),
            StrSource::Empty => self.heap.new_str(""),
            StrSource::Guest(method, receiver) => {
                self.call_special(method, receiver, &[], OnReturn::ExpectStr { method: METHOD_STR })
            }
            StrSource::Repr(value) => self.repr_value(value),
            StrSource::Native(id, value) => match self.call_text_method(id, value) {
                Ok(text) => self.text_to_value(text),
                Err(Fault::Fallback) => Err(self.prelude_call("_str_of_native", &[value])),
                Err(fault) => Err(fault),
            },
        }
    }

    /// Where the text of `str(value)` comes from. The arguments of exceptions are followed.
    fn str_source(&mut self, value: Value) -> Result<StrSource, Fault> {
        let mut value = value;
        for _ in 0..DEEPEST {
            // The text of a mapping proxy is that of its mapping, without the name around it.
            if let Value::Object(id) = value
                && let Object::MappingProxy { mapping } = *self.heap.objects.get(id)
            {
                value = mapping;
                continue;
            }
            let Value::Instance(_) = value else {
                return Ok(match value {
                    Value::Str(id) => StrSource::Text(id),
                    Value::Type(_) | Value::Object(_) => match self.special(value, names::STR) {
                        Some(Value::Native(id)) if self.native_owner(id) != Some(types::OBJECT) => {
                            StrSource::Native(id, value)
                        }
                        Some(method @ (Value::Function(_) | Value::Object(_) | Value::Instance(_))) => {
                            StrSource::Guest(method, value)
                        }
                        _ => StrSource::Repr(value),
                    },
                    _ => StrSource::Repr(value),
                });
            };
            let Some(method) = self.special(value, names::STR) else { return Ok(StrSource::Repr(value)) };
            let Value::Native(id) = method else { return Ok(StrSource::Guest(method, value)) };
            match self.native_owner(id) {
                Some(class) if class == types::BASE_EXCEPTION => match self.exception_arguments(value).as_slice() {
                    [] => return Ok(StrSource::Empty),
                    [argument] => value = *argument,
                    _ => return self.repr_of_arguments(value),
                },
                Some(class) if class == types::KEY_ERROR => match self.exception_arguments(value).as_slice() {
                    [] => return Ok(StrSource::Empty),
                    [argument] => return Ok(StrSource::Repr(*argument)),
                    _ => return self.repr_of_arguments(value),
                },
                Some(class) if class == types::STR => match self.unwrap(value) {
                    Value::Str(text) => return Ok(StrSource::Text(text)),
                    _ => return Ok(StrSource::Repr(value)),
                },
                found if found.is_none_or(|class| class == types::OBJECT) => {
                    return Ok(match self.repr_author(value) {
                        Author::Guest(method) => StrSource::Guest(method, value),
                        _ => StrSource::Repr(value),
                    });
                }
                _ => return Ok(StrSource::Native(id, value)),
            }
        }
        Err(self.recursion_error())
    }

    fn repr_of_arguments(&mut self, exception: Value) -> Result<StrSource, Fault> {
        let args = self.exception_state(exception).map(|state| state.args);
        Ok(args.map_or(StrSource::Empty, |args| StrSource::Repr(Value::Tuple(args))))
    }

    fn exception_arguments(&self, exception: Value) -> Vec<Value> {
        self.exception_state(exception)
            .map_or_else(Vec::new, |state| self.heap.tuple(state.args).iter().take(2).copied().collect())
    }
}

/// Where the text of `str(value)` comes from.
enum StrSource {
    Text(Id<Str>),
    Empty,
    Repr(Value),
    Native(NativeId, Value),
    Guest(Value, Value),
}
