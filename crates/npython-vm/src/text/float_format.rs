//! Floats with a given number of digits: what the `e`, `f`, `g` and default codes of both formatting languages share.

use super::float_digits::{Digits, shortest, significant, to_place};
use super::{GuestError, check_length};
use crate::pace::{GoOn, Interrupted, Room, push_fill};

/// CPython refuses larger precisions.
const LARGEST_PRECISION: usize = i32::MAX as usize;
/// No float needs more characters beyond those its precision asks for.
const LONGEST_BESIDES_PRECISION: usize = 330;
const LARGEST_FIXED_POINT: i64 = 16;
const SMALLEST_FIXED_POINT: i64 = -4;

/// How to choose the digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notation {
    /// `e`: one digit before the point, `precision` behind, an exponent.
    Exponent,
    /// `f`: `precision` digits behind the point.
    Fixed,
    /// `g`: `precision` significant digits, without trailing zeros, with an exponent where that is shorter.
    General,
    /// As `repr` has it; the precision has no meaning.
    Shortest,
}

/// How a float is to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FloatStyle {
    pub notation: Notation,
    pub precision: usize,
    /// Letters in upper case.
    pub upper: bool,
    /// `#`: keep the point and trailing zeros.
    pub alternate: bool,
    /// Whole numbers without an exponent end in `.0`.
    pub point_zero: bool,
    /// `z`: what rounds to zero has no sign.
    pub no_negative_zero: bool,
}

impl FloatStyle {
    /// The style of a lower case code of `e`, `f` and `g`, with the usual precision.
    #[must_use]
    pub const fn new(notation: Notation) -> Self {
        Self { notation, precision: 6, upper: false, alternate: false, point_zero: false, no_negative_zero: false }
    }
}

/// Writes a float, with a minus sign if it has one.
///
/// # Errors
/// `ValueError` for precisions CPython refuses, `OutputLimit` when the result could be longer than the room.
pub fn float_text(value: f64, style: &FloatStyle, room: Room<'_>) -> Result<String, GuestError> {
    if style.precision > LARGEST_PRECISION {
        return Err(GuestError::value("precision too big"));
    }
    if !value.is_finite() {
        return Ok(not_finite(value, style.upper).to_owned());
    }
    if style.notation != Notation::Shortest && (style.notation != Notation::General || style.alternate) {
        check_length(style.precision, room.bytes.saturating_sub(LONGEST_BESIDES_PRECISION))?;
    }
    let digits = digits_of(value, style);
    let is_zero = digits.digits.bytes().all(|digit| digit == b'0');
    let mut output = String::new();
    if value.is_sign_negative() && !(style.no_negative_zero && is_zero) {
        output.push('-');
    }
    write_digits(&digits, style, &mut output, room.go_on)?;
    Ok(output)
}

fn not_finite(value: f64, upper: bool) -> &'static str {
    match (value.is_nan(), value > 0.0, upper) {
        (true, _, false) => "nan",
        (true, _, true) => "NAN",
        (false, true, false) => "inf",
        (false, true, true) => "INF",
        (false, false, false) => "-inf",
        (false, false, true) => "-INF",
    }
}

fn digits_of(value: f64, style: &FloatStyle) -> Digits {
    match style.notation {
        Notation::Shortest => shortest(value),
        Notation::Fixed => to_place(value, style.precision),
        Notation::Exponent => significant(value, style.precision.saturating_add(1)),
        Notation::General => {
            let mut digits = significant(value, style.precision.max(1));
            let kept = digits.digits.trim_end_matches('0').len().max(1);
            digits.digits.truncate(kept);
            digits
        }
    }
}

fn write_digits(digits: &Digits, style: &FloatStyle, output: &mut String, go_on: GoOn<'_>) -> Result<(), Interrupted> {
    let precision = style.precision as i64;
    let decimal_point = i64::from(digits.point);
    let general_precision = precision.max(1);
    let shown = digits.digits.len() as i64;
    let (with_exponent, end) = match style.notation {
        Notation::Exponent => (true, precision + 1),
        Notation::Fixed => (false, decimal_point + precision),
        Notation::Shortest => (!is_fixed(decimal_point, LARGEST_FIXED_POINT), shown),
        Notation::General => {
            let largest = general_precision - i64::from(style.point_zero);
            let end = if style.alternate { general_precision } else { shown };
            (!is_fixed(decimal_point, largest), end)
        }
    };
    let point = if with_exponent { 1 } else { decimal_point };
    let end = end.max(if style.point_zero && !with_exponent { point + 1 } else { point });
    write_whole_part(&digits.digits, point, output, go_on)?;
    if end > point || style.alternate {
        output.push('.');
    }
    write_fraction(&digits.digits, point, end, output, go_on)?;
    if with_exponent {
        write_exponent(decimal_point - 1, style.upper, output);
    }
    Ok(())
}

fn is_fixed(decimal_point: i64, largest: i64) -> bool {
    decimal_point > SMALLEST_FIXED_POINT && decimal_point <= largest
}

fn push_zeros(count: i64, output: &mut String, go_on: GoOn<'_>) -> Result<(), Interrupted> {
    push_fill(output, '0', usize::try_from(count).unwrap_or(0), go_on)
}

fn write_whole_part(digits: &str, point: i64, output: &mut String, go_on: GoOn<'_>) -> Result<(), Interrupted> {
    if point <= 0 {
        output.push('0');
        return Ok(());
    }
    let available = digits.len().min(point as usize);
    output.push_str(digits.get(..available).unwrap_or_default());
    push_zeros(point - available as i64, output, go_on)
}

/// Writes the digits from the point up to the digit number `end`.
fn write_fraction(digits: &str, point: i64, end: i64, output: &mut String, go_on: GoOn<'_>) -> Result<(), Interrupted> {
    if end <= point {
        return Ok(());
    }
    let leading_zeros = (-point).clamp(0, end - point);
    push_zeros(leading_zeros, output, go_on)?;
    let first = point.max(0) as usize;
    let last = digits.len().min(usize::try_from(end).unwrap_or(0));
    let written = digits.get(first..last).unwrap_or_default();
    output.push_str(written);
    push_zeros(end - point - leading_zeros - written.len() as i64, output, go_on)
}

fn write_exponent(exponent: i64, upper: bool, output: &mut String) {
    output.push(if upper { 'E' } else { 'e' });
    output.push(if exponent < 0 { '-' } else { '+' });
    output.push_str(&format!("{:02}", exponent.unsigned_abs()));
}
