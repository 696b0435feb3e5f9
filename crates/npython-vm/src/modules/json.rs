//! What the module `json` does natively: reading, writing, quoting. Hooks and `default` are the module's (guest/json.py).

pub(crate) mod decode;
mod encode;
mod events;

use crate::builtins::numbers::argument;
use crate::fault::Fault;
use crate::machine::Machine;
use crate::native::{NativeDef, Signature, function};
use crate::text::json::{Extent, JsonError, LONGEST_ESCAPE, Reader, write_json_string};
use crate::types;
use crate::value::Value;

use encode::{Encoder, Options};

/// Functions of the module `json`.
pub(crate) const INTRINSICS: &[NativeDef] = &[
    function("_json_encode", Signature::Positional(4, 4), encode_value),
    function("_json_decode", Signature::Positional(4, 4), decode_text),
    function("_json_events", Signature::Positional(4, 4), events::events),
    function("_json_quote", Signature::Positional(2, 2), quote),
    function("_json_scan_string", Signature::Positional(3, 3), scan_string),
];

/// `_json_encode(value, options, depth, pairs)`: the JSON text, or a list of texts and gaps.
fn encode_value(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let &[value, options, Value::Int(depth), pairs] = args else { return Err(m.type_error("wrong arguments")) };
    let options = options_of(m, options)?;
    Encoder::new(&options, usize::try_from(depth).unwrap_or(0)).encode(m, value, pairs == Value::True)
}

fn options_of(m: &mut Machine, options: Value) -> Result<Options, Fault> {
    let Value::Tuple(id) = options else { return Err(m.type_error("options must be a tuple")) };
    let &[ascii, allow_nan, check_circular, sort_keys, skip_keys, stop_at_gap, indent, item, key] = m.heap.tuple(id)
    else {
        return Err(m.type_error("options must be 9 values"));
    };
    let mut surrogates = false;
    let mut text = |m: &mut Machine, value: Value, position: u8| -> Result<String, Fault> {
        let Some(id) = m.as_str(value) else {
            let name = m.argument_type_name(value);
            return Err(m.type_error(format!("make_encoder() argument {position} must be str, not {name}")));
        };
        let length = m.heap.str(id).len();
        m.charge_bytes(length)?;
        m.make_room(length)?;
        surrogates |= m.has_surrogates(id);
        Ok(m.heap.str(id).to_owned())
    };
    let key_separator = text(m, key, 5)?;
    let item_separator = text(m, item, 6)?;
    let indent = if indent.is_none() { None } else { Some(text(m, indent, 4)?) };
    let set = |value| value == Value::True;
    Ok(Options {
        ascii: set(ascii),
        allow_nan: set(allow_nan),
        check_circular: set(check_circular),
        sort_keys: set(sort_keys),
        skip_keys: set(skip_keys),
        stop_at_gap: set(stop_at_gap),
        indent,
        item_separator,
        key_separator,
        surrogates,
    })
}

/// Where in a text to read, and how, from the arguments after the text: `index, strict, extent`.
pub(super) struct Part {
    pub(super) start: usize,
    pub(super) strict: bool,
    pub(super) extent: Extent,
}

impl Part {
    /// `None` when the index lies behind the text.
    pub(super) fn of(m: &mut Machine, text: &str, args: &[Value]) -> Result<Option<Self>, Fault> {
        let Value::Int(index) = argument(args, 1) else { return Err(m.type_error("an index must be an integer")) };
        let Ok(index) = usize::try_from(index) else { return Err(m.value_error("idx cannot be negative")) };
        let extent = match argument(args, 3) {
            Value::Int(0) => Extent::Value,
            Value::Int(1) => Extent::Document,
            _ => Extent::Text,
        };
        let start = byte_position(text, index);
        Ok(start.map(|start| Self { start, strict: argument(args, 2) == Value::True, extent }))
    }
}

/// Where the character with this number starts, or the text ends.
fn byte_position(text: &str, index: usize) -> Option<usize> {
    if index == 0 {
        return Some(0);
    }
    text.char_indices().map(|(at, _)| at).chain(std::iter::once(text.len())).nth(index)
}

/// `_json_decode(text, index, strict, extent)`: the value and where it ends; or None, what is wrong, and where.
fn decode_text(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let Some(id) = m.as_str(argument(args, 0)) else { return Err(m.type_error("first argument must be a string")) };
    decode::with_text(m, id, |m, text, surrogates| {
        let Some(part) = Part::of(m, text, args)? else {
            let expecting = m.heap.new_str("Expecting value")?;
            return m.heap.new_tuple(&[Value::None, expecting, argument(args, 1)]);
        };
        let mut reader = Reader::of_part(text, part.start, part.extent, part.strict);
        match decode::document(m, &mut reader, surrogates)? {
            Ok(value) => {
                let end = character_position(text, reader.position());
                m.heap.new_tuple(&[value, end])
            }
            Err(error) => {
                let (problem, at) = problem(m, error, text)?;
                m.heap.new_tuple(&[Value::None, problem, at])
            }
        }
    })
}

/// The number of characters in front of a byte.
fn character_position(text: &str, at: usize) -> Value {
    let before = text.get(..at).unwrap_or(text);
    let count = if before.is_ascii() { before.len() } else { before.chars().count() };
    Value::Int(i64::try_from(count).unwrap_or(i64::MAX))
}

/// What is wrong with a text, and where.
///
/// # Errors
/// RecursionError where that is wrong.
fn problem(m: &mut Machine, error: JsonError, text: &str) -> Result<(Value, Value), Fault> {
    match error {
        JsonError::Syntax(problem, at) => Ok((m.heap.new_str(problem)?, character_position(text, at))),
        JsonError::TooDeep(_) => Err(m.raise(types::RECURSION_ERROR, &error.message(text))),
    }
}

/// `_json_quote(text, ascii)`
fn quote(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let value = argument(args, 0);
    let Some(id) = m.as_str(value) else {
        let name = m.type_name(value);
        return Err(m.type_error(format!("first argument must be a string, not {name}")));
    };
    let length = m.heap.str(id).len();
    m.charge(1 + length as u64 / 4)?;
    m.make_room(length.saturating_mul(LONGEST_ESCAPE))?;
    let ascii = argument(args, 1) == Value::True;
    let mapped = m.has_surrogates(id);
    let mut quoted = String::new();
    write_json_string(m.heap.str(id), ascii, mapped, &mut quoted);
    m.text_value(quoted, mapped && !ascii)
}

/// `_json_scan_string(text, end, strict)`: the string whose opening quote is before `end`, and where it ends; or None, what
/// is wrong, and where.
fn scan_string(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let Some(id) = m.as_str(argument(args, 0)) else { return Err(m.type_error("first argument must be a string")) };
    let end = match argument(args, 1) {
        Value::Int(end) => usize::try_from(end).ok(),
        _ => None,
    };
    decode::with_text(m, id, |m, text, surrogates| {
        let Some(end) = end.and_then(|end| byte_position(text, end)) else {
            return Err(m.value_error("end is out of bounds"));
        };
        let quote = text.get(..end).and_then(|before| before.char_indices().next_back()).map_or(0, |(at, _)| at);
        let mut reader = Reader::of_part(text, quote, Extent::Value, argument(args, 2) == Value::True);
        match reader.string() {
            Ok(found) => {
                let value = decode::Texts::new(surrogates).value(m, &found)?;
                let end = character_position(text, reader.position());
                m.heap.new_tuple(&[value, end])
            }
            Err(error) => {
                let (problem, at) = problem(m, error, text)?;
                m.heap.new_tuple(&[Value::None, problem, at])
            }
        }
    })
}
