//! Error handlers: what to do where a codec cannot go on.

use super::{CodecError, Output, UnicodeFault};
use crate::text::{ErrorKind, GuestError};

/// The replacement character.
const REPLACEMENT: u32 = 0xFFFD;
/// The first of the surrogates that stand for bytes.
const ESCAPED_BYTES: u32 = 0xDC00;
/// `surrogateescape` takes at most this many bytes at a time.
const ESCAPED_AT_ONCE: usize = 4;

/// A handler, looked up by name when the first fault occurs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Handler {
    Strict,
    Ignore,
    Replace,
    BackslashReplace,
    XmlCharRefReplace,
    NameReplace,
    SurrogateEscape,
    SurrogatePass,
}

impl Handler {
    pub(super) fn from_name(name: &str) -> Result<Self, GuestError> {
        Ok(match name {
            "strict" => Self::Strict,
            "ignore" => Self::Ignore,
            "replace" => Self::Replace,
            "backslashreplace" => Self::BackslashReplace,
            "xmlcharrefreplace" => Self::XmlCharRefReplace,
            "namereplace" => Self::NameReplace,
            "surrogateescape" => Self::SurrogateEscape,
            "surrogatepass" => Self::SurrogatePass,
            _ => {
                return Err(GuestError::new(ErrorKind::LookupError, format!("unknown error handler name '{name}'")));
            }
        })
    }
}

/// Handles a fault of decoding: writes what stands for the bytes and returns where to go on.
pub(super) fn handle_decoding(
    fault: UnicodeFault,
    data: &[u8],
    handler: &str,
    output: &mut Output,
) -> Result<usize, CodecError> {
    let bytes = data.get(fault.start..fault.end).unwrap_or_default();
    match Handler::from_name(handler)? {
        Handler::Strict => return Err(fault.into()),
        Handler::Ignore => {}
        Handler::Replace => output.push(REPLACEMENT),
        Handler::BackslashReplace => bytes.iter().for_each(|byte| output.push_text(&format!("\\x{byte:02x}"))),
        Handler::XmlCharRefReplace | Handler::NameReplace => {
            return Err(GuestError::type_error("don't know how to handle UnicodeDecodeError in error callback").into());
        }
        Handler::SurrogateEscape => {
            let escaped = bytes.iter().take(ESCAPED_AT_ONCE).take_while(|byte| !byte.is_ascii()).count();
            if escaped == 0 {
                return Err(fault.into());
            }
            bytes.iter().take(escaped).for_each(|byte| output.push(ESCAPED_BYTES + u32::from(*byte)));
            return Ok(fault.start + escaped);
        }
        Handler::SurrogatePass => {
            let rest = data.get(fault.start..).unwrap_or_default();
            let (surrogate, length) = encoded_surrogate(rest, fault.encoding).ok_or(fault)?;
            output.push(surrogate);
            return Ok(fault.start + length);
        }
    }
    Ok(fault.end)
}

/// A surrogate encoded like any other character, and how many bytes it takes.
fn encoded_surrogate(data: &[u8], encoding: &str) -> Option<(u32, usize)> {
    let (code, length) = match (encoding, data) {
        ("utf-8", [0xED, second @ 0xA0..=0xBF, third @ 0x80..=0xBF, ..]) => {
            (0xD000 | u32::from(second & 0x3F) << 6 | u32::from(third & 0x3F), 3)
        }
        ("utf-16-le", [low, high, ..]) => (u32::from(u16::from_le_bytes([*low, *high])), 2),
        ("utf-16-be", [high, low, ..]) => (u32::from(u16::from_be_bytes([*high, *low])), 2),
        ("utf-32-le", [a, b, c, d, ..]) => (u32::from_le_bytes([*a, *b, *c, *d]), 4),
        ("utf-32-be", [a, b, c, d, ..]) => (u32::from_be_bytes([*a, *b, *c, *d]), 4),
        _ => return None,
    };
    (0xD800..0xE000).contains(&code).then_some((code, length))
}

/// What an encoder writes for characters it cannot encode.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Substitute {
    /// ASCII text, to be encoded in turn.
    Text(String),
    /// Bytes as they are.
    Bytes(Vec<u8>),
}

/// Handles a fault of encoding, at the characters given: what stands for them, and how many of them.
pub(super) fn handle_encoding(
    fault: UnicodeFault,
    characters: &[u32],
    handler: &str,
) -> Result<(Substitute, usize), CodecError> {
    let mut text = String::new();
    match Handler::from_name(handler)? {
        Handler::Strict => return Err(fault.into()),
        Handler::Ignore => {}
        Handler::Replace => text.extend(characters.iter().map(|_| '?')),
        Handler::BackslashReplace => characters.iter().for_each(|code| text.push_str(&backslash_escape(*code))),
        Handler::XmlCharRefReplace => {
            characters.iter().for_each(|code| text.push_str(&format!("&#{code};")));
        }
        Handler::NameReplace => characters.iter().for_each(|code| push_name(*code, &mut text)),
        Handler::SurrogateEscape => {
            let is_escaped = |code: &&u32| (ESCAPED_BYTES + 0x80..=ESCAPED_BYTES + 0xFF).contains(*code);
            let bytes: Vec<u8> = characters.iter().take_while(is_escaped).map(|code| *code as u8).collect();
            let count = bytes.len();
            return if count > 0 { Ok((Substitute::Bytes(bytes), count)) } else { Err(fault.into()) };
        }
        Handler::SurrogatePass => {
            let mut bytes = Vec::new();
            for code in characters {
                if !(0xD800..0xE000).contains(code) || !push_surrogate(*code as u16, fault.encoding, &mut bytes) {
                    return Err(fault.into());
                }
            }
            return Ok((Substitute::Bytes(bytes), characters.len()));
        }
    }
    Ok((Substitute::Text(text), characters.len()))
}

fn push_surrogate(code: u16, encoding: &str, bytes: &mut Vec<u8>) -> bool {
    match encoding {
        "utf-8" => bytes.extend([0xED, 0x80 | (code >> 6 & 0x3F) as u8, 0x80 | (code & 0x3F) as u8]),
        "utf-16" | "utf-16-le" => bytes.extend(code.to_le_bytes()),
        "utf-16-be" => bytes.extend(code.to_be_bytes()),
        "utf-32" | "utf-32-le" => bytes.extend(u32::from(code).to_le_bytes()),
        "utf-32-be" => bytes.extend(u32::from(code).to_be_bytes()),
        _ => return false,
    }
    true
}

fn push_name(code: u32, text: &mut String) {
    match char::from_u32(code).and_then(unicode_names2::name) {
        Some(name) => text.push_str(&format!("\\N{{{name}}}")),
        None => text.push_str(&backslash_escape(code)),
    }
}

/// A code point as `\xhh`, `\uhhhh` or `\Uhhhhhhhh`.
pub(super) fn backslash_escape(code: u32) -> String {
    match code {
        ..=0xFF => format!("\\x{code:02x}"),
        0x100..=0xFFFF => format!("\\u{code:04x}"),
        _ => format!("\\U{code:08x}"),
    }
}
