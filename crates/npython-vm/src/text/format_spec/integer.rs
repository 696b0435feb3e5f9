//! Formatting of ints.

use num_bigint::{BigInt, Sign};
use num_traits::ToPrimitive;

use super::layout::{BINARY_GROUP, DECIMAL_GROUP, NumberParts, write_number};
use super::{FormatSpec, SignMode, format_float, unknown_code};
use crate::numeric::integer::{big_to_decimal, big_to_float, to_base};
use crate::pace::Room;
use crate::text::{ErrorKind, GuestError};

/// `format(value, spec)` of an int that fits `i64`, also of a bool with a specification that is not empty.
///
/// # Errors
/// `ValueError` for what the specification may not ask of an int; `OverflowError` when the value is no character or no
/// float; `OutputLimit`.
pub fn format_small(value: i64, spec: &FormatSpec, type_name: &str, room: Room<'_>) -> Result<String, GuestError> {
    let magnitude = value.unsigned_abs();
    let digits = match classify(spec, type_name)? {
        Kind::Character => return format_character(Some(value), spec, room),
        Kind::Float => return format_float(value as f64, spec, type_name, room),
        Kind::Decimal => magnitude.to_string(),
        Kind::Binary => format!("{magnitude:b}"),
        Kind::Octal => format!("{magnitude:o}"),
        Kind::Hexadecimal => format!("{magnitude:x}"),
    };
    write_digits(value < 0, digits, spec, room)
}

/// `format(value, spec)` of an int of any size; the digit limit is that of `sys.set_int_max_str_digits`.
///
/// # Errors
/// As for [`format_small`]; `ValueError` also for too many digits.
pub fn format_big(
    value: &BigInt,
    spec: &FormatSpec,
    type_name: &str,
    digit_limit: usize,
    room: Room<'_>,
) -> Result<String, GuestError> {
    let in_base = |base| to_base(value.magnitude(), base, room.go_on);
    let digits = match classify(spec, type_name)? {
        Kind::Character => return format_character(value.to_i64(), spec, room),
        Kind::Float => return format_float(big_to_float(value)?, spec, type_name, room),
        Kind::Decimal => {
            let text = big_to_decimal(value, digit_limit)?;
            text.strip_prefix('-').map(ToOwned::to_owned).unwrap_or(text)
        }
        Kind::Binary => in_base(2)?,
        Kind::Octal => in_base(8)?,
        Kind::Hexadecimal => in_base(16)?,
    };
    write_digits(value.sign() == Sign::Minus, digits, spec, room)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Character,
    Decimal,
    Binary,
    Octal,
    Hexadecimal,
    Float,
}

fn classify(spec: &FormatSpec, type_name: &str) -> Result<Kind, GuestError> {
    let kind = match spec.code {
        None | Some('d' | 'n') => Kind::Decimal,
        Some('b') => Kind::Binary,
        Some('o') => Kind::Octal,
        Some('x' | 'X') => Kind::Hexadecimal,
        Some('c') => Kind::Character,
        Some('e' | 'E' | 'f' | 'F' | 'g' | 'G' | '%') => return Ok(Kind::Float),
        Some(code) => return Err(unknown_code(code, type_name)),
    };
    if spec.precision.is_some() {
        return Err(GuestError::value("Precision not allowed in integer format specifier"));
    }
    if spec.no_negative_zero {
        return Err(GuestError::value("Negative zero coercion (z) not allowed in integer format specifier"));
    }
    Ok(kind)
}

fn format_character(value: Option<i64>, spec: &FormatSpec, room: Room<'_>) -> Result<String, GuestError> {
    if spec.sign != SignMode::Unspecified {
        return Err(GuestError::value("Sign not allowed with integer format specifier 'c'"));
    }
    if spec.alternate {
        return Err(GuestError::value("Alternate form (#) not allowed with integer format specifier 'c'"));
    }
    let value = value.ok_or_else(|| GuestError::overflow("Python int too large to convert to C long"))?;
    let code = u32::try_from(value).ok().filter(|code| *code < 0x11_0000);
    let code = code.ok_or_else(|| GuestError::overflow("%c arg not in range(0x110000)"))?;
    // A lone surrogate is not a character of the machine's strings.
    let character = char::from_u32(code)
        .ok_or_else(|| GuestError::new(ErrorKind::ValueError, "surrogates are not supported by format code 'c'"))?;
    let mut buffer = [0; 4];
    let parts = NumberParts { negative: false, prefix: "", digits: "", rest: character.encode_utf8(&mut buffer) };
    write_number(&parts, spec, DECIMAL_GROUP, room)
}

fn write_digits(negative: bool, mut digits: String, spec: &FormatSpec, room: Room<'_>) -> Result<String, GuestError> {
    let (prefix, group) = match spec.code {
        Some('b') => ("0b", BINARY_GROUP),
        Some('o') => ("0o", BINARY_GROUP),
        Some('x') => ("0x", BINARY_GROUP),
        Some('X') => {
            digits.make_ascii_uppercase();
            ("0X", BINARY_GROUP)
        }
        _ => ("", DECIMAL_GROUP),
    };
    let prefix = if spec.alternate { prefix } else { "" };
    write_number(&NumberParts { negative, prefix, digits: &digits, rest: "" }, spec, group, room)
}
