//! Conversions of bytes: text, hexadecimal, translation.

use crate::fault::Fault;
use crate::machine::Machine;
use crate::objects::{TypeKind, TypeObject};
use crate::pace::{self, GoOn, Interrupted, Room};
use crate::text::encoding::{self, HexSeparator, hex_from_bytes, hex_length};
use crate::types::string::{codec_arguments, is_utf8};
use crate::value::{Id, Value};

use super::{argument, bytes_argument, data, new_like, receiver};

pub(crate) fn decode(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let receiver = receiver(m, args)?;
    if is_utf8(m, argument(args, 1), args.get(2).copied())
        && let Some(text) = decoded_utf8(m, receiver)?
    {
        return Ok(text);
    }
    let (encoding, errors) = codec_arguments(m, "decode()", argument(args, 1), argument(args, 2))?;
    m.prepare_text(data(m, receiver).len())?;
    let copy = pace::copy(data(m, receiver), &m.go_on());
    let copy = m.unless_interrupted(copy)?;
    m.decode_bytes(receiver, &copy, encoding.as_deref().unwrap_or("utf-8"), errors.as_deref().unwrap_or("strict"))
}

/// The text of valid UTF-8.
fn decoded_utf8(m: &mut Machine, receiver: Value) -> Result<Option<Value>, Fault> {
    m.prepare_text(data(m, receiver).len())?;
    let decoded = encoding::valid_utf8(data(m, receiver), &m.go_on());
    match m.unless_interrupted(decoded)? {
        Some(text) => m.heap.new_string(text).map(Some),
        None => Ok(None),
    }
}

pub(crate) fn hex(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let receiver = receiver(m, args)?;
    let group = m.optional_size(args, 2, 1)?;
    let data = bytes_argument(m, receiver)?;
    hex_text(m, &data, argument(args, 1), group)
}

/// `bytes.hex(separator, group)`.
pub(crate) fn hex_text(m: &mut Machine, data: &[u8], separator: Value, group: i64) -> Result<Value, Fault> {
    let separator = match separator {
        Value::Undef => None,
        value => {
            let text = separator_text(m, value)?;
            Some(HexSeparator::new(&text, group).map_err(|error| m.raise_guest_error(error))?)
        }
    };
    m.prepare_text(hex_length(data.len(), separator))?;
    let text = hex_from_bytes(data, separator, Room::new(m.heap.room(), &m.go_on()));
    let text = text.map_err(|error| m.raise_guest_error(error))?;
    m.heap.new_ascii(text.into())
}

fn separator_text(m: &mut Machine, value: Value) -> Result<String, Fault> {
    if let Some(id) = m.as_str(value) {
        m.charge_bytes(m.heap.str(id).len())?;
        return Ok(m.heap.str(id).to_owned());
    }
    match m.byte_copy(value)? {
        Some(data) => Ok(data.into_iter().map(char::from).collect()),
        None => {
            let name = m.type_name(value);
            Err(m.type_error(format!("object of type '{name}' has no len()")))
        }
    }
}

pub(crate) fn bytes_from_hex(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (class, data) = parse_hex(m, args)?;
    if m.heap.types.get(class).kind == TypeKind::Guest {
        return Err(Fault::Fallback);
    }
    m.heap.new_bytes(data)
}

pub(crate) fn bytearray_from_hex(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (class, data) = parse_hex(m, args)?;
    if m.heap.types.get(class).kind == TypeKind::Guest {
        return Err(Fault::Fallback);
    }
    m.heap.new_byte_array(data)
}

fn parse_hex(m: &mut Machine, args: &[Value]) -> Result<(Id<TypeObject>, Vec<u8>), Fault> {
    let Value::Type(class) = argument(args, 0) else { return Err(Fault::Fallback) };
    let id = m.str_argument(argument(args, 1), "fromhex() argument")?;
    m.prepare_text(m.heap.str(id).len())?;
    if !m.heap.strings.get(id).ascii
        && let Some(at) = m.heap.str(id).chars().position(|character| !character.is_ascii())
    {
        return Err(m.value_error(format!("non-hexadecimal number found in fromhex() arg at position {at}")));
    }
    let made = encoding::bytes_from_hex(m.heap.str(id), &m.go_on());
    let made = made.map_err(|error| m.raise_guest_error(error))?;
    Ok((class, made))
}

pub(crate) fn translate(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let receiver = receiver(m, args)?;
    let table = match argument(args, 1) {
        Value::Undef | Value::None => None,
        value => {
            let table = bytes_argument(m, value)?;
            if table.len() != 256 {
                return Err(m.value_error("translation table must be 256 characters long"));
            }
            Some(table)
        }
    };
    let mut deleted = [false; 256];
    match argument(args, 2) {
        Value::Undef => {}
        value => bytes_argument(m, value)?.iter().for_each(|byte| deleted[usize::from(*byte)] = true),
    }
    m.charge_items(data(m, receiver).len() / 4)?;
    m.make_room(data(m, receiver).len())?;
    let table = table.and_then(|table| <[u8; 256]>::try_from(table).ok());
    let table = table.unwrap_or_else(|| std::array::from_fn(|byte| byte as u8));
    let made = translated(data(m, receiver), &table, &deleted, &m.go_on());
    let made = m.unless_interrupted(made)?;
    new_like(m, receiver, made)
}

/// What a table makes of the data without the deleted bytes.
fn translated(data: &[u8], table: &[u8; 256], deleted: &[bool; 256], go_on: GoOn<'_>) -> Result<Vec<u8>, Interrupted> {
    let mut made = Vec::with_capacity(data.len());
    for piece in pace::pieces(data, go_on) {
        let kept = piece?.iter().filter(|byte| !deleted[usize::from(**byte)]);
        made.extend(kept.map(|byte| table[usize::from(*byte)]));
    }
    Ok(made)
}

pub(crate) fn make_trans(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let from = bytes_argument(m, argument(args, 0))?;
    let to = bytes_argument(m, argument(args, 1))?;
    if from.len() != to.len() {
        return Err(m.value_error("maketrans arguments must have same length"));
    }
    let mut table: Vec<u8> = (0..=255).collect();
    for (byte, replacement) in from.iter().zip(&to) {
        if let Some(slot) = table.get_mut(usize::from(*byte)) {
            *slot = *replacement;
        }
    }
    m.heap.new_bytes(table)
}
