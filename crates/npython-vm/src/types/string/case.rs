//! Case conversions and character classes of strings.

use compact_str::CompactString;

use crate::fault::Fault;
use crate::machine::Machine;
use crate::objects::Str;
use crate::pace::{self, GoOn, Interrupted};
use crate::text::ascii_bytes::{self, CaseChange};
use crate::text::unicode;
use crate::value::{Id, Value};

/// How many times as long as its text a case conversion can be, in bytes.
const MOST_GROWTH: usize = 3;

/// A change of case of any text.
type Change = fn(&str, GoOn<'_>) -> Result<String, Interrupted>;

/// Texts of at most so many bytes are changed in the string object itself.
const SHORT: usize = 24;

/// [`convert`] for a change that looks at each letter alone: `short` changes what has no memory of its own.
fn convert_letters(
    m: &mut Machine,
    args: &[Value],
    short: fn(&mut str),
    ascii: CaseChange,
    full: Change,
) -> Result<Value, Fault> {
    let id = m.str_receiver(args)?;
    let text = m.heap.str(id);
    if text.len() > SHORT || !m.heap.strings.get(id).ascii {
        return convert(m, args, ascii, full);
    }
    let mut changed = CompactString::new(text);
    short(&mut changed);
    m.prepare_text(changed.len())?;
    m.heap.new_ascii(changed)
}

/// A string changed by `full`, or by `ascii` if all its characters are ASCII.
fn convert(m: &mut Machine, args: &[Value], ascii: CaseChange, full: Change) -> Result<Value, Fault> {
    let id = m.str_receiver(args)?;
    if !m.heap.strings.get(id).ascii {
        return convert_fully(m, id, full);
    }
    let bytes = m.heap.str(id).len();
    m.prepare_text(bytes)?;
    let mut small = [0; SHORT];
    if let Some(small) = small.get_mut(..bytes) {
        small.copy_from_slice(m.heap.str(id).as_bytes());
        ascii(small, None);
        return m.heap.new_ascii(CompactString::new(std::str::from_utf8(small).unwrap_or_default()));
    }
    let changed = ascii_bytes::changed(m.heap.str(id).as_bytes(), ascii, &m.go_on());
    let changed = m.unless_interrupted(changed)?;
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
    convert_letters(m, args, str::make_ascii_lowercase, ascii_bytes::lower, unicode::lower)
}

pub(super) fn casefold(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    convert_letters(m, args, str::make_ascii_lowercase, ascii_bytes::lower, unicode::casefold)
}

pub(super) fn upper(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    convert_letters(m, args, str::make_ascii_uppercase, ascii_bytes::upper, unicode::upper)
}

/// As [`convert`], at the price of looking at each character.
fn convert_each(m: &mut Machine, args: &[Value], ascii: CaseChange, full: Change) -> Result<Value, Fault> {
    let id = m.str_receiver(args)?;
    if m.heap.strings.get(id).ascii {
        m.charge_items(m.heap.str(id).len())?;
    }
    convert(m, args, ascii, full)
}

pub(super) fn swapcase(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    convert_each(m, args, ascii_bytes::swapcase, unicode::swapcase)
}

pub(super) fn capitalize(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    convert_each(m, args, ascii_bytes::capitalize, unicode::capitalize)
}

pub(super) fn title(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    convert_each(m, args, ascii_bytes::title, unicode::title)
}

/// What characters or bytes are.
type Test<T> = fn(&T, GoOn<'_>) -> Result<bool, Interrupted>;

/// Whether the string passes `full`; `ascii` answers for strings of ASCII characters, the empty one among them.
fn test(m: &mut Machine, args: &[Value], ascii: Test<[u8]>, full: Test<str>) -> Result<Value, Fault> {
    let id = m.str_receiver(args)?;
    let bytes = m.heap.str(id).len();
    let passes = if m.heap.strings.get(id).ascii {
        m.charge_bytes(bytes)?;
        ascii(m.heap.str(id).as_bytes(), &m.go_on())
    } else {
        m.charge_items(bytes)?;
        full(m.heap.str(id), &m.go_on())
    };
    m.unless_interrupted(passes).map(Value::bool)
}

pub(super) fn is_alnum(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    test(m, args, ascii_bytes::is_alnum, unicode::is_alnum)
}

pub(super) fn is_alpha(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    test(m, args, ascii_bytes::is_alpha, unicode::is_alpha)
}

pub(super) fn is_ascii(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = m.str_receiver(args)?;
    Ok(Value::bool(m.heap.strings.get(id).ascii))
}

pub(super) fn is_decimal(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    test(m, args, ascii_bytes::is_digit, unicode::is_decimal)
}

pub(super) fn is_digit(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    test(m, args, ascii_bytes::is_digit, unicode::is_digit)
}

pub(super) fn is_numeric(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    test(m, args, ascii_bytes::is_digit, unicode::is_numeric)
}

pub(super) fn is_identifier(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let ascii = |text: &[u8], go_on: GoOn<'_>| {
        let starts = text.first().is_some_and(|byte| !byte.is_ascii_digit());
        Ok(starts && pace::all(text, |byte| byte.is_ascii_alphanumeric() || *byte == b'_', go_on)?)
    };
    test(m, args, ascii, unicode::is_identifier)
}

pub(super) fn is_printable(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    test(m, args, |text, go_on| pace::all(text, |byte| matches!(byte, b' '..=b'~'), go_on), unicode::is_printable)
}

fn is_ascii_space(text: &[u8], go_on: GoOn<'_>) -> Result<bool, Interrupted> {
    Ok(!text.is_empty() && pace::all(text, |byte| super::split::is_ascii_space(*byte), go_on)?)
}

pub(super) fn is_space(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    test(m, args, is_ascii_space, unicode::is_space)
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
