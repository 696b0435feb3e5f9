//! Tokens as CPython's tokenizer sees them (Language Reference 2), with its errors.
//!
//! The parser has a lexer of its own; this one runs before it, to bound nesting and to find lexical errors, and again
//! when the parser refuses the source, to find the error CPython reports. It keeps no more state than the open brackets,
//! f-strings and indents, each of which is limited.

mod number;
mod string;

use crate::error::{Fault, Place, Quote, SyntaxErrorKind};

/// Open brackets at once (CPython: `MAXLEVEL`).
const MAX_BRACKETS: usize = 200;
/// Indentation levels at once (CPython: `MAXINDENT`).
const MAX_INDENTS: usize = 100;
/// Nested f-strings (CPython: `MAXFSTRINGLEVEL`).
const MAX_FORMAT_STRINGS: usize = 150;
const TAB_SIZE: u32 = 8;

/// Bytes that identifiers are made of; beyond ASCII the characters are checked afterwards.
const NAME_BYTES: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = byte >= 0x80 || (byte as u8).is_ascii_alphanumeric() || byte == b'_' as usize;
        byte += 1;
    }
    table
};

/// What a token is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    Name,
    Number,
    String,
    FormatStart,
    FormatMiddle,
    FormatEnd,
    /// An operator, delimiter or stray character.
    Operator,
    Newline,
    Indent,
    Dedent,
    End,
}

/// A token and its bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Token {
    pub(crate) kind: Kind,
    pub(crate) start: u32,
    pub(crate) end: u32,
}

/// An open bracket.
#[derive(Clone, Copy)]
pub(crate) struct Bracket {
    pub(crate) byte: u8,
    pub(crate) at: u32,
}

/// An f-string being scanned.
struct FormatString {
    quote: u8,
    triple: bool,
    raw: bool,
    start: u32,
    /// Brackets that were open outside of it.
    outer_brackets: usize,
    /// For each open replacement field: how many brackets are open in it, its own brace included.
    fields: Vec<usize>,
    in_text: bool,
    in_spec: bool,
}

pub(crate) type Scanned<T> = Result<T, Box<Fault>>;

/// The tokenizer.
pub(crate) struct Scanner<'s> {
    text: &'s str,
    bytes: &'s [u8],
    at: usize,
    indents: Vec<(u32, u32)>,
    /// Indents (positive) or dedents (negative) to be delivered.
    pending: i32,
    pub(crate) brackets: Vec<Bracket>,
    formats: Vec<FormatString>,
    line_start: bool,
    /// A token of the current logical line was delivered.
    in_line: bool,
    finished: bool,
}

impl<'s> Scanner<'s> {
    pub(crate) fn new(text: &'s str) -> Self {
        let at = if text.starts_with('\u{feff}') { 3 } else { 0 };
        Self {
            text,
            bytes: text.as_bytes(),
            at,
            indents: vec![(0, 0)],
            pending: 0,
            brackets: Vec::new(),
            formats: Vec::new(),
            line_start: true,
            in_line: false,
            finished: false,
        }
    }

    /// Whether a replacement field of an f-string is being scanned.
    pub(crate) fn in_field(&self) -> bool {
        self.formats.last().is_some_and(|format| !format.in_text)
    }

