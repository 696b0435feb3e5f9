//! Decimal digits of floats: the shortest that read back as the same float, or any number of exact ones.

use std::fmt::Write;

/// No float has more significant decimal digits than this, nor digits further behind the point than [`LAST_PLACE`].
const MOST_DIGITS: usize = 800;
const LAST_PLACE: usize = 1100;

/// A decimal fraction: `0.` followed by the digits, times ten to the power of `point`.
///
/// Zero is the digit `0` with the point behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Digits {
    /// ASCII digits, at least one.
    pub digits: String,
    pub point: i32,
}

impl Digits {
    /// Reads what the formatting of the standard library writes: `1.25e-7`.
    fn from_exponent_form(text: &str) -> Self {
        let (mantissa, exponent) = text.split_once('e').unwrap_or((text, "0"));
        let digits = mantissa.chars().filter(|character| *character != '.').collect();
        Self { digits, point: exponent.parse::<i32>().unwrap_or(0) + 1 }
    }
}

/// The shortest digits that identify a finite float; the sign is ignored.
#[must_use]
pub fn shortest(value: f64) -> Digits {
    let mut buffer = StackText::default();
    // Writing to the buffer fails only when it is too small, and the shortest form has at most 24 characters.
    let written = write!(buffer, "{:e}", value.abs());
    debug_assert!(written.is_ok());
    Digits::from_exponent_form(buffer.as_str())
}

/// `count` significant digits (at least one) of a finite float, correctly rounded; the sign is ignored.
///
/// Zeros beyond the last digit that any float has are left out, so fewer digits may come back.
#[must_use]
pub fn significant(value: f64, count: usize) -> Digits {
    let count = count.clamp(1, MOST_DIGITS);
    Digits::from_exponent_form(&format!("{:.*e}", count - 1, value.abs()))
}

/// The digits of a finite float up to the given place behind the point, correctly rounded; the sign is ignored.
///
/// Zeros beyond the last place that any float uses are left out. The digits may be `0` alone.
#[must_use]
pub fn to_place(value: f64, places: usize) -> Digits {
    let text = format!("{:.*}", places.min(LAST_PLACE), value.abs());
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let all = format!("{whole}{fraction}");
    let zeros = all.bytes().take_while(|byte| *byte == b'0').count();
    if zeros == all.len() {
        return Digits { digits: "0".to_owned(), point: 1 };
    }
    Digits { digits: all.get(zeros..).unwrap_or_default().to_owned(), point: whole.len() as i32 - zeros as i32 }
}

/// A short text on the stack.
#[derive(Default)]
struct StackText {
    bytes: [u8; 32],
    length: usize,
}

impl StackText {
    fn as_str(&self) -> &str {
        self.bytes.get(..self.length).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or("0e0")
    }
}

impl Write for StackText {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        let end = self.length + text.len();
        self.bytes.get_mut(self.length..end).ok_or(std::fmt::Error)?.copy_from_slice(text.as_bytes());
        self.length = end;
        Ok(())
    }
}
