//! Case conversions and character classes of bytes: ASCII only.

use crate::fault::Fault;
use crate::machine::Machine;
use crate::text::ascii_bytes;
use crate::value::Value;

use super::{data, new_like, receiver};

fn convert(m: &mut Machine, args: &[Value], change: fn(&[u8]) -> Vec<u8>) -> Result<Value, Fault> {
    let receiver = receiver(m, args)?;
    m.prepare_text(data(m, receiver).len())?;
    let made = change(data(m, receiver));
    new_like(m, receiver, made)
}

pub(crate) fn lower(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    convert(m, args, <[u8]>::to_ascii_lowercase)
}

pub(crate) fn upper(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    convert(m, args, <[u8]>::to_ascii_uppercase)
}

pub(crate) fn swapcase(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    convert(m, args, ascii_bytes::swapcase)
}

pub(crate) fn capitalize(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    convert(m, args, ascii_bytes::capitalize)
}

pub(crate) fn title(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    convert(m, args, ascii_bytes::title)
}

fn test(m: &mut Machine, args: &[Value], passes: fn(&[u8]) -> bool) -> Result<Value, Fault> {
    let receiver = receiver(m, args)?;
    m.charge_bytes(data(m, receiver).len())?;
    Ok(Value::bool(passes(data(m, receiver))))
}

pub(crate) fn is_alnum(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    test(m, args, ascii_bytes::is_alnum)
}

pub(crate) fn is_alpha(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    test(m, args, ascii_bytes::is_alpha)
}

pub(crate) fn is_ascii(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    test(m, args, <[u8]>::is_ascii)
}

pub(crate) fn is_digit(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    test(m, args, ascii_bytes::is_digit)
}

pub(crate) fn is_space(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    test(m, args, ascii_bytes::is_space)
}

pub(crate) fn is_lower(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    test(m, args, ascii_bytes::is_lower)
}

pub(crate) fn is_upper(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    test(m, args, ascii_bytes::is_upper)
}

pub(crate) fn is_title(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    test(m, args, ascii_bytes::is_title)
}
