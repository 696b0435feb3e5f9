//! Methods of `memoryview`. Views show single bytes (format "B") in one dimension.

use crate::fault::Fault;
use crate::machine::Machine;
use crate::names;
use crate::native::{NativeDef, Signature, constructor, getter, method, wrapper};
use crate::objects::{Iter, Object};
use crate::types;
use crate::value::Value;

use super::bytes::{argument, convert};

/// Methods of `memoryview`.
pub(crate) const METHODS: &[NativeDef] = &[
    constructor(Signature::Named("object"), new),
    wrapper("__delitem__", Signature::One, delete_item),
    wrapper("__eq__", Signature::One, equal),
    wrapper("__ne__", Signature::One, not_equal),
    wrapper("__getitem__", Signature::One, get_item).or("view_getitem"),
    wrapper("__setitem__", Signature::Positional(2, 2), set_item).or("view_setitem"),
    wrapper("__hash__", Signature::None, hash_of_view),
    wrapper("__iter__", Signature::None, iter),
    wrapper("__len__", Signature::None, len),
    method("__enter__", Signature::None, enter),
    method("__exit__", Signature::Variadic(0), release),
    method("cast", Signature::Named("format, shape="), cast),
    method("hex", Signature::Named("sep=, bytes_per_sep="), hex).or("bytes_hex"),
    method("release", Signature::None, release),
    method("tobytes", Signature::Named("order="), to_bytes),
    method("tolist", Signature::None, to_list),
    method("toreadonly", Signature::None, to_read_only),
    getter("c_contiguous", is_contiguous),
    getter("contiguous", is_contiguous),
    getter("f_contiguous", is_contiguous),
    getter("format", format),
    getter("itemsize", one),
    getter("nbytes", len),
    getter("ndim", one),
    getter("obj", object),
    getter("readonly", is_read_only),
    getter("shape", shape),
    getter("strides", strides),
    getter("suboffsets", sub_offsets),
];

/// Charged for a collection that a program causes by resizing a bytearray with views.
const COLLECTION_GAS: u64 = 20_000;

/// What a view shows.
#[derive(Clone, Copy)]
struct View {
    source: Value,
    start: usize,
    length: usize,
    step: isize,
    readonly: bool,
}

impl View {
    /// The position of item `index` in the source.
    fn position(&self, index: usize) -> usize {
        (self.start as isize).wrapping_add((index as isize).wrapping_mul(self.step)) as usize
    }
}

impl Machine {
    #[cold]
    pub(crate) fn released_view(&mut self) -> Fault {
        self.value_error("operation forbidden on released memoryview object")
    }

    /// Number of bytes a memoryview shows; `None` for other objects.
    pub(crate) fn view_length(&self, value: Value) -> Option<usize> {
        let Value::Object(id) = value else { return None };
        match self.heap.objects.get(id) {
            Object::MemoryView { length, released: false, .. } => Some(*length),
            _ => None,
        }
    }
}

fn receiver(m: &mut Machine, args: &[Value]) -> Result<View, Fault> {
    let given = argument(args, 0);
    let Value::Object(id) = given else { return Err(not_a_view(m, given)) };
    match *m.heap.objects.get(id) {
        Object::MemoryView { released: true, .. } => Err(m.released_view()),
        Object::MemoryView { source, start, length, step, readonly, .. } => {
            Ok(View { source, start, length, step, readonly })
        }
        _ => Err(not_a_view(m, given)),
    }
}

#[cold]
fn not_a_view(m: &mut Machine, given: Value) -> Fault {
    let name = m.type_name(given);
    m.type_error(format!("descriptor requires a 'memoryview' object but received a '{name}'"))
}

/// A new view. A bytearray counts its views; those that became garbage are counted until somebody asks.
fn new_view(
    m: &mut Machine,
    source: Value,
    start: usize,
    length: usize,
    step: isize,
    readonly: bool,
) -> Result<Value, Fault> {
    if let Value::ByteArray(array) = source {
        let exports = &mut m.heap.byte_arrays.slot(array).exports;
        *exports = exports.saturating_add(1);
    }
    m.heap.new_object(Object::MemoryView { source, start, length, step, readonly, released: false })
}

