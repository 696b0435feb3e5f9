//! Guest values and plain data.

use crate::boundary::{Halt, PlainValue};
use crate::fault::Fault;
use crate::objects::{Dict, Object, Set, StrText};
use crate::types;
use crate::value::{Id, Value};

use super::super::Machine;
use super::host_tables::{HostTable, InTheWay, Patience};

/// Plain data nested deeper than this does not cross the boundary: hosts recurse over it.
const DEEPEST: usize = 200;
/// Bytes an item of plain data is counted with.
const ITEM_BYTES: usize = 64;
/// What some items take more in the host.
const SET_BYTES: usize = 192;
const RANGE_BYTES: usize = 128;
const BYTE_ARRAY_BYTES: usize = 64;

/// Why a value has no plain copy.
enum Obstacle {
    TooDeep,
    Cyclic,
    TooLarge,
    /// The host would take too long to make a table of these keys.
    Slow,
}

impl From<InTheWay> for Obstacle {
    fn from(_: InTheWay) -> Self {
        Self::Slow
    }
}

/// What all that crosses the boundary to the host at once may still take.
pub(crate) struct Crossing {
    /// Bytes.
    room: usize,
    patience: Patience,
}

/// A plain copy in the making.
struct Copier<'machine> {
    machine: &'machine Machine,
    crossing: &'machine mut Crossing,
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
        let mut crossing = self.crossing();
        let room = crossing.room;
        let copied = Copier::new(self, &mut crossing).copy(value);
        let bytes = room.saturating_sub(crossing.room);
        match copied {
            Ok(plain) => (plain, bytes),
            Err(_) => (self.opaque_value(value), bytes),
        }
    }

    /// A plain copy of an argument for the host; `crossing` is that of all arguments of the call.
    ///
    /// # Errors
    /// TypeError when it has no plain form; ValueError when it is cyclic, nested too deeply or has keys that the host's
    /// tables would be slow with; the memory limit.
    pub(crate) fn plain_argument(&mut self, value: Value, crossing: &mut Crossing) -> Result<PlainValue, Fault> {
        let room = crossing.room;
        let mut copier = Copier::new(self, crossing);
        let result = copier.copy(value);
        let opaque = copier.opaque;
        self.charge_bytes(room.saturating_sub(crossing.room))?;
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
            Err(Obstacle::Slow) => {
                Err(self.value_error("argument of a host function has too many keys that collide in a hash table"))
            }
            Err(Obstacle::TooLarge) => self.stop(Halt::MemoryLimitExceeded),
        }
    }

    /// The bounds of a crossing: so many bytes as the machine may hold.
    pub(crate) fn crossing(&self) -> Crossing {
        Crossing { room: usize::try_from(self.limits.memory).unwrap_or(usize::MAX), patience: Patience::default() }
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

impl<'machine> Copier<'machine> {
    fn new(machine: &'machine Machine, crossing: &'machine mut Crossing) -> Self {
        Self { machine, crossing, around: Vec::new(), opaque: None }
    }

    fn take(&mut self, bytes: usize) -> Result<(), Obstacle> {
        self.crossing.room = self.crossing.room.checked_sub(bytes).ok_or(Obstacle::TooLarge)?;
        Ok(())
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
                let (text, string) = (heap.str(id), heap.strings.get(id));
                self.take(if string.ascii { text.len() } else { host_bytes(text, string.length as usize) })?;
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
                self.take(bytes.len().saturating_add(BYTE_ARRAY_BYTES))?;
                PlainValue::ByteArray(bytes.clone())
            }
            Value::List(id) => PlainValue::List(self.copy_all(data, heap.list(id).iter().copied())?),
            Value::Tuple(id) => PlainValue::Tuple(self.copy_all(data, heap.tuple(id).iter().copied())?),
            Value::Set(id) => PlainValue::Set(self.copy_set(data, id)?),
            Value::FrozenSet(id) => PlainValue::FrozenSet(self.copy_set(data, id)?),
            Value::Dict(id) => {
                let table = &heap.dicts.get(id).table;
                let keys = self.copy_all(data, table.iter().map(|entry| entry.key))?;
                self.crossing.patience.fill(HostTable::Dict, &keys)?;
                let values = self.copy_all(data, table.iter().map(|entry| entry.value))?;
                PlainValue::Dict(keys.into_iter().zip(values).collect())
            }
            Value::Range(id) if !heap.ranges.get(id).is_wide() => {
                let range = heap.ranges.get(id);
                self.take(RANGE_BYTES)?;
                PlainValue::Range(range.start, range.stop, range.step)
            }
            _ => {
                self.opaque.get_or_insert(value);
                let type_name = self.machine.type_name(value);
                PlainValue::Opaque { repr: format!("<{type_name} object>"), type_name }
            }
        })
    }

    fn copy_set(&mut self, container: Value, id: Id<Set>) -> Result<Vec<PlainValue>, Obstacle> {
        self.take(SET_BYTES)?;
        let table = &self.machine.heap.sets.get(id).table;
        let items = self.copy_all(container, table.iter().map(|(_, key)| *key))?;
        self.crossing.patience.fill(HostTable::Set, &items)?;
        Ok(items)
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

/// Bytes of a text of so many characters here or in the host, where every character takes as much as the widest.
fn host_bytes(text: &str, characters: usize) -> usize {
    let width = match text.bytes().max() {
        Some(0xF0..) => 4,
        Some(0xC4..) => 2,
        _ => 1,
    };
    text.len().max(characters.saturating_mul(width))
}
