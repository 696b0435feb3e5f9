//! Guest values and plain data.

use crate::boundary::PlainValue;
use crate::fault::Fault;
use crate::objects::{Dict, Object, Set, StrText};
use crate::types;
use crate::value::{Id, Value};

use super::super::Machine;

/// Plain data nested deeper than this does not cross the boundary: hosts recurse over it.
const DEEPEST: usize = 200;
/// Bytes an item of plain data is counted with.
const ITEM_BYTES: usize = 64;

/// Why a value has no plain copy.
enum Obstacle {
    TooDeep,
    Cyclic,
    TooLarge,
}

/// A plain copy in the making.
struct Copier<'machine> {
    machine: &'machine Machine,
    /// Bytes the copy may still take.
    room: usize,
    /// Containers around the value being copied.
    around: Vec<Value>,
    /// Whether values without plain form are an obstacle rather than described.
    opaque: Option<Value>,
}

impl Machine {
    /// A guest value made of plain data.
    ///
    /// # Errors
    /// When it does not fit in the memory limit.
    pub(crate) fn value_from_plain(&mut self, plain: &PlainValue) -> Result<Value, Fault> {
        // So many containers, and what is in the innermost.
        self.value_from_plain_within(plain, DEEPEST + 1)
    }

    fn value_from_plain_within(&mut self, plain: &PlainValue, depth: usize) -> Result<Value, Fault> {
        if depth == 0 {
            return Err(self.raise(types::RECURSION_ERROR, "data from the host is nested too deeply"));
        }
        self.charge(1)?;
        Ok(match plain {
            PlainValue::None => Value::None,
            PlainValue::Ellipsis => Value::Ellipsis,
            PlainValue::Bool(value) => Value::bool(*value),
            PlainValue::Int(value) => Value::Int(*value),
            PlainValue::BigInt(value) => {
                let bytes = value.bits() as usize / 8;
                self.heap.reserve(bytes)?;
                self.heap.release(bytes);
                self.heap.new_int(value.clone())?
            }
            PlainValue::Float(value) => Value::float(*value),
            PlainValue::Complex(real, imaginary) => self.heap.new_complex(*real, *imaginary)?,
            PlainValue::Str(text) => {
                self.charge_bytes(text.len())?;
                self.heap.new_str(text)?
            }
            PlainValue::WideStr(points) => {
                self.charge_bytes(points.len() * 4)?;
                self.heap.reserve(points.len() * 4)?;
                self.heap.release(points.len() * 4);
                self.new_wide_str(points)?
            }
            PlainValue::Bytes(data) => {
                self.charge_bytes(data.len())?;
                self.reserve_copy(data.len())?;
                self.heap.new_bytes(data.clone())?
            }
            PlainValue::ByteArray(data) => {
                self.charge_bytes(data.len())?;
                self.reserve_copy(data.len())?;
                self.heap.new_byte_array(data.clone())?
            }
            PlainValue::List(items) => {
                let items = self.values_from_plain(items, depth)?;
                self.heap.new_list(items)?
            }
            PlainValue::Tuple(items) => {
                let items = self.values_from_plain(items, depth)?;
                self.heap.new_tuple(&items)?
            }
            PlainValue::Dict(entries) => {
                let dict = self.heap.new_dict(Dict::default())?;
                if let Value::Dict(id) = dict {
                    for (key, value) in entries {
                        let key = self.value_from_plain_within(key, depth - 1)?;
                        let value = self.value_from_plain_within(value, depth - 1)?;
                        self.dict_set(id, key, value)?;
                    }
                }
                dict
            }
            PlainValue::Set(items) => Value::Set(self.set_from_plain(items, depth)?),
            PlainValue::FrozenSet(items) => Value::FrozenSet(self.set_from_plain(items, depth)?),
            PlainValue::Range(start, stop, step) => {
                if *step == 0 {
                    return Err(self.value_error("range() arg 3 must not be zero"));
                }
                self.heap.new_range(crate::objects::Range::narrow(*start, *stop, *step))?
            }
            PlainValue::Token(number) => self.heap.new_object(Object::Token { number: *number })?,
            PlainValue::Opaque { repr, .. } => self.heap.new_str(repr)?,
        })
    }

    fn reserve_copy(&mut self, bytes: usize) -> Result<(), Fault> {
        self.heap.reserve(bytes)?;
        self.heap.release(bytes);
        Ok(())
    }

    fn values_from_plain(&mut self, items: &[PlainValue], depth: usize) -> Result<Vec<Value>, Fault> {
        self.reserve_copy(size_of_val(items))?;
        let mut values = Vec::with_capacity(items.len());
        for item in items {
            values.push(self.value_from_plain_within(item, depth - 1)?);
        }
        Ok(values)
    }

    fn set_from_plain(&mut self, items: &[PlainValue], depth: usize) -> Result<Id<Set>, Fault> {
        let set = self.heap.new_set(Set::default())?;
        for item in items {
            let value = self.value_from_plain_within(item, depth - 1)?;
            self.set_add(set, value)?;
        }
        Ok(set)
    }

    /// A plain copy of a value; what has no plain form is described, too.
    pub(crate) fn plain_from_value(&mut self, value: Value) -> PlainValue {
        self.plain_and_size(value).0
    }

    /// The same, with the bytes that were copied.
    pub(crate) fn plain_and_size(&mut self, value: Value) -> (PlainValue, usize) {
        let mut copier = self.copier();
        let copied = copier.copy(value);
        let bytes = (self.limits.memory as usize).saturating_sub(copier.room);
        match copied {
            Ok(plain) => (plain, bytes),
            Err(_) => (self.opaque_value(value), bytes),
        }
    }

