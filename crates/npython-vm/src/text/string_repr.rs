//! `repr` and `ascii` of strings, bytes and bytearrays.
//!
//! The result is at most [`LONGEST_ESCAPE`] times as long as its input, plus the quotes.

use std::fmt::Write;

use crate::pace::{self, GoOn, Interrupted, UNASKED};

use super::unicode::is_printable_char;

/// How many bytes of output a byte of input can become.
pub const LONGEST_ESCAPE: usize = 4;

/// `repr` of a string.
#[must_use]
pub fn string_repr(text: &str) -> String {
    let mut output = String::with_capacity(text.len() + 2);
    let _ = write_string_repr(text, &mut output, UNASKED);
    output
}

/// `ascii` of a string.
#[must_use]
pub fn string_ascii(text: &str) -> String {
    escape_non_ascii(&string_repr(text), UNASKED).unwrap_or_default()
}

/// Appends `repr(text)`.
///
/// # Errors
/// `Interrupted` when `go_on` says so.
pub fn write_string_repr(text: &str, output: &mut String, go_on: GoOn<'_>) -> Result<(), Interrupted> {
    let quote = quote_for(text.as_bytes());
    output.push(quote);
    for piece in pace::pieces_of_text(text, go_on) {
        write_escaped(piece?, quote, output);
    }
    output.push(quote);
    Ok(())
}

fn write_escaped(text: &str, quote: char, output: &mut String) {
    let mut copied = 0;
    for (offset, character) in text.char_indices() {
        if is_printable_char(character) && character != quote && character != '\\' {
            continue;
        }
        output.push_str(text.get(copied..offset).unwrap_or_default());
        copied = offset + character.len_utf8();
        if character == quote {
            output.push('\\');
            output.push(quote);
        } else {
            push_escape(character, output);
        }
    }
    output.push_str(text.get(copied..).unwrap_or_default());
}

/// Escapes the characters beyond ASCII in a text that is already a `repr`, as `ascii` does.
///
/// # Errors
/// `Interrupted` when `go_on` says so.
pub fn escape_non_ascii(text: &str, go_on: GoOn<'_>) -> Result<String, Interrupted> {
    let mut output = String::with_capacity(text.len());
    for piece in pace::pieces_of_text(text, go_on) {
        for character in piece?.chars() {
            if character.is_ascii() {
                output.push(character);
            } else {
                push_escape(character, &mut output);
            }
        }
    }
    Ok(output)
}

/// Single quotes, unless the text contains some and no double ones.
fn quote_for(bytes: &[u8]) -> char {
    let has = |quote| memchr::memchr(quote, bytes).is_some();
    if has(b'\'') && !has(b'"') { '"' } else { '\'' }
}

fn push_escape(character: char, output: &mut String) {
    match character {
        '\\' => output.push_str("\\\\"),
        '\t' => output.push_str("\\t"),
        '\n' => output.push_str("\\n"),
        '\r' => output.push_str("\\r"),
        _ => push_code_escape(character.into(), output),
    }
}

fn push_code_escape(code: u32, output: &mut String) {
    // Writing to a string cannot fail.
    let _ = match code {
        ..=0xFF => write!(output, "\\x{code:02x}"),
        0x100..=0xFFFF => write!(output, "\\u{code:04x}"),
        _ => write!(output, "\\U{code:08x}"),
    };
}

/// `repr` of a string given by its code points, which may be lone surrogates.
///
/// # Errors
/// `Interrupted` when `go_on` says so.
pub fn code_points_repr(code_points: &[u32], go_on: GoOn<'_>) -> Result<String, Interrupted> {
    let contains = |wanted: char| code_points.contains(&wanted.into());
    let quote = if contains('\'') && !contains('"') { '"' } else { '\'' };
    let mut output = String::with_capacity(code_points.len() + 2);
    output.push(quote);
    for code in pace::steps(code_points.iter().copied(), go_on) {
        let code = code?;
        match char::from_u32(code) {
            Some(character) if character == quote => output.extend(['\\', quote]),
            Some(character) if character != '\\' && is_printable_char(character) => output.push(character),
            Some(character) => push_escape(character, &mut output),
            None => push_code_escape(code, &mut output),
        }
    }
    output.push(quote);
    Ok(output)
}

/// `repr` of bytes.
///
/// # Errors
/// `Interrupted` when `go_on` says so.
pub fn bytes_repr(data: &[u8], go_on: GoOn<'_>) -> Result<String, Interrupted> {
    let quote = quote_for(data);
    let mut output = String::with_capacity(data.len() + 3);
    output.push('b');
    write_quoted_bytes(data, quote, |byte| char::from(byte) == quote, &mut output, go_on)?;
    Ok(output)
}

/// `repr` of a bytearray, in which single quotes are escaped whatever the quotes around them.
///
/// # Errors
/// `Interrupted` when `go_on` says so.
pub fn bytearray_repr(data: &[u8], go_on: GoOn<'_>) -> Result<String, Interrupted> {
    let mut output = String::with_capacity(data.len() + 14);
    output.push_str("bytearray(b");
    write_quoted_bytes(data, quote_for(data), |byte| byte == b'\'', &mut output, go_on)?;
    output.push(')');
    Ok(output)
}

fn write_quoted_bytes(
    data: &[u8],
    quote: char,
    must_escape: impl Fn(u8) -> bool,
    output: &mut String,
    go_on: GoOn<'_>,
) -> Result<(), Interrupted> {
    output.push(quote);
    for piece in pace::pieces(data, go_on) {
        for &byte in piece? {
            if must_escape(byte) {
                output.push('\\');
                output.push(char::from(byte));
            } else if matches!(byte, b' '..=b'~') && byte != b'\\' {
                output.push(char::from(byte));
            } else {
                push_escape(char::from(byte), output);
            }
        }
    }
    output.push(quote);
    Ok(())
}

/// An upper bound of the bytes of the `repr` of a text: what is not plain ASCII may become an escape.
///
/// # Errors
/// `Interrupted` when `go_on` says so.
pub(crate) fn longest_quoted(text: &[u8], go_on: GoOn<'_>) -> Result<usize, Interrupted> {
    let is_escaped = |byte: &&u8| !matches!(byte, b' '..=b'~') || matches!(byte, b'\\' | b'\'');
    let mut escaped = 0_usize;
    for piece in pace::pieces(text, go_on) {
        escaped += piece?.iter().filter(is_escaped).count();
    }
    Ok(text.len().saturating_add(escaped.saturating_mul(3)).saturating_add(2))
}

#[cfg(test)]
mod tests;
