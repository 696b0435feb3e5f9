//! Truth of values (Data Model 3.3.1, `__bool__`).

use crate::fault::Fault;
use crate::names;
use crate::objects::{Object, SpecialFlags};
use crate::value::{Id, Value};

use super::subscript::RangeFacts;
use super::{Machine, OnReturn};

impl Machine {
    /// Whether a value counts as true.
    ///
    /// # Errors
    /// `Fault::Call` when a guest `__bool__` or `__len__` has to tell; its result becomes a bool.
    #[inline]
    pub(crate) fn truth(&mut self, value: Value) -> Result<bool, Fault> {
        match self.known_truth(value) {
            Some(truth) => Ok(truth),
            None => self.truth_slow(value),
        }
    }

    /// The truth of a value that no class has a say in; `None` for others.
    #[inline]
    pub(crate) fn known_truth(&self, value: Value) -> Option<bool> {
        Some(match value {
            Value::True => true,
            Value::False | Value::None => false,
            Value::Int(number) => number != 0,
            Value::Float(number) => number.get() != 0.0,
            Value::Str(id) => self.heap.strings.get(id).length != 0,
            Value::List(id) => !self.heap.list(id).is_empty(),
            Value::Dict(id) => !self.heap.dicts.get(id).table.is_empty(),
            Value::Tuple(id) => !self.heap.tuple(id).is_empty(),
            Value::Set(id) | Value::FrozenSet(id) => !self.heap.sets.get(id).table.is_empty(),
            _ => return None,
        })
    }

    fn truth_slow(&mut self, value: Value) -> Result<bool, Fault> {
        Ok(match value {
            Value::Bytes(id) => !self.heap.bytes.get(id).data.is_empty(),
            Value::ByteArray(id) => !self.heap.byte_arrays.get(id).data.is_empty(),
            Value::Complex(id) => {
                let number = self.heap.complexes.get(id);
                number.real != 0.0 || number.imaginary != 0.0
            }
            Value::Range(id) => !RangeFacts::of(&self.heap, id).is_empty(),
            Value::Object(id) => return self.truth_of_object(value, id),
            Value::Instance(_) | Value::Type(_) => return self.truth_by_class(value),
            _ => true,
        })
    }

    fn truth_of_object(&mut self, value: Value, id: Id<Object>) -> Result<bool, Fault> {
        match *self.heap.objects.get(id) {
            Object::DictView { dict, .. } => Ok(!self.heap.dicts.get(dict).table.is_empty()),
            Object::Deque(ref queue) => Ok(!queue.items.is_empty()),
            Object::MappingProxy { mapping } if !matches!(mapping, Value::Instance(_) | Value::Object(_)) => {
                self.truth_slow_plain(mapping)
            }
            Object::MappingProxy { .. } | Object::MemoryView { .. } | Object::State { .. } => {
                match self.length_native(value) {
                    Ok(length) => Ok(length != 0),
                    Err(Fault::Raise) => {
                        // Without a length it is simply true.
                        self.raised = Value::Undef;
                        Ok(true)
                    }
                    Err(fault) => Err(fault),
                }
            }
            _ => Ok(true),
        }
    }

    fn truth_slow_plain(&self, mapping: Value) -> Result<bool, Fault> {
        match mapping {
            Value::Dict(id) => Ok(!self.heap.dicts.get(id).table.is_empty()),
            _ => Ok(true),
        }
    }

    fn truth_by_class(&mut self, value: Value) -> Result<bool, Fault> {
        let class = self.type_of(value);
        let flags = self.heap.types.get(class).flags;
        if flags.has(SpecialFlags::BOOL)
            && let Some(method) = self.type_lookup(class, names::BOOL)
        {
            return self.ask_for_truth(method, value, OnReturn::Bool);
        }
        let data = self.unwrap(value);
        let number = super::operators::number_kind(data).is_some();
        if flags.has(SpecialFlags::LEN)
            && !number
            && let Some(method) = self.type_lookup(class, names::LEN)
        {
            return self.ask_for_truth(method, value, OnReturn::LengthAsBool);
        }
        if data == value { Ok(true) } else { self.truth(data) }
    }

    fn ask_for_truth(&mut self, method: Value, value: Value, on_return: OnReturn) -> Result<bool, Fault> {
        match self.call_special(method, value, &[], on_return)? {
            Value::Int(length) => Ok(length != 0),
            answer => Ok(answer == Value::True),
        }
    }
}
