//! UnicodeEncodeError, UnicodeDecodeError and UnicodeTranslateError.

use crate::fault::Fault;
use crate::machine::Machine;
use crate::names;
use crate::native::{NativeDef, Signature, getter, setter, wrapper};
use crate::objects::{Str, TypeObject};
use crate::types;
use crate::value::{Id, Value};

pub(crate) const METHODS: &[NativeDef] = &[
    wrapper("__str__", Signature::None, text).or("_exception_str"),
    getter("encoding", |m, args| object_field(m, args, names::ENCODING)),
    setter("encoding", |m, args| store(m, args, names::ENCODING)),
    getter("object", |m, args| object_field(m, args, names::OBJECT_FIELD)),
    setter("object", |m, args| store(m, args, names::OBJECT_FIELD)),
    getter("start", |m, args| number_field(m, args, names::START)),
    setter("start", |m, args| store_number(m, args, names::START)),
    getter("end", |m, args| number_field(m, args, names::END)),
    setter("end", |m, args| store_number(m, args, names::END)),
    getter("reason", |m, args| object_field(m, args, names::REASON)),
    setter("reason", |m, args| store(m, args, names::REASON)),
];

/// Takes the attributes from the arguments.
///
/// # Errors
/// TypeError for arguments of other types or in another number; OverflowError.
pub(super) fn take_arguments(
    m: &mut Machine,
    exception: Value,
    class: Id<TypeObject>,
    given: &[Value],
) -> Result<(), Fault> {
    let all = [names::ENCODING, names::OBJECT_FIELD, names::START, names::END, names::REASON];
    let fields = if class == types::UNICODE_TRANSLATE_ERROR { &all[1..] } else { &all[..] };
    if given.len() != fields.len() {
        let (count, given) = (fields.len(), given.len());
        return Err(m.type_error(format!("function takes exactly {count} arguments ({given} given)")));
    }
    for (at, (name, value)) in fields.iter().zip(given).enumerate() {
        let value = if *name == names::START || *name == names::END {
            Value::Int(position(m, *value)?)
        } else if *name == names::OBJECT_FIELD && class == types::UNICODE_DECODE_ERROR {
            bytes_of(m, *value)?
        } else {
            check_text(m, *value, at + 1)?;
            *value
        };
        m.set_exception_field(exception, *name, value)?;
    }
    Ok(())
}

fn check_text(m: &mut Machine, value: Value, number: usize) -> Result<(), Fault> {
    if matches!(m.unwrap(value), Value::Str(_)) {
        return Ok(());
    }
    let found = m.type_name(value);
    Err(m.type_error(format!("argument {number} must be str, not {found}")))
}

fn position(m: &mut Machine, value: Value) -> Result<i64, Fault> {
    match m.to_index(value) {
        Err(Fault::Raise) if m.is_instance_of_type(m.raised, types::OVERFLOW_ERROR) => {
            m.raised = Value::Undef;
            Err(m.overflow_error("Python int too large to convert to C ssize_t"))
        }
        other => other,
    }
}

/// The data that could not be decoded; a copy, unless it is bytes.
fn bytes_of(m: &mut Machine, value: Value) -> Result<Value, Fault> {
    if matches!(m.unwrap(value), Value::Bytes(_)) {
        return Ok(value);
    }
    match m.byte_copy(value)? {
        Some(data) => m.heap.new_bytes(data),
        None => {
            let found = m.type_name(value);
            Err(m.type_error(format!("a bytes-like object is required, not '{found}'")))
        }
    }
}

fn object_field(m: &mut Machine, args: &[Value], name: Id<Str>) -> Result<Value, Fault> {
    Ok(m.exception_field(args[0], name).unwrap_or(Value::None))
}

fn number_field(m: &mut Machine, args: &[Value], name: Id<Str>) -> Result<Value, Fault> {
    Ok(m.exception_field(args[0], name).unwrap_or(Value::Int(0)))
}

fn store(m: &mut Machine, args: &[Value], name: Id<Str>) -> Result<Value, Fault> {
    m.set_exception_field(args[0], name, args[1].given().unwrap_or(Value::None))?;
    Ok(Value::None)
}

fn store_number(m: &mut Machine, args: &[Value], name: Id<Str>) -> Result<Value, Fault> {
    match args[1] {
        Value::Undef => Err(m.type_error("can't delete numeric/char attribute")),
        Value::Int(_) | Value::True | Value::False => {
            let number = m.to_index(args[1])?;
            m.set_exception_field(args[0], name, Value::Int(number))?;
            Ok(Value::None)
        }
        _ => Err(m.type_error("an integer is required")),
    }
}

/// What failed where; nothing when the exception was made without its arguments. One that a host function raised has its
/// message as its only argument, because the data stayed with the host.
fn text(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    if let Some(message) = only_argument(m, args[0]) {
        return Ok(message);
    }
    let read = |m: &Machine, name| m.exception_field(args[0], name);
    let (Some(object), Some(Value::Int(start)), Some(Value::Int(end))) =
        (read(m, names::OBJECT_FIELD).filter(|object| !object.is_none()), read(m, names::START), read(m, names::END))
    else {
        return m.heap.new_str("");
    };
    let reason = m.str_native(read(m, names::REASON).unwrap_or(Value::None))?;
    let is_translation = m.is_instance_of_type(args[0], types::UNICODE_TRANSLATE_ERROR);
    let verb = if is_translation {
        "can't translate".to_owned()
    } else {
        let encoding = m.str_native(read(m, names::ENCODING).unwrap_or(Value::None))?;
        let verb = if m.is_instance_of_type(args[0], types::UNICODE_DECODE_ERROR) { "decode" } else { "encode" };
        format!("'{encoding}' codec can't {verb}")
    };
    let last = end.saturating_sub(1);
    let at = if last == start { usize::try_from(start).ok() } else { None };
    let text = match (m.unwrap(object), at) {
        (Value::Bytes(id), Some(at)) if let Some(byte) = m.heap.bytes.get(id).data.get(at) => {
            format!("{verb} byte 0x{byte:02x} in position {start}: {reason}")
        }
        (Value::Bytes(_), _) => format!("{verb} bytes in position {start}-{last}: {reason}"),
        (Value::Str(id), Some(at)) if let Some(character) = m.heap.str(id).chars().nth(at) => {
            let shown = escaped(character, m.heap.strings.get(id).surrogates);
            format!("{verb} character '{shown}' in position {start}: {reason}")
        }
        _ => format!("{verb} characters in position {start}-{last}: {reason}"),
    };
    m.heap.new_string(text)
}

fn only_argument(m: &Machine, exception: Value) -> Option<Value> {
    let arguments = m.exception_state(exception)?.args;
    match *m.heap.tuples.get(arguments).items {
        [message @ Value::Str(_)] if m.exception_field(exception, names::REASON).is_some() => Some(message),
        _ => None,
    }
}

/// A character as an escape; `surrogates` says that the text holds surrogates, in the places they have in such texts.
fn escaped(character: char, surrogates: bool) -> String {
    let character = u32::from(character);
    let point = if surrogates && character >= 0x10_F800 { character - 0x10_F800 + 0xD800 } else { character };
    match point {
        0..=0xFF => format!("\\x{point:02x}"),
        0x100..=0xFFFF => format!("\\u{point:04x}"),
        _ => format!("\\U{point:08x}"),
    }
}
