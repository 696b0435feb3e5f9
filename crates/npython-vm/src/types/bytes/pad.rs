//! Padding bytes to a width.

use crate::fault::Fault;
use crate::machine::Machine;
use crate::types::string::tab_width;
use crate::value::Value;

use super::{argument, data, new_like, receiver};

/// Receiver, width and fill byte of `center`, `ljust` and `rjust`.
fn pad_arguments(m: &mut Machine, args: &[Value], name: &str) -> Result<(Value, usize, u8), Fault> {
    let receiver = receiver(m, args)?;
    let width = usize::try_from(m.optional_size(args, 1, 0)?).unwrap_or(0);
    let fill = match argument(args, 2) {
        Value::Undef => b' ',
        value => match (m.unwrap(value), m.bytes_like(value)) {
            (Value::Bytes(_) | Value::ByteArray(_), Some([byte])) => *byte,
            _ => {
                let found = m.argument_type_name(value);
                return Err(m.type_error(format!("{name}() argument 2 must be a byte string of length 1, not {found}")));
            }
        },
    };
    Ok((receiver, width, fill))
}

fn padded(m: &mut Machine, receiver: Value, left: usize, right: usize, fill: u8) -> Result<Value, Fault> {
    if let (0, Value::Bytes(_)) = (left + right, receiver) {
        return Ok(receiver);
    }
    let total = left.saturating_add(right).saturating_add(data(m, receiver).len());
    m.prepare_text(total)?;
    let mut made = Vec::with_capacity(total);
    made.resize(left, fill);
    made.extend_from_slice(data(m, receiver));
    made.resize(total, fill);
    new_like(m, receiver, made)
}

pub(crate) fn center(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (receiver, width, fill) = pad_arguments(m, args, "center")?;
    let missing = width.saturating_sub(data(m, receiver).len());
    let left = missing / 2 + (missing & width & 1);
    padded(m, receiver, left, missing - left, fill)
}

pub(crate) fn left_justify(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (receiver, width, fill) = pad_arguments(m, args, "ljust")?;
    let missing = width.saturating_sub(data(m, receiver).len());
    padded(m, receiver, 0, missing, fill)
}

pub(crate) fn right_justify(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (receiver, width, fill) = pad_arguments(m, args, "rjust")?;
    let missing = width.saturating_sub(data(m, receiver).len());
    padded(m, receiver, missing, 0, fill)
}

pub(crate) fn zero_fill(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let receiver = receiver(m, args)?;
    let width = usize::try_from(m.optional_size(args, 1, 0)?).unwrap_or(0);
    let missing = width.saturating_sub(data(m, receiver).len());
    let total = missing.saturating_add(data(m, receiver).len());
    m.prepare_text(total)?;
    let whole = data(m, receiver);
    let (sign, digits) = whole.split_at(usize::from(matches!(whole.first(), Some(b'+' | b'-'))));
    let mut made = Vec::with_capacity(total);
    made.extend_from_slice(sign);
    made.resize(sign.len() + missing, b'0');
    made.extend_from_slice(digits);
    new_like(m, receiver, made)
}

pub(crate) fn expand_tabs(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let receiver = receiver(m, args)?;
    let tab_size = usize::try_from(m.optional_size(args, 1, 8)?).unwrap_or(0);
    m.charge_items(data(m, receiver).len())?;
    let (mut column, mut total) = (0_usize, 0_usize);
    for byte in data(m, receiver) {
        let width = if *byte == b'\t' { tab_width(column, tab_size) } else { 1 };
        total = total.saturating_add(width);
        column = if matches!(byte, b'\n' | b'\r') { 0 } else { column.saturating_add(width) };
    }
    m.prepare_text(total)?;
    let mut made = Vec::with_capacity(total);
    column = 0;
    for byte in data(m, receiver) {
        if *byte == b'\t' {
            let width = tab_width(column, tab_size);
            made.resize(made.len() + width, b' ');
            column += width;
        } else {
            made.push(*byte);
            column = if matches!(byte, b'\n' | b'\r') { 0 } else { column + 1 };
        }
    }
    new_like(m, receiver, made)
}
