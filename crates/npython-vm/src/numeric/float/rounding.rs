//! `round` of floats.

use crate::numeric::integer::{Integer, from_float};
use crate::text::GuestError;
use crate::text::float_digits::{Digits, significant};

/// Rounding to more places than this changes no float.
const MOST_PLACES: i64 = 323;
/// Rounding to fewer places than this makes every float zero.
const LEAST_PLACES: i64 = -308;
/// No float has more decimal digits.
const ALL_DIGITS: usize = 800;

/// `round(value)`: to the nearest int, ties to even.
///
/// # Errors
/// `OverflowError` for infinities, `ValueError` for NaN.
pub fn round_to_integer(value: f64) -> Result<Integer, GuestError> {
    from_float(value.round_ties_even())
}

/// `round(value, places)`: correctly rounded in decimal, exact ties to even.
///
/// # Errors
/// `OverflowError` when the result is too large for a float.
pub fn round_to_places(value: f64, places: i64) -> Result<f64, GuestError> {
    if !value.is_finite() || places > MOST_PLACES || value == 0.0 {
        return Ok(value);
    }
    if places < LEAST_PLACES {
        return Ok(0.0_f64.copysign(value));
    }
    let text = match usize::try_from(places) {
        Ok(places) => format!("{:.places$}", value.abs()),
        Err(_) => {
            let digits = round_before_point(significant(value, ALL_DIGITS), places as i32);
            format!("0.{}e{}", digits.digits, digits.point)
        }
    };
    let magnitude: f64 = text.parse().unwrap_or(f64::NAN);
    if magnitude.is_infinite() {
        return Err(GuestError::overflow("rounded value too large to represent"));
    }
    Ok(magnitude.copysign(value))
}

/// Rounds exact digits to a place before the point (a negative number of places), ties to even.
fn round_before_point(exact: Digits, places: i32) -> Digits {
    let zero = || Digits { digits: "0".to_owned(), point: 1 };
    let Ok(kept) = usize::try_from(exact.point + places) else {
        return zero();
    };
    let bytes = exact.digits.as_bytes();
    let Some((head, tail)) = bytes.split_at_checked(kept) else {
        return exact;
    };
    let half = match tail.split_first() {
        None => return exact,
        Some((first, rest)) => first.cmp(&b'5').then(if rest.iter().any(|digit| *digit != b'0') {
            std::cmp::Ordering::Greater
        } else {
            std::cmp::Ordering::Equal
        }),
    };
    let last_is_odd = head.last().is_some_and(|digit| digit % 2 == 1);
    let up = half.is_gt() || half.is_eq() && last_is_odd;
    let mut kept_digits = head.to_vec();
    if up && !increment(&mut kept_digits) {
        kept_digits.insert(0, b'1');
        return Digits { digits: text_of(kept_digits), point: exact.point + 1 };
    }
    if kept_digits.is_empty() { zero() } else { Digits { digits: text_of(kept_digits), point: exact.point } }
}

/// Adds one to the last digit; false when a digit is to be put in front.
fn increment(digits: &mut [u8]) -> bool {
    for digit in digits.iter_mut().rev() {
        if *digit < b'9' {
            *digit += 1;
            return true;
        }
        *digit = b'0';
    }
    false
}

fn text_of(digits: Vec<u8>) -> String {
    digits.into_iter().map(char::from).collect()
}
