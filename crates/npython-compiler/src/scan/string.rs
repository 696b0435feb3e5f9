//! String literals and f-strings (Language Reference 2.4.1 to 2.4.3).

use super::{FormatString, Kind, MAX_FORMAT_STRINGS, Scanned, Scanner, Token, line_of, offset};
use crate::error::Fault;

/// Replacement fields inside each other's format specifications (CPython: `MAX_EXPR_NESTING`).
const MAX_FIELDS: usize = 3;

/// What the letters before a quote say.
#[derive(Clone, Copy)]
pub(super) struct Prefix {
    raw: bool,
    format: bool,
}

/// The meaning of the letters before a quote, or `None` if they are an identifier.
pub(super) fn prefix(letters: &[u8]) -> Option<Prefix> {
    let (mut raw, mut format, mut bytes, mut unicode) = (false, false, false, false);
    for letter in letters {
        let seen = match letter.to_ascii_lowercase() {
            b'r' if !unicode => &mut raw,
            b'f' if !bytes && !unicode => &mut format,
            b'b' if !format && !unicode => &mut bytes,
            b'u' if !raw && !format && !bytes => &mut unicode,
            _ => return None,
        };
        if std::mem::replace(seen, true) {
            return None;
        }
    }
    Some(Prefix { raw, format })
}

