//! Formatting of floats.

use super::layout::{DECIMAL_GROUP, split_float, write_number};
use super::{FormatSpec, unknown_code};
use crate::pace::Room;
use crate::text::GuestError;
use crate::text::float_format::{FloatStyle, Notation, float_text};

const USUAL_PRECISION: usize = 6;

/// `format(value, spec)` of a float.
///
/// # Errors
/// `ValueError` for a code floats do not know and for precisions CPython refuses; `OutputLimit`.
pub fn format_float(value: f64, spec: &FormatSpec, type_name: &str, room: Room<'_>) -> Result<String, GuestError> {
    let percent = spec.code == Some('%');
    let (notation, upper) = if percent { (Notation::Fixed, false) } else { notation_of(spec.code, type_name)? };
    let mut style = style_of(notation, upper, spec);
    style.point_zero = notation == Notation::Shortest;
    let mut text = float_text(if percent { value * 100.0 } else { value }, &style, room)?;
    if percent {
        text.push('%');
    }
    write_number(&split_float(&text), spec, DECIMAL_GROUP, room)
}

/// The notation of a code, and whether its letters are capitals.
///
/// # Errors
/// `ValueError` for a code that numbers with a fraction do not know.
pub(super) fn notation_of(code: Option<char>, type_name: &str) -> Result<(Notation, bool), GuestError> {
    Ok(match code {
        // CPython marks a missing code by a NUL, and so takes a NUL for one.
        None | Some('\0') => (Notation::Shortest, false),
        Some('f') => (Notation::Fixed, false),
        Some('F') => (Notation::Fixed, true),
        Some('e') => (Notation::Exponent, false),
        Some('E') => (Notation::Exponent, true),
        Some('g' | 'n') => (Notation::General, false),
        Some('G') => (Notation::General, true),
        Some(code) => return Err(unknown_code(code, type_name)),
    })
}

/// The style a specification asks for; a precision turns the default notation into the general one.
pub(super) fn style_of(notation: Notation, upper: bool, spec: &FormatSpec) -> FloatStyle {
    let notation =
        if notation == Notation::Shortest && spec.precision.is_some() { Notation::General } else { notation };
    FloatStyle {
        notation,
        precision: spec.precision.unwrap_or(USUAL_PRECISION),
        upper,
        alternate: spec.alternate,
        point_zero: false,
        no_negative_zero: spec.no_negative_zero,
    }
}
