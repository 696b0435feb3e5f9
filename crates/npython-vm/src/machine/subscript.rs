//! `container[key]`, its assignment and its deletion.

mod assignment;
mod ranges;
mod slices;

use crate::base::Base;
use crate::fault::Fault;
use crate::names;
use crate::objects::{Object, Str, TypeObject};
use crate::types;
use crate::value::{Id, Value};

use super::{Machine, OnReturn};

pub(crate) use ranges::RangeFacts;

/// Every how many characters a string's index of positions has an entry.
const INDEX_STEP: usize = 64;

impl Machine {
    /// `container[key]`
    ///
    /// # Errors
    /// What the container raises; `Fault::Call` when guest code has to tell.
    pub(crate) fn subscript(&mut self, container: Value, key: Value) -> Result<Value, Fault> {
        match (container, key) {
            (Value::Dict(dict), _) => match self.dict_get(dict, key) {
                Ok(Some(value)) => Ok(value),
                Ok(None) => Err(self.key_error(key)),
                Err(Fault::Fallback) => Err(self.prelude_call("_dict_getitem", &[container, key])),
                Err(fault) => Err(fault),
            },
            (Value::List(list), Value::Int(index)) => match item_at(self.heap.list(list), index) {
                Some(value) => Ok(value),
                None => Err(self.index_error("list index out of range")),
            },
            (Value::Tuple(tuple), Value::Int(index)) => match item_at(self.heap.tuple(tuple), index) {
                Some(value) => Ok(value),
                None => Err(self.index_error("tuple index out of range")),
            },
            (Value::Str(text), Value::Int(index)) => self.character_at(text, index),
            (Value::Object(id), _) if self.heap.deque(id).is_some() => self.deque_subscript(id, key),
            (
                Value::List(_)
                | Value::Tuple(_)
                | Value::Str(_)
                | Value::Bytes(_)
                | Value::ByteArray(_)
                | Value::Range(_),
                _,
            ) => match key {
                Value::Slice(slice) => self.slice_subscript(container, slice, key),
                _ => self.sequence_subscript(container, key),
            },
            (Value::Type(class), _) => self.subscript_type(class, key),
            _ => self.subscript_by_class(container, key),
        }
    }

    /// `sequence[key]` for keys other than small ints and slices.
    fn sequence_subscript(&mut self, container: Value, key: Value) -> Result<Value, Fault> {
        if let Value::Range(range) = container {
            return self.range_subscript(range, key);
        }
        let index = match self.sequence_index(container, key) {
            Ok(index) => index,
            Err(Fault::Fallback) => return Err(self.prelude_call("_index_subscript", &[container, key])),
            Err(fault) => return Err(fault),
        };
        match container {
            Value::Bytes(_) | Value::ByteArray(_) => {
                let data: &[u8] = match container {
                    Value::Bytes(id) => &self.heap.bytes.get(id).data,
                    Value::ByteArray(id) => &self.heap.byte_arrays.get(id).data,
                    _ => &[],
                };
                match position_of(data.len(), index).and_then(|at| data.get(at)) {
                    Some(byte) => Ok(Value::Int(i64::from(*byte))),
                    None if matches!(container, Value::ByteArray(_)) => {
                        Err(self.index_error("bytearray index out of range"))
                    }
                    None => Err(self.index_error("index out of range")),
                }
            }
            _ => self.subscript(container, Value::Int(index)),
        }
    }

    /// The key of a sequence as a number.
    ///
    /// # Errors
    /// TypeError for keys that are no ints; IndexError for ints beyond 64 bits; `Fault::Fallback` for a guest `__index__`.
    pub(crate) fn sequence_index(&mut self, container: Value, key: Value) -> Result<i64, Fault> {
        match key {
            Value::Int(index) => Ok(index),
            Value::True => Ok(1),
            Value::False => Ok(0),
            _ => match self.unwrap(key) {
                Value::Int(index) => Ok(index),
                Value::BigInt(_) => Err(self.index_error("cannot fit 'int' into an index-sized integer")),
                _ if self.is_guest_special(key, names::INDEX).is_some() => Err(Fault::Fallback),
                _ => Err(self.wrong_index_type(container, key)),
            },
        }
    }

    #[cold]
    fn wrong_index_type(&mut self, container: Value, key: Value) -> Fault {
        let found = self.type_name(key);
        let what = match container {
            Value::Str(_) => return self.type_error(format!("string indices must be integers, not '{found}'")),
            Value::Tuple(_) => "tuple",
            Value::Bytes(_) => "byte",
            Value::ByteArray(_) => "bytearray",
            Value::Range(_) => "range",
            _ => "list",
        };
        self.type_error(format!("{what} indices must be integers or slices, not {found}"))
    }

