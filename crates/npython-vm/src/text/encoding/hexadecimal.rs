//! `bytes.hex` and `bytes.fromhex`.

use crate::pace::{GoOn, Room, ask_now_and_then};
use crate::text::split::is_space_byte;
use crate::text::{GuestError, check_length};

/// What stands between groups of bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HexSeparator {
    byte: u8,
    /// Bytes in a group; counted from the right, or from the left when negative. Zero means one group only.
    group: i64,
}

impl HexSeparator {
    /// The separator of a string.
    ///
    /// # Errors
    /// `ValueError` when it is not one ASCII character.
    pub fn new(separator: &str, group: i64) -> Result<Self, GuestError> {
        let mut characters = separator.chars();
        match (characters.next(), characters.next()) {
            (Some(character), None) if character.is_ascii() => Ok(Self { byte: character as u8, group }),
            (Some(_), None) => Err(GuestError::value("sep must be ASCII.")),
            _ => Err(GuestError::value("sep must be length 1.")),
        }
    }

    fn group_size(self) -> usize {
        usize::try_from(self.group.unsigned_abs()).unwrap_or(usize::MAX)
    }
}

/// The length of [`hex_from_bytes`].
#[must_use]
pub fn hex_length(length: usize, separator: Option<HexSeparator>) -> usize {
    let groups = match separator.map(HexSeparator::group_size) {
        Some(size) if size > 0 => length.saturating_sub(1) / size,
        _ => 0,
    };
    length.saturating_mul(2).saturating_add(groups)
}

/// `data.hex(separator, group)`.
///
/// # Errors
/// `OutputLimit` when the result would be longer than the room.
pub fn hex_from_bytes(data: &[u8], separator: Option<HexSeparator>, room: Room<'_>) -> Result<String, GuestError> {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let length = hex_length(data.len(), separator);
    check_length(length, room.bytes)?;
    let mut output = String::with_capacity(length);
    for (index, byte) in data.iter().enumerate() {
        ask_now_and_then(index, room.go_on)?;
        if let Some(separator) = separator
            && index > 0
            && begins_group(index, data.len(), separator)
        {
            output.push(char::from(separator.byte));
        }
        output.push(char::from(DIGITS[usize::from(byte >> 4)]));
        output.push(char::from(DIGITS[usize::from(byte & 0xF)]));
    }
    Ok(output)
}

fn begins_group(index: usize, length: usize, separator: HexSeparator) -> bool {
    let size = separator.group_size();
    let counted = if separator.group > 0 { length - index } else { index };
    size > 0 && counted.is_multiple_of(size)
}

/// `bytes.fromhex(text)`: pairs of digits, with ASCII white space between the pairs.
///
/// # Errors
/// `ValueError` where something else stands; the position counts characters.
pub fn bytes_from_hex(text: &str, go_on: GoOn<'_>) -> Result<Vec<u8>, GuestError> {
    let bytes = text.as_bytes();
    let digit = |index: usize| bytes.get(index).and_then(|byte| char::from(*byte).to_digit(16));
    let mut output = Vec::with_capacity(bytes.len() / 2);
    let mut position = 0;
    let mut step = 0;
    while let Some(byte) = bytes.get(position) {
        step += 1;
        ask_now_and_then(step, go_on)?;
        if is_space_byte(*byte) {
            position += 1;
            continue;
        }
        match (digit(position), digit(position + 1)) {
            (Some(high), Some(low)) => output.push((high << 4 | low) as u8),
            (Some(_), None) => return Err(not_hexadecimal(position + 1)),
            // All before it is ASCII, so the byte's position is the character's.
            (None, _) => return Err(not_hexadecimal(position)),
        }
        position += 2;
    }
    Ok(output)
}

fn not_hexadecimal(position: usize) -> GuestError {
    GuestError::value(format!("non-hexadecimal number found in fromhex() arg at position {position}"))
}
