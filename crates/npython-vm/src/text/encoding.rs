//! Codecs between strings and bytes, with their error handlers.
//!
//! Results are at most a small multiple of their input: four times for decoding, about a hundred times for encoding with
//! `namereplace`, ten times with `xmlcharrefreplace` and the like (see [`longest_encoding`]).

mod character_map;
mod charmaps;
mod decode;
mod encode;
mod escapes;
mod handlers;
mod hexadecimal;
mod names;
mod partial;
mod units;
mod utf7;

pub use character_map::CharacterMap;
pub use decode::{decode, valid_utf8};
pub use encode::{encode, encode_code_points, longest_encoding};
pub use hexadecimal::{HexSeparator, bytes_from_hex, hex_from_bytes, hex_length};
pub use names::{Direction, Encoding, find_encoding};

use super::GuestError;
use crate::pace::Interrupted;

/// A string that may hold lone surrogates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decoded {
    /// No lone surrogates.
    Text(String),
    /// Code points, among them lone surrogates.
    CodePoints(Vec<u32>),
}

/// What a `UnicodeDecodeError` or a `UnicodeEncodeError` tells, besides the object.
///
/// Positions count bytes when decoding and characters when encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnicodeFault {
    pub encoding: &'static str,
    pub start: usize,
    pub end: usize,
    pub reason: &'static str,
}

/// Why a codec failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CodecError {
    /// A `UnicodeDecodeError` or `UnicodeEncodeError`.
    Unicode(UnicodeFault),
    /// Another exception, such as a `LookupError` for an unknown handler.
    Other(GuestError),
}

impl From<GuestError> for CodecError {
    fn from(error: GuestError) -> Self {
        Self::Other(error)
    }
}

impl From<Interrupted> for CodecError {
    fn from(interrupted: Interrupted) -> Self {
        Self::Other(interrupted.into())
    }
}

impl From<UnicodeFault> for CodecError {
    fn from(fault: UnicodeFault) -> Self {
        Self::Unicode(fault)
    }
}

/// `str(error)` of a `UnicodeDecodeError` about these bytes.
#[must_use]
pub fn decode_error_text(fault: &UnicodeFault, data: &[u8]) -> String {
    let UnicodeFault { encoding, start, end, reason } = *fault;
    match data.get(start) {
        Some(byte) if end == start + 1 => {
            format!("'{encoding}' codec can't decode byte 0x{byte:02x} in position {start}: {reason}")
        }
        _ => {
            let last = end.saturating_sub(1);
            format!("'{encoding}' codec can't decode bytes in position {start}-{last}: {reason}")
        }
    }
}

/// `str(error)` of a `UnicodeEncodeError`; `character` is the code point at the start of the fault.
#[must_use]
pub fn encode_error_text(fault: &UnicodeFault, character: Option<u32>) -> String {
    let UnicodeFault { encoding, start, end, reason } = *fault;
    match character {
        Some(code) if end == start + 1 => {
            let shown = handlers::backslash_escape(code);
            format!("'{encoding}' codec can't encode character '{shown}' in position {start}: {reason}")
        }
        _ => {
            let last = end.saturating_sub(1);
            format!("'{encoding}' codec can't encode characters in position {start}-{last}: {reason}")
        }
    }
}

/// A string under construction, which turns to code points when the first lone surrogate comes.
#[derive(Debug, Default)]
struct Output {
    text: String,
    code_points: Option<Vec<u32>>,
}

impl Output {
    fn with_capacity(capacity: usize) -> Self {
        Self { text: String::with_capacity(capacity), code_points: None }
    }

    fn push(&mut self, code: u32) {
        match (&mut self.code_points, char::from_u32(code)) {
            (Some(code_points), _) => code_points.push(code),
            (None, Some(character)) => self.text.push(character),
            (None, None) => {
                let mut code_points: Vec<u32> = self.text.chars().map(u32::from).collect();
                code_points.push(code);
                self.code_points = Some(code_points);
            }
        }
    }

    fn push_text(&mut self, text: &str) {
        match &mut self.code_points {
            Some(code_points) => code_points.extend(text.chars().map(u32::from)),
            None => self.text.push_str(text),
        }
    }

    fn finish(self) -> Decoded {
        self.code_points.map_or(Decoded::Text(self.text), Decoded::CodePoints)
    }
}

#[cfg(test)]
mod tests;
