//! Methods of `bytearray`: those of `bytes`, and those that change it.

use crate::fault::Fault;
use crate::machine::Machine;
use crate::names;
use crate::native::{NativeDef, Signature, class_method, constructor, method, wrapper};
use crate::objects::ByteArray;
use crate::pace;
use crate::value::{Id, Value};

use super::bytes::{BYTE_RANGE, argument, byte_argument, construct, convert};

/// Methods of `bytearray` alone.
pub(crate) const METHODS: &[NativeDef] = &[
    constructor(Signature::Open, construct::new_bytearray).or("bytearray_new"),
    wrapper("__init__", Signature::Named("source=, encoding=, errors="), construct::init_bytearray)
        .or("bytearray_init"),
    wrapper("__delitem__", Signature::One, delete_item),
    wrapper("__setitem__", Signature::Positional(2, 2), set_item),
    wrapper("__iadd__", Signature::One, add_in_place).or("bytearray_iadd"),
    wrapper("__imul__", Signature::One, multiply_in_place).or("bytearray_imul"),
    method("__alloc__", Signature::None, allocated),
    method("append", Signature::One, append).or("bytearray_append"),
    method("clear", Signature::None, clear).or("bytearray_clear"),
    method("copy", Signature::None, copy),
    method("extend", Signature::One, extend).or("bytearray_extend"),
    method("insert", Signature::Positional(2, 2), insert).or("bytearray_insert"),
    method("pop", Signature::Positional(0, 1), pop).or("bytearray_pop"),
    method("remove", Signature::One, remove).or("bytearray_remove"),
    method("reverse", Signature::None, reverse),
    class_method("fromhex", Signature::One, convert::bytearray_from_hex).or("bytes_fromhex"),
];

fn receiver(m: &mut Machine, args: &[Value]) -> Result<Id<ByteArray>, Fault> {
    match m.unwrap(argument(args, 0)) {
        Value::ByteArray(id) => Ok(id),
        other => {
            let name = m.type_name(other);
            Err(m.type_error(format!("descriptor requires a 'bytearray' object but received a '{name}'")))
        }
    }
}

impl Machine {
    /// Prepares a bytearray for growing (or shrinking) to `length` bytes.
    ///
    /// # Errors
    /// `Fallback` while memoryviews are counted that show it: the prelude finds out whether they still exist.
    pub(crate) fn prepare_resize(&mut self, id: Id<ByteArray>, length: usize) -> Result<(), Fault> {
        let array = self.heap.byte_arrays.get(id);
        if array.exports > 0 && array.data.len() != length {
            return Err(Fault::Fallback);
        }
        let capacity = array.data.capacity();
        if length > capacity {
            let wanted = length.max(capacity.saturating_mul(2)).max(16);
            self.charge_bytes(wanted - capacity)?;
            self.heap.reserve_moving(capacity, wanted)?;
            let data = &mut self.heap.byte_arrays.slot(id).data;
            data.reserve_exact(wanted - data.len());
        }
        Ok(())
    }

    /// Appends bytes to a bytearray.
    ///
    /// # Errors
    /// As for [`Machine::prepare_resize`].
    pub(crate) fn append_bytes(&mut self, id: Id<ByteArray>, added: &[u8]) -> Result<(), Fault> {
        self.charge_bytes(added.len())?;
        self.prepare_resize(id, self.heap.byte_arrays.get(id).data.len().saturating_add(added.len()))?;
        self.heap.byte_arrays.slot(id).data.extend_from_slice(added);
        Ok(())
    }
}

/// `__alloc__()`: the bytes of the data and of the zero behind it, which an empty bytearray does without. What is kept in
/// reserve is the machine's own affair and the same after a snapshot or not.
fn allocated(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = receiver(m, args)?;
    let length = m.heap.byte_arrays.get(id).data.len();
    Ok(Value::Int(if length == 0 { 0 } else { length as i64 + 1 }))
}

fn append(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = receiver(m, args)?;
    let byte = byte_argument(m, argument(args, 1), BYTE_RANGE)?;
    m.prepare_resize(id, m.heap.byte_arrays.get(id).data.len() + 1)?;
    m.heap.byte_arrays.slot(id).data.push(byte);
    Ok(Value::None)
}

