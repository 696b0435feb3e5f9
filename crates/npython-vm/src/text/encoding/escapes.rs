//! The codecs `unicode_escape` and `raw_unicode_escape`.

use crate::pace::{GoOn, ask_now_and_then};

use super::handlers::{backslash_escape, handle_decoding};
use super::{CodecError, Decoded, Output, UnicodeFault};

/// A step of decoding: what a sequence means and where it ends, or why it means nothing.
type Step = Result<(Meaning, usize), (usize, &'static str)>;

enum Meaning {
    Nothing,
    Character(u32),
    /// The backslash itself and the character after it.
    Literal(u8),
}

pub(super) fn decode_unicode_escape(data: &[u8], handler: &str, go_on: GoOn<'_>) -> Result<Decoded, CodecError> {
    decode(data, handler, "unicodeescape", escape_at, go_on)
}

pub(super) fn decode_raw_unicode_escape(data: &[u8], handler: &str, go_on: GoOn<'_>) -> Result<Decoded, CodecError> {
    decode(data, handler, "rawunicodeescape", raw_escape_at, go_on)
}

fn decode(
    data: &[u8],
    handler: &str,
    encoding: &'static str,
    escape: impl Fn(&[u8], usize) -> Step,
    go_on: GoOn<'_>,
) -> Result<Decoded, CodecError> {
    let mut output = Output::with_capacity(data.len());
    let mut position = 0;
    let mut step = 0;
    while let Some(byte) = data.get(position) {
        step += 1;
        ask_now_and_then(step, go_on)?;
        if *byte != b'\\' {
            output.push(u32::from(*byte));
            position += 1;
            continue;
        }
        match escape(data, position) {
            Ok((meaning, end)) => {
                match meaning {
                    Meaning::Nothing => {}
                    Meaning::Character(code) => output.push(code),
                    Meaning::Literal(byte) => {
                        output.push_text("\\");
                        output.push(u32::from(byte));
                    }
                }
                position = end;
            }
            Err((end, reason)) => {
                let fault = UnicodeFault { encoding, start: position, end, reason };
                position = handle_decoding(fault, data, handler, &mut output)?;
            }
        }
    }
    Ok(output.finish())
}

fn escape_at(data: &[u8], start: usize) -> Step {
    let after = start + 2;
    let character = |code: u8| Ok((Meaning::Character(u32::from(code)), after));
    let Some(kind) = data.get(start + 1) else { return Err((data.len(), "\\ at end of string")) };
    match kind {
        b'\n' => Ok((Meaning::Nothing, after)),
        b'\\' | b'\'' | b'"' => character(*kind),
        b'a' => character(0x07),
        b'b' => character(0x08),
        b'f' => character(0x0C),
        b'n' => character(b'\n'),
        b'r' => character(b'\r'),
        b't' => character(b'\t'),
        b'v' => character(0x0B),
        b'0'..=b'7' => Ok(octal(data, start + 1)),
        b'x' => hexadecimal(data, after, 2, "truncated \\xXX escape"),
        b'u' => hexadecimal(data, after, 4, "truncated \\uXXXX escape"),
        b'U' => hexadecimal(data, after, 8, "truncated \\UXXXXXXXX escape")
            .and_then(|(meaning, end)| check_range(meaning, end, "illegal Unicode character")),
        b'N' => named(data, after),
        other => Ok((Meaning::Literal(*other), after)),
    }
}

fn raw_escape_at(data: &[u8], start: usize) -> Step {
    match data.get(start + 1) {
        None => Ok((Meaning::Character(u32::from(b'\\')), start + 1)),
        Some(b'u') => hexadecimal(data, start + 2, 4, "truncated \\uXXXX escape"),
        Some(b'U') => hexadecimal(data, start + 2, 8, "truncated \\UXXXXXXXX escape")
            .and_then(|(meaning, end)| check_range(meaning, end, "\\Uxxxxxxxx out of range")),
        Some(other) => Ok((Meaning::Literal(*other), start + 2)),
    }
}

fn check_range(meaning: Meaning, end: usize, reason: &'static str) -> Step {
    match meaning {
        Meaning::Character(0x11_0000..) => Err((end, reason)),
        meaning => Ok((meaning, end)),
    }
}

fn octal(data: &[u8], start: usize) -> (Meaning, usize) {
    let digits = data.get(start..).unwrap_or_default().iter().take(3).take_while(|byte| matches!(byte, b'0'..=b'7'));
    let (code, count) = digits.fold((0, 0), |(code, count), digit| (code * 8 + u32::from(digit - b'0'), count + 1));
    (Meaning::Character(code), start + count)
}

fn hexadecimal(data: &[u8], start: usize, wanted: usize, truncated: &'static str) -> Step {
    let rest = data.get(start..).unwrap_or_default();
    let digits = rest.iter().map_while(|byte| char::from(*byte).to_digit(16)).take(wanted);
    let (code, count) = digits.fold((0, 0), |(code, count), digit| (code << 4 | digit, count + 1));
    if count < wanted { Err((start + count, truncated)) } else { Ok((Meaning::Character(code), start + count)) }
}

fn named(data: &[u8], start: usize) -> Step {
    let malformed = "malformed \\N character escape";
    let Some(rest) = data.get(start..).and_then(|rest| rest.strip_prefix(b"{")) else { return Err((start, malformed)) };
    let Some(length) = rest.iter().position(|byte| *byte == b'}') else { return Err((data.len(), malformed)) };
    let end = start + 1 + length;
    if length == 0 {
        return Err((end, malformed));
    }
    let name = rest.get(..length).and_then(|name| std::str::from_utf8(name).ok());
    match name.and_then(unicode_names2::character) {
        Some(character) => Ok((Meaning::Character(u32::from(character)), end + 1)),
        None => Err((end + 1, "unknown Unicode character name")),
    }
}

/// Appends a character as `unicode_escape` writes it.
pub(super) fn push_unicode_escape(code: u32, bytes: &mut Vec<u8>) {
    match code {
        0x5C => bytes.extend(b"\\\\"),
        0x09 => bytes.extend(b"\\t"),
        0x0A => bytes.extend(b"\\n"),
        0x0D => bytes.extend(b"\\r"),
        0x20..0x7F => bytes.push(code as u8),
        _ => bytes.extend(backslash_escape(code).into_bytes()),
    }
}

/// Appends a character as `raw_unicode_escape` writes it.
pub(super) fn push_raw_unicode_escape(code: u32, bytes: &mut Vec<u8>) {
    if code < 0x100 {
        bytes.push(code as u8);
    } else {
        bytes.extend(backslash_escape(code).into_bytes());
    }
}
