//! Decimal digits of floats: the shortest that read back as the same float, or any number of exact ones.

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

/// The most digits the shortest form of a float has.
pub(crate) const MOST_SHORTEST_DIGITS: usize = 17;

/// The shortest digits that identify a finite float, without an allocation; the sign is ignored.
pub(crate) struct ShortestDigits {
    digits: [u8; MOST_SHORTEST_DIGITS],
    length: usize,
    pub(crate) point: i32,
}

impl ShortestDigits {
    pub(crate) fn new(value: f64) -> Self {
        let mut shortest = Self { digits: [b'0'; MOST_SHORTEST_DIGITS], length: 1, point: 1 };
        if value != 0.0 {
            shortest.read(ryu::Buffer::new().format_finite(value.abs()).as_bytes());
        }
        shortest
    }

    /// Reads a number of the form `12.34` or `1.234e56`, of which leading and trailing zeros do not count.
    fn read(&mut self, text: &[u8]) {
        let (mut before_point, mut length, mut significant, mut exponent) = (None, 0, 0, 0);
        let mut leading_zeros = 0;
        for (place, &byte) in text.iter().enumerate() {
            match byte {
                b'.' => before_point = Some(place as i32),
                b'e' => {
                    before_point = before_point.or(Some(place as i32));
                    exponent = text
                        .get(place + 1..)
                        .and_then(|digits| std::str::from_utf8(digits).ok())
                        .and_then(|digits| digits.parse::<i32>().ok())
                        .unwrap_or(0);
                    break;
                }
                b'0' if length == 0 => leading_zeros += 1,
                digit => {
                    if let Some(slot) = self.digits.get_mut(length) {
                        *slot = digit;
                    }
                    length += 1;
                    if digit != b'0' {
                        significant = length;
                    }
                }
            }
        }
        self.length = significant.clamp(1, MOST_SHORTEST_DIGITS);
        self.point = before_point.unwrap_or(text.len() as i32) - leading_zeros + exponent;
    }

    pub(crate) fn digits(&self) -> &str {
        self.digits.get(..self.length).and_then(|digits| std::str::from_utf8(digits).ok()).unwrap_or("0")
    }
}

/// The shortest digits that identify a finite float; the sign is ignored.
#[must_use]
pub fn shortest(value: f64) -> Digits {
    let shortest = ShortestDigits::new(value);
    Digits { digits: shortest.digits().to_owned(), point: shortest.point }
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
