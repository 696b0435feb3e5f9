//! `int(text, base)`.

use std::borrow::Cow;

use num_bigint::{BigInt, BigUint, Sign};

use super::Integer;
use crate::pace::{self, GoOn, Interrupted, UNASKED, ask_now_and_then};
use crate::text::GuestError;
use crate::text::numeric_text::{to_ascii_digits, trim_ascii_space};
use crate::text::string_repr::{bytes_repr, string_repr};

/// How many decimal digits an int may have as text, unless the program changes it.
pub const DEFAULT_DIGIT_LIMIT: usize = 4300;
/// The error message shows this many characters of the text's `repr`.
pub const SHOWN_CHARACTERS: usize = 200;
/// Numbers of up to this many decimal digits fit `i64`.
const SMALL_DIGITS: usize = 18;

/// `int(text, base)`; a base of zero takes the base from the prefix, as in source code.
///
/// A limit of zero digits means none; it holds for bases that are not powers of two.
///
/// # Errors
/// `ValueError` when the base is not 0 or 2 to 36, the text is not an int of that base, or it has too many digits.
pub fn parse_integer(text: &str, base: i64, digit_limit: usize, go_on: GoOn<'_>) -> Result<Integer, GuestError> {
    let base = check_base(base)?;
    let shown = || beginning_of_repr(text);
    parse(&to_ascii_digits(text, go_on)?, base, digit_limit, shown, go_on)
}

/// `int(data, base)` of bytes or a bytearray; see [`parse_integer`].
///
/// # Errors
/// As for [`parse_integer`].
pub fn parse_integer_bytes(data: &[u8], base: i64, digit_limit: usize, go_on: GoOn<'_>) -> Result<Integer, GuestError> {
    let base = check_base(base)?;
    let shown = || bytes_repr(data.get(..SHOWN_CHARACTERS).unwrap_or(data), UNASKED).unwrap_or_default();
    parse(data, base, digit_limit, shown, go_on)
}

fn check_base(base: i64) -> Result<u32, GuestError> {
    match u32::try_from(base) {
        Ok(base @ (0 | 2..=36)) => Ok(base),
        _ => Err(GuestError::value("int() base must be >= 2 and <= 36, or 0")),
    }
}

fn parse(
    text: &[u8],
    base: u32,
    digit_limit: usize,
    shown: impl FnOnce() -> String,
    go_on: GoOn<'_>,
) -> Result<Integer, GuestError> {
    match Literal::read(trim_ascii_space(text, go_on)?, base, go_on)? {
        Some(literal) => literal.value(digit_limit, go_on),
        None => Err(invalid_literal(base.into(), &shown())),
    }
}

/// The error of a text that is no int; `shown` is its `repr`.
#[cold]
pub fn invalid_literal(base: i64, shown: &str) -> GuestError {
    let cut = shown.char_indices().nth(SHOWN_CHARACTERS).map_or(shown.len(), |(end, _)| end);
    let shown = shown.get(..cut).unwrap_or_default();
    GuestError::value(format!("invalid literal for int() with base {base}: {shown}"))
}

/// At least as much of the `repr` of a text as is shown.
fn beginning_of_repr(text: &str) -> String {
    let Some((end, _)) = text.char_indices().nth(SHOWN_CHARACTERS) else { return string_repr(text) };
    // The quotes are those of the whole.
    let quotes = match (text.contains('\''), text.contains('"')) {
        (true, true) => "'\"",
        (true, false) => "'",
        _ => "",
    };
    string_repr(&format!("{}{quotes}", text.get(..end).unwrap_or(text)))
}

/// A valid literal, taken apart.
struct Literal<'text> {
    negative: bool,
    base: u32,
    /// ASCII digits of the base, without underscores.
    digits: Cow<'text, [u8]>,
}

/// So many digits are read in one go.
const DIGITS_AT_ONCE: usize = 1 << 14;

/// The value of digits of a base that is a power of two.
fn magnitude_of_bits(digits: &[u8], base: u32, go_on: GoOn<'_>) -> Result<BigUint, Interrupted> {
    let width = base.ilog2();
    let mut limbs = Vec::with_capacity(digits.len() * width as usize / 32 + 1);
    let (mut held, mut count) = (0_u64, 0);
    for (step, digit) in digits.iter().rev().enumerate() {
        ask_now_and_then(step, go_on)?;
        held |= u64::from(digit_of(*digit)) << count;
        count += width;
        if count >= 32 {
            limbs.push(held as u32);
            held >>= 32;
            count -= 32;
        }
    }
    limbs.push(held as u32);
    Ok(BigUint::new(limbs))
}

