//! What the readers of ints, floats and complex numbers share.

use std::borrow::Cow;

use super::unicode::{decimal_value, is_space_char};
use crate::pace::{self, GoOn, Interrupted, ask_now_and_then};

/// Writes decimal digits of all scripts as ASCII digits and spaces as ASCII spaces; a character that is neither ends the
/// text with a question mark. Text that is ASCII stays as it is.
pub(crate) fn to_ascii_digits<'text>(text: &'text str, go_on: GoOn<'_>) -> Result<Cow<'text, [u8]>, Interrupted> {
    if text.is_ascii() {
        return Ok(Cow::Borrowed(text.as_bytes()));
    }
    let mut output = Vec::with_capacity(text.len());
    for (step, character) in text.chars().enumerate() {
        ask_now_and_then(step, go_on)?;
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
    Ok(Cow::Owned(output))
}

/// Whether C's `isspace` holds.
pub(crate) fn is_ascii_space(byte: u8) -> bool {
    matches!(byte, b'\t'..=b'\r' | b' ')
}

pub(crate) fn trim_ascii_space<'text>(bytes: &'text [u8], go_on: GoOn<'_>) -> Result<&'text [u8], Interrupted> {
    let stays = |byte: &u8| !is_ascii_space(*byte);
    let start = pace::position(bytes, stays, go_on)?.unwrap_or(bytes.len());
    let end = pace::last_position(bytes, stays, go_on)?.map_or(start, |last| last + 1);
    Ok(bytes.get(start..end).unwrap_or_default())
}

/// Whether each underscore stands between two digits.
pub(crate) fn has_valid_underscores(bytes: &[u8], go_on: GoOn<'_>) -> Result<bool, Interrupted> {
    let mut previous = 0_u8;
    for (step, &byte) in bytes.iter().enumerate() {
        ask_now_and_then(step, go_on)?;
        let valid = if byte == b'_' { previous.is_ascii_digit() } else { previous != b'_' || byte.is_ascii_digit() };
        if !valid {
            return Ok(false);
        }
        previous = byte;
    }
    Ok(previous != b'_')
}
