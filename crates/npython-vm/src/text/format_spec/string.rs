//! Formatting of strings.

use super::layout::pad;
use super::{Align, FormatSpec, SignMode, unknown_code};
use crate::pace::Room;
use crate::text::GuestError;

/// `format(text, spec)` of a string.
///
/// # Errors
/// `ValueError` for what the specification may not ask of a string; `OutputLimit`.
pub fn format_string(text: &str, spec: &FormatSpec, type_name: &str, room: Room<'_>) -> Result<String, GuestError> {
    if let Some(code) = spec.code.filter(|code| *code != 's') {
        return Err(unknown_code(code, type_name));
    }
    let refused = match spec.sign {
        SignMode::Unspecified if spec.no_negative_zero => {
            "Negative zero coercion (z) not allowed in string format specifier"
        }
        SignMode::Unspecified if spec.alternate => "Alternate form (#) not allowed in string format specifier",
        SignMode::Unspecified if spec.align == Align::AfterSign => {
            "'=' alignment not allowed in string format specifier"
        }
        SignMode::Unspecified => "",
        SignMode::Space => "Space not allowed in string format specifier",
        SignMode::Plus | SignMode::Minus => "Sign not allowed in string format specifier",
    };
    if !refused.is_empty() {
        return Err(GuestError::value(refused));
    }
    let shown = match spec.precision.and_then(|precision| text.char_indices().nth(precision)) {
        Some((end, _)) => text.get(..end).unwrap_or(text),
        None => text,
    };
    pad(shown, shown.chars().count(), spec, room)
}
