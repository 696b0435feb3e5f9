//! Case conversions and character classes of bytes: ASCII only.

use crate::fault::Fault;
use crate::machine::Machine;
use crate::pace::{GoOn, Interrupted};
use crate::text::ascii_bytes::{self, CaseChange};
use crate::value::Value;

use super::{data, new_like, receiver};

fn convert(m: &mut Machine, args: &[Value], change: CaseChange) -> Result<Value, Fault> {
    let receiver = receiver(m, args)?;
    m.prepare_text(data(m, receiver).len())?;
    let made = ascii_bytes::changed(data(m, receiver), change, &m.go_on());
    let made = m.unless_interrupted(made)?;
    new_like(m, receiver, made)
}

pub(crate) fn lower(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    convert(m, args, ascii_bytes::lower)
}

pub(crate) fn upper(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    convert(m, args, ascii_bytes::upper)
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

type Test = fn(&[u8], GoOn<'_>) -> Result<bool, Interrupted>;

fn test(m: &mut Machine, args: &[Value], passes: Test) -> Result<Value, Fault> {
    let receiver = receiver(m, args)?;
    m.charge_bytes(data(m, receiver).len())?;
    let passes = passes(data(m, receiver), &m.go_on());
    m.unless_interrupted(passes).map(Value::bool)
}

pub(crate) fn is_alnum(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    test(m, args, ascii_bytes::is_alnum)
}

pub(crate) fn is_alpha(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    test(m, args, ascii_bytes::is_alpha)
}

pub(crate) fn is_ascii(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    test(m, args, ascii_bytes::is_ascii)
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
