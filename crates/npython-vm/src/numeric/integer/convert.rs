//! Between ints and floats: conversion, comparison and true division, all exact or correctly rounded.

use std::cmp::Ordering;

use num_bigint::{BigInt, Sign};
use num_integer::Integer as _;
use num_traits::{Signed, ToPrimitive, Zero};

use super::Integer;
use crate::text::GuestError;
use crate::text::float_repr::check_finite;

/// 2**63, from which on a float does not fit `i64`.
const TWO_TO_63: f64 = 9_223_372_036_854_775_808.0;
/// Ints up to 2**53 are floats exactly.
const EXACT_LIMIT: u64 = 1 << 53;
const MANTISSA_BITS: i64 = 53;
/// The exponent of the lowest bit of the smallest float.
const LOWEST_EXPONENT: i64 = -1074;
const LARGEST_FLOAT_BITS: u64 = 1024;
/// Bits a quotient or a cut-off int keeps before the final rounding: more than a mantissa, and one that stands for the rest.
const WORKING_BITS: u64 = 62;

/// The float nearest to `mantissa * 2**exponent`, ties to even; infinite when it overflows.
///
/// The lowest bit of the mantissa may stand for all that was cut off below it, if the mantissa has more than 54 bits.
pub(crate) fn scale_to_float(mantissa: u64, exponent: i64) -> f64 {
    if mantissa == 0 {
        return 0.0;
    }
    let bits = i64::from(u64::BITS - mantissa.leading_zeros());
    let dropped = (bits - MANTISSA_BITS).max(LOWEST_EXPONENT.saturating_sub(exponent)).max(0);
    if dropped > bits {
        return 0.0;
    }
    if bits.saturating_add(exponent) > LARGEST_FLOAT_BITS as i64 {
        return f64::INFINITY;
    }
    let wide = u128::from(mantissa);
    let half = (1_u128 << dropped) >> 1;
    let kept = wide >> dropped;
    let rest = wide - (kept << dropped);
    let rounded = kept + u128::from(rest > half || (rest == half && half > 0 && kept % 2 == 1));
    multiply_by_power_of_two(rounded as f64, exponent + dropped)
}

/// Exact as long as the result is a float; in steps, for the powers are not always floats themselves.
fn multiply_by_power_of_two(value: f64, exponent: i64) -> f64 {
    let (mut value, mut exponent) = (value, exponent.clamp(-2200, 2200));
    while exponent != 0 {
        let step = exponent.clamp(-1000, 1000);
        value *= f64::from_bits(((step + 1023) as u64) << 52);
        exponent -= step;
    }
    value
}

/// The magnitude cut to its leading bits, with the lowest one set if anything was cut off, and the exponent.
fn leading_bits(value: &BigInt) -> (u64, i64) {
    let bits = value.bits();
    if bits <= u64::from(u64::BITS) {
        return (value.magnitude().to_u64().unwrap_or(u64::MAX), 0);
    }
    let dropped = bits - WORKING_BITS;
    let kept = (value.magnitude() >> dropped).to_u64().unwrap_or(u64::MAX);
    let inexact = value.trailing_zeros().unwrap_or(0) < dropped;
    (kept | u64::from(inexact), dropped as i64)
}

/// `float(value)`, correctly rounded.
///
/// # Errors
/// `OverflowError` when no float is large enough.
pub fn big_to_float(value: &BigInt) -> Result<f64, GuestError> {
    let overflow = || GuestError::overflow("int too large to convert to float");
    if value.bits() > LARGEST_FLOAT_BITS {
        return Err(overflow());
    }
    let (mantissa, exponent) = leading_bits(value);
    let magnitude = scale_to_float(mantissa, exponent);
    if magnitude.is_infinite() {
        return Err(overflow());
    }
    Ok(if value.is_negative() { -magnitude } else { magnitude })
}

/// `int(value)`.
///
/// # Errors
/// `OverflowError` for infinities, `ValueError` for NaN.
pub fn from_float(value: f64) -> Result<Integer, GuestError> {
    if value.abs() < TWO_TO_63 {
        return Ok(Integer::Small(value as i64));
    }
    check_finite(value, "integer")?;
    Ok(Integer::from(large_float_to_big(value)))
}

