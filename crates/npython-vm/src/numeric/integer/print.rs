//! Ints as text.

use num_bigint::BigInt;
use num_traits::Signed;

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

/// The value in base 2, 8 or 16, in lower case, without prefix.
#[must_use]
pub fn to_base(value: &BigInt, base: u32) -> String {
    value.to_str_radix(base.clamp(2, 36))
}

/// `bin(value)`, `oct(value)` or `hex(value)`.
#[must_use]
pub fn to_prefixed_base(value: &BigInt, base: u32) -> String {
    let prefix = match base {
        2 => "0b",
        8 => "0o",
        _ => "0x",
    };
    let sign = if value.is_negative() { "-" } else { "" };
    format!("{sign}{prefix}{}", value.magnitude().to_str_radix(base.clamp(2, 36)))
}
