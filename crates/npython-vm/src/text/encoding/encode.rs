//! Encoding: strings to bytes.

use crate::pace::{self, GoOn, ask_now_and_then};

use super::handlers::{Substitute, handle_encoding};
use super::units::Order;
use super::{CodecError, Encoding, UnicodeFault, escapes, partial, utf7};

/// The most bytes a character can become, for the caller to reserve.
#[must_use]
pub fn longest_encoding(encoding: Encoding, handler: &str) -> usize {
    let substitute = match handler {
        "namereplace" => 100,
        "backslashreplace" | "xmlcharrefreplace" => 10,
        _ => 1,
    };
    match encoding {
        Encoding::UnicodeEscape | Encoding::RawUnicodeEscape | Encoding::Utf7 => 10,
        Encoding::Utf16 | Encoding::Utf16Le | Encoding::Utf16Be => (2 * substitute).max(4),
        Encoding::Utf32 | Encoding::Utf32Le | Encoding::Utf32Be => 4 * substitute,
        _ => substitute.max(4),
    }
}

/// `text.encode(encoding, handler)`. The handler is looked up only when a fault occurs.
///
/// # Errors
/// A Unicode fault where the handler gives up, `LookupError` for a handler that is not known.
pub fn encode(text: &str, encoding: Encoding, handler: &str, go_on: GoOn<'_>) -> Result<Vec<u8>, CodecError> {
    match encoding {
        Encoding::Utf8 => Ok(pace::copy(text.as_bytes(), go_on)?),
        Encoding::Ascii | Encoding::Latin1 | Encoding::Map(_) | Encoding::Partial
            if text.is_ascii() && encoding.extends_ascii() =>
        {
            Ok(pace::copy(text.as_bytes(), go_on)?)
        }
        _ => run(text.chars().map(u32::from), encoding, handler, go_on),
    }
}

/// As [`encode`], of a string with lone surrogates.
///
/// # Errors
/// As for [`encode`].
pub fn encode_code_points(
    code_points: &[u32],
    encoding: Encoding,
    handler: &str,
    go_on: GoOn<'_>,
) -> Result<Vec<u8>, CodecError> {
    run(code_points.iter().copied(), encoding, handler, go_on)
}

fn run(
    code_points: impl Iterator<Item = u32>,
    encoding: Encoding,
    handler: &str,
    go_on: GoOn<'_>,
) -> Result<Vec<u8>, CodecError> {
    if encoding == Encoding::Partial {
        return Err(partial::beyond_ascii().into());
    }
    if encoding == Encoding::Utf7 {
        return Ok(utf7::encode(code_points, go_on)?);
    }
    let mut bytes = Vec::new();
    push_mark(encoding, &mut bytes);
    let mut code_points = code_points.enumerate().peekable();
    let mut step = 0;
    while let Some((start, code)) = code_points.next() {
        step += 1;
        ask_now_and_then(step, go_on)?;
        if push(code, encoding, &mut bytes) {
            continue;
        }
        // Neighbours that cannot be encoded either belong to the same fault.
        let mut characters = vec![code];
        while gathers_neighbours(encoding)
            && (characters.len() < GATHERED_AT_ONCE || !never_fails(handler))
            && let Some((_, next)) = code_points.next_if(|(_, next)| !can_encode(*next, encoding))
        {
            step += 1;
            ask_now_and_then(step, go_on)?;
            characters.push(next);
        }
        substitute(start, &characters, encoding, handler, &mut bytes)?;
    }
    Ok(bytes)
}

/// So many neighbours make up a fault where its extent does not show.
const GATHERED_AT_ONCE: usize = 1 << 12;

/// Whether a handler writes something for every character, each for itself.
fn never_fails(handler: &str) -> bool {
    matches!(handler, "ignore" | "replace" | "backslashreplace" | "xmlcharrefreplace" | "namereplace")
}

