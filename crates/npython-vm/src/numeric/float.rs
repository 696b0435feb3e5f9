//! Arithmetic of floats, with Python's rules where they differ from the processor's.

mod hexadecimal;
mod rounding;
mod sum;

pub use hexadecimal::{float_to_hex, parse_hex_float};
pub use rounding::{round_to_integer, round_to_places};
pub use sum::FloatSum;

use num_bigint::BigInt;

use super::complex::Complex;
use super::integer::Integer;
use crate::text::float_repr::check_finite;
use crate::text::{ErrorKind, GuestError};

/// `left / right`.
///
/// # Errors
/// `ZeroDivisionError`.
#[inline]
pub fn divide(left: f64, right: f64) -> Result<f64, GuestError> {
    if right == 0.0 {
        return Err(GuestError::zero_division("float division by zero"));
    }
    Ok(left / right)
}

/// `left % right`, with the sign of `right`.
///
/// # Errors
/// `ZeroDivisionError`.
#[inline]
pub fn modulo(left: f64, right: f64) -> Result<f64, GuestError> {
    if right == 0.0 {
        return Err(GuestError::zero_division("float modulo by zero"));
    }
    Ok(floored_remainder(left, right).0)
}

/// `left // right`.
///
/// # Errors
/// `ZeroDivisionError`.
#[inline]
pub fn floor_divide(left: f64, right: f64) -> Result<f64, GuestError> {
    if right == 0.0 {
        return Err(GuestError::zero_division("float floor division by zero"));
    }
    Ok(divide_with_remainder(left, right).0)
}

/// `divmod(left, right)`.
///
/// # Errors
/// `ZeroDivisionError`.
pub fn floor_divmod(left: f64, right: f64) -> Result<(f64, f64), GuestError> {
    if right == 0.0 {
        return Err(GuestError::zero_division("float divmod()"));
    }
    Ok(divide_with_remainder(left, right))
}

/// The remainder with the sign of the divisor, and whether the divisor was added to get it.
#[inline]
fn floored_remainder(left: f64, right: f64) -> (f64, bool) {
    let remainder = left % right;
    if remainder == 0.0 {
        (0.0_f64.copysign(right), false)
    } else if (right < 0.0) != (remainder < 0.0) {
        (remainder + right, true)
    } else {
        (remainder, false)
    }
}

#[inline]
fn divide_with_remainder(left: f64, right: f64) -> (f64, f64) {
    let (remainder, adjusted) = floored_remainder(left, right);
    // The difference is nearly a multiple of the divisor; what division adds in error is less than a half.
    let quotient = (left - left % right) / right - if adjusted { 1.0 } else { 0.0 };
    if quotient == 0.0 {
        return (0.0_f64.copysign(left / right), remainder);
    }
    let floor = quotient.floor();
    (if quotient - floor > 0.5 { floor + 1.0 } else { floor }, remainder)
}

/// The result of a power: of a negative number to a fraction it is complex.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Power {
    Float(f64),
    Complex(Complex),
}

/// `base ** exponent`.
///
/// # Errors
/// `ZeroDivisionError` for zero to a negative power, `OverflowErrorWithNumber` when the result is too large.
pub fn power(base: f64, exponent: f64) -> Result<Power, GuestError> {
    if exponent == 0.0 {
        return Ok(Power::Float(1.0));
    }
    if !base.is_finite() || !exponent.is_finite() {
        return Ok(Power::Float(power_beyond_finite(base, exponent)));
    }
    let odd = exponent % 2.0 != 0.0 && exponent == exponent.trunc();
    if base == 0.0 {
        if exponent < 0.0 {
            return Err(GuestError::zero_division("0.0 cannot be raised to a negative power"));
        }
        return Ok(Power::Float(if odd { base } else { 0.0 }));
    }
    if base < 0.0 && exponent != exponent.floor() {
        return Complex::new(base, 0.0).power(Complex::new(exponent, 0.0)).map(Power::Complex);
    }
    let magnitude = base.abs().powf(exponent);
    if magnitude.is_infinite() {
        return Err(GuestError::new(ErrorKind::OverflowErrorWithNumber, "Numerical result out of range"));
    }
    Ok(Power::Float(if base < 0.0 && odd { -magnitude } else { magnitude }))
}

/// Powers with an infinity or a NaN, for an exponent that is not zero.
fn power_beyond_finite(base: f64, exponent: f64) -> f64 {
    if base.is_nan() {
        return base;
    }
    if exponent.is_nan() {
        return if base == 1.0 { 1.0 } else { exponent };
    }
    if exponent.is_infinite() {
        let magnitude = base.abs();
        return if magnitude == 1.0 {
            1.0
        } else if (exponent > 0.0) == (magnitude > 1.0) {
            f64::INFINITY
        } else {
            0.0
        };
    }
    let odd = (exponent.abs() % 2.0) == 1.0;
    match (exponent > 0.0, odd) {
        (true, true) => base,
        (true, false) => base.abs(),
        (false, true) => 0.0_f64.copysign(base),
        (false, false) => 0.0,
    }
}

/// `float.is_integer`.
#[must_use]
pub fn is_integer(value: f64) -> bool {
    value.is_finite() && value == value.floor()
}

/// `float.as_integer_ratio`: numerator and denominator in lowest terms.
///
/// # Errors
/// `OverflowError` for infinities, `ValueError` for NaN.
pub fn as_integer_ratio(value: f64) -> Result<(Integer, Integer), GuestError> {
    check_finite(value, "integer ratio")?;
    if value == 0.0 {
        return Ok((Integer::Small(0), Integer::Small(1)));
    }
    let (mantissa, exponent) = decompose(value.abs());
    let shared = mantissa.trailing_zeros();
    let (mantissa, exponent) = (mantissa >> shared, exponent + shared as i32);
    let numerator = BigInt::from(mantissa) << exponent.max(0);
    let denominator = BigInt::from(1) << (-exponent).max(0);
    Ok((Integer::from(if value < 0.0 { -numerator } else { numerator }), Integer::from(denominator)))
}

/// A positive finite float as `mantissa * 2**exponent`.
pub(crate) fn decompose(value: f64) -> (u64, i32) {
    let bits = value.to_bits();
    let biased = ((bits >> 52) & 0x7FF) as i32;
    let fraction = bits & ((1 << 52) - 1);
    if biased == 0 { (fraction, -1074) } else { (fraction | 1 << 52, biased - 1075) }
}

#[cfg(test)]
mod tests;