    /// `text[index]`
    #[inline]
    pub(crate) fn character_at(&mut self, id: Id<Str>, index: i64) -> Result<Value, Fault> {
        let string = self.heap.strings.get(id);
        let Some(at) = position_of(string.length as usize, index) else {
            return Err(self.index_error("string index out of range"));
        };
        if string.ascii {
            let byte = self.heap.str(id).as_bytes().get(at).copied().unwrap_or(0);
            return Ok(Base::latin1(byte));
        }
        self.wide_character_at(id, at)
    }

    fn wide_character_at(&mut self, id: Id<Str>, at: usize) -> Result<Value, Fault> {
        let start = self.byte_position(id, at)?;
        let surrogates = self.heap.strings.get(id).surrogates;
        let character = self.heap.str(id).get(start..).and_then(|rest| rest.chars().next()).unwrap_or('\u{FFFD}');
        match u8::try_from(u32::from(character)) {
            Ok(byte) => Ok(Base::latin1(byte)),
            Err(_) if surrogates && u32::from(character) >= 0x10_F800 => {
                self.heap.new_surrogate_str(character.to_string())
            }
            Err(_) => self.heap.char_str(character),
        }
    }

    /// The byte position of character number `at` of a string; its end for larger numbers. Long strings get an index of positions.
    ///
    /// # Errors
    /// When the index does not fit in the memory limit.
    pub(crate) fn byte_position(&mut self, id: Id<Str>, at: usize) -> Result<usize, Fault> {
        let string = self.heap.strings.get(id);
        if string.ascii {
            return Ok(at.min(string.length as usize));
        }
        if at >= string.length as usize {
            return Ok(self.heap.str(id).len());
        }
        if string.length as usize <= INDEX_STEP {
            return Ok(nth_character(self.heap.str(id), at));
        }
        if string.index.is_none() && !self.make_position_index(id)? {
            self.charge_bytes(at)?;
            return Ok(nth_character(self.heap.str(id), at));
        }
        let start =
            self.heap.strings.get(id).index.as_ref().and_then(|index| index.get(at / INDEX_STEP)).copied().unwrap_or(0)
                as usize;
        let rest = self.heap.str(id).get(start..).unwrap_or("");
        Ok(start + nth_character(rest, at % INDEX_STEP))
    }

    /// The number of characters before a byte position.
    pub(crate) fn character_position(&mut self, id: Id<Str>, byte: usize) -> Result<usize, Fault> {
        let string = self.heap.strings.get(id);
        if string.ascii {
            return Ok(byte);
        }
        let long = string.length as usize > INDEX_STEP;
        let indexed = long && (string.index.is_some() || self.make_position_index(id)?);
        let (mut before, mut from) = (0, 0);
        if indexed && let Some(index) = &self.heap.strings.get(id).index {
            let entry = index.partition_point(|at| *at as usize <= byte).saturating_sub(1);
            from = index.get(entry).copied().unwrap_or(0) as usize;
            before = entry * INDEX_STEP;
        } else if long {
            self.charge_bytes(byte)?;
        }
        let rest = self.heap.str(id).get(from..byte).unwrap_or("");
        Ok(before + rest.chars().count())
    }

    /// Gives a string its index; false for strings of the base heap, which are short.
    #[cold]
    fn make_position_index(&mut self, id: Id<Str>) -> Result<bool, Fault> {
        let length = self.heap.strings.get(id).length as usize;
        self.charge_bytes(self.heap.str(id).len())?;
        self.heap.reserve((length / INDEX_STEP + 1) * 4)?;
        let index: Box<[u32]> = self.heap.str(id).char_indices().step_by(INDEX_STEP).map(|(at, _)| at as u32).collect();
        match self.heap.strings.get_mut(id) {
            Some(string) => {
                string.index = Some(index);
                Ok(true)
            }
            None => Ok(false),
        }
    }

