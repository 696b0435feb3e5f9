//! What the readers of ints, floats and complex numbers share.

use std::borrow::Cow;

use super::unicode::{decimal_value, is_space_char};

/// Writes decimal digits of all scripts as ASCII digits and spaces as ASCII spaces; a character that is neither ends the
/// text with a question mark. Text that is ASCII stays as it is.
pub(crate) fn to_ascii_digits(text: &str) -> Cow<'_, [u8]> {
    if text.is_ascii() {
        return Cow::Borrowed(text.as_bytes());
    }
    let mut output = Vec::with_capacity(text.len());
    for character in text.chars() {
        if character.is_ascii() {
            output.push(character as u8);
        } else if let Some(value) = decimal_value(character) {
            output.push(b'0' + value);
        } else if is_space_char(character) {
            output.push(b' ');
        } else {
            output.push(b'?');
            break;
        }
    }
    Cow::Owned(output)
}

/// Whether C's `isspace` holds.
pub(crate) fn is_ascii_space(byte: u8) -> bool {
    matches!(byte, b'\t'..=b'\r' | b' ')
}

pub(crate) fn trim_ascii_space(bytes: &[u8]) -> &[u8] {
    let start = bytes.iter().position(|byte| !is_ascii_space(*byte)).unwrap_or(bytes.len());
    let end = bytes.iter().rposition(|byte| !is_ascii_space(*byte)).map_or(start, |last| last + 1);
    bytes.get(start..end).unwrap_or_default()
}

/// Whether each underscore stands between two digits.
pub(crate) fn has_valid_underscores(bytes: &[u8]) -> bool {
    let mut previous = 0_u8;
    for &byte in bytes {
        let valid = if byte == b'_' { previous.is_ascii_digit() } else { previous != b'_' || byte.is_ascii_digit() };
        if !valid {
            return false;
        }
        previous = byte;
    }
    previous != b'_'
}
