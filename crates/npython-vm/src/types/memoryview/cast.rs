//! `memoryview.cast`: the same bytes as items of another format or shape.

use smallvec::SmallVec;

use crate::fault::Fault;
use crate::machine::Machine;
use crate::objects::{ItemFormat, ViewLayout};
use crate::value::Value;

use super::{View, argument, new_view, receiver};

/// The most dimensions a view may have.
const MOST_DIMENSIONS: usize = 64;

pub(super) fn cast(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let view = receiver(m, args)?;
    let text = m.str_argument(argument(args, 1), "cast() argument 'format'")?;
    let text = m.heap.str(text).to_owned();
    if !view.layout.is_c_contiguous() {
        return Err(m.type_error("memoryview: casts are restricted to C-contiguous views"));
    }
    let shape = argument(args, 2).given().filter(|shape| !shape.is_none());
    let dimensions = view.layout.shape.len();
    if (shape.is_some() || dimensions != 1) && view.layout.shape.contains(&0) {
        return Err(m.type_error("memoryview: cannot cast view with zeros in shape or strides"));
    }
    let lengths = match shape {
        Some(shape) => Some(shape_items(m, shape)?),
        None => None,
    };
    if let Some(lengths) = &lengths {
        if lengths.len() > MOST_DIMENSIONS {
            return Err(m.value_error("memoryview: number of dimensions must not exceed 64"));
        }
        if dimensions != 1 && lengths.len() != 1 {
            return Err(m.type_error("memoryview: cast must be 1D -> ND or ND -> 1D"));
        }
    }
    let format = cast_format(m, &view, &text)?;
    let bytes = view.layout.bytes();
    let shape = match lengths {
        None => SmallVec::from_slice(&[bytes / format.item_size()]),
        Some(lengths) => cast_shape(m, &lengths, format, bytes)?,
    };
    let layout = ViewLayout::contiguous(view.layout.start, format, shape);
    new_view(m, view.source, layout, view.readonly)
}

fn shape_items(m: &mut Machine, shape: Value) -> Result<Vec<Value>, Fault> {
    match m.unwrap(shape) {
        Value::List(id) => Ok(m.heap.list(id).to_vec()),
        Value::Tuple(id) => Ok(m.heap.tuple(id).to_vec()),
        _ => Err(m.type_error("shape must be a list or a tuple")),
    }
}

/// The format to cast to; one of the two formats must be bytes.
fn cast_format(m: &mut Machine, view: &View, text: &str) -> Result<ItemFormat, Fault> {
    let Some(format) = ItemFormat::read(text) else {
        let message = "memoryview: destination format must be a native single character format prefixed with an \
                       optional '@'";
        return Err(m.value_error(message));
    };
    let own = view.layout.format;
    if !own.is_bytes() && !format.is_bytes() {
        return Err(m.type_error("memoryview: cannot cast between two non-byte formats"));
    }
    if !view.layout.bytes().is_multiple_of(format.item_size()) {
        return Err(m.type_error("memoryview: length is not a multiple of itemsize"));
    }
    Ok(format)
}

fn cast_shape(
    m: &mut Machine,
    lengths: &[Value],
    format: ItemFormat,
    bytes: usize,
) -> Result<SmallVec<[usize; 2]>, Fault> {
    let mut shape = SmallVec::new();
    let mut product = Some(format.item_size() as i64);
    for length in lengths {
        let length = match m.unwrap(*length) {
            Value::Int(length) => length,
            Value::True => 1,
            Value::False => 0,
            Value::BigInt(_) => return Err(m.overflow_error("Python int too large to convert to C ssize_t")),
            _ => return Err(m.type_error("memoryview.cast(): elements of shape must be integers")),
        };
        if length <= 0 {
            return Err(m.value_error("memoryview.cast(): elements of shape must be integers > 0"));
        }
        product = product.and_then(|product| product.checked_mul(length));
        if product.is_none() {
            return Err(m.value_error("memoryview.cast(): product(shape) > SSIZE_MAX"));
        }
        shape.push(length as usize);
    }
    if product != Some(bytes as i64) {
        return Err(m.type_error("memoryview: product(shape) * itemsize != buffer size"));
    }
    Ok(shape)
}
