//! Conversions of bytes: text, hexadecimal, translation.

use crate::fault::Fault;
use crate::machine::Machine;
use crate::objects::TypeObject;
use crate::types::string::codec_arguments;
use crate::value::{Id, Value};

use super::{argument, bytes_argument, data, new_like, receiver};

pub(crate) fn decode(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let receiver = receiver(m, args)?;
    let (encoding, errors) = codec_arguments(m, "decode()", argument(args, 1), argument(args, 2))?;
    m.prepare_text(data(m, receiver).len())?;
    let copy = data(m, receiver).to_vec();
    m.decode_bytes(receiver, &copy, encoding.as_deref().unwrap_or("utf-8"), errors.as_deref().unwrap_or("strict"))
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
        value => Some(hex_separator(m, value)?),
    };
    let size = usize::try_from(group.unsigned_abs()).unwrap_or(usize::MAX);
    let separator = separator.filter(|_| size > 0);
    let total = data.len().saturating_mul(3);
    m.prepare_text(total)?;
    let mut text = String::with_capacity(total);
    let length = data.len();
    for (at, byte) in data.iter().enumerate() {
        // Groups are counted from the end, or from the start if the group size is negative.
        let counted = if group > 0 { length - at } else { at };
        if let Some(separator) = separator
            && at > 0
            && counted % size == 0
        {
            text.push(separator);
        }
        for digit in [byte >> 4, byte & 15] {
            text.push(char::from_digit(u32::from(digit), 16).unwrap_or('0'));
        }
    }
    m.heap.new_ascii(text.into())
}

fn hex_separator(m: &mut Machine, value: Value) -> Result<char, Fault> {
    let (length, first) = match (m.as_str(value), m.bytes_like(value)) {
        (Some(id), _) => (m.str_length(id), m.heap.str(id).chars().next()),
        (None, Some(data)) => (data.len(), data.first().map(|byte| char::from(*byte))),
        (None, None) => {
            let name = m.type_name(value);
            return Err(m.type_error(format!("object of type '{name}' has no len()")));
        }
    };
    match first {
        _ if length != 1 => Err(m.value_error("sep must be length 1.")),
        Some(character) if character.is_ascii() => Ok(character),
        _ => Err(m.value_error("sep must be ASCII.")),
    }
}

pub(crate) fn bytes_from_hex(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (class, data) = parse_hex(m, args)?;
    if m.heap.types.get(class).kind == crate::objects::TypeKind::Guest {
        return Err(Fault::Fallback);
    }
    m.heap.new_bytes(data)
}

pub(crate) fn bytearray_from_hex(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (class, data) = parse_hex(m, args)?;
    if m.heap.types.get(class).kind == crate::objects::TypeKind::Guest {
        return Err(Fault::Fallback);
    }
    m.heap.new_byte_array(data)
}

fn parse_hex(m: &mut Machine, args: &[Value]) -> Result<(Id<TypeObject>, Vec<u8>), Fault> {
    let Value::Type(class) = argument(args, 0) else { return Err(Fault::Fallback) };
    let id = m.str_argument(argument(args, 1), "fromhex() argument")?;
    m.prepare_text(m.heap.str(id).len())?;
    let text = m.heap.str(id);
    let mut made = Vec::with_capacity(text.len() / 2);
    let mut characters = text.chars().enumerate().peekable();
    while let Some((at, character)) = characters.next() {
        if matches!(character, ' ' | '\t'..='\r') {
            continue;
        }
        let high = character.to_digit(16).ok_or(at);
        let low = match characters.next() {
            Some((at, character)) => character.to_digit(16).ok_or(at),
            None => Err(at + 1),
        };
        match (high, low) {
            (Ok(high), Ok(low)) => made.push((high * 16 + low) as u8),
            (Err(at), _) | (_, Err(at)) => {
                return Err(m.value_error(format!("non-hexadecimal number found in fromhex() arg at position {at}")));
            }
        }
    }
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
    let kept = data(m, receiver).iter().filter(|byte| !deleted[usize::from(**byte)]);
    let made: Vec<u8> = match &table {
        Some(table) => kept.map(|byte| table.get(usize::from(*byte)).copied().unwrap_or(*byte)).collect(),
        None => kept.copied().collect(),
    };
    new_like(m, receiver, made)
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
