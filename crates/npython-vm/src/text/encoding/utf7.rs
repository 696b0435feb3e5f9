//! UTF-7 (RFC 2152): runs of base64 between `+` and `-` in ASCII.

use crate::pace::{GoOn, Interrupted, ask_now_and_then};

use super::handlers::handle_decoding;
use super::{CodecError, Decoded, Output, UnicodeFault};

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Whether a character stands for itself outside of base64.
fn is_direct(code: u32) -> bool {
    matches!(u8::try_from(code), Ok(b'\t' | b'\n' | b'\r' | b' '..=b'}')) && !matches!(code, 0x2B | 0x5C)
}

fn base64_value(byte: u8) -> Option<u32> {
    ALPHABET.iter().position(|known| *known == byte).map(|value| value as u32)
}

/// Bits on their way in or out of base64, lowest last.
#[derive(Default)]
struct Bits {
    held: u32,
    count: u32,
}

impl Bits {
    fn add(&mut self, value: u32, width: u32) {
        self.held = self.held << width | value;
        self.count += width;
    }

    /// The topmost bits, so many of them.
    fn take(&mut self, width: u32) -> u32 {
        self.count -= width;
        let value = self.held >> self.count;
        self.held &= (1 << self.count) - 1;
        value
    }
}

/// `text.encode('utf-7')`, which never fails: surrogates are written as they are.
pub(super) fn encode(code_points: impl Iterator<Item = u32>, go_on: GoOn<'_>) -> Result<Vec<u8>, Interrupted> {
    let mut bytes = Vec::new();
    let mut bits = Bits::default();
    let mut shifted = false;
    for (step, code) in code_points.enumerate() {
        ask_now_and_then(step, go_on)?;
        if is_direct(code) {
            if shifted {
                finish_run(&mut bits, &mut bytes);
                shifted = false;
                // Other characters end the run by themselves.
                if code == u32::from(b'-') || base64_value(code as u8).is_some() {
                    bytes.push(b'-');
                }
            }
            bytes.push(code as u8);
            continue;
        }
        if !shifted && code == u32::from(b'+') {
            bytes.extend(b"+-");
            continue;
        }
        if !shifted {
            bytes.push(b'+');
            shifted = true;
        }
        let units = match code.checked_sub(0x1_0000) {
            Some(above) => [Some(0xD800 + (above >> 10)), Some(0xDC00 + (above & 0x3FF))],
            None => [Some(code), None],
        };
        for unit in units.into_iter().flatten() {
            bits.add(unit, 16);
            while bits.count >= 6 {
                let value = bits.take(6);
                bytes.extend(ALPHABET.get(value as usize));
            }
        }
    }
    if shifted {
        finish_run(&mut bits, &mut bytes);
        bytes.push(b'-');
    }
    Ok(bytes)
}

fn finish_run(bits: &mut Bits, bytes: &mut Vec<u8>) {
    if bits.count > 0 {
        bits.add(0, 6 - bits.count);
        let value = bits.take(6);
        bytes.extend(ALPHABET.get(value as usize));
    }
}

/// A run of base64 that is being read.
#[derive(Default)]
struct Run {
    start: usize,
    bits: Bits,
    /// A high surrogate that waits for its low one.
    surrogate: Option<u32>,
}

impl Run {
    fn add(&mut self, value: u32, output: &mut Output) {
        self.bits.add(value, 6);
        if self.bits.count < 16 {
            return;
        }
        let unit = self.bits.take(16);
        match (self.surrogate.take(), unit) {
            (Some(high), 0xDC00..0xE000) => output.push(0x1_0000 + ((high - 0xD800) << 10) + (unit - 0xDC00)),
            (before, _) => {
                if let Some(high) = before {
                    output.push(high);
                }
                if (0xD800..0xDC00).contains(&unit) { self.surrogate = Some(unit) } else { output.push(unit) }
            }
        }
    }
}

/// `data.decode('utf-7', handler)`
pub(super) fn decode(data: &[u8], handler: &str, go_on: GoOn<'_>) -> Result<Decoded, CodecError> {
    let mut output = Output::with_capacity(data.len());
    let mut run: Option<Run> = None;
    let mut position = 0;
    let mut step = 0;
    loop {
        step += 1;
        ask_now_and_then(step, go_on)?;
        let (start, end, reason) = match (run.as_mut(), data.get(position)) {
            (None, None) => return Ok(output.finish()),
            (Some(open), Some(byte)) => match base64_value(*byte) {
                Some(value) => {
                    open.add(value, &mut output);
                    position += 1;
                    continue;
                }
                None => match end_run(open, *byte, &mut output) {
                    Ok(width) => {
                        position += width;
                        run = None;
                        continue;
                    }
                    Err(reason) => (open.start, position + 1, reason),
                },
            },
            (Some(open), None) => {
                if open.surrogate.is_none() && open.bits.count < 6 && open.bits.held == 0 {
                    return Ok(output.finish());
                }
                (open.start, data.len(), "unterminated shift sequence")
            }
            (None, Some(b'+')) => match data.get(position + 1) {
                Some(b'-') => {
                    output.push(u32::from(b'+'));
                    position += 2;
                    continue;
                }
                Some(next) if base64_value(*next).is_none() => (position, position + 2, "ill-formed sequence"),
                _ => {
                    run = Some(Run { start: position, ..Run::default() });
                    position += 1;
                    continue;
                }
            },
            (None, Some(byte)) if byte.is_ascii() => {
                output.push(u32::from(*byte));
                position += 1;
                continue;
            }
            (None, Some(_)) => (position, position + 1, "unexpected special character"),
        };
        run = None;
        let fault = UnicodeFault { encoding: "utf7", start, end, reason };
        position = handle_decoding(fault, data, handler, &mut output)?;
    }
}

/// Ends a run at a byte that is not base64: how many bytes belong to the end, or what is wrong.
fn end_run(run: &mut Run, byte: u8, output: &mut Output) -> Result<usize, &'static str> {
    if run.bits.count >= 6 {
        return Err("partial character in shift sequence");
    }
    if run.bits.held != 0 {
        return Err("non-zero padding bits in shift sequence");
    }
    if let Some(high) = run.surrogate.take()
        && byte.is_ascii()
    {
        output.push(high);
    }
    Ok(usize::from(byte == b'-'))
}