fn new(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let given = argument(args, 1);
    match m.unwrap(given) {
        source @ Value::Bytes(_) => {
            let length = m.bytes_like(source).map_or(0, <[u8]>::len);
            new_view(m, source, 0, length, 1, true)
        }
        source @ Value::ByteArray(_) => {
            let length = m.bytes_like(source).map_or(0, <[u8]>::len);
            new_view(m, source, 0, length, 1, false)
        }
        Value::Object(id) if matches!(m.heap.objects.get(id), Object::MemoryView { .. }) => {
            let view = receiver(m, &[given])?;
            new_view(m, view.source, view.start, view.length, view.step, view.readonly)
        }
        _ => {
            let name = m.type_name(given);
            Err(m.type_error(format!("memoryview: a bytes-like object is required, not '{name}'")))
        }
    }
}

/// The item position an index means.
fn item_position(m: &mut Machine, view: &View, index: i64) -> Result<usize, Fault> {
    let index = if index < 0 { index.saturating_add(view.length as i64) } else { index };
    match usize::try_from(index).ok().filter(|index| *index < view.length) {
        Some(index) => Ok(view.position(index)),
        None => Err(m.index_error("index out of bounds on dimension 1")),
    }
}

/// The part of a view a slice object means.
fn sliced(m: &mut Machine, view: &View, key: Value) -> Result<Option<View>, Fault> {
    let Value::Slice(slice) = key else { return Ok(None) };
    let bounds = m.slice_bounds(slice, view.length)?;
    let step = view.step.wrapping_mul(bounds.step as isize);
    Ok(Some(View { start: view.position(bounds.start), length: bounds.count, step, ..*view }))
}

/// An index, if the key is one.
fn index_key(m: &mut Machine, key: Value) -> Result<Option<i64>, Fault> {
    match m.unwrap(key) {
        Value::Int(_) | Value::True | Value::False | Value::BigInt(_) => m.size_argument(key).map(Some),
        Value::Instance(_) if m.special(key, names::INDEX).is_some() => Err(Fault::Fallback),
        _ => Ok(None),
    }
}

fn get_item(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let view = receiver(m, args)?;
    let key = argument(args, 1);
    if let Some(index) = index_key(m, key)? {
        let at = item_position(m, &view, index)?;
        let byte = m.bytes_like(view.source).and_then(|data| data.get(at)).copied().unwrap_or(0);
        return Ok(Value::Int(i64::from(byte)));
    }
    match sliced(m, &view, key)? {
        Some(part) => new_view(m, part.source, part.start, part.length, part.step, part.readonly),
        None => Err(m.type_error("memoryview: invalid slice key")),
    }
}

fn set_item(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let view = receiver(m, args)?;
    let (key, value) = (argument(args, 1), argument(args, 2));
    if view.readonly {
        return Err(m.type_error("cannot modify read-only memory"));
    }
    let Value::ByteArray(array) = view.source else { return Err(m.type_error("cannot modify read-only memory")) };
    if let Some(index) = index_key(m, key)? {
        let at = item_position(m, &view, index)?;
        let byte = match m.unwrap(value) {
            Value::Int(number) => u8::try_from(number).ok(),
            Value::True => Some(1),
            Value::False => Some(0),
            Value::BigInt(_) => None,
            _ => return Err(m.type_error("memoryview: invalid type for format 'B'")),
        };
        let Some(byte) = byte else { return Err(m.value_error("memoryview: invalid value for format 'B'")) };
        if let Some(slot) = m.heap.byte_arrays.slot(array).data.get_mut(at) {
            *slot = byte;
        }
        return Ok(Value::None);
    }
    let Some(part) = sliced(m, &view, key)? else { return Err(m.type_error("memoryview: invalid slice key")) };
    let Some(data) = m.byte_copy(value)? else {
        let name = m.type_name(value);
        return Err(m.type_error(format!("a bytes-like object is required, not '{name}'")));
    };
    if data.len() != part.length {
        return Err(m.value_error("memoryview assignment: lvalue and rvalue have different structures"));
    }
    let target = &mut m.heap.byte_arrays.slot(array).data;
    for (index, byte) in data.into_iter().enumerate() {
        if let Some(slot) = target.get_mut(part.position(index)) {
            *slot = byte;
        }
    }
    Ok(Value::None)
}

fn delete_item(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let view = receiver(m, args)?;
    Err(m.type_error(if view.readonly { "cannot modify read-only memory" } else { "cannot delete memory" }))
}

fn same_data(m: &mut Machine, args: &[Value]) -> Result<Option<bool>, Fault> {
    let own = m.byte_copy(argument(args, 0))?;
    let other = m.byte_copy(argument(args, 1))?;
    Ok(other.map(|other| own.as_ref() == Some(&other)))
}