impl<'text> Literal<'text> {
    fn read(text: &'text [u8], base: u32, go_on: GoOn<'_>) -> Result<Option<Self>, Interrupted> {
        let (negative, unsigned) = match text {
            [b'-', rest @ ..] => (true, rest),
            [b'+', rest @ ..] => (false, rest),
            _ => (false, text),
        };
        let (base, digits, must_be_zero) = match (prefixed_base(unsigned), unsigned) {
            (Some(prefixed), [_, _, rest @ ..]) if base == 0 || base == prefixed => {
                (prefixed, rest.strip_prefix(b"_").unwrap_or(rest), false)
            }
            (_, [b'0', ..]) if base == 0 => (10, unsigned, true),
            _ => (if base == 0 { 10 } else { base }, unsigned, false),
        };
        let Some(digits) = without_underscores(digits, base, go_on)? else { return Ok(None) };
        if must_be_zero && !pace::all(&digits, |digit| *digit == b'0', go_on)? {
            return Ok(None);
        }
        Ok(Some(Self { negative, base, digits }))
    }

    fn value(&self, digit_limit: usize, go_on: GoOn<'_>) -> Result<Integer, GuestError> {
        let digits = &self.digits;
        if digits.len() <= SMALL_DIGITS && self.base <= 10 {
            let value = digits.iter().fold(0, |value, digit| value * i64::from(self.base) + i64::from(digit - b'0'));
            return Ok(Integer::Small(if self.negative { -value } else { value }));
        }
        if digit_limit > 0 && digits.len() > digit_limit && !self.base.is_power_of_two() {
            return Err(GuestError::value(format!(
                "Exceeds the limit ({digit_limit} digits) for integer string conversion: value has {} digits; use \
                 sys.set_int_max_str_digits() to increase the limit",
                digits.len()
            )));
        }
        if self.base.is_power_of_two() && digits.len() > DIGITS_AT_ONCE {
            let magnitude = magnitude_of_bits(digits, self.base, go_on)?;
            let sign = if self.negative { Sign::Minus } else { Sign::Plus };
            return Ok(Integer::from(BigInt::from_biguint(sign, magnitude)));
        }
        let values: Vec<u8> = digits.iter().map(|digit| digit_of(*digit)).collect();
        let sign = if self.negative { Sign::Minus } else { Sign::Plus };
        Ok(Integer::from(BigInt::from_radix_be(sign, &values, self.base).unwrap_or_default()))
    }
}

fn prefixed_base(text: &[u8]) -> Option<u32> {
    match text {
        [b'0', b'x' | b'X', ..] => Some(16),
        [b'0', b'o' | b'O', ..] => Some(8),
        [b'0', b'b' | b'B', ..] => Some(2),
        _ => None,
    }
}

/// The value of a digit of any base up to 36, or a number beyond for other bytes.
fn digit_of(byte: u8) -> u8 {
    char::from(byte).to_digit(36).map_or(u8::MAX, |value| value as u8)
}

/// The digits, if there are any and all are of the base, with single underscores only between them.
fn without_underscores<'text>(
    text: &'text [u8],
    base: u32,
    go_on: GoOn<'_>,
) -> Result<Option<Cow<'text, [u8]>>, Interrupted> {
    let mut after_digit = false;
    let mut underscores = false;
    for (step, &byte) in text.iter().enumerate() {
        ask_now_and_then(step, go_on)?;
        if u32::from(digit_of(byte)) < base {
            after_digit = true;
        } else if byte == b'_' && after_digit {
            after_digit = false;
            underscores = true;
        } else {
            return Ok(None);
        }
    }
    if !after_digit {
        return Ok(None);
    }
    if !underscores {
        return Ok(Some(Cow::Borrowed(text)));
    }
    let mut digits = Vec::with_capacity(text.len());
    for piece in pace::pieces(text, go_on) {
        digits.extend(piece?.iter().copied().filter(|byte| *byte != b'_'));
    }
    Ok(Some(Cow::Owned(digits)))
}