/// The integer part of a finite float.
fn large_float_to_big(value: f64) -> BigInt {
    let bits = value.to_bits();
    let exponent = ((bits >> 52) & 0x7FF) as i64 - 1075;
    let mantissa = BigInt::from((bits & ((1 << 52) - 1)) | (1 << 52));
    let magnitude = if exponent >= 0 { mantissa << exponent } else { mantissa >> -exponent };
    if value < 0.0 { -magnitude } else { magnitude }
}

/// How an int compares with a float, exactly; `None` for NaN.
#[inline]
#[must_use]
pub fn compare_small_with_float(left: i64, right: f64) -> Option<Ordering> {
    if right.is_nan() {
        return None;
    }
    if right >= TWO_TO_63 {
        return Some(Ordering::Less);
    }
    if right < -TWO_TO_63 {
        return Some(Ordering::Greater);
    }
    let whole = right.trunc();
    Some(left.cmp(&(whole as i64)).then_with(|| whole.partial_cmp(&right).unwrap_or(Ordering::Equal)))
}

/// How an int compares with a float, exactly; `None` for NaN.
#[must_use]
pub fn compare_big_with_float(left: &BigInt, right: f64) -> Option<Ordering> {
    if let Some(small) = left.to_i64() {
        return compare_small_with_float(small, right);
    }
    if right.is_nan() {
        return None;
    }
    let by_sign = if left.is_negative() { Ordering::Less } else { Ordering::Greater };
    if right.abs() < TWO_TO_63 || left.bits() > LARGEST_FLOAT_BITS && right.is_finite() {
        return Some(by_sign);
    }
    if right.is_infinite() {
        return Some(if right > 0.0 { Ordering::Less } else { Ordering::Greater });
    }
    Some(left.cmp(&large_float_to_big(right)))
}

/// `left / right`, correctly rounded.
///
/// # Errors
/// `ZeroDivisionError`.
#[inline]
pub fn divide_small(left: i64, right: i64) -> Result<f64, GuestError> {
    if right == 0 {
        return Err(GuestError::zero_division("division by zero"));
    }
    if left.unsigned_abs() <= EXACT_LIMIT && right.unsigned_abs() <= EXACT_LIMIT {
        return Ok(left as f64 / right as f64);
    }
    divide_big(&BigInt::from(left), &BigInt::from(right))
}

/// `left / right`, correctly rounded.
///
/// # Errors
/// `ZeroDivisionError`; `OverflowError` when no float is large enough.
pub fn divide_big(left: &BigInt, right: &BigInt) -> Result<f64, GuestError> {
    if right.is_zero() {
        return Err(GuestError::zero_division("division by zero"));
    }
    let negative = (left.sign() == Sign::Minus) != (right.sign() == Sign::Minus);
    if left.is_zero() {
        return Ok(if negative { -0.0 } else { 0.0 });
    }
    let exponent = left.bits() as i64 - right.bits() as i64 - WORKING_BITS as i64;
    if exponent < LOWEST_EXPONENT - 2 * WORKING_BITS as i64 {
        return Ok(if negative { -0.0 } else { 0.0 });
    }
    if exponent > LARGEST_FLOAT_BITS as i64 {
        return Err(GuestError::overflow("integer division result too large for a float"));
    }
    // The quotient gets one bit more or less than the working bits.
    let (dividend, divisor) = if exponent > 0 {
        (left.magnitude().clone(), right.magnitude() << exponent)
    } else {
        (left.magnitude() << -exponent, right.magnitude().clone())
    };
    let (quotient, rest) = dividend.div_rem(&divisor);
    let mantissa = quotient.to_u64().unwrap_or(u64::MAX) | u64::from(!rest.is_zero());
    let magnitude = scale_to_float(mantissa, exponent);
    if magnitude.is_infinite() {
        return Err(GuestError::overflow("integer division result too large for a float"));
    }
    Ok(if negative { -magnitude } else { magnitude })
}
