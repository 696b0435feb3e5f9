//! Decoding: bytes to strings.

use crate::pace::{GoOn, Interrupted, ask_now_and_then};

use super::handlers::handle_decoding;
use super::{CodecError, Decoded, Encoding, Output, UnicodeFault, escapes, partial, units, utf7};

const SIGNATURE: &[u8] = b"\xEF\xBB\xBF";

/// `data.decode(encoding, handler)`. The handler is looked up only when a fault occurs.
///
/// # Errors
/// A Unicode fault where the handler gives up, `LookupError` for a handler that is not known.
pub fn decode(data: &[u8], encoding: Encoding, handler: &str, go_on: GoOn<'_>) -> Result<Decoded, CodecError> {
    match encoding {
        Encoding::Utf8 => decode_utf8(data, handler, go_on),
        Encoding::Utf8Sig => decode_utf8(data.strip_prefix(SIGNATURE).unwrap_or(data), handler, go_on),
        Encoding::Ascii => decode_bytewise(
            data,
            handler,
            encoding,
            "ordinal not in range(128)",
            |byte| byte.is_ascii().then(|| u32::from(byte)),
            go_on,
        ),
        Encoding::Latin1 => decode_bytewise(data, handler, encoding, "", |byte| Some(u32::from(byte)), go_on),
        Encoding::Map(map) => {
            decode_bytewise(data, handler, encoding, "character maps to <undefined>", |byte| map.character(byte), go_on)
        }
        Encoding::Utf7 => utf7::decode(data, handler, go_on),
        Encoding::Utf16 | Encoding::Utf16Le | Encoding::Utf16Be => units::decode_utf16(data, encoding, handler, go_on),
        Encoding::Utf32 | Encoding::Utf32Le | Encoding::Utf32Be => units::decode_utf32(data, encoding, handler, go_on),
        Encoding::Partial => match valid_utf8(data, go_on)? {
            Some(text) if text.is_ascii() => Ok(Decoded::Text(text)),
            _ => Err(partial::beyond_ascii().into()),
        },
        Encoding::UnicodeEscape => escapes::decode_unicode_escape(data, handler, go_on),
        Encoding::RawUnicodeEscape => escapes::decode_raw_unicode_escape(data, handler, go_on),
    }
}

/// Bytes checked at once.
const CHECKED_AT_ONCE: usize = 1 << 18;

/// The text of valid UTF-8.
///
/// # Errors
/// `Interrupted` when `go_on` says so.
pub fn valid_utf8(data: &[u8], go_on: GoOn<'_>) -> Result<Option<String>, Interrupted> {
    if data.len() <= CHECKED_AT_ONCE {
        return Ok(std::str::from_utf8(data).ok().map(ToOwned::to_owned));
    }
    let mut text = String::with_capacity(data.len());
    let mut rest = data;
    while !rest.is_empty() {
        go_on()?;
        let part = rest.get(..CHECKED_AT_ONCE).unwrap_or(rest);
        let valid = match std::str::from_utf8(part) {
            Ok(valid) => valid,
            // A character that is cut in two belongs to the next part.
            Err(error) if error.error_len().is_none() && error.valid_up_to() > 0 => {
                std::str::from_utf8(part.get(..error.valid_up_to()).unwrap_or_default()).unwrap_or_default()
            }
            Err(_) => return Ok(None),
        };
        text.push_str(valid);
        rest = rest.get(valid.len()..).unwrap_or_default();
    }
    Ok(Some(text))
}

fn decode_utf8(data: &[u8], handler: &str, go_on: GoOn<'_>) -> Result<Decoded, CodecError> {
    if let Some(text) = valid_utf8(data, go_on)? {
        return Ok(Decoded::Text(text));
    }
    let mut output = Output::default();
    let mut position = 0;
    let mut faults = 0;
    while let Some(rest) = data.get(position..).filter(|rest| !rest.is_empty()) {
        let part = rest.get(..CHECKED_AT_ONCE).unwrap_or(rest);
        let error = match std::str::from_utf8(part) {
            Ok(text) => {
                go_on()?;
                output.push_text(text);
                position += part.len();
                continue;
            }
            Err(error) => error,
        };
        faults += 1;
        ask_now_and_then(faults, go_on)?;
        let valid = part.get(..error.valid_up_to()).unwrap_or_default();
        output.push_text(std::str::from_utf8(valid).unwrap_or_default());
        let start = position + valid.len();
        if error.error_len().is_none() && part.len() < rest.len() && !valid.is_empty() {
            // Cut in two by the end of the part.
            position = start;
            continue;
        }
        let end = error.error_len().map_or(data.len(), |length| start + length);
        let reason = match data.get(start) {
            Some(0xC2..=0xF4) if error.error_len().is_none() => "unexpected end of data",
            Some(0xC2..=0xF4) => "invalid continuation byte",
            _ => "invalid start byte",
        };
        let fault = UnicodeFault { encoding: "utf-8", start, end, reason };
        position = handle_decoding(fault, data, handler, &mut output)?;
    }
    Ok(output.finish())
}

fn decode_bytewise(
    data: &[u8],
    handler: &str,
    encoding: Encoding,
    reason: &'static str,
    character: impl Fn(u8) -> Option<u32>,
    go_on: GoOn<'_>,
) -> Result<Decoded, CodecError> {
    if data.is_ascii()
        && encoding.extends_ascii()
        && let Some(text) = valid_utf8(data, go_on)?
    {
        return Ok(Decoded::Text(text));
    }
    let mut output = Output::with_capacity(data.len());
    let mut position = 0;
    let mut step = 0;
    while let Some(byte) = data.get(position) {
        step += 1;
        ask_now_and_then(step, go_on)?;
        match character(*byte) {
            Some(code) => {
                output.push(code);
                position += 1;
            }
            None => {
                let fault =
                    UnicodeFault { encoding: encoding.error_name(), start: position, end: position + 1, reason };
                position = handle_decoding(fault, data, handler, &mut output)?;
            }
        }
    }
    Ok(output.finish())
}
