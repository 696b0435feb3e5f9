//! Builtin functions about text: `ascii`, `chr`, `format`, `ord`.

use crate::fault::Fault;
use crate::machine::Machine;
use crate::machine::{char_of_code_point, code_point};
use crate::native::{NativeDef, Signature, function};
use crate::text::string_repr::{LONGEST_ESCAPE, escape_non_ascii};
use crate::types::{memoryview, string};
use crate::value::Value;

/// Builtin functions.
pub(crate) const FUNCTIONS: &[NativeDef] = &[
    function("ascii", Signature::One, ascii),
    function("chr", Signature::One, chr).or("chr_of_index"),
    function("format", Signature::Positional(1, 2), format),
    function("ord", Signature::One, ord),
];

/// Functions of the prelude.
pub(crate) const INTRINSICS: &[NativeDef] = &[
    function("_translated", Signature::One, string::translated),
    function("_format_fields", Signature::One, string::format_fields),
    function("_format_path", Signature::One, string::format_path),
    function("_percent_fields", Signature::One, string::percent_fields),
    function("_escape_non_ascii", Signature::One, escape),
    function("_collect_views", Signature::One, memoryview::collect_views),
    function("_count_views", Signature::One, memoryview::count_views),
];

fn ascii(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    m.ascii_value(args.first().copied().unwrap_or(Value::None))
}

/// `ascii` of a text that is a `repr` already.
fn escape(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = m.str_argument(args.first().copied().unwrap_or(Value::None), "ascii() argument")?;
    m.prepare_text(m.heap.str(id).len().saturating_mul(LONGEST_ESCAPE))?;
    let escaped = escape_non_ascii(m.heap.str(id), &m.go_on());
    let escaped = m.unless_interrupted(escaped)?;
    m.heap.new_string(escaped)
}

fn chr(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let value = args.first().copied().unwrap_or(Value::None);
    let code = match m.unwrap(value) {
        Value::BigInt(_) => None,
        _ => u32::try_from(m.size_argument(value)?).ok(),
    };
    match code.and_then(char_of_code_point) {
        Some((character, surrogate)) => m.char_value(character, surrogate),
        None => Err(m.value_error("chr() arg not in range(0x110000)")),
    }
}

fn ord(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let value = args.first().copied().unwrap_or(Value::None);
    let length = if let Some(id) = m.as_str(value) {
        if m.str_length(id) == 1 {
            let character = m.heap.str(id).chars().next().unwrap_or('\0');
            return Ok(Value::Int(i64::from(code_point(character, m.has_surrogates(id)))));
        }
        m.str_length(id)
    } else if let (Value::Bytes(_) | Value::ByteArray(_), Some(data)) = (m.unwrap(value), m.bytes_like(value)) {
        if let [byte] = data {
            return Ok(Value::Int(i64::from(*byte)));
        }
        data.len()
    } else {
        let name = m.type_name(value);
        return Err(m.type_error(format!("ord() expected string of length 1, but {name} found")));
    };
    Err(m.type_error(format!("ord() expected a character, but string of length {length} found")))
}

fn format(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let value = args.first().copied().unwrap_or(Value::None);
    let spec = args.get(1).copied();
    m.format_value(value, spec)
}