fn clear(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = receiver(m, args)?;
    m.prepare_resize(id, 0)?;
    m.heap.byte_arrays.slot(id).data.clear();
    Ok(Value::None)
}

fn copy(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = receiver(m, args)?;
    m.prepare_text(m.heap.byte_arrays.get(id).data.len())?;
    let data = pace::copy(&m.heap.byte_arrays.get(id).data, &m.go_on());
    let data = m.unless_interrupted(data)?;
    m.heap.new_byte_array(data)
}

/// The bytes `extend` appends.
fn added_bytes(m: &mut Machine, value: Value) -> Result<Vec<u8>, Fault> {
    if let Some(data) = m.byte_copy(value)? {
        return Ok(data);
    }
    if m.as_str(value).is_some() {
        return Err(m.type_error("expected iterable of integers; got: 'str'"));
    }
    if m.special(value, names::ITER).is_none() && m.special(value, names::GETITEM).is_none() {
        let name = m.type_name(value);
        return Err(m.type_error(format!("can't extend bytearray with {name}")));
    }
    let items = m.collect_items(value)?;
    construct::bytes_of_items(m, &items, BYTE_RANGE)
}

fn extend(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = receiver(m, args)?;
    let added = added_bytes(m, argument(args, 1))?;
    m.append_bytes(id, &added)?;
    Ok(Value::None)
}

fn add_in_place(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = receiver(m, args)?;
    let Some(added) = m.byte_copy(argument(args, 1))? else {
        let (found, own) = (m.type_name(argument(args, 1)), m.type_name(argument(args, 0)));
        return Err(m.type_error(format!("can't concat {found} to {own}")));
    };
    m.append_bytes(id, &added)?;
    Ok(argument(args, 0))
}

fn multiply_in_place(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = receiver(m, args)?;
    let count = usize::try_from(m.size_argument(argument(args, 1))?).unwrap_or(0);
    let length = m.heap.byte_arrays.get(id).data.len().saturating_mul(count);
    m.repeat_byte_array(id, length)?;
    Ok(argument(args, 0))
}

fn insert(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = receiver(m, args)?;
    let index = m.size_argument(argument(args, 1))?;
    let byte = byte_argument(m, argument(args, 2), BYTE_RANGE)?;
    let length = m.heap.byte_arrays.get(id).data.len();
    m.charge_bytes(length)?;
    m.prepare_resize(id, length + 1)?;
    let at = if index < 0 { index.saturating_add(length as i64).max(0) } else { index.min(length as i64) };
    m.insert_byte(id, at as usize, byte)?;
    Ok(Value::None)
}

fn pop(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = receiver(m, args)?;
    let index = m.optional_size(args, 1, -1)?;
    let length = m.heap.byte_arrays.get(id).data.len();
    if length == 0 {
        return Err(m.index_error("pop from empty bytearray"));
    }
    let at = if index < 0 { index.saturating_add(length as i64) } else { index };
    let Some(at) = usize::try_from(at).ok().filter(|at| *at < length) else {
        return Err(m.index_error("pop index out of range"));
    };
    m.charge_bytes(length - at)?;
    m.prepare_resize(id, length - 1)?;
    Ok(Value::Int(i64::from(m.remove_byte(id, at)?)))
}

fn remove(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = receiver(m, args)?;
    let byte = byte_argument(m, argument(args, 1), BYTE_RANGE)?;
    let data = &m.heap.byte_arrays.get(id).data;
    let length = data.len();
    let Some(at) = memchr::memchr(byte, data) else { return Err(m.value_error("value not found in bytearray")) };
    m.charge_bytes(length)?;
    m.prepare_resize(id, length - 1)?;
    m.remove_byte(id, at)?;
    Ok(Value::None)
}

fn reverse(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = receiver(m, args)?;
    m.charge_bytes(m.heap.byte_arrays.get(id).data.len())?;
    m.reverse_bytes(id)?;
    Ok(Value::None)
}

fn set_item(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = receiver(m, args)?;
    m.store_subscript(Value::ByteArray(id), argument(args, 1), argument(args, 2))?;
    Ok(Value::None)
}

fn delete_item(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = receiver(m, args)?;
    m.delete_subscript(Value::ByteArray(id), argument(args, 1))?;
    Ok(Value::None)
}