    /// `Class[key]`
    fn subscript_type(&mut self, class: Id<TypeObject>, key: Value) -> Result<Value, Fault> {
        let object = Value::Type(class);
        if self.heap.types.get(class).metaclass != types::TYPE
            && let Some(method) = self.special(object, names::GETITEM)
        {
            return self.call_special(method, object, &[key], OnReturn::Push);
        }
        match self.type_lookup(class, names::CLASS_GETITEM) {
            Some(method @ Value::Object(_)) => {
                let bound = self.bind(method, Value::Undef, class)?;
                self.pending = super::PendingCall {
                    callable: bound,
                    args: smallvec::smallvec![key],
                    ..super::PendingCall::default()
                };
                Err(Fault::Call)
            }
            Some(Value::Native(id)) => (self.base.natives[id.index()].def.call)(self, &[object, key]),
            Some(method) => {
                self.pending = super::PendingCall {
                    callable: method,
                    args: smallvec::smallvec![key],
                    ..super::PendingCall::default()
                };
                Err(Fault::Call)
            }
            None if is_generic(class) => self.generic_alias(object, key),
            None => {
                let name = self.class_name(class);
                Err(self.type_error(format!("type '{name}' is not subscriptable")))
            }
        }
    }

    /// `origin[arguments]` of a built-in generic type.
    pub(crate) fn generic_alias(&mut self, origin: Value, key: Value) -> Result<Value, Fault> {
        let arguments = match key {
            Value::Tuple(_) => key,
            other => self.heap.new_tuple(&[other])?,
        };
        self.heap.new_object(Object::GenericAlias { origin, arguments, parameters: Value::Undef, unpacked: false })
    }

    /// `container[key]` by the `__getitem__` of its class.
    fn subscript_by_class(&mut self, container: Value, key: Value) -> Result<Value, Fault> {
        let class = self.type_of(container);
        match self.type_lookup(class, names::GETITEM) {
            Some(Value::Native(_)) if !matches!(container, Value::Object(_)) => {
                let data = self.unwrap(container);
                match data {
                    Value::Dict(dict) => self.subscript_dict_instance(container, dict, key),
                    // Never an instance again: the data of an instance is a built-in value.
                    Value::Instance(_) => Err(self.not_subscriptable(container)),
                    Value::Object(_) => self.subscript_object(data, key),
                    _ => self.subscript(data, key),
                }
            }
            Some(Value::Native(_)) => self.subscript_object(container, key),
            Some(method) => self.call_special(method, container, &[key], OnReturn::Push),
            None => Err(self.not_subscriptable(container)),
        }
    }

    fn subscript_object(&mut self, container: Value, key: Value) -> Result<Value, Fault> {
        if let Value::Object(id) = container
            && let Object::MappingProxy { mapping } = *self.heap.objects.get(id)
            && let Value::Dict(_) = mapping
        {
            return self.subscript(mapping, key);
        }
        if let Value::Object(id) = container
            && self.heap.deque(id).is_some()
        {
            return self.deque_subscript(id, key);
        }
        match self.special(container, names::GETITEM) {
            Some(method) => self.call_special(method, container, &[key], OnReturn::Push),
            None => Err(self.not_subscriptable(container)),
        }
    }

    /// `instance[key]` of a class derived from dict, which may define `__missing__`.
    fn subscript_dict_instance(
        &mut self,
        container: Value,
        dict: Id<crate::objects::Dict>,
        key: Value,
    ) -> Result<Value, Fault> {
        match self.dict_get(dict, key) {
            Ok(Some(value)) => Ok(value),
            Ok(None) => match self.special(container, names::MISSING) {
                Some(method) => self.call_special(method, container, &[key], OnReturn::Push),
                None => Err(self.key_error(key)),
            },
            Err(Fault::Fallback) => {
                Err(self.prelude_call("_dict_instance_getitem", &[container, Value::Dict(dict), key]))
            }
            Err(fault) => Err(fault),
        }
    }

    #[cold]
    fn not_subscriptable(&mut self, container: Value) -> Fault {
        let name = self.type_name(container);
        self.type_error(format!("'{name}' object is not subscriptable"))
    }
}

/// Built-in types that may be subscripted for annotations.
fn is_generic(class: Id<TypeObject>) -> bool {
    [
        types::LIST,
        types::TUPLE,
        types::DICT,
        types::SET,
        types::FROZENSET,
        types::TYPE,
        types::ENUMERATE,
        types::BASE_EXCEPTION_GROUP,
        types::EXCEPTION_GROUP,
    ]
    .contains(&class)
}

/// The position an index means in a sequence of this length.
#[inline]
pub(crate) fn position_of(length: usize, index: i64) -> Option<usize> {
    let index = if index < 0 { index.checked_add(length as i64)? } else { index };
    usize::try_from(index).ok().filter(|index| *index < length)
}

#[inline]
fn item_at(items: &[Value], index: i64) -> Option<Value> {
    items.get(position_of(items.len(), index)?).copied()
}

/// The byte position of character number `at`; the end for larger numbers.
fn nth_character(text: &str, at: usize) -> usize {
    text.char_indices().nth(at).map_or(text.len(), |(position, _)| position)
}
