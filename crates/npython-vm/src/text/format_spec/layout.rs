//! Putting sign, prefix, digits and fill together.

use super::{Align, FormatSpec, SignMode};
use crate::pace::{Room, ask_now_and_then, push_fill, push_text};
use crate::text::{GuestError, check_length};

/// A number taken apart. Everything is ASCII but a single character in place of the digits.
#[derive(Clone, Copy, Debug)]
pub(super) struct NumberParts<'text> {
    pub(super) negative: bool,
    /// `0x` and the like.
    pub(super) prefix: &'text str,
    /// What separators go into; may be empty.
    pub(super) digits: &'text str,
    /// What follows: fraction, exponent, percent sign.
    pub(super) rest: &'text str,
}

/// How many digits stand between two separators.
pub(super) const DECIMAL_GROUP: usize = 3;
/// The same for the bases that are powers of two.
pub(super) const BINARY_GROUP: usize = 4;

/// Splits what a float looks like into sign, whole digits and the rest.
pub(super) fn split_float(text: &str) -> NumberParts<'_> {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let whole = unsigned.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, rest) = unsigned.split_at_checked(whole).unwrap_or((unsigned, ""));
    NumberParts { negative: unsigned.len() < text.len(), prefix: "", digits, rest }
}

/// Writes a number as its specification says.
///
/// # Errors
/// `OutputLimit` when it would be longer than the room.
pub(super) fn write_number(
    parts: &NumberParts<'_>,
    spec: &FormatSpec,
    group: usize,
    room: Room<'_>,
) -> Result<String, GuestError> {
    let sign = sign_of(parts.negative, spec.sign);
    let besides = usize::from(sign.is_some()) + parts.prefix.len() + parts.rest.chars().count();
    let zeros_wanted = spec.fill == '0' && spec.align == Align::AfterSign;
    let least = if zeros_wanted { spec.width.saturating_sub(besides) } else { 0 };
    let group = spec.separator.map(|_| group);
    let digit_count = if parts.digits.is_empty() { 0 } else { padded_digits(parts.digits.len(), least, group) };
    let grouped = digit_count.saturating_add(separators(digit_count, group));
    let padding = spec.width.saturating_sub(besides.saturating_add(grouped));
    let bytes = padding.saturating_mul(spec.fill.len_utf8()).saturating_add(grouped).saturating_add(besides * 4);
    check_length(bytes, room.bytes)?;

    let (left, middle, right) = split_padding(padding, spec.align);
    let mut output = String::with_capacity(bytes);
    push_fill(&mut output, spec.fill, left, room.go_on)?;
    output.extend(sign);
    output.push_str(parts.prefix);
    push_fill(&mut output, spec.fill, middle, room.go_on)?;
    push_grouped(parts.digits, digit_count, group, spec.separator.unwrap_or(','), &mut output, room)?;
    push_long(&mut output, parts.rest, room)?;
    push_fill(&mut output, spec.fill, right, room.go_on)?;
    Ok(output)
}

/// Puts fill around a text that is `length` characters long.
///
/// # Errors
/// `OutputLimit` when the result would be longer than the room.
pub(super) fn pad(text: &str, length: usize, spec: &FormatSpec, room: Room<'_>) -> Result<String, GuestError> {
    let padding = spec.width.saturating_sub(length);
    let bytes = padding.saturating_mul(spec.fill.len_utf8()).saturating_add(text.len());
    check_length(bytes, room.bytes)?;
    let (left, middle, right) = split_padding(padding, spec.align);
    let mut output = String::with_capacity(bytes);
    push_fill(&mut output, spec.fill, left + middle, room.go_on)?;
    push_long(&mut output, text, room)?;
    push_fill(&mut output, spec.fill, right, room.go_on)?;
    Ok(output)
}

pub(super) fn sign_of(negative: bool, mode: SignMode) -> Option<char> {
    match (negative, mode) {
        (true, _) => Some('-'),
        (false, SignMode::Plus) => Some('+'),
        (false, SignMode::Space) => Some(' '),
        (false, SignMode::Unspecified | SignMode::Minus) => None,
    }
}

/// Fill on the left, between sign and digits, and on the right.
fn split_padding(padding: usize, align: Align) -> (usize, usize, usize) {
    match align {
        Align::Left => (0, 0, padding),
        Align::Right => (padding, 0, 0),
        Align::Center => (padding / 2, 0, padding - padding / 2),
        Align::AfterSign => (0, padding, 0),
    }
}

/// A text this long or longer is copied in parts.
const LONG: usize = 1 << 16;

fn push_long(output: &mut String, text: &str, room: Room<'_>) -> Result<(), GuestError> {
    if text.len() >= LONG {
        push_text(output, text, room.go_on)?;
    } else {
        output.push_str(text);
    }
    Ok(())
}

fn separators(digits: usize, group: Option<usize>) -> usize {
    group.map_or(0, |group| digits.saturating_sub(1) / group)
}

/// How many digits to write, with leading zeros, so that they and their separators take at least `least` characters.
fn padded_digits(digits: usize, least: usize, group: Option<usize>) -> usize {
    let Some(group) = group else { return digits.max(least) };
    // Slightly too few, then counted up.
    let mut enough = (least / (group + 1)).saturating_mul(group);
    while enough.saturating_add(separators(enough, Some(group))) < least {
        enough += 1;
    }
    digits.max(enough)
}

fn push_grouped(
    digits: &str,
    count: usize,
    group: Option<usize>,
    separator: char,
    output: &mut String,
    room: Room<'_>,
) -> Result<(), GuestError> {
    let zeros = count.saturating_sub(digits.len());
    let Some(group) = group else {
        push_fill(output, '0', zeros, room.go_on)?;
        return push_long(output, digits, room);
    };
    let padded = std::iter::repeat_n('0', zeros).chain(digits.chars());
    for (place, digit) in padded.enumerate() {
        ask_now_and_then(place, room.go_on)?;
        if place > 0 && (count - place).is_multiple_of(group) {
            output.push(separator);
        }
        output.push(digit);
    }
    Ok(())
}
