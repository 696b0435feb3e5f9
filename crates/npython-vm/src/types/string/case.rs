//! Case conversions and character classes of strings.

use compact_str::CompactString;

use crate::fault::Fault;
use crate::machine::Machine;
use crate::objects::Str;
use crate::pace::{BYTES_PER_QUESTION, GoOn, Interrupted};
use crate::text::{ascii_bytes, unicode};
use crate::value::{Id, Value};

/// How many times as long as its text a case conversion can be, in bytes.
const MOST_GROWTH: usize = 3;

/// A change of case of any text.
type Change = fn(&str, GoOn<'_>) -> Result<String, Interrupted>;

/// A string changed by `full`, or by `ascii` if all its characters are ASCII.
fn convert(m: &mut Machine, args: &[Value], ascii: fn(&mut [u8]), full: Change) -> Result<Value, Fault> {
    let id = m.str_receiver(args)?;
    if !m.heap.strings.get(id).ascii {
        return convert_fully(m, id, full);
    }
    let bytes = m.heap.str(id).len();
    m.prepare_text(bytes)?;
    let mut small = [0; 24];
    if let Some(small) = small.get_mut(..bytes) {
        small.copy_from_slice(m.heap.str(id).as_bytes());
        ascii(small);
        return m.heap.new_ascii(CompactString::new(std::str::from_utf8(small).unwrap_or_default()));
    }
    let mut changed = m.heap.str(id).as_bytes().to_vec();
    ascii(&mut changed);
    m.heap.new_ascii(String::from_utf8(changed).unwrap_or_default().into())
}

fn convert_fully(m: &mut Machine, id: Id<Str>, full: Change) -> Result<Value, Fault> {
    let bytes = m.heap.str(id).len();
    m.charge_items(bytes)?;
    m.make_room(bytes.saturating_mul(MOST_GROWTH))?;
    let surrogates = m.has_surrogates(id);
    let changed = full(m.heap.str(id), &m.go_on());
    let changed = m.unless_interrupted(changed)?;
    m.text_value(changed, surrogates)
}

pub(super) fn lower(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    convert(m, args, <[u8]>::make_ascii_lowercase, unicode::lower)
}

pub(super) fn casefold(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    convert(m, args, <[u8]>::make_ascii_lowercase, unicode::casefold)
}

pub(super) fn upper(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    convert(m, args, <[u8]>::make_ascii_uppercase, unicode::upper)
}

/// As [`convert`], at the price of looking at each character.
fn convert_each(m: &mut Machine, args: &[Value], ascii: fn(&mut [u8]), full: Change) -> Result<Value, Fault> {
    let id = m.str_receiver(args)?;
    if m.heap.strings.get(id).ascii {
        m.charge_items(m.heap.str(id).len())?;
    }
    convert(m, args, ascii, full)
}

pub(super) fn swapcase(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    convert_each(m, args, swap_ascii_case, unicode::swapcase)
}

pub(super) fn capitalize(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    convert_each(m, args, capitalize_ascii, unicode::capitalize)
}

pub(super) fn title(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    convert_each(m, args, title_ascii, unicode::title)
}

fn swap_ascii_case(text: &mut [u8]) {
    for byte in text.iter_mut().filter(|byte| byte.is_ascii_alphabetic()) {
        *byte ^= 0x20;
    }
}

fn capitalize_ascii(text: &mut [u8]) {
    text.make_ascii_lowercase();
    if let Some(first) = text.first_mut() {
        first.make_ascii_uppercase();
    }
}

fn title_ascii(text: &mut [u8]) {
    let mut after_letter = false;
    for byte in text {
        *byte = if after_letter { byte.to_ascii_lowercase() } else { byte.to_ascii_uppercase() };
        after_letter = byte.is_ascii_alphabetic();
    }
}

/// Whether the string passes `full`; `ascii` answers for strings of ASCII characters, the empty one among them.
fn test(m: &mut Machine, args: &[Value], ascii: fn(&[u8]) -> bool, full: fn(&str) -> bool) -> Result<Value, Fault> {
    let id = m.str_receiver(args)?;
    let text = m.heap.str(id);
    if m.heap.strings.get(id).ascii {
        let bytes = text.len();
        m.charge_bytes(bytes)?;
        return Ok(Value::bool(ascii(m.heap.str(id).as_bytes())));
    }
    let length = text.len();
    m.charge_items(length)?;
    Ok(Value::bool(full(m.heap.str(id))))
}

/// Whether all characters pass `full`, which is asked for one piece of the text after the other.
fn test_each(
    m: &mut Machine,
    args: &[Value],
    ascii: fn(&[u8]) -> bool,
    full: fn(&str) -> bool,
) -> Result<Value, Fault> {
    let id = m.str_receiver(args)?;
    if m.heap.strings.get(id).ascii {
        return test(m, args, ascii, full);
    }
    m.charge_items(m.heap.str(id).len())?;
    let mut start = 0;
    loop {
        let text = m.heap.str(id);
        let mut end = text.len().min(start + BYTES_PER_QUESTION / 16);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        if !text.get(start..end).is_some_and(full) {
            return Ok(Value::False);
        }
        if end == text.len() {
            return Ok(Value::True);
        }
        start = end;
        m.look()?;
    }
}

/// Whether there are bytes and all pass.
#[inline]
fn all(text: &[u8], passes: impl Fn(u8) -> bool) -> bool {
    !text.is_empty() && text.iter().all(|byte| passes(*byte))
}

pub(super) fn is_alnum(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    test_each(m, args, ascii_bytes::is_alnum, unicode::is_alnum)
}

pub(super) fn is_alpha(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    test_each(m, args, ascii_bytes::is_alpha, unicode::is_alpha)
}

pub(super) fn is_ascii(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = m.str_receiver(args)?;
    Ok(Value::bool(m.heap.strings.get(id).ascii))
}

pub(super) fn is_decimal(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    test_each(m, args, ascii_bytes::is_digit, unicode::is_decimal)
}

pub(super) fn is_digit(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    test_each(m, args, ascii_bytes::is_digit, unicode::is_digit)
}

pub(super) fn is_numeric(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    test_each(m, args, ascii_bytes::is_digit, unicode::is_numeric)
}

pub(super) fn is_identifier(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let ascii = |text: &[u8]| {
        all(text, |byte| byte.is_ascii_alphanumeric() || byte == b'_') && !text.first().is_some_and(u8::is_ascii_digit)
    };
    test(m, args, ascii, unicode::is_identifier)
}

pub(super) fn is_printable(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    test_each(m, args, |text| text.iter().all(|byte| matches!(byte, b' '..=b'~')), unicode::is_printable)
}

pub(super) fn is_space(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    test_each(m, args, |text| all(text, super::split::is_ascii_space), unicode::is_space)
}

pub(super) fn is_lower(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    test(m, args, ascii_bytes::is_lower, unicode::is_lower)
}

pub(super) fn is_upper(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    test(m, args, ascii_bytes::is_upper, unicode::is_upper)
}

pub(super) fn is_title(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    test(m, args, ascii_bytes::is_title, unicode::is_title)
}