impl Scanner<'_> {
    pub(super) fn prefixed_string(&mut self, start: usize, prefix: Prefix) -> Scanned<Token> {
        if !prefix.format {
            return self.plain_string(start);
        }
        let quote = self.peek(0);
        let triple = self.peek(1) == quote && self.peek(2) == quote;
        self.at += if triple { 3 } else { 1 };
        if self.formats.len() >= MAX_FORMAT_STRINGS {
            return Err(self.fault_here("too many nested f-strings", self.at));
        }
        self.formats.push(FormatString {
            quote,
            triple,
            raw: prefix.raw,
            start: offset(start),
            outer_brackets: self.brackets.len(),
            fields: Vec::new(),
            in_text: true,
            in_spec: false,
        });
        Ok(self.token(Kind::FormatStart, start))
    }

    /// A string that starts at `start`; the position is at its opening quote.
    pub(super) fn plain_string(&mut self, start: usize) -> Scanned<Token> {
        let quote = self.peek(0);
        let triple = self.peek(1) == quote && self.peek(2) == quote;
        if !triple && self.peek(1) == quote {
            self.at += 2;
            return Ok(self.token(Kind::String, start));
        }
        let mut escaped_quote = false;
        self.at += if triple { 3 } else { 1 };
        loop {
            let rest = self.bytes.get(self.at..).unwrap_or(&[]);
            let found =
                if triple { memchr::memchr2(quote, b'\\', rest) } else { memchr::memchr3(quote, b'\\', b'\n', rest) };
            let Some(found) = found else {
                self.at = self.bytes.len();
                return Err(self.open_string(start, quote, triple, escaped_quote));
            };
            self.at += found;
            match self.peek(0) {
                b'\\' => {
                    escaped_quote |= self.peek(1) == quote;
                    self.at += 2;
                }
                b'\n' => return Err(self.open_string(start, quote, triple, escaped_quote)),
                _ if !triple => {
                    self.at += 1;
                    return Ok(self.token(Kind::String, start));
                }
                _ if self.peek(1) == quote && self.peek(2) == quote => {
                    self.at += 3;
                    return Ok(self.token(Kind::String, start));
                }
                _ => self.at += 1,
            }
        }
    }

    /// The error for a string without an end; in a field it may be the end of the f-string that was meant.
    fn open_string(&self, start: usize, quote: u8, triple: bool, escaped_quote: bool) -> Box<Fault> {
        if let Some(format) = self.formats.last()
            && format.quote == quote
            && format.triple == triple
        {
            return self.fault_here("f-string: expecting '}'", start + 1);
        }
        let mut fault = self.unterminated(start, triple, false);
        if escaped_quote && !triple {
            fault.message.push_str("; perhaps you escaped the end quote?");
        }
        fault
    }

    pub(super) fn unterminated(&self, start: usize, triple: bool, format: bool) -> Box<Fault> {
        let inside = self.at.min(self.bytes.len());
        let detected =
            line_of(self.bytes, inside) - u32::from(self.bytes.last() == Some(&b'\n') && inside == self.bytes.len());
        let (triple, format) = (if triple { "triple-quoted " } else { "" }, if format { "f-" } else { "" });
        self.fault_here(
            &format!("unterminated {triple}{format}string literal (detected at line {detected})"),
            start + 1,
        )
    }

    /// The next token of an f-string's text: text, the end, or the start of a field.
    pub(super) fn format_text(&mut self) -> Scanned<Token> {
        let start = self.at;
        let Some(format) = self.formats.last() else { return Ok(self.token(Kind::End, start)) };
        let (quote, triple, raw, in_spec) = (format.quote, format.triple, format.raw, format.in_spec);
        let format_start = format.start as usize;
        let fields = format.fields.len();
        loop {
            let byte = self.peek(0);
            let doubled = self.peek(1) == byte;
            if byte == 0 && self.at >= self.bytes.len() {
                return Err(self.unterminated(format_start, triple, true));
            }
            if byte == quote && (!triple || (doubled && self.peek(2) == quote)) {
                if self.at > start {
                    return Ok(self.token(Kind::FormatMiddle, start));
                }
                self.at += if triple { 3 } else { 1 };
                if fields > 0 {
                    // The quote ends the string inside a field; the parser reports the missing brace.
                    self.brackets.truncate(self.formats.last().map_or(0, |format| format.outer_brackets));
                }
                self.formats.pop();
                return Ok(self.token(Kind::FormatEnd, start));
            }
            match byte {
                b'\n' if !triple => {
                    if in_spec {
                        // The specification ends with the line; the field goes on.
                        if let Some(format) = self.formats.last_mut() {
                            format.in_text = false;
                            format.in_spec = false;
                        }
                        if self.at > start {
                            return Ok(self.token(Kind::FormatMiddle, start));
                        }
                        return self.next_token();
                    }
                    return Err(self.unterminated(format_start, triple, true));
                }
                b'{' if !doubled || in_spec => {
                    if self.at > start {
                        return Ok(self.token(Kind::FormatMiddle, start));
                    }
                    return self.open_field(start);
                }
                b'}' if in_spec => {
                    // The specification ends here, also when it is empty.
                    if let Some(format) = self.formats.last_mut() {
                        format.in_text = false;
                        format.in_spec = false;
                    }
                    return Ok(self.token(Kind::FormatMiddle, start));
                }
                b'}' if !doubled => {
                    if self.at > start {
                        return Ok(self.token(Kind::FormatMiddle, start));
                    }
                    self.at += 1;
                    self.close(b'}')?;
                    return Ok(self.token(Kind::Operator, start));
                }
                b'{' | b'}' => self.at += 2,
                b'\\' => self.format_escape(raw),
                _ => self.at += 1,
            }
        }
    }

    fn open_field(&mut self, start: usize) -> Scanned<Token> {
        self.at += 1;
        if let Some(format) = self.formats.last_mut() {
            format.fields.push(1);
            format.in_text = false;
            if format.fields.len() > MAX_FIELDS {
                return Err(self.fault_here("f-string: expressions nested too deeply", start));
            }
        }
        if self.brackets.len() >= super::MAX_BRACKETS {
            return Err(self.fault_here("too many nested parentheses", self.at));
        }
        self.brackets.push(super::Bracket { byte: b'{', at: offset(start) });
        Ok(self.token(Kind::Operator, start))
    }

    fn format_escape(&mut self, raw: bool) {
        self.at += 1;
        match self.peek(0) {
            b'{' | b'}' => {}
            b'N' if !raw && self.peek(1) == b'{' => {
                let rest = self.bytes.get(self.at..).unwrap_or(&[]);
                let length = rest.iter().take(100).position(|byte| matches!(byte, b'}' | b'\n' | b'"' | b'\''));
                match length {
                    Some(length) if rest.get(length) == Some(&b'}') => self.at += length + 1,
                    _ => self.at += 2,
                }
            }
            _ => {
                if self.at < self.bytes.len() {
                    self.at += 1;
                }
            }
        }
    }
}
