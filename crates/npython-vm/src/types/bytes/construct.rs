//! `bytes(...)` and `bytearray(...)`.

use crate::fault::Fault;
use crate::machine::Machine;
use crate::names;
use crate::types;
use crate::types::string::codec_arguments;
use crate::value::Value;

use super::{argument, byte_argument};

/// What the two constructors word differently.
struct Target {
    name: &'static str,
    out_of_range: &'static str,
}

pub(crate) fn new_bytes(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let Value::Type(class) = argument(args, 0) else { return Err(Fault::Fallback) };
    if let (Value::Bytes(_), Value::Undef, Value::Undef) = (argument(args, 1), argument(args, 2), argument(args, 3)) {
        return m.wrap_payload(class, argument(args, 1));
    }
    let data = source_data(m, args, &Target { name: "bytes", out_of_range: "bytes must be in range(0, 256)" })?;
    let made = m.heap.new_bytes(data)?;
    m.wrap_payload(class, made)
}

const BYTEARRAY: Target = Target { name: "bytearray", out_of_range: super::BYTE_RANGE };

/// `bytearray.__new__`: one of a derived class is empty, `__init__` fills it.
pub(crate) fn new_bytearray(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let Value::Type(class) = argument(args, 0) else { return Err(Fault::Fallback) };
    let (positional, keywords) = match args.split_last() {
        Some((keywords, rest)) => (rest.get(1..).unwrap_or_default(), *keywords),
        None => (args, Value::Undef),
    };
    if class != types::BYTEARRAY {
        let empty = m.heap.new_byte_array(Vec::new())?;
        return m.wrap_payload(class, empty);
    }
    let arguments = arguments_of_call(m, positional, keywords)?;
    let data = source_data(m, &arguments, &BYTEARRAY)?;
    m.heap.new_byte_array(data)
}

/// `bytearray.__init__`: what was in it goes first.
pub(crate) fn init_bytearray(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let Value::ByteArray(array) = m.unwrap(argument(args, 0)) else { return Err(Fault::Fallback) };
    m.prepare_resize(array, 0)?;
    m.heap.byte_arrays.slot(array).data.clear();
    let data = source_data(m, args, &BYTEARRAY)?;
    m.append_bytes(array, &data)?;
    Ok(Value::None)
}

/// The receiver's place, and `source`, `encoding` and `errors` of a call with these arguments.
fn arguments_of_call(m: &mut Machine, positional: &[Value], keywords: Value) -> Result<[Value; 4], Fault> {
    const NAMES: [&str; 3] = ["source", "encoding", "errors"];
    let mut found = [Value::Undef; 4];
    let pairs: Vec<(String, Value)> = match keywords {
        Value::Dict(dict) => {
            m.heap.dicts.get(dict).table.iter().map(|entry| (m.text_of(entry.key), entry.value)).collect()
        }
        _ => Vec::new(),
    };
    let count = positional.len() + pairs.len();
    if count > NAMES.len() {
        return Err(m.type_error(format!("bytearray() takes at most 3 arguments ({count} given)")));
    }
    for (slot, value) in found.iter_mut().skip(1).zip(positional) {
        *slot = *value;
    }
    for (name, value) in pairs {
        let Some(at) = NAMES.iter().position(|known| *known == name) else {
            return Err(m.type_error(format!("bytearray() got an unexpected keyword argument '{name}'")));
        };
        if let Some(slot) = found.get_mut(at + 1) {
            if !slot.is_undef() {
                let message = format!("argument for bytearray() given by name ('{name}') and position ({})", at + 1);
                return Err(m.type_error(message));
            }
            *slot = value;
        }
    }
    Ok(found)
}

fn source_data(m: &mut Machine, args: &[Value], target: &Target) -> Result<Vec<u8>, Fault> {
    let name = target.name;
    let source = argument(args, 1);
    if name == "bytes"
        && argument(args, 2).is_undef()
        && argument(args, 3).is_undef()
        && m.is_guest_special(source, names::BYTES).is_some()
    {
        return Err(Fault::Fallback);
    }
    let (encoding, errors) = codec_arguments(m, &format!("{name}()"), argument(args, 2), argument(args, 3))?;
    if let Some(id) = m.as_str(source) {
        let Some(encoding) = encoding else { return Err(m.type_error("string argument without an encoding")) };
        return m.encode_str(id, &encoding, errors.as_deref().unwrap_or("strict"));
    }
    if encoding.is_some() || errors.is_some() {
        let what = if encoding.is_some() { "encoding" } else { "errors" };
        return Err(m.type_error(format!("{what} without a string argument")));
    }
    if source.is_undef() {
        return Ok(Vec::new());
    }
    if let Some(data) = m.byte_copy(source)? {
        return Ok(data);
    }
    match m.unwrap(source) {
        Value::Int(_) | Value::True | Value::False => {
            let Ok(count) = usize::try_from(m.size_argument(source)?) else {
                return Err(m.value_error("negative count"));
            };
            m.prepare_text(count)?;
            return Ok(vec![0; count]);
        }
        Value::BigInt(_) => return Err(m.overflow_error("cannot fit 'int' into an index-sized integer")),
        Value::Instance(_) if m.special(source, names::INDEX).is_some() => return Err(Fault::Fallback),
        _ => {}
    }
    if m.special(source, names::ITER).is_none() && m.special(source, names::GETITEM).is_none() {
        let found = m.type_name(source);
        return Err(m.type_error(format!("cannot convert '{found}' object to {name}")));
    }
    let items = m.collect_items(source)?;
    bytes_of_items(m, &items, target.out_of_range)
}

/// Bytes from ints.
pub(crate) fn bytes_of_items(m: &mut Machine, items: &[Value], out_of_range: &str) -> Result<Vec<u8>, Fault> {
    m.charge_items(items.len())?;
    m.make_room(items.len())?;
    let mut data = Vec::with_capacity(items.len());
    for item in items {
        data.push(match item {
            Value::Int(number @ 0..=255) => *number as u8,
            _ => byte_argument(m, *item, out_of_range)?,
        });
    }
    Ok(data)
}
