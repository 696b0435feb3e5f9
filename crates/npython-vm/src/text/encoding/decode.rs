//! Decoding: bytes to strings.

use super::handlers::handle_decoding;
use super::{CodecError, Decoded, Encoding, Output, UnicodeFault, escapes, partial, units, utf7};

const SIGNATURE: &[u8] = b"\xEF\xBB\xBF";

/// `data.decode(encoding, handler)`. The handler is looked up only when a fault occurs.
///
/// # Errors
/// A Unicode fault where the handler gives up, `LookupError` for a handler that is not known.
pub fn decode(data: &[u8], encoding: Encoding, handler: &str) -> Result<Decoded, CodecError> {
    match encoding {
        Encoding::Utf8 => decode_utf8(data, handler),
        Encoding::Utf8Sig => decode_utf8(data.strip_prefix(SIGNATURE).unwrap_or(data), handler),
        Encoding::Ascii => decode_bytewise(data, handler, encoding, "ordinal not in range(128)", |byte| {
            byte.is_ascii().then(|| u32::from(byte))
        }),
        Encoding::Latin1 => decode_bytewise(data, handler, encoding, "", |byte| Some(u32::from(byte))),
        Encoding::Map(map) => {
            decode_bytewise(data, handler, encoding, "character maps to <undefined>", |byte| map.character(byte))
        }
        Encoding::Utf7 => utf7::decode(data, handler),
        Encoding::Utf16 | Encoding::Utf16Le | Encoding::Utf16Be => units::decode_utf16(data, encoding, handler),
        Encoding::Utf32 | Encoding::Utf32Le | Encoding::Utf32Be => units::decode_utf32(data, encoding, handler),
        Encoding::Partial => match std::str::from_utf8(data) {
            Ok(text) if text.is_ascii() => Ok(Decoded::Text(text.to_owned())),
            _ => Err(partial::beyond_ascii().into()),
        },
        Encoding::UnicodeEscape => escapes::decode_unicode_escape(data, handler),
        Encoding::RawUnicodeEscape => escapes::decode_raw_unicode_escape(data, handler),
    }
}

fn decode_utf8(data: &[u8], handler: &str) -> Result<Decoded, CodecError> {
    let mut output = Output::default();
    let mut position = 0;
    loop {
        let rest = data.get(position..).unwrap_or_default();
        let error = match std::str::from_utf8(rest) {
            Ok(text) if position == 0 => return Ok(Decoded::Text(text.to_owned())),
            Ok(text) => {
                output.push_text(text);
                return Ok(output.finish());
            }
            Err(error) => error,
        };
        let valid = rest.get(..error.valid_up_to()).unwrap_or_default();
        output.push_text(std::str::from_utf8(valid).unwrap_or_default());
        let start = position + valid.len();
        let end = error.error_len().map_or(data.len(), |length| start + length);
        let reason = match data.get(start) {
            Some(0xC2..=0xF4) if error.error_len().is_none() => "unexpected end of data",
            Some(0xC2..=0xF4) => "invalid continuation byte",
            _ => "invalid start byte",
        };
        let fault = UnicodeFault { encoding: "utf-8", start, end, reason };
        position = handle_decoding(fault, data, handler, &mut output)?;
    }
}

fn decode_bytewise(
    data: &[u8],
    handler: &str,
    encoding: Encoding,
    reason: &'static str,
    character: impl Fn(u8) -> Option<u32>,
) -> Result<Decoded, CodecError> {
    if data.is_ascii() && encoding.extends_ascii() {
        return Ok(Decoded::Text(data.iter().map(|byte| char::from(*byte)).collect()));
    }
    let mut output = Output::with_capacity(data.len());
    let mut position = 0;
    while let Some(byte) = data.get(position) {
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
