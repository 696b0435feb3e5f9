//! Taking printf-style templates apart.

use std::ops::Range;

use crate::text::GuestError;

/// Whether a template is a string (given as UTF-8) or bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TemplateKind {
    Text,
    Bytes,
}

/// A piece of a template; ranges are of bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Text that stands for itself, also the one percent sign of two.
    Literal(Range<usize>),
    Field(Field),
}

/// A conversion. Its parts are to be handled in the order of the fields here, for the order of the errors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    pub key: Key,
    pub flags: Flags,
    pub width: Count,
    pub precision: Count,
    /// The Unicode code (or the byte) that names the conversion; `None` when the template ends before it.
    pub conversion: Option<u32>,
    /// Where the conversion's name stands.
    pub offset: usize,
    kind: TemplateKind,
}

/// The parenthesised key of a conversion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key {
    None,
    Name(Range<usize>),
    /// The closing parenthesis is missing; an error, but only when the values are a mapping.
    Unterminated,
}

/// A width or a precision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    None,
    Fixed(usize),
    /// To be taken from the values.
    Star,
    TooBig,
}

/// The flag characters of a conversion.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "five independent flags of the language")]
pub struct Flags {
    /// `-`
    pub left: bool,
    /// `+`
    pub plus: bool,
    /// A space.
    pub space: bool,
    /// `#`
    pub alternate: bool,
    /// `0`
    pub zero: bool,
}

impl Field {
    /// The conversion as a character, if it is one of the language's: `bytes` has `b` besides those of strings.
    ///
    /// # Errors
    /// `ValueError` when the template ends before it or there is no such conversion. To be asked for after the value
    /// was fetched.
    pub fn known_conversion(&self, template: &[u8]) -> Result<char, GuestError> {
        let code = self.conversion.ok_or_else(incomplete_format)?;
        let known = match char::from_u32(code) {
            Some(known @ ('d' | 'i' | 'u' | 'o' | 'x' | 'X' | 'e' | 'E' | 'f' | 'F' | 'g' | 'G')) => Some(known),
            Some(known @ ('c' | 's' | 'r' | 'a')) => Some(known),
            Some('b') if self.kind == TemplateKind::Bytes => Some('b'),
            _ => None,
        };
        known.ok_or_else(|| self.unsupported(code, template))
    }

    #[inline]
    fn plain(conversion: u8, offset: usize, kind: TemplateKind) -> Self {
        Self {
            key: Key::None,
            flags: Flags::default(),
            width: Count::None,
            precision: Count::None,
            conversion: Some(u32::from(conversion)),
            offset,
            kind,
        }
    }

    /// Whether it is nothing but a conversion.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.key == Key::None
            && self.flags == Flags::default()
            && self.width == Count::None
            && self.precision == Count::None
    }

    /// Fails when the template ends before the conversion, which is noticed before the value is fetched.
    ///
    /// # Errors
    /// `ValueError`.
    pub fn check_complete(&self) -> Result<(), GuestError> {
        if self.conversion.is_none() { Err(incomplete_format()) } else { Ok(()) }
    }

    /// The error of an unterminated key, for values that are a mapping.
    #[must_use]
    pub fn incomplete_key() -> GuestError {
        GuestError::value("incomplete format key")
    }

    /// The error of [`Count::TooBig`] as a width.
    #[must_use]
    pub fn width_too_big() -> GuestError {
        GuestError::value("width too big")
    }

    /// The error of [`Count::TooBig`] as a precision.
    #[must_use]
    pub fn precision_too_big(&self) -> GuestError {
        GuestError::value(match self.kind {
            TemplateKind::Text => "precision too big",
            TemplateKind::Bytes => "prec too big",
        })
    }

    fn unsupported(&self, code: u32, template: &[u8]) -> GuestError {
        let before = template.get(..self.offset).unwrap_or(template);
        let (shown, index) = match self.kind {
            TemplateKind::Bytes if code > 0x7F => {
                return GuestError::overflow("character argument not in range(0x110000)");
            }
            TemplateKind::Bytes => (char::from_u32(code).unwrap_or('?'), before.len()),
            TemplateKind::Text => {
                let shown = char::from_u32(code).filter(|character| matches!(character, '\x1f'..='~')).unwrap_or('?');
                (shown, before.iter().filter(|byte| !is_continuation(**byte)).count())
            }
        };
        GuestError::value(format!("unsupported format character '{shown}' (0x{code:x}) at index {index}"))
    }
}

