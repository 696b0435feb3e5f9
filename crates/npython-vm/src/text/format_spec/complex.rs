//! Formatting of complex numbers.

use super::float::{notation_of, style_of};
use super::layout::{DECIMAL_GROUP, pad, split_float, write_number};
use super::{Align, FormatSpec, SignMode};
use crate::numeric::complex::Complex;
use crate::pace::Room;
use crate::text::GuestError;
use crate::text::float_format::{Notation, float_text};

/// `format(value, spec)` of a complex number.
///
/// # Errors
/// `ValueError` for what the specification may not ask of a complex number; `OutputLimit`.
pub fn format_complex(
    value: Complex,
    spec: &FormatSpec,
    type_name: &str,
    room: Room<'_>,
) -> Result<String, GuestError> {
    let (notation, upper) = notation_of(spec.code, type_name)?;
    if spec.fill == '0' {
        return Err(GuestError::value("Zero padding is not allowed in complex format specifier"));
    }
    if spec.align == Align::AfterSign {
        return Err(GuestError::value("'=' alignment flag is not allowed in complex format specifier"));
    }
    let like_repr = notation == Notation::Shortest;
    let only_imaginary = like_repr && value.real == 0.0 && value.real.is_sign_positive();
    let style = style_of(notation, upper, spec);
    let part = |number: f64, sign: SignMode| {
        let bare = FormatSpec { width: 0, fill: ' ', align: Align::Left, sign, ..*spec };
        write_number(&split_float(&float_text(number, &style, room)?), &bare, DECIMAL_GROUP, room)
    };
    let text = if only_imaginary {
        format!("{}j", part(value.imaginary, spec.sign)?)
    } else {
        let (real, imaginary) = (part(value.real, spec.sign)?, part(value.imaginary, SignMode::Plus)?);
        if like_repr { format!("({real}{imaginary}j)") } else { format!("{real}{imaginary}j") }
    };
    pad(&text, text.len(), spec, room)
}