fn equal(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    Ok(same_data(m, args)?.map_or(Value::NotImplemented, Value::bool))
}

fn not_equal(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    Ok(same_data(m, args)?.map_or(Value::NotImplemented, |same| Value::bool(!same)))
}

fn hash_of_view(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let view = receiver(m, args)?;
    if !view.readonly {
        return Err(m.value_error("cannot hash writable memoryview object"));
    }
    let data = m.byte_copy(argument(args, 0))?.unwrap_or_default();
    let bytes = m.heap.new_bytes(data)?;
    m.hash_native(bytes).map(Value::Int)
}

fn iter(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    receiver(m, args)?;
    m.heap.new_iter(Iter::GetItem { object: argument(args, 0), next: 0 })
}

fn len(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    Ok(Value::Int(receiver(m, args)?.length as i64))
}

fn one(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    receiver(m, args)?;
    Ok(Value::Int(1))
}

fn enter(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    receiver(m, args)?;
    Ok(argument(args, 0))
}

fn release(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    if let Value::Object(id) = argument(args, 0)
        && let Object::MemoryView { released, source, .. } = m.heap.objects.slot(id)
        && !std::mem::replace(released, true)
        && let Value::ByteArray(array) = *source
    {
        let exports = &mut m.heap.byte_arrays.slot(array).exports;
        *exports = exports.saturating_sub(1);
    }
    Ok(Value::None)
}

/// Prelude intrinsic: asks for a collection, after which garbage views do not count any more.
pub(crate) fn request_collection(m: &mut Machine, _args: &[Value]) -> Result<Value, Fault> {
    m.charge(COLLECTION_GAS)?;
    m.heap.collect_requested = true;
    Ok(Value::None)
}

/// Prelude intrinsic: counts the views that show a bytearray anew.
pub(crate) fn count_views(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let source = m.unwrap(argument(args, 0));
    let shows = |object: &Object| matches!(object, Object::MemoryView { source: shown, released: false, .. } if *shown == source);
    let count = m.heap.objects.live_ids().filter(|id| shows(m.heap.objects.get(*id))).count();
    if let Value::ByteArray(array) = source {
        m.heap.byte_arrays.slot(array).exports = count as u32;
    }
    Ok(Value::Int(count as i64))
}

fn cast(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let view = receiver(m, args)?;
    let id = m.str_argument(argument(args, 1), "memoryview: format argument")?;
    if m.heap.str(id) != "B" || !argument(args, 2).is_undef() {
        return Err(
            m.raise(types::NOT_IMPLEMENTED_ERROR, "memoryview.cast() to anything but format 'B' is not supported")
        );
    }
    new_view(m, view.source, view.start, view.length, view.step, view.readonly)
}

fn hex(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    receiver(m, args)?;
    let group = m.optional_size(args, 2, 1)?;
    let data = m.byte_copy(argument(args, 0))?.unwrap_or_default();
    convert::hex_text(m, &data, argument(args, 1), group)
}

fn to_bytes(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    receiver(m, args)?;
    let data = m.byte_copy(argument(args, 0))?.unwrap_or_default();
    m.heap.new_bytes(data)
}

fn to_list(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let view = receiver(m, args)?;
    m.charge_items(view.length)?;
    m.make_room(view.length.saturating_mul(size_of::<Value>()))?;
    let data = m.byte_copy(argument(args, 0))?.unwrap_or_default();
    m.heap.new_list(data.into_iter().map(|byte| Value::Int(i64::from(byte))).collect())
}

fn to_read_only(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let view = receiver(m, args)?;
    new_view(m, view.source, view.start, view.length, view.step, true)
}

fn is_contiguous(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let view = receiver(m, args)?;
    Ok(Value::bool(view.step == 1 || view.length <= 1))
}

fn format(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    receiver(m, args)?;
    m.heap.new_str("B")
}

fn object(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    Ok(receiver(m, args)?.source)
}

fn is_read_only(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    Ok(Value::bool(receiver(m, args)?.readonly))
}

fn shape(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let view = receiver(m, args)?;
    m.heap.new_tuple(&[Value::Int(view.length as i64)])
}

fn strides(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let view = receiver(m, args)?;
    m.heap.new_tuple(&[Value::Int(view.step as i64)])
}

fn sub_offsets(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    receiver(m, args)?;
    m.heap.new_tuple(&[])
}
