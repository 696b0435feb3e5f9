//! `str(...)`.

use crate::base::Base;
use crate::fault::Fault;
use crate::machine::Machine;
use crate::pace;
use crate::types;
use crate::value::Value;

pub(super) fn new(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    if let [Value::Type(class), object @ (Value::Str(_) | Value::Int(_) | Value::Float(_)), Value::Undef, Value::Undef] =
        *args
        && class == types::STR
    {
        return m.format_value(object, None);
    }
    let [class, object, encoding, errors] = [0, 1, 2, 3].map(|at| args.get(at).copied().unwrap_or(Value::Undef));
    let Value::Type(class) = class else { return Err(Fault::Fallback) };
    let (encoding, errors) = codec_arguments(m, "str()", encoding, errors)?;
    if object.is_undef() {
        return m.wrap_payload(class, Value::Str(Base::EMPTY_STR));
    }
    if encoding.is_none() && errors.is_none() {
        if class == types::STR {
            return match object {
                Value::Str(_) => Ok(object),
                Value::Int(_) | Value::Float(_) => m.format_value(object, None),
                _ => m.str_value(object),
            };
        }
        // `__str__` first, then the instance of the subclass.
        return match object {
            Value::Instance(_) => Err(Fault::Fallback),
            Value::Str(_) => m.wrap_payload(class, object),
            _ => {
                let text = m.str_native(object)?;
                let text = m.heap.new_string(text)?;
                m.wrap_payload(class, text)
            }
        };
    }
    if m.as_str(object).is_some() {
        return Err(m.type_error("decoding str is not supported"));
    }
    let Some(data) = m.byte_copy(object)? else {
        let name = m.type_name(object);
        return Err(m.type_error(format!("decoding to str: need a bytes-like object, {name} found")));
    };
    let text =
        m.decode_bytes(object, &data, encoding.as_deref().unwrap_or("utf-8"), errors.as_deref().unwrap_or("strict"))?;
    m.wrap_payload(class, text)
}

/// The `encoding` and `errors` arguments of a function, `None` where omitted.
pub(crate) fn codec_arguments(
    m: &mut Machine,
    function: &str,
    encoding: Value,
    errors: Value,
) -> Result<(Option<String>, Option<String>), Fault> {
    let mut texts = [None, None];
    for ((slot, value), name) in texts.iter_mut().zip([encoding, errors]).zip(["encoding", "errors"]) {
        if !value.is_undef() {
            let id = m.str_argument(value, &format!("{function} argument '{name}'"))?;
            *slot = Some(m.heap.str(id).to_owned());
        }
    }
    let [encoding, errors] = texts;
    Ok((encoding, errors))
}

pub(super) fn encode(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = m.str_receiver(args)?;
    if !m.has_surrogates(id) && is_utf8(m, args.get(1).copied().unwrap_or(Value::Undef), args.get(2).copied()) {
        m.prepare_text(m.heap.str(id).len())?;
        let data = pace::copy(m.heap.str(id).as_bytes(), &m.go_on());
        let data = m.unless_interrupted(data)?;
        return m.heap.new_bytes(data);
    }
    let [encoding, errors] = [1, 2].map(|at| args.get(at).copied().unwrap_or(Value::Undef));
    let (encoding, errors) = codec_arguments(m, "encode()", encoding, errors)?;
    let data = m.encode_str(id, encoding.as_deref().unwrap_or("utf-8"), errors.as_deref().unwrap_or("strict"))?;
    m.heap.new_bytes(data)
}

/// Whether the arguments of `encode` and `decode` ask for plain UTF-8.
pub(crate) fn is_utf8(m: &Machine, encoding: Value, errors: Option<Value>) -> bool {
    let plain = match encoding {
        Value::Undef => true,
        Value::Str(id) => matches!(m.heap.str(id), "utf-8" | "utf8" | "UTF-8"),
        _ => false,
    };
    plain && matches!(errors, None | Some(Value::Undef))
}
