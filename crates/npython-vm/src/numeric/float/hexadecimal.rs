//! `float.hex` and `float.fromhex`.

use super::decompose;
use crate::numeric::integer::scale_to_float;
use crate::pace::GoOn;
use crate::text::GuestError;
use crate::text::float_repr::float_repr;
use crate::text::numeric_text::trim_ascii_space;

/// Hexadecimal digits whose exact value is kept; further ones only tell whether the value is larger.
const KEPT_DIGITS: usize = 15;

/// `float.hex`.
#[must_use]
pub fn float_to_hex(value: f64) -> String {
    if !value.is_finite() {
        return float_repr(value);
    }
    let sign = if value.is_sign_negative() { "-" } else { "" };
    if value == 0.0 {
        return format!("{sign}0x0.0p+0");
    }
    let (mantissa, exponent) = decompose(value.abs());
    let (whole, fraction) = (mantissa >> 52, mantissa & ((1 << 52) - 1));
    format!("{sign}0x{whole}.{fraction:013x}p{:+}", exponent + 52)
}

/// `float.fromhex`.
///
/// # Errors
/// `ValueError` when the text has another form, `OverflowError` when the value is too large.
pub fn parse_hex_float(text: &str, go_on: GoOn<'_>) -> Result<f64, GuestError> {
    let (negative, unsigned) = match trim_ascii_space(text.as_bytes(), go_on)? {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        rest => (false, rest),
    };
    let magnitude = parse_unsigned(unsigned)?;
    Ok(if negative { -magnitude } else { magnitude })
}

fn malformed() -> GuestError {
    GuestError::value("invalid hexadecimal floating-point string")
}

fn parse_unsigned(text: &[u8]) -> Result<f64, GuestError> {
    if text.eq_ignore_ascii_case(b"inf") || text.eq_ignore_ascii_case(b"infinity") {
        return Ok(f64::INFINITY);
    }
    if text.eq_ignore_ascii_case(b"nan") {
        return Ok(f64::NAN);
    }
    let text = text.strip_prefix(b"0x").or_else(|| text.strip_prefix(b"0X")).unwrap_or(text);
    let (coefficient, exponent) = match text.iter().position(|byte| matches!(byte, b'p' | b'P')) {
        Some(place) => {
            let (coefficient, rest) = text.split_at(place);
            (coefficient, parse_exponent(rest.get(1..).unwrap_or_default())?)
        }
        None => (text, 0),
    };
    let point = coefficient.iter().position(|byte| *byte == b'.');
    let (whole, fraction) = match point {
        Some(place) => (coefficient.get(..place), coefficient.get(place + 1..)),
        None => (Some(coefficient), None),
    };
    let (whole, fraction) = (whole.unwrap_or_default(), fraction.unwrap_or_default());
    let all_hexadecimal = whole.iter().chain(fraction).all(u8::is_ascii_hexdigit);
    if !all_hexadecimal || whole.len() + fraction.len() == 0 {
        return Err(malformed());
    }
    value_of(whole, fraction, exponent)
}

fn parse_exponent(text: &[u8]) -> Result<i64, GuestError> {
    let (negative, digits) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, text),
    };
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return Err(malformed());
    }
    let size = digits.iter().fold(0_i64, |size, digit| size.saturating_mul(10).saturating_add(i64::from(digit - b'0')));
    Ok(if negative { -size } else { size })
}

fn value_of(whole: &[u8], fraction: &[u8], exponent: i64) -> Result<f64, GuestError> {
    let digits = || whole.iter().chain(fraction);
    let zeros = digits().take_while(|digit| **digit == b'0').count();
    let mut mantissa = 0_u64;
    let mut taken = 0;
    for digit in digits().skip(zeros) {
        let value = u64::from(char::from(*digit).to_digit(16).unwrap_or(0));
        if taken < KEPT_DIGITS {
            mantissa = mantissa << 4 | value;
            taken += 1;
        } else if value != 0 {
            mantissa |= 1;
        }
    }
    if mantissa == 0 {
        return Ok(0.0);
    }
    // Digits that were not taken in and those behind the point move the exponent, in opposite directions.
    let moved = whole.len() as i64 - (zeros + taken) as i64;
    let value = scale_to_float(mantissa, exponent.saturating_add(moved.saturating_mul(4)));
    if value.is_infinite() {
        return Err(GuestError::overflow("hexadecimal value too large to represent as a float"));
    }
    Ok(value)
}
