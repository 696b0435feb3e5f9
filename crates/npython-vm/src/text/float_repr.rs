//! `repr` of floats, and the reading of floats from text.

use std::borrow::Cow;

use super::float_digits::ShortestDigits;
use super::numeric_text::{has_valid_underscores, to_ascii_digits, trim_ascii_space};
use super::string_repr::{bytearray_repr, bytes_repr, write_string_repr};
use super::{ErrorKind, GuestError};
use crate::pace::{GoOn, Interrupted};

/// From this power of ten on, `repr` uses an exponent.
const LARGEST_FIXED_POINT: i32 = 16;
const SMALLEST_FIXED_POINT: i32 = -4;

/// `repr` of a float, which is also its `str`.
#[must_use]
pub fn float_repr(value: f64) -> String {
    let mut output = String::with_capacity(24);
    write_float_repr(value, &mut output);
    output
}

/// Appends `repr(value)`.
pub fn write_float_repr(value: f64, output: &mut String) {
    write_float(value, ".0", output);
}

/// Appends a float as `repr` does, but with nothing in place of the `.0` of whole numbers, as in the parts of a complex number.
pub(crate) fn write_float_without_point(value: f64, output: &mut String) {
    write_float(value, "", output);
}

fn write_float(value: f64, whole_suffix: &str, output: &mut String) {
    if value.is_nan() {
        output.push_str("nan");
        return;
    }
    if value.is_sign_negative() {
        output.push('-');
    }
    if value.is_infinite() {
        output.push_str("inf");
        return;
    }
    if value == value.trunc() && value.abs() < 1e15 {
        // Whole numbers of this size are common and need no search for the shortest form.
        push_display(value.abs() as u64, output);
        output.push_str(whole_suffix);
        return;
    }
    let digits = ShortestDigits::new(value);
    if digits.point > SMALLEST_FIXED_POINT && digits.point <= LARGEST_FIXED_POINT {
        push_fixed(digits.digits(), digits.point, whole_suffix, output);
    } else {
        push_exponent(digits.digits(), digits.point - 1, output);
    }
}

fn push_display(value: impl std::fmt::Display, output: &mut String) {
    use std::fmt::Write;
    // Writing to a string cannot fail.
    let _ = write!(output, "{value}");
}

fn push_fixed(digits: &str, point: i32, whole_suffix: &str, output: &mut String) {
    let Ok(point) = usize::try_from(point) else {
        output.push_str("0.");
        output.extend(std::iter::repeat_n('0', point.unsigned_abs() as usize));
        output.push_str(digits);
        return;
    };
    match digits.split_at_checked(point) {
        Some(("", fraction)) => {
            output.push_str("0.");
            output.push_str(fraction);
        }
        Some((whole, "")) => {
            output.push_str(whole);
            output.push_str(whole_suffix);
        }
        Some((whole, fraction)) => {
            output.push_str(whole);
            output.push('.');
            output.push_str(fraction);
        }
        None => {
            output.push_str(digits);
            output.extend(std::iter::repeat_n('0', point - digits.len()));
            output.push_str(whole_suffix);
        }
    }
}

fn push_exponent(digits: &str, exponent: i32, output: &mut String) {
    let (first, rest) = digits.split_at_checked(1).unwrap_or((digits, ""));
    output.push_str(first);
    if !rest.is_empty() {
        output.push('.');
        output.push_str(rest);
    }
    output.push('e');
    output.push(if exponent < 0 { '-' } else { '+' });
    if exponent.abs() < 10 {
        output.push('0');
    }
    push_display(exponent.abs(), output);
}

/// `float(text)`.
///
/// # Errors
/// `ValueError` when the text is not a number.
pub fn parse_float(text: &str, go_on: GoOn<'_>) -> Result<f64, GuestError> {
    let ascii: Cow<'_, [u8]> = to_ascii_digits(text, go_on)?;
    match parse_ascii(&ascii, go_on)? {
        Some(value) => Ok(value),
        None => {
            let mut shown = String::new();
            write_string_repr(text, &mut shown, go_on)?;
            Err(no_float(&shown))
        }
    }
}

/// `float(data)` of bytes.
///
/// # Errors
/// `ValueError` when the bytes are not a number.
pub fn parse_float_bytes(data: &[u8], go_on: GoOn<'_>) -> Result<f64, GuestError> {
    match parse_ascii(data, go_on)? {
        Some(value) => Ok(value),
        None => Err(no_float(&bytes_repr(data, go_on)?)),
    }
}

/// `float(data)` of a bytearray.
///
/// # Errors
/// `ValueError` when the bytes are not a number.
pub fn parse_float_bytearray(data: &[u8], go_on: GoOn<'_>) -> Result<f64, GuestError> {
    match parse_ascii(data, go_on)? {
        Some(value) => Ok(value),
        None => Err(no_float(&bytearray_repr(data, go_on)?)),
    }
}

#[cold]
fn no_float(shown: &str) -> GuestError {
    GuestError::value(format!("could not convert string to float: {shown}"))
}

fn parse_ascii(bytes: &[u8], go_on: GoOn<'_>) -> Result<Option<f64>, Interrupted> {
    let Ok(text) = std::str::from_utf8(trim_ascii_space(bytes, go_on)?) else { return Ok(None) };
    if !text.contains('_') {
        return Ok(parse_plain_float(text));
    }
    let valid = has_valid_underscores(text.as_bytes(), go_on)?;
    Ok(if valid { parse_plain_float(&text.replace('_', "")) } else { None })
}

/// Reads a float without spaces and underscores; `None` when the whole text is not one.
pub(crate) fn parse_plain_float(text: &str) -> Option<f64> {
    (float_prefix(text.as_bytes()) == text.len()).then(|| text.parse().ok())?
}

/// How many bytes at the beginning form a float; zero when none do.
pub(crate) fn float_prefix(bytes: &[u8]) -> usize {
    let sign = usize::from(matches!(bytes.first(), Some(b'+' | b'-')));
    let unsigned = bytes.get(sign..).unwrap_or_default();
    for name in ["infinity", "inf", "nan"] {
        if unsigned.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name.as_bytes())) {
            return sign + name.len();
        }
    }
    let whole = count_digits(unsigned);
    let mut length = whole;
    let mut fraction = 0;
    if unsigned.get(whole) == Some(&b'.') {
        fraction = count_digits(unsigned.get(whole + 1..).unwrap_or_default());
        length += 1 + fraction;
    }
    if whole + fraction == 0 {
        return 0;
    }
    if matches!(unsigned.get(length), Some(b'e' | b'E')) {
        let exponent_sign = usize::from(matches!(unsigned.get(length + 1), Some(b'+' | b'-')));
        let start = length + 1 + exponent_sign;
        let exponent = count_digits(unsigned.get(start..).unwrap_or_default());
        if exponent > 0 {
            length = start + exponent;
        }
    }
    sign + length
}

fn count_digits(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|byte| byte.is_ascii_digit()).count()
}

/// Refuses what is not finite for `int(value)`, or with the target `integer ratio` for the like.
///
/// # Errors
/// `OverflowError` for an infinity, `ValueError` for a NaN.
pub(crate) fn check_finite(value: f64, target: &str) -> Result<(), GuestError> {
    let (infinity, nan) = if target == "integer" { ("float infinity", "float NaN") } else { ("Infinity", "NaN") };
    if value.is_nan() {
        return Err(GuestError::new(ErrorKind::ValueError, format!("cannot convert {nan} to {target}")));
    }
    if value.is_infinite() {
        return Err(GuestError::new(ErrorKind::OverflowError, format!("cannot convert {infinity} to {target}")));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