    fn peek(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at + ahead).copied().unwrap_or(0)
    }

    fn token(&self, kind: Kind, start: usize) -> Token {
        Token { kind, start: offset(start), end: offset(self.at) }
    }

    /// The next token; `End` for ever after the last.
    ///
    /// # Errors
    /// The lexical errors of the language.
    pub(crate) fn next_token(&mut self) -> Scanned<Token> {
        if self.formats.last().is_some_and(|format| format.in_text) {
            return self.format_text();
        }
        if self.line_start {
            self.line_start = false;
            self.indentation()?;
        }
        if self.pending != 0 {
            let kind = if self.pending > 0 { Kind::Indent } else { Kind::Dedent };
            self.pending -= self.pending.signum();
            return Ok(self.token(kind, self.at));
        }
        loop {
            match self.peek(0) {
                b' ' | b'\t' | b'\x0c' => self.at += 1,
                b'#' => self.skip_comment(),
                b'\\' => self.continuation()?,
                b'\n' => {
                    let start = self.at;
                    self.at += 1;
                    if !self.brackets.is_empty() || !self.formats.is_empty() {
                        continue;
                    }
                    self.line_start = true;
                    if self.in_line {
                        self.in_line = false;
                        return Ok(self.token(Kind::Newline, start));
                    }
                    self.line_start = false;
                    self.indentation()?;
                    if self.pending != 0 {
                        return self.next_token();
                    }
                }
                0 if self.at >= self.bytes.len() => return self.end(),
                _ => break,
            }
        }
        self.in_line = true;
        self.ordinary_token()
    }

    fn skip_comment(&mut self) {
        let rest = self.bytes.get(self.at..).unwrap_or(&[]);
        self.at += memchr::memchr(b'\n', rest).unwrap_or(rest.len());
    }

    fn end(&mut self) -> Scanned<Token> {
        if self.in_line && self.brackets.is_empty() && self.formats.is_empty() {
            self.in_line = false;
            self.line_start = true;
            return Ok(self.token(Kind::Newline, self.at));
        }
        if let Some(format) = self.formats.last()
            && self.brackets.is_empty()
        {
            return Err(self.unterminated(format.start as usize, format.triple, true));
        }
        if !self.finished && self.brackets.is_empty() {
            self.finished = true;
            if self.indents.len() > 1 {
                self.pending = 1 - i32::try_from(self.indents.len()).unwrap_or(i32::MAX);
                self.indents.truncate(1);
                self.pending += 1;
                return Ok(self.token(Kind::Dedent, self.at));
            }
        }
        Ok(self.token(Kind::End, self.at))
    }

    /// Measures the indentation of a line, blank lines and comments excepted.
    fn indentation(&mut self) -> Scanned<()> {
        loop {
            let (mut column, mut alternative) = (0_u32, 0_u32);
            loop {
                match self.peek(0) {
                    b' ' => {
                        column = column.saturating_add(1);
                        alternative = alternative.saturating_add(1);
                    }
                    b'\t' => {
                        column = (column / TAB_SIZE + 1) * TAB_SIZE;
                        alternative = alternative.saturating_add(1);
                    }
                    b'\x0c' => (column, alternative) = (0, 0),
                    _ => break,
                }
                self.at += 1;
            }
            match self.peek(0) {
                b'#' => {
                    self.skip_comment();
                    if self.at < self.bytes.len() {
                        self.at += 1;
                        continue;
                    }
                    return Ok(());
                }
                b'\n' => {
                    self.at += 1;
                    continue;
                }
                0 if self.at >= self.bytes.len() => return Ok(()),
                _ => return self.compare_indentation(column, alternative),
            }
        }
    }

    fn compare_indentation(&mut self, column: u32, alternative: u32) -> Scanned<()> {
        let Some((top, top_alternative)) = self.indents.last().copied() else { return Ok(()) };
        if column == top {
            if alternative != top_alternative {
                return Err(self.inconsistent_tabs());
            }
        } else if column > top {
            if alternative <= top_alternative {
                return Err(self.inconsistent_tabs());
            }
            if self.indents.len() >= MAX_INDENTS {
                return Err(self.line_fault(
                    SyntaxErrorKind::IndentationError,
                    "too many levels of indentation",
                    false,
                ));
            }
            self.indents.push((column, alternative));
            self.pending = 1;
        } else {
            while let Some((above, _)) = self.indents.last().copied()
                && column < above
            {
                self.indents.pop();
                self.pending -= 1;
            }
            let Some((level, level_alternative)) = self.indents.last().copied() else { return Ok(()) };
            if column != level {
                let message = "unindent does not match any outer indentation level";
                return Err(self.line_fault(SyntaxErrorKind::IndentationError, message, true));
            }
            if alternative != level_alternative {
                return Err(self.inconsistent_tabs());
            }
        }
        Ok(())
    }

    fn inconsistent_tabs(&self) -> Box<Fault> {
        self.line_fault(SyntaxErrorKind::TabError, "inconsistent use of tabs and spaces in indentation", false)
    }

    /// An error about the whole line; CPython points at its end or its start.
    fn line_fault(&self, kind: SyntaxErrorKind, message: &str, at_end: bool) -> Box<Fault> {
        let line = line_of(self.bytes, self.at);
        let start = memchr::memrchr(b'\n', self.bytes.get(..self.at).unwrap_or(&[])).map_or(0, |at| at + 1);
        let rest = self.bytes.get(start..).unwrap_or(&[]);
        let length = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
        let columns = self.text.get(start..start + length).map_or(length, |shown| shown.chars().count());
        let column = if at_end { offset(columns + 1) } else { 1 };
        let place = Place::Exact { line, column, end_line: line, end_column: 0 };
        Box::new(Fault { kind, message: message.to_owned(), place, quote: Quote::Whole })
    }

    fn continuation(&mut self) -> Scanned<()> {
        self.at += 1;
        if self.at >= self.bytes.len() {
            return Err(self.fault_without_end("unexpected EOF while parsing", self.at + 1));
        }
        if self.peek(0) != b'\n' {
            return Err(self.fault_without_end("unexpected character after line continuation character", self.at + 1));
        }
        self.at += 1;
        if self.at >= self.bytes.len() {
            let mut fault = self.fault_without_end("unexpected EOF while parsing", self.at - 1);
            if let Place::Exact { column, .. } = &mut fault.place {
                *column += 1;
            }
            return Err(fault);
        }
        Ok(())
    }

    fn fault_without_end(&self, message: &str, end: usize) -> Box<Fault> {
        let mut fault = self.fault_here(message, end);
        if let Place::Exact { end_column, .. } = &mut fault.place {
            *end_column = 0;
        }
        fault
    }

    /// An error whose column, counted from 1, is the number of characters of the line before `end`.
    fn fault_here(&self, message: &str, end: usize) -> Box<Fault> {
        let (line, column) = self.position_before(end);
        let place = Place::Exact { line, column, end_line: line, end_column: column };
        Box::new(Fault { kind: SyntaxErrorKind::SyntaxError, message: message.to_owned(), place, quote: Quote::Bare })
    }

    fn position_before(&self, end: usize) -> (u32, u32) {
        let inside = end.min(self.bytes.len());
        let start = memchr::memrchr(b'\n', self.bytes.get(..inside).unwrap_or(&[])).map_or(0, |at| at + 1);
        let characters = self.text.get(start..inside).map_or(inside - start, |part| part.chars().count());
        (line_of(self.bytes, inside), offset(characters + (end - inside)))
    }

    fn ordinary_token(&mut self) -> Scanned<Token> {
        let start = self.at;
        let byte = self.peek(0);
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'_' | 0x80.. => self.name_or_string(),
            b'0'..=b'9' => self.number(),
            b'.' if self.peek(1).is_ascii_digit() => self.number(),
            b'"' | b'\'' => self.plain_string(start),
            _ => self.operator(),
        }
    }

    fn name_or_string(&mut self) -> Scanned<Token> {
        let start = self.at;
        let rest = self.bytes.get(start..).unwrap_or(&[]);
        let length = rest.iter().position(|byte| !NAME_BYTES[usize::from(*byte)]).unwrap_or(rest.len());
        self.at += length;
        let name = rest.get(..length).unwrap_or(&[]);
        if length <= 2
            && matches!(self.peek(0), b'"' | b'\'')
            && let Some(prefix) = string::prefix(name)
        {
            return self.prefixed_string(start, prefix);
        }
        if !name.is_ascii() {
            self.check_identifier(start)?;
        }
        Ok(self.token(Kind::Name, start))
    }

    fn check_identifier(&mut self, start: usize) -> Scanned<()> {
        let name = self.text.get(start..self.at).unwrap_or("");
        for (at, character) in name.char_indices() {
            let valid = if at == 0 {
                character == '_' || unicode_ident::is_xid_start(character)
            } else {
                unicode_ident::is_xid_continue(character)
            };
            if !valid {
                let end = start + at + character.len_utf8();
                let code = u32::from(character);
                let message = if is_printable(character) {
                    format!("invalid character '{character}' (U+{code:04X})")
                } else {
                    format!("invalid non-printable character U+{code:04X}")
                };
                return Err(self.fault_here(&message, end));
            }
        }
        Ok(())
    }

    fn operator(&mut self) -> Scanned<Token> {
        let start = self.at;
        let byte = self.peek(0);
        if let Some(format) = self.formats.last()
            && format.fields.last() == Some(&1)
        {
            match byte {
                b':' if !(self.peek(1) == b'='
                    && self.brackets.len() != format.outer_brackets + format.fields.iter().sum::<usize>()) =>
                {
                    self.at += 1;
                    if let Some(format) = self.formats.last_mut() {
                        format.in_text = true;
                        format.in_spec = true;
                    }
                    return Ok(self.token(Kind::Operator, start));
                }
                _ => {}
            }
        }
        match byte {
            0..=0x1F | 0x7F => {
                return Err(self.fault_here(&format!("invalid non-printable character U+{byte:04X}"), start + 1));
            }
            b'(' | b'[' | b'{' => {
                if self.brackets.len() >= MAX_BRACKETS {
                    return Err(self.fault_here("too many nested parentheses", start + 1));
                }
                self.brackets.push(Bracket { byte, at: offset(start) });
                if let Some(count) = self.formats.last_mut().and_then(|format| format.fields.last_mut()) {
                    *count += 1;
                }
                self.at += 1;
            }
            b')' | b']' | b'}' => {
                self.at += 1;
                self.close(byte)?;
            }
            _ => self.at += operator_length(self.bytes.get(start..).unwrap_or(&[])),
        }
        Ok(self.token(Kind::Operator, start))
    }

    fn close(&mut self, byte: u8) -> Scanned<()> {
        let in_format = self.formats.last().is_some_and(|format| format.fields.is_empty());
        if in_format && byte == b'}' {
            return Err(self.fault_here("f-string: single '}' is not allowed", self.at));
        }
        let shown = char::from(byte);
        let field_only = self.formats.last().is_some_and(|format| format.fields.last() == Some(&1));
        if field_only && byte != b'}' {
            return Err(self.fault_here(&format!("f-string: unmatched '{shown}'"), self.at));
        }
        let Some(open) = self.brackets.pop() else {
            return Err(self.fault_here(&format!("unmatched '{shown}'"), self.at));
        };
        let expected = match open.byte {
            b'(' => b')',
            b'[' => b']',
            _ => b'}',
        };
        if byte != expected {
            let opened = char::from(open.byte);
            let (open_line, line) = (line_of(self.bytes, open.at as usize), line_of(self.bytes, self.at));
            let mut message = format!("closing parenthesis '{shown}' does not match opening parenthesis '{opened}'");
            if open_line != line {
                message.push_str(&format!(" on line {open_line}"));
            }
            return Err(self.fault_here(&message, self.at));
        }
        if let Some(format) = self.formats.last_mut()
            && let Some(count) = format.fields.last_mut()
        {
            *count -= 1;
            if *count == 0 {
                format.fields.pop();
                format.in_text = true;
                format.in_spec = !format.fields.is_empty();
            }
        }
        Ok(())
    }
}