    /// A plain copy of an argument for the host.
    ///
    /// # Errors
    /// TypeError when it has no plain form; ValueError when it is cyclic or nested too deeply; the memory limit.
    pub(crate) fn plain_from_value_checked(&mut self, value: Value) -> Result<PlainValue, Fault> {
        let mut copier = self.copier();
        let result = copier.copy(value);
        let opaque = copier.opaque;
        let used = (self.limits.memory as usize).saturating_sub(copier.room);
        self.charge_bytes(used)?;
        if let Some(opaque) = opaque {
            let name = self.type_name(opaque);
            return Err(self.type_error(format!(
                "cannot pass '{name}' object to a host function, which takes plain data: text, numbers, lists, dicts, ..."
            )));
        }
        match result {
            Ok(plain) => Ok(plain),
            Err(Obstacle::TooDeep) => Err(self.value_error("argument of a host function is nested too deeply")),
            Err(Obstacle::Cyclic) => Err(self.value_error("argument of a host function contains itself")),
            Err(Obstacle::TooLarge) => Err(Fault::Halt),
        }
    }

    fn copier(&self) -> Copier<'_> {
        let room = usize::try_from(self.limits.memory).unwrap_or(usize::MAX);
        Copier { machine: self, room, around: Vec::new(), opaque: None }
    }

    fn opaque_value(&mut self, value: Value) -> PlainValue {
        let type_name = self.type_name(value);
        let repr = match self.repr_native(value) {
            Ok(repr) => repr,
            Err(_) => {
                self.raised = Value::Undef;
                format!("<{type_name} object>")
            }
        };
        PlainValue::Opaque { type_name, repr }
    }
}

impl Copier<'_> {
    fn take(&mut self, bytes: usize) -> Result<(), Obstacle> {
        match self.room.checked_sub(bytes) {
            Some(room) => {
                self.room = room;
                Ok(())
            }
            None => Err(Obstacle::TooLarge),
        }
    }

    fn copy(&mut self, value: Value) -> Result<PlainValue, Obstacle> {
        let heap = &self.machine.heap;
        let data = self.machine.unwrap(value);
        self.take(ITEM_BYTES)?;
        Ok(match data {
            Value::None | Value::Undef => PlainValue::None,
            Value::Ellipsis => PlainValue::Ellipsis,
            Value::True => PlainValue::Bool(true),
            Value::False => PlainValue::Bool(false),
            Value::Int(number) => PlainValue::Int(number),
            Value::Float(number) => PlainValue::Float(number.get()),
            Value::BigInt(id) => {
                let number = heap.big_ints.get(id);
                self.take(number.bits() as usize / 8)?;
                PlainValue::BigInt(number.clone())
            }
            Value::Complex(id) => {
                let number = heap.complexes.get(id);
                PlainValue::Complex(number.real, number.imaginary)
            }
            Value::Str(id) => {
                let text = heap.str(id);
                self.take(text.len())?;
                debug_assert!(matches!(heap.strings.get(id).text, StrText::Owned(_) | StrText::Shared { .. }));
                if heap.strings.get(id).surrogates {
                    PlainValue::WideStr(
                        text.chars()
                            .map(u32::from)
                            .map(|point| if point >= 0x10_F800 { point - 0x10_F800 + 0xD800 } else { point })
                            .collect(),
                    )
                } else {
                    PlainValue::Str(text.to_owned())
                }
            }
            Value::Bytes(id) => {
                let bytes = &heap.bytes.get(id).data;
                self.take(bytes.len())?;
                PlainValue::Bytes(bytes.to_vec())
            }
            Value::ByteArray(id) => {
                let bytes = &heap.byte_arrays.get(id).data;
                self.take(bytes.len())?;
                PlainValue::ByteArray(bytes.clone())
            }
            Value::List(id) => PlainValue::List(self.copy_all(data, heap.list(id).iter().copied())?),
            Value::Tuple(id) => PlainValue::Tuple(self.copy_all(data, heap.tuple(id).iter().copied())?),
            Value::Set(id) => {
                PlainValue::Set(self.copy_all(data, heap.sets.get(id).table.iter().map(|(_, key)| *key))?)
            }
            Value::FrozenSet(id) => {
                PlainValue::FrozenSet(self.copy_all(data, heap.sets.get(id).table.iter().map(|(_, key)| *key))?)
            }
            Value::Dict(id) => {
                let table = &heap.dicts.get(id).table;
                let keys = self.copy_all(data, table.iter().map(|entry| entry.key))?;
                let values = self.copy_all(data, table.iter().map(|entry| entry.value))?;
                PlainValue::Dict(keys.into_iter().zip(values).collect())
            }
            Value::Range(id) if !heap.ranges.get(id).is_wide() => {
                let range = heap.ranges.get(id);
                PlainValue::Range(range.start, range.stop, range.step)
            }
            _ => {
                self.opaque.get_or_insert(value);
                let type_name = self.machine.type_name(value);
                PlainValue::Opaque { repr: format!("<{type_name} object>"), type_name }
            }
        })
    }

    fn copy_all(&mut self, container: Value, items: impl Iterator<Item = Value>) -> Result<Vec<PlainValue>, Obstacle> {
        if self.around.contains(&container) {
            return Err(Obstacle::Cyclic);
        }
        if self.around.len() >= DEEPEST {
            return Err(Obstacle::TooDeep);
        }
        self.around.push(container);
        let mut copies = Vec::new();
        for item in items {
            copies.push(self.copy(item)?);
        }
        self.around.pop();
        Ok(copies)
    }
}
