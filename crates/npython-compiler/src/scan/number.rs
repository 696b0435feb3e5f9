//! Number literals (Language Reference 2.4.4 to 2.4.7).

use super::{Kind, Scanned, Scanner, Token};
use crate::error::{Fault, Place, Quote, SyntaxErrorKind};

impl Scanner<'_> {
    pub(super) fn number(&mut self) -> Scanned<Token> {
        let start = self.at;
        if self.peek(0) == b'0' {
            match self.peek(1) {
                b'x' | b'X' => return self.radix(start, "hexadecimal", |byte| byte.is_ascii_hexdigit()),
                b'o' | b'O' => return self.radix(start, "octal", |byte| matches!(byte, b'0'..=b'7')),
                b'b' | b'B' => return self.radix(start, "binary", |byte| matches!(byte, b'0' | b'1')),
                _ => {}
            }
            return self.after_zero(start);
        }
        if self.peek(0) != b'.' {
            self.decimal_digits()?;
        }
        self.fraction(start)
    }

    fn radix(&mut self, start: usize, word: &str, valid: fn(u8) -> bool) -> Scanned<Token> {
        self.at += 2;
        loop {
            if self.peek(0) == b'_' {
                self.at += 1;
            }
            if !valid(self.peek(0)) {
                if self.peek(0).is_ascii_digit() {
                    let digit = char::from(self.peek(0));
                    return Err(self.fault_here(&format!("invalid digit '{digit}' in {word} literal"), self.at + 1));
                }
                return Err(self.fault_here(&format!("invalid {word} literal"), self.at));
            }
            while valid(self.peek(0)) {
                self.at += 1;
            }
            if self.peek(0) != b'_' {
                break;
            }
        }
        if self.peek(0).is_ascii_digit() {
            let digit = char::from(self.peek(0));
            return Err(self.fault_here(&format!("invalid digit '{digit}' in {word} literal"), self.at + 1));
        }
        self.end_of_number(start, word)
    }

    /// `0` may be followed by more zeros, or by digits if it becomes a float.
    fn after_zero(&mut self, start: usize) -> Scanned<Token> {
        let mut nonzero = false;
        while self.peek(0) == b'0' || (self.peek(0) == b'_' && self.at > start) {
            if self.peek(0) == b'_' {
                self.at += 1;
                if !self.peek(0).is_ascii_digit() {
                    return Err(self.fault_here("invalid decimal literal", self.at));
                }
                if self.peek(0) != b'0' {
                    break;
                }
            }
            self.at += 1;
        }
        let zeros_end = self.at;
        if self.peek(0).is_ascii_digit() {
            nonzero = true;
            self.decimal_digits()?;
        }
        match self.peek(0) {
            b'.' | b'e' | b'E' | b'j' | b'J' => self.fraction(start),
            _ if nonzero => {
                let (line, column) = self.position_before(start + 1);
                let (_, end_column) = self.position_before(zeros_end + 1);
                let message =
                    "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers";
                let place = Place::Exact { line, column, end_line: line, end_column };
                Err(Box::new(Fault {
                    kind: SyntaxErrorKind::SyntaxError,
                    message: message.to_owned(),
                    place,
                    quote: Quote::Bare,
                }))
            }
            _ => self.end_of_number(start, "decimal"),
        }
    }

    /// Digits with single underscores between them.
    fn decimal_digits(&mut self) -> Scanned<()> {
        loop {
            while self.peek(0).is_ascii_digit() {
                self.at += 1;
            }
            if self.peek(0) != b'_' {
                return Ok(());
            }
            self.at += 1;
            if !self.peek(0).is_ascii_digit() {
                return Err(self.fault_here("invalid decimal literal", self.at));
            }
        }
    }

    fn fraction(&mut self, start: usize) -> Scanned<Token> {
        if self.peek(0) == b'.' {
            self.at += 1;
            if self.peek(0).is_ascii_digit() {
                self.decimal_digits()?;
            }
        }
        if matches!(self.peek(0), b'e' | b'E') {
            let signed = matches!(self.peek(1), b'+' | b'-');
            if self.peek(1 + usize::from(signed)).is_ascii_digit() {
                self.at += 1 + usize::from(signed);
                self.decimal_digits()?;
            } else if signed {
                return Err(self.fault_here("invalid decimal literal", self.at + 2));
            }
        }
        if matches!(self.peek(0), b'j' | b'J') {
            self.at += 1;
            return self.end_of_number(start, "imaginary");
        }
        self.end_of_number(start, "decimal")
    }

    /// A number may touch only certain keywords.
    fn end_of_number(&mut self, start: usize, word: &str) -> Scanned<Token> {
        let rest = self.bytes.get(self.at..).unwrap_or(&[]);
        let keyword = ["and", "else", "for", "if", "in", "is", "not", "or"]
            .iter()
            .any(|keyword| rest.starts_with(keyword.as_bytes()));
        let next = self.peek(0);
        if !keyword && (next.is_ascii_alphanumeric() || next == b'_') {
            return Err(self.fault_here(&format!("invalid {word} literal"), self.at));
        }
        Ok(self.token(Kind::Number, start))
    }
}