/// A byte offset that fits the tree's.
pub(crate) fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// One-based line of a byte offset.
pub(crate) fn line_of(bytes: &[u8], at: usize) -> u32 {
    offset(memchr::memchr_iter(b'\n', bytes.get(..at).unwrap_or(bytes)).count() + 1)
}

fn operator_length(rest: &[u8]) -> usize {
    match rest {
        [b'*', b'*', b'=', ..]
        | [b'/', b'/', b'=', ..]
        | [b'<', b'<', b'=', ..]
        | [b'>', b'>', b'=', ..]
        | [b'.', b'.', b'.', ..] => 3,
        [b'*', b'*' | b'=', ..]
        | [b'/', b'/' | b'=', ..]
        | [b'<', b'<' | b'=' | b'>', ..]
        | [b'>', b'>' | b'=', ..]
        | [b'-', b'>' | b'=', ..]
        | [b'=' | b'!' | b'+' | b'%' | b'&' | b'|' | b'^' | b'@' | b':', b'=', ..] => 2,
        _ => 1,
    }
}

/// Whether CPython would show the character in a message; a close guess for the characters that occur.
pub(crate) fn is_printable(character: char) -> bool {
    let code = u32::from(character);
    let format_or_private = matches!(code, 0xAD | 0x600..=0x605 | 0x61C | 0x6DD | 0x70F | 0x180E | 0x200B..=0x200F
        | 0x202A..=0x202E | 0x2060..=0x206F | 0xFEFF | 0xFFF0..=0xFFFB | 0xE000..=0xF8FF | 0xE0000..=0x10FFFF);
    !(character.is_control() || character.is_whitespace() || format_or_private)
}