fn incomplete_format() -> GuestError {
    GuestError::value("incomplete format")
}

fn is_continuation(byte: u8) -> bool {
    byte & 0xC0 == 0x80
}

/// Walks through a template. Plain data, so that the walk can be interrupted.
#[derive(Clone, Copy, Debug)]
pub struct PercentParser {
    position: usize,
    kind: TemplateKind,
}

impl PercentParser {
    /// Starts at the beginning of a template.
    #[must_use]
    pub const fn new(kind: TemplateKind) -> Self {
        Self { position: 0, kind }
    }

    /// The next piece of the template, which must be the same at each call.
    pub fn next_piece(&mut self, template: &[u8]) -> Option<Piece> {
        let rest = template.get(self.position..).filter(|rest| !rest.is_empty())?;
        let start = self.position;
        if rest.first() != Some(&b'%') {
            self.position += memchr::memchr(b'%', rest).unwrap_or(rest.len());
            return Some(Piece::Literal(start..self.position));
        }
        self.position += 1;
        match self.peek(template) {
            Some(b'%') => {
                self.position += 1;
                Some(Piece::Literal(start..start + 1))
            }
            // Most fields are nothing but one of these.
            Some(conversion @ (b's' | b'd' | b'r')) => {
                let offset = self.position;
                self.position += 1;
                Some(Piece::Field(Field::plain(conversion, offset, self.kind)))
            }
            _ => Some(Piece::Field(self.field(template))),
        }
    }

    fn peek(&self, template: &[u8]) -> Option<u8> {
        template.get(self.position).copied()
    }

    fn take(&mut self, template: &[u8], wanted: u8) -> bool {
        let found = self.peek(template) == Some(wanted);
        self.position += usize::from(found);
        found
    }

    fn field(&mut self, template: &[u8]) -> Field {
        let key = self.key(template);
        let flags = self.flags(template);
        let width = self.count(template, isize::MAX as usize);
        let precision = if self.take(template, b'.') {
            match self.count(template, i32::MAX as usize) {
                Count::None => Count::Fixed(0),
                count => count,
            }
        } else {
            Count::None
        };
        if matches!(self.peek(template), Some(b'h' | b'l' | b'L')) {
            self.position += 1;
        }
        let offset = self.position;
        let conversion = self.conversion(template);
        Field { key, flags, width, precision, conversion, offset, kind: self.kind }
    }

    fn key(&mut self, template: &[u8]) -> Key {
        if !self.take(template, b'(') {
            return Key::None;
        }
        let start = self.position;
        let mut open = 1_usize;
        while let Some(byte) = self.peek(template) {
            self.position += 1;
            match byte {
                b'(' => open += 1,
                b')' => open -= 1,
                _ => {}
            }
            if open == 0 {
                return Key::Name(start..self.position - 1);
            }
        }
        Key::Unterminated
    }

    fn flags(&mut self, template: &[u8]) -> Flags {
        let mut flags = Flags::default();
        while let Some(byte) = self.peek(template) {
            match byte {
                b'-' => flags.left = true,
                b'+' => flags.plus = true,
                b' ' => flags.space = true,
                b'#' => flags.alternate = true,
                b'0' => flags.zero = true,
                _ => break,
            }
            self.position += 1;
        }
        flags
    }

    fn count(&mut self, template: &[u8], largest: usize) -> Count {
        if self.take(template, b'*') {
            return Count::Star;
        }
        let mut count = None;
        while let Some(byte) = self.peek(template).filter(u8::is_ascii_digit) {
            self.position += 1;
            let next =
                count.unwrap_or(0_usize).checked_mul(10).and_then(|tens| tens.checked_add(usize::from(byte - b'0')));
            match next.filter(|next| *next <= largest) {
                Some(next) => count = Some(next),
                None => return Count::TooBig,
            }
        }
        count.map_or(Count::None, Count::Fixed)
    }

    fn conversion(&mut self, template: &[u8]) -> Option<u32> {
        let rest = template.get(self.position..)?;
        let first = *rest.first()?;
        let length = match self.kind {
            TemplateKind::Bytes => 1,
            TemplateKind::Text => 1 + rest.iter().skip(1).take_while(|byte| is_continuation(**byte)).count(),
        };
        self.position += length;
        let character =
            rest.get(..length).and_then(|bytes| std::str::from_utf8(bytes).ok()).and_then(|text| text.chars().next());
        Some(character.map_or(u32::from(first), u32::from))
    }
}
