//! Ints as text.

use num_bigint::{BigInt, BigUint};
use num_traits::Signed;

use crate::pace::{GoOn, Interrupted, steps};
use crate::text::GuestError;

/// An upper bound of the decimal digits of an int with this many bits.
#[must_use]
pub fn decimal_length_bound(bits: u64) -> u64 {
    // The decimal logarithm of two is a little less than 0.30103.
    bits.saturating_mul(30_103) / 100_000 + 1
}

/// `str(value)`, as long as it has no more digits than the limit; a limit of zero means none.
///
/// # Errors
/// `ValueError` when it has more.
pub fn big_to_decimal(value: &BigInt, digit_limit: usize) -> Result<String, GuestError> {
    if digit_limit > 0 && decimal_length_bound(value.bits()) > digit_limit as u64 + 2 {
        return Err(digit_limit_error(digit_limit));
    }
    let text = value.to_str_radix(10);
    if digit_limit > 0 && text.len() - usize::from(value.is_negative()) > digit_limit {
        return Err(digit_limit_error(digit_limit));
    }
    Ok(text)
}

/// The error of an int with too many digits to be written.
#[cold]
#[must_use]
pub fn digit_limit_error(digit_limit: usize) -> GuestError {
    GuestError::value(format!(
        "Exceeds the limit ({digit_limit} digits) for integer string conversion; use sys.set_int_max_str_digits() to \
         increase the limit"
    ))
}

/// Bits below which a value is written in one go.
const BITS_AT_ONCE: u64 = 1 << 16;

/// The value in base 2, 8 or 16, in lower case, without prefix.
///
/// # Errors
/// `Interrupted` when `go_on` says so.
pub fn to_base(value: &BigUint, base: u32, go_on: GoOn<'_>) -> Result<String, Interrupted> {
    digits_behind("", value, base, go_on)
}

/// A prefix, and behind it the digits of a value.
fn digits_behind(prefix: &str, value: &BigUint, base: u32, go_on: GoOn<'_>) -> Result<String, Interrupted> {
    if value.bits() < BITS_AT_ONCE {
        return Ok(format!("{prefix}{}", value.to_str_radix(base.clamp(2, 36))));
    }
    let width = u64::from(base.clamp(2, 16).ilog2());
    let mut digits = Vec::with_capacity(usize::try_from(value.bits().div_ceil(width)).unwrap_or(0) + 24 + prefix.len());
    // Bits that wait until they make a digit, the lowest first.
    let (mut held, mut count) = (0_u128, 0);
    for limb in steps(value.iter_u64_digits(), go_on) {
        held |= u128::from(limb?) << count;
        count += 64;
        while count >= width {
            digits.push(b"0123456789abcdef"[(held & ((1 << width) - 1)) as usize & 15]);
            held >>= width;
            count -= width;
        }
    }
    if held != 0 {
        digits.push(b"0123456789abcdef"[held as usize & 15]);
    }
    while digits.last() == Some(&b'0') {
        digits.pop();
    }
    digits.extend(prefix.bytes().rev());
    crate::pace::reverse(&mut digits, go_on)?;
    Ok(String::from_utf8(digits).unwrap_or_default())
}

/// `bin(value)`, `oct(value)` or `hex(value)`.
///
/// # Errors
/// `Interrupted` when `go_on` says so.
pub fn to_prefixed_base(value: &BigInt, base: u32, go_on: GoOn<'_>) -> Result<String, Interrupted> {
    let prefix = match (base, value.is_negative()) {
        (2, false) => "0b",
        (2, true) => "-0b",
        (8, false) => "0o",
        (8, true) => "-0o",
        (_, false) => "0x",
        (_, true) => "-0x",
    };
    digits_behind(prefix, value.magnitude(), base, go_on)
}
