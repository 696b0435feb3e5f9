//! UTF-16 and UTF-32.

use crate::pace::{GoOn, ask_now_and_then};

use super::handlers::handle_decoding;
use super::{CodecError, Decoded, Encoding, Output, UnicodeFault};

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    Little,
    Big,
}

impl Order {
    fn unit16(self, bytes: [u8; 2]) -> u32 {
        u32::from(match self {
            Self::Little => u16::from_le_bytes(bytes),
            Self::Big => u16::from_be_bytes(bytes),
        })
    }

    fn unit32(self, bytes: [u8; 4]) -> u32 {
        match self {
            Self::Little => u32::from_le_bytes(bytes),
            Self::Big => u32::from_be_bytes(bytes),
        }
    }

    pub(super) fn push16(self, unit: u16, bytes: &mut Vec<u8>) {
        bytes.extend(match self {
            Self::Little => unit.to_le_bytes(),
            Self::Big => unit.to_be_bytes(),
        });
    }

    pub(super) fn push32(self, unit: u32, bytes: &mut Vec<u8>) {
        bytes.extend(match self {
            Self::Little => unit.to_le_bytes(),
            Self::Big => unit.to_be_bytes(),
        });
    }
}

/// The order of the bytes, and the length of the mark that tells it.
fn order_of(data: &[u8], encoding: Encoding) -> (Order, usize) {
    match (encoding, data) {
        (Encoding::Utf16Be | Encoding::Utf32Be, _) => (Order::Big, 0),
        (Encoding::Utf16, [0xFE, 0xFF, ..]) => (Order::Big, 2),
        (Encoding::Utf16, [0xFF, 0xFE, ..]) => (Order::Little, 2),
        (Encoding::Utf32, [0, 0, 0xFE, 0xFF, ..]) => (Order::Big, 4),
        (Encoding::Utf32, [0xFF, 0xFE, 0, 0, ..]) => (Order::Little, 4),
        _ => (Order::Little, 0),
    }
}

pub(super) fn decode_utf16(
    data: &[u8],
    encoding: Encoding,
    handler: &str,
    go_on: GoOn<'_>,
) -> Result<Decoded, CodecError> {
    let (order, mut position) = order_of(data, encoding);
    let encoding = if order == Order::Little { "utf-16-le" } else { "utf-16-be" };
    let mut output = Output::with_capacity(data.len() / 2);
    let mut step = 0;
    while position < data.len() {
        step += 1;
        ask_now_and_then(step, go_on)?;
        match character16(data, position, order) {
            Ok((code, length)) => {
                output.push(code);
                position += length;
            }
            Err((end, reason)) => {
                let fault = UnicodeFault { encoding, start: position, end, reason };
                position = handle_decoding(fault, data, handler, &mut output)?;
            }
        }
    }
    Ok(output.finish())
}

/// The character at a position and its length, or the end of the fault and its reason.
fn character16(data: &[u8], position: usize, order: Order) -> Result<(u32, usize), (usize, &'static str)> {
    let rest = data.get(position..).unwrap_or_default();
    let first = match rest {
        [first, second, ..] => order.unit16([*first, *second]),
        _ => return Err((data.len(), "truncated data")),
    };
    match (first, rest) {
        (0xD800..0xDC00, [_, _, third, fourth, ..]) => match order.unit16([*third, *fourth]) {
            second @ 0xDC00..0xE000 => Ok((0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00), 4)),
            _ => Err((position + 2, "illegal UTF-16 surrogate")),
        },
        (0xD800..0xDC00, _) => Err((data.len(), "unexpected end of data")),
        (0xDC00..0xE000, _) => Err((position + 2, "illegal encoding")),
        _ => Ok((first, 2)),
    }
}

pub(super) fn decode_utf32(
    data: &[u8],
    encoding: Encoding,
    handler: &str,
    go_on: GoOn<'_>,
) -> Result<Decoded, CodecError> {
    let (order, mut position) = order_of(data, encoding);
    let encoding = if order == Order::Little { "utf-32-le" } else { "utf-32-be" };
    let mut output = Output::with_capacity(data.len() / 4);
    let mut step = 0;
    while let Some(rest) = data.get(position..).filter(|rest| !rest.is_empty()) {
        step += 1;
        ask_now_and_then(step, go_on)?;
        let (end, reason) = match rest {
            [a, b, c, d, ..] => match order.unit32([*a, *b, *c, *d]) {
                0xD800..0xE000 => (position + 4, "code point in surrogate code point range(0xd800, 0xe000)"),
                0x11_0000.. => (position + 4, "code point not in range(0x110000)"),
                code => {
                    output.push(code);
                    position += 4;
                    continue;
                }
            },
            _ => (data.len(), "truncated data"),
        };
        let fault = UnicodeFault { encoding, start: position, end, reason };
        position = handle_decoding(fault, data, handler, &mut output)?;
    }
    Ok(output.finish())
}
