//! Subscripts of memoryviews.

use smallvec::SmallVec;

use crate::fault::Fault;
use crate::machine::Machine;
use crate::names;
use crate::objects::ViewLayout;
use crate::types;
use crate::value::Value;

use super::items::{Item, packed};
use super::{View, argument, new_view, receiver, shown_bytes};

/// What a subscript names.
enum Key {
    /// The only item of a view without dimensions, or the view itself.
    Whole {
        item: bool,
    },
    Index(i64),
    Indexes(SmallVec<[i64; 4]>),
    Slice(ViewLayout),
    /// A tuple of slices.
    Slices,
}

/// An index, if the value is one.
fn index_of(m: &mut Machine, value: Value) -> Result<Option<i64>, Fault> {
    match m.unwrap(value) {
        Value::Int(index) => Ok(Some(index)),
        Value::True => Ok(Some(1)),
        Value::False => Ok(Some(0)),
        Value::BigInt(_) => Err(m.index_error("cannot fit 'int' into an index-sized integer")),
        _ if m.special(value, names::INDEX).is_some() => Err(Fault::Fallback),
        _ => Ok(None),
    }
}

fn key_of(m: &mut Machine, view: &View, key: Value) -> Result<Key, Fault> {
    let layout = &view.layout;
    if layout.shape.is_empty() {
        return match key {
            Value::Ellipsis => Ok(Key::Whole { item: false }),
            Value::Tuple(id) if m.heap.tuple(id).is_empty() => Ok(Key::Whole { item: true }),
            _ => Err(m.type_error("invalid indexing of 0-dim memory")),
        };
    }
    if let Some(index) = index_of(m, key)? {
        return Ok(Key::Index(index));
    }
    match key {
        Value::Slice(slice) => {
            let (length, stride) = (first(&layout.shape, 0), first(&layout.strides, 1));
            let bounds = m.slice_bounds(slice, length)?;
            let mut part = layout.clone();
            part.start = (layout.start as isize).wrapping_add(stride.wrapping_mul(bounds.start as isize)) as usize;
            if bounds.count == 0 {
                part.start = layout.start;
            }
            set_first(&mut part.shape, bounds.count);
            set_first(&mut part.strides, stride.wrapping_mul(bounds.step as isize));
            Ok(Key::Slice(part))
        }
        Value::Tuple(id) => {
            let parts: SmallVec<[Value; 4]> = m.heap.tuple(id).into();
            if !parts.is_empty() && parts.iter().all(|part| matches!(part, Value::Slice(_))) {
                return Ok(Key::Slices);
            }
            let mut indexes = SmallVec::new();
            for part in parts {
                match index_of(m, part)? {
                    Some(index) => indexes.push(index),
                    None => return Err(m.type_error("memoryview: invalid slice key")),
                }
            }
            Ok(Key::Indexes(indexes))
        }
        _ => Err(m.type_error("memoryview: invalid slice key")),
    }
}

fn first<T: Copy>(values: &[T], default: T) -> T {
    values.first().copied().unwrap_or(default)
}

fn set_first<T>(values: &mut [T], value: T) {
    if let Some(slot) = values.first_mut() {
        *slot = value;
    }
}

/// The byte position of the item with these indexes.
fn item_position(m: &mut Machine, layout: &ViewLayout, indexes: &[i64]) -> Result<usize, Fault> {
    let mut at = layout.start as isize;
    for (dimension, ((index, length), stride)) in indexes.iter().zip(&layout.shape).zip(&layout.strides).enumerate() {
        let place = if *index < 0 { index.saturating_add(*length as i64) } else { *index };
        if !(0..*length as i64).contains(&place) {
            return Err(m.index_error(format!("index out of bounds on dimension {}", dimension + 1)));
        }
        at = at.wrapping_add(stride.wrapping_mul(place as isize));
    }
    Ok(at as usize)
}

