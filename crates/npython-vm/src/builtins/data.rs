//! Builtin functions of npython's own, which agents expect: `format_string`, `is_empty`, `parse_json`.

use crate::fault::Fault;
use crate::machine::Machine;
use crate::modules::json::decode;
use crate::native::{NativeDef, Signature, function};
use crate::text::json::{JsonError, Reader};
use crate::types;
use crate::value::Value;

/// Builtin functions.
pub(crate) const FUNCTIONS: &[NativeDef] = &[
    function("format_string", Signature::Open, format_string).or("format_string_of_object"),
    function("is_empty", Signature::One, is_empty).or("is_empty_of_object"),
    function("parse_json", Signature::One, parse_json).or("parse_json_of_bytes"),
];

/// `template.format(...)` with the arguments that follow it: guest code, which finds the method.
fn format_string(_: &mut Machine, _: &[Value]) -> Result<Value, Fault> {
    Err(Fault::Fallback)
}

/// Whether there is nothing: `None`, or something with a length of 0.
fn is_empty(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let value = args.first().copied().unwrap_or(Value::None);
    if matches!(value, Value::None) {
        return Ok(Value::True);
    }
    Ok(Value::bool(m.length_native(value)? == 0))
}

/// The value of a JSON text, as `json.loads` gives it.
fn parse_json(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let value = args.first().copied().unwrap_or(Value::None);
    let Some(id) = m.as_str(value) else {
        if m.bytes_like(value).is_some() {
            return Err(Fault::Fallback);
        }
        let name = m.type_name(value);
        return Err(m.type_error(format!("the JSON object must be str, bytes or bytearray, not {name}")));
    };
    decode::with_text(m, id, |m, text, surrogates| {
        let mut reader = Reader::new(text);
        match decode::document(m, &mut reader, surrogates)? {
            Ok(document) => Ok(document),
            Err(error @ JsonError::Syntax(..)) => Err(m.value_error(error.message(text))),
            Err(error) => Err(m.raise(types::RECURSION_ERROR, &error.message(text))),
        }
    })
}