/// Writes what the handler makes of characters that cannot be encoded.
fn substitute(
    start: usize,
    characters: &[u32],
    encoding: Encoding,
    handler: &str,
    bytes: &mut Vec<u8>,
) -> Result<(), CodecError> {
    let mut done = 0;
    while let Some(rest) = characters.get(done..).filter(|rest| !rest.is_empty()) {
        let fault = UnicodeFault {
            encoding: encoding.error_name(),
            start: start + done,
            end: start + characters.len(),
            reason: reason_of(encoding),
        };
        let (substitute, count) = handle_encoding(fault, rest, handler)?;
        match substitute {
            Substitute::Bytes(raw) if raw.len().is_multiple_of(unit_size(encoding)) => bytes.extend(raw),
            Substitute::Bytes(_) => return Err(fault.into()),
            Substitute::Text(text) => text.chars().for_each(|character| {
                push(u32::from(character), encoding, bytes);
            }),
        }
        done += count;
    }
    Ok(())
}

fn unit_size(encoding: Encoding) -> usize {
    match encoding {
        Encoding::Utf16 | Encoding::Utf16Le | Encoding::Utf16Be => 2,
        Encoding::Utf32 | Encoding::Utf32Le | Encoding::Utf32Be => 4,
        _ => 1,
    }
}

fn gathers_neighbours(encoding: Encoding) -> bool {
    matches!(encoding, Encoding::Utf8 | Encoding::Utf8Sig | Encoding::Ascii | Encoding::Latin1 | Encoding::Map(_))
}

fn reason_of(encoding: Encoding) -> &'static str {
    match encoding {
        Encoding::Ascii => "ordinal not in range(128)",
        Encoding::Latin1 => "ordinal not in range(256)",
        Encoding::Map(_) => "character maps to <undefined>",
        _ => "surrogates not allowed",
    }
}

fn can_encode(code: u32, encoding: Encoding) -> bool {
    match encoding {
        Encoding::Ascii => code < 0x80,
        Encoding::Latin1 => code < 0x100,
        Encoding::Map(map) => map.byte(code).is_some(),
        Encoding::UnicodeEscape | Encoding::RawUnicodeEscape | Encoding::Utf7 => true,
        _ => char::from_u32(code).is_some(),
    }
}

fn push_mark(encoding: Encoding, bytes: &mut Vec<u8>) {
    match encoding {
        Encoding::Utf8Sig => bytes.extend(b"\xEF\xBB\xBF"),
        Encoding::Utf16 => bytes.extend(b"\xFF\xFE"),
        Encoding::Utf32 => bytes.extend(b"\xFF\xFE\x00\x00"),
        _ => {}
    }
}

/// Writes a character; false when the encoding has none for it.
fn push(code: u32, encoding: Encoding, bytes: &mut Vec<u8>) -> bool {
    if !can_encode(code, encoding) {
        return false;
    }
    match encoding {
        Encoding::Ascii | Encoding::Latin1 => bytes.push(code as u8),
        Encoding::Map(map) => bytes.extend(map.byte(code)),
        // Never asked for less than a whole text.
        Encoding::Utf7 => {}
        Encoding::UnicodeEscape => escapes::push_unicode_escape(code, bytes),
        Encoding::RawUnicodeEscape => escapes::push_raw_unicode_escape(code, bytes),
        Encoding::Utf16 | Encoding::Utf16Le => push_utf16(code, Order::Little, bytes),
        Encoding::Utf16Be => push_utf16(code, Order::Big, bytes),
        Encoding::Utf32 | Encoding::Utf32Le => Order::Little.push32(code, bytes),
        Encoding::Utf32Be => Order::Big.push32(code, bytes),
        Encoding::Utf8 | Encoding::Utf8Sig | Encoding::Partial => {
            let character = char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
            bytes.extend(character.encode_utf8(&mut [0; 4]).bytes());
        }
    }
    true
}

fn push_utf16(code: u32, order: Order, bytes: &mut Vec<u8>) {
    let character = char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
    for unit in character.encode_utf16(&mut [0; 2]) {
        order.push16(*unit, bytes);
    }
}
