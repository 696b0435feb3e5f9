//! Operations on ints of any size. Results may fit `i64` again; see [`super::Integer`].

use num_bigint::{BigInt, Sign};
use num_integer::Integer as _;
use num_traits::{One, Signed, ToPrimitive, Zero};

use crate::text::{GuestError, check_length};

/// `left + right`.
#[must_use]
pub fn add(left: &BigInt, right: &BigInt) -> BigInt {
    left + right
}

/// `left - right`.
#[must_use]
pub fn subtract(left: &BigInt, right: &BigInt) -> BigInt {
    left - right
}

/// `left * right`.
#[must_use]
pub fn multiply(left: &BigInt, right: &BigInt) -> BigInt {
    left * right
}

/// `left // right`.
///
/// # Errors
/// `ZeroDivisionError`.
pub fn floor_divide(left: &BigInt, right: &BigInt) -> Result<BigInt, GuestError> {
    if right.is_zero() {
        return Err(GuestError::zero_division("integer division or modulo by zero"));
    }
    Ok(left.div_floor(right))
}

/// `left % right`, with the sign of `right`.
///
/// # Errors
/// `ZeroDivisionError`.
pub fn floor_modulo(left: &BigInt, right: &BigInt) -> Result<BigInt, GuestError> {
    if right.is_zero() {
        return Err(GuestError::zero_division("integer modulo by zero"));
    }
    Ok(left.mod_floor(right))
}

/// `divmod(left, right)`.
///
/// # Errors
/// `ZeroDivisionError`.
pub fn floor_divmod(left: &BigInt, right: &BigInt) -> Result<(BigInt, BigInt), GuestError> {
    if right.is_zero() {
        return Err(GuestError::zero_division("integer division or modulo by zero"));
    }
    Ok(left.div_mod_floor(right))
}

/// An upper bound of the bits of `base ** exponent`; saturates.
#[must_use]
pub fn power_result_bits(base: &BigInt, exponent: &BigInt) -> u64 {
    if base.magnitude().is_zero() || base.magnitude().is_one() || exponent.sign() != Sign::Plus {
        return 1;
    }
    let Some(exponent) = exponent.to_f64().filter(|exponent| *exponent < 1e18) else {
        return u64::MAX;
    };
    let dropped = base.bits().saturating_sub(64);
    let cut_off = if dropped > 0 { 1.0 } else { 0.0 };
    let leading = (base.magnitude() >> dropped).to_f64().unwrap_or(f64::MAX) + cut_off;
    // Slightly too large, to be a bound in spite of rounding.
    let logarithm = (leading.log2() + dropped as f64) * (1.0 + 1e-9);
    (logarithm * exponent) as u64 + 2
}

/// `base ** exponent` for an exponent that is not negative.
///
/// # Errors
/// `OutputLimit` when the result could have more than `max_bits` bits.
pub fn power(base: &BigInt, exponent: &BigInt, max_bits: u64) -> Result<BigInt, GuestError> {
    if exponent.is_zero() || base.is_one() {
        return Ok(BigInt::one());
    }
    if base.is_zero() {
        return Ok(BigInt::zero());
    }
    if base.magnitude().is_one() {
        return Ok(if exponent.is_even() { BigInt::one() } else { base.clone() });
    }
    if power_result_bits(base, exponent) > max_bits {
        return Err(GuestError::output_limit());
    }
    let exponent = exponent.to_u32().ok_or_else(GuestError::output_limit)?;
    if base.magnitude().count_ones() == 1 {
        let shift = base.trailing_zeros().unwrap_or(0) * u64::from(exponent);
        let result = BigInt::one() << shift;
        return Ok(if base.is_negative() && exponent % 2 == 1 { -result } else { result });
    }
    Ok(base.pow(exponent))
}

/// `pow(base, exponent, modulus)`; a negative exponent asks for a power of the inverse.
///
/// # Errors
/// `ValueError` when the modulus is zero or there is no inverse.
pub fn power_with_modulus(base: &BigInt, exponent: &BigInt, modulus: &BigInt) -> Result<BigInt, GuestError> {
    if modulus.is_zero() {
        return Err(GuestError::value("pow() 3rd argument cannot be 0"));
    }
    let size = modulus.abs();
    if size.is_one() {
        return Ok(BigInt::zero());
    }
    let mut base = base.mod_floor(&size);
    if exponent.is_negative() {
        base = base.modinv(&size).ok_or_else(|| GuestError::value("base is not invertible for the given modulus"))?;
    }
    let result = base.modpow(&exponent.abs(), &size);
    Ok(if modulus.is_negative() && !result.is_zero() { result + modulus } else { result })
}

/// `value << count`.
///
/// # Errors
/// `ValueError` for a negative count, `OutputLimit` when the result would have more than `max_bits` bits.
pub fn shift_left(value: &BigInt, count: &BigInt, max_bits: u64) -> Result<BigInt, GuestError> {
    if count.is_negative() {
        return Err(GuestError::value("negative shift count"));
    }
    if value.is_zero() {
        return Ok(BigInt::zero());
    }
    let count = count.to_u64().ok_or_else(GuestError::output_limit)?;
    let bits = usize::try_from(value.bits().saturating_add(count)).unwrap_or(usize::MAX);
    check_length(bits, usize::try_from(max_bits).unwrap_or(usize::MAX))?;
    Ok(value << count)
}

/// `value >> count`, rounded down.
///
/// # Errors
/// `ValueError` for a negative count.
pub fn shift_right(value: &BigInt, count: &BigInt) -> Result<BigInt, GuestError> {
    if count.is_negative() {
        return Err(GuestError::value("negative shift count"));
    }
    match count.to_u64().filter(|count| *count < value.bits()) {
        Some(count) => Ok(value >> count),
        None => Ok(if value.is_negative() { -BigInt::one() } else { BigInt::zero() }),
    }
}

/// `int.bit_count`: the ones of the absolute value.
#[must_use]
pub fn bit_count(value: &BigInt) -> u64 {
    value.magnitude().count_ones()
}

/// `math.isqrt`.
///
/// # Errors
/// `ValueError` for a negative value.
pub fn integer_square_root(value: &BigInt) -> Result<BigInt, GuestError> {
    if value.is_negative() {
        return Err(GuestError::value("isqrt() argument must be nonnegative"));
    }
    Ok(value.sqrt())
}

/// `math.gcd` of two ints.
#[must_use]
pub fn gcd(left: &BigInt, right: &BigInt) -> BigInt {
    left.gcd(right)
}
