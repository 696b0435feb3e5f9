//! Case conversions and character classes of bytes: ASCII only.

use crate::fault::Fault;
use crate::machine::Machine;
use crate::types::string::{capitalize_ascii, is_lower_ascii, is_title_ascii, is_upper_ascii, swap_ascii, title_ascii};
use crate::value::Value;

use super::{data, new_like, receiver};

fn convert(m: &mut Machine, args: &[Value], change: fn(&mut [u8])) -> Result<Value, Fault> {
    let receiver = receiver(m, args)?;
    m.prepare_text(data(m, receiver).len())?;
    let mut made = data(m, receiver).to_vec();
    change(&mut made);
    new_like(m, receiver, made)
}

pub(crate) fn lower(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    convert(m, args, <[u8]>::make_ascii_lowercase)
}

pub(crate) fn upper(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    convert(m, args, <[u8]>::make_ascii_uppercase)
}

pub(crate) fn swapcase(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    convert(m, args, swap_ascii)
}

pub(crate) fn capitalize(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    convert(m, args, capitalize_ascii)
}

pub(crate) fn title(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    convert(m, args, title_ascii)
}

fn test(m: &mut Machine, args: &[Value], passes: fn(&[u8]) -> bool) -> Result<Value, Fault> {
    let receiver = receiver(m, args)?;
    m.charge_bytes(data(m, receiver).len())?;
    Ok(Value::bool(passes(data(m, receiver))))
}

/// Whether there are bytes and all pass.
fn all(data: &[u8], passes: fn(&u8) -> bool) -> bool {
    !data.is_empty() && data.iter().all(passes)
}

pub(crate) fn is_alnum(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    test(m, args, |data| all(data, u8::is_ascii_alphanumeric))
}

pub(crate) fn is_alpha(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    test(m, args, |data| all(data, u8::is_ascii_alphabetic))
}

pub(crate) fn is_ascii(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    test(m, args, <[u8]>::is_ascii)
}

pub(crate) fn is_digit(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    test(m, args, |data| all(data, u8::is_ascii_digit))
}

pub(crate) fn is_space(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    test(m, args, |data| all(data, is_byte_space))
}

pub(crate) fn is_lower(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    test(m, args, is_lower_ascii)
}

pub(crate) fn is_upper(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    test(m, args, is_upper_ascii)
}

pub(crate) fn is_title(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    test(m, args, is_title_ascii)
}

/// Whether bytes methods take the byte for whitespace.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "passed to iterator methods as the others are")]
pub(super) const fn is_byte_space(byte: &u8) -> bool {
    matches!(*byte, b' ' | 9..=13)
}