/// The byte position of the item that one or more indexes name.
fn position_of(m: &mut Machine, layout: &ViewLayout, indexes: &[i64]) -> Result<usize, Fault> {
    let (given, dimensions) = (indexes.len(), layout.shape.len());
    if given < dimensions {
        return Err(m.raise(types::NOT_IMPLEMENTED_ERROR, "sub-views are not implemented"));
    }
    if given > dimensions {
        let message = format!("cannot index {dimensions}-dimension view with {given}-element tuple");
        return Err(m.type_error(message));
    }
    item_position(m, layout, indexes)
}

fn item_at(m: &mut Machine, view: &View, at: usize) -> Result<Value, Fault> {
    let format = view.layout.format;
    let data = shown_bytes(m, view.source);
    Item::read(format, data.get(at..at + format.item_size()).unwrap_or_default()).value(m)
}

pub(super) fn get_item(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let view = receiver(m, args)?;
    let at = match key_of(m, &view, argument(args, 1))? {
        Key::Whole { item: false } => return Ok(argument(args, 0)),
        Key::Whole { item: true } => view.layout.start,
        Key::Index(index) if view.layout.shape.len() == 1 => item_position(m, &view.layout, &[index])?,
        Key::Index(_) => {
            return Err(m.raise(types::NOT_IMPLEMENTED_ERROR, "multi-dimensional sub-views are not implemented"));
        }
        Key::Indexes(indexes) => position_of(m, &view.layout, &indexes)?,
        Key::Slice(part) => return new_view(m, view.source, part, view.readonly),
        Key::Slices => {
            return Err(m.raise(types::NOT_IMPLEMENTED_ERROR, "multi-dimensional slicing is not implemented"));
        }
    };
    item_at(m, &view, at)
}

pub(super) fn set_item(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let view = receiver(m, args)?;
    let (key, value) = (argument(args, 1), argument(args, 2));
    let Value::ByteArray(array) = view.source else { return Err(m.type_error("cannot modify read-only memory")) };
    if view.readonly {
        return Err(m.type_error("cannot modify read-only memory"));
    }
    let at = match key_of(m, &view, key)? {
        Key::Whole { .. } => view.layout.start,
        Key::Index(index) => position_of(m, &view.layout, &[index])?,
        Key::Indexes(indexes) => position_of(m, &view.layout, &indexes)?,
        Key::Slice(part) if part.shape.len() == 1 => return store_slice(m, &View { layout: part, ..view }, value),
        Key::Slice(_) | Key::Slices => {
            let message = "memoryview slice assignments are currently restricted to ndim = 1";
            return Err(m.raise(types::NOT_IMPLEMENTED_ERROR, message));
        }
    };
    let bytes = packed(m, view.layout.format, value)?;
    let size = view.layout.format.item_size();
    if let Some(slot) = m.heap.byte_arrays.slot(array).data.get_mut(at..at + size) {
        slot.copy_from_slice(bytes.get(..size).unwrap_or_default());
    }
    Ok(Value::None)
}

/// `view[a:b] = bytes`
fn store_slice(m: &mut Machine, part: &View, value: Value) -> Result<Value, Fault> {
    let Some(data) = m.byte_copy(value)? else {
        let name = m.type_name(value);
        return Err(m.type_error(format!("a bytes-like object is required, not '{name}'")));
    };
    let alike = match m.view_of(value) {
        Some(other) => other.layout.format.code == part.layout.format.code && other.layout.shape == part.layout.shape,
        None => part.layout.format.code == b'B' && data.len() == part.layout.bytes(),
    };
    if !alike {
        return Err(m.value_error("memoryview assignment: lvalue and rvalue have different structures"));
    }
    let (size, stride) = (part.layout.format.item_size(), first(&part.layout.strides, 1));
    let Value::ByteArray(array) = part.source else { return Ok(Value::None) };
    let target = &mut m.heap.byte_arrays.slot(array).data;
    let mut at = part.layout.start as isize;
    for item in data.chunks_exact(size) {
        if let Some(slot) = usize::try_from(at).ok().and_then(|at| target.get_mut(at..at + size)) {
            slot.copy_from_slice(item);
        }
        at = at.wrapping_add(stride);
    }
    Ok(Value::None)
}

pub(super) fn delete_item(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let view = receiver(m, args)?;
    Err(m.type_error(if view.readonly { "cannot modify read-only memory" } else { "cannot delete memory" }))
}
