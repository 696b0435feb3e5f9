//! Laying out converted values.

use num_bigint::{BigInt, Sign};

use super::parser::{Count, Field, Flags};
use crate::numeric::integer::{big_to_decimal, to_base};
use crate::pace::{self, Room, push_fill};
use crate::text::float_format::{FloatStyle, Notation, float_text};
use crate::text::{GuestError, check_length};

const USUAL_PRECISION: usize = 6;

/// Flags, width and precision of a conversion, with the values of stars put in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    pub flags: Flags,
    pub width: usize,
    pub precision: Option<usize>,
}

impl Layout {
    /// The layout of a field; a negative width from a star aligns to the left, a negative precision counts as zero.
    #[must_use]
    pub fn new(field: &Field, star_width: i64, star_precision: i64) -> Self {
        let mut flags = field.flags;
        let width = match field.width {
            Count::Fixed(width) => width,
            Count::Star => {
                flags.left = flags.left || star_width < 0;
                usize::try_from(star_width.unsigned_abs()).unwrap_or(usize::MAX)
            }
            Count::None | Count::TooBig => 0,
        };
        let precision = match field.precision {
            Count::Fixed(precision) => Some(precision),
            Count::Star => Some(usize::try_from(star_precision).unwrap_or(0)),
            Count::None | Count::TooBig => None,
        };
        Self { flags, width, precision }
    }
}

/// Lays out the text of `%s`, `%r`, `%a`, and without precision that of `%c`.
///
/// # Errors
/// `OutputLimit` when the result would be longer than the room.
pub fn format_text(text: &str, layout: &Layout, room: Room<'_>) -> Result<String, GuestError> {
    let cut = layout.precision.and_then(|precision| text.char_indices().nth(precision));
    let shown = cut.and_then(|(end, _)| text.get(..end)).unwrap_or(text);
    let padding = layout.width.saturating_sub(shown.chars().count());
    check_length(padding.saturating_add(shown.len()), room.bytes)?;
    let (left, right) = if layout.flags.left { (0, padding) } else { (padding, 0) };
    let mut output = String::with_capacity(padding + shown.len());
    push_fill(&mut output, ' ', left, room.go_on)?;
    output.push_str(shown);
    push_fill(&mut output, ' ', right, room.go_on)?;
    Ok(output)
}

/// Lays out the bytes of `%b`, `%s`, `%r`, `%a` in a bytes template, and without precision that of `%c`.
///
/// # Errors
/// `OutputLimit` when the result would be longer than the room.
pub fn format_bytes(data: &[u8], layout: &Layout, room: Room<'_>) -> Result<Vec<u8>, GuestError> {
    let shown = layout.precision.and_then(|precision| data.get(..precision)).unwrap_or(data);
    let padding = layout.width.saturating_sub(shown.len());
    check_length(padding.saturating_add(shown.len()), room.bytes)?;
    let mut output = Vec::with_capacity(padding + shown.len());
    if layout.flags.left {
        output.extend_from_slice(shown);
        pace::push_bytes(&mut output, b' ', padding, room.go_on)?;
    } else {
        pace::push_bytes(&mut output, b' ', padding, room.go_on)?;
        output.extend_from_slice(shown);
    }
    Ok(output)
}

/// Lays out an int that fits `i64` for one of `d`, `i`, `u`, `o`, `x` and `X`.
///
/// # Errors
/// `OutputLimit` when the result would be longer than the room.
pub fn format_small(value: i64, code: char, layout: &Layout, room: Room<'_>) -> Result<String, GuestError> {
    let magnitude = value.unsigned_abs();
    let digits = match code {
        'o' => format!("{magnitude:o}"),
        'x' => format!("{magnitude:x}"),
        'X' => format!("{magnitude:X}"),
        _ => magnitude.to_string(),
    };
    write_integer(value < 0, &digits, code, layout, room)
}

/// Lays out an int of any size; see [`format_small`].
///
/// # Errors
/// `ValueError` when it has more decimal digits than the limit; `OutputLimit`.
pub fn format_big(
    value: &BigInt,
    code: char,
    layout: &Layout,
    digit_limit: usize,
    room: Room<'_>,
) -> Result<String, GuestError> {
    let digits = match code {
        'o' => to_base(value.magnitude(), 8, room.go_on)?,
        'x' => to_base(value.magnitude(), 16, room.go_on)?,
        'X' => to_base(value.magnitude(), 16, room.go_on)?.to_ascii_uppercase(),
        _ => big_to_decimal(value, digit_limit)?,
    };
    let digits = digits.strip_prefix('-').unwrap_or(&digits);
    write_integer(value.sign() == Sign::Minus, digits, code, layout, room)
}

fn write_integer(
    negative: bool,
    digits: &str,
    code: char,
    layout: &Layout,
    room: Room<'_>,
) -> Result<String, GuestError> {
    let prefix = match code {
        'o' if layout.flags.alternate => "0o",
        'x' if layout.flags.alternate => "0x",
        'X' if layout.flags.alternate => "0X",
        _ => "",
    };
    let zeros = layout.precision.unwrap_or(0).saturating_sub(digits.len());
    write_number(negative, prefix, zeros, digits, layout, room)
}

/// Lays out a float for one of `e`, `f`, `g` and their upper case forms.
///
/// # Errors
/// `OutputLimit` when the result would be longer than the room.
pub fn format_float(value: f64, code: char, layout: &Layout, room: Room<'_>) -> Result<String, GuestError> {
    let notation = match code.to_ascii_lowercase() {
        'e' => Notation::Exponent,
        'g' => Notation::General,
        _ => Notation::Fixed,
    };
    let style = FloatStyle {
        precision: layout.precision.unwrap_or(USUAL_PRECISION),
        upper: code.is_ascii_uppercase(),
        alternate: layout.flags.alternate,
        ..FloatStyle::new(notation)
    };
    let text = float_text(value, &style, room)?;
    let unsigned = text.strip_prefix('-').unwrap_or(&text);
    write_number(unsigned.len() < text.len(), "", 0, unsigned, layout, room)
}

fn write_number(
    negative: bool,
    prefix: &str,
    zeros: usize,
    digits: &str,
    layout: &Layout,
    room: Room<'_>,
) -> Result<String, GuestError> {
    let flags = layout.flags;
    let sign = match negative {
        true => "-",
        false if flags.plus => "+",
        false if flags.space => " ",
        false => "",
    };
    let length = zeros.saturating_add(sign.len() + prefix.len() + digits.len());
    check_length(length.max(layout.width), room.bytes)?;
    let padding = layout.width.saturating_sub(length);
    let (left, middle, right) = match (flags.left, flags.zero) {
        (true, _) => (0, 0, padding),
        (false, true) => (0, padding, 0),
        (false, false) => (padding, 0, 0),
    };
    let mut output = String::with_capacity(length + padding);
    push_fill(&mut output, ' ', left, room.go_on)?;
    output.push_str(sign);
    output.push_str(prefix);
    push_fill(&mut output, '0', middle + zeros, room.go_on)?;
    output.push_str(digits);
    push_fill(&mut output, ' ', right, room.go_on)?;
    Ok(output)
}
