//! Templates of `str.format`: literal text and replacement fields.
//!
//! The template is taken apart piece by piece with [`TemplateParser`]; errors appear where CPython raises them, after the
//! fields before them. Names of fields are taken apart with [`FieldName`] and [`Accessors`].

use std::ops::Range;

use super::GuestError;
use super::format_spec::read_number;

/// How deep specifications may hold fields: the template is the first level, its specifications the second.
pub const DEEPEST_LEVEL: u32 = 2;

/// The error of a field nested deeper than [`DEEPEST_LEVEL`].
#[must_use]
pub fn nested_too_deeply() -> GuestError {
    GuestError::value("Max string recursion exceeded")
}

/// Literal text with the field that follows it; ranges are of bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplatePiece {
    /// Never contains an escaping brace, only the escaped one.
    pub literal: Range<usize>,
    pub field: Option<TemplateField>,
}

/// A replacement field; ranges are of bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateField {
    pub name: Range<usize>,
    /// The character behind the exclamation mark.
    pub conversion: Option<char>,
    pub spec: Range<usize>,
    /// Whether the specification is itself a template.
    pub spec_has_fields: bool,
}

/// Walks through a template. Plain data, so that the walk can be interrupted.
#[derive(Clone, Copy, Debug, Default)]
pub struct TemplateParser {
    position: usize,
}

impl TemplateParser {
    /// Starts at the beginning of a template.
    #[must_use]
    pub const fn new() -> Self {
        Self { position: 0 }
    }

    /// The next piece of the template, which must be the same at each call.
    ///
    /// # Errors
    /// `ValueError` when the template is malformed.
    pub fn next_piece(&mut self, template: &str) -> Result<Option<TemplatePiece>, GuestError> {
        let bytes = template.as_bytes();
        let start = self.position;
        let Some(rest) = bytes.get(start..).filter(|rest| !rest.is_empty()) else { return Ok(None) };
        let Some(offset) = memchr::memchr2(b'{', b'}', rest) else {
            self.position = bytes.len();
            return Ok(Some(TemplatePiece { literal: start..bytes.len(), field: None }));
        };
        let brace = start + offset;
        let is_open = bytes.get(brace) == Some(&b'{');
        let doubled = bytes.get(brace + 1) == bytes.get(brace);
        if doubled {
            self.position = brace + 2;
            return Ok(Some(TemplatePiece { literal: start..brace + 1, field: None }));
        }
        if !is_open {
            return Err(GuestError::value("Single '}' encountered in format string"));
        }
        if brace + 1 >= bytes.len() {
            return Err(GuestError::value("Single '{' encountered in format string"));
        }
        self.position = brace + 1;
        let field = self.field(template)?;
        Ok(Some(TemplatePiece { literal: start..brace, field: Some(field) }))
    }

    fn next_byte(&mut self, bytes: &[u8]) -> Option<u8> {
        let byte = bytes.get(self.position).copied();
        self.position += usize::from(byte.is_some());
        byte
    }

    fn field(&mut self, template: &str) -> Result<TemplateField, GuestError> {
        let bytes = template.as_bytes();
        let start = self.position;
        let end_of_name = loop {
            match self.next_byte(bytes) {
                Some(b'{') => return Err(GuestError::value("unexpected '{' in field name")),
                Some(b'[') => self.skip_index(bytes),
                Some(end @ (b'}' | b':' | b'!')) => break end,
                Some(_) => {}
                None => return Err(GuestError::value("expected '}' before end of string")),
            }
        };
        let name = start..self.position - 1;
        let without_spec = |position, conversion| TemplateField {
            name: name.clone(),
            conversion,
            spec: position..position,
            spec_has_fields: false,
        };
        let mut conversion = None;
        match end_of_name {
            b'}' => return Ok(without_spec(self.position, None)),
            b'!' => {
                conversion = Some(self.conversion(template)?);
                match self.next_byte(bytes) {
                    Some(b'}') => return Ok(without_spec(self.position, conversion)),
                    Some(b':') | None => {}
                    Some(_) => return Err(GuestError::value("expected ':' after conversion specifier")),
                }
            }
            _ => {}
        }
        let (spec, spec_has_fields) = self.spec(bytes)?;
        Ok(TemplateField { name, conversion, spec, spec_has_fields })
    }

    /// Skips to the bracket that closes an index, in which braces have no meaning.
    fn skip_index(&mut self, bytes: &[u8]) {
        let rest = bytes.get(self.position..).unwrap_or_default();
        self.position += memchr::memchr(b']', rest).unwrap_or(rest.len());
    }

    fn conversion(&mut self, template: &str) -> Result<char, GuestError> {
        let conversion = template.get(self.position..).and_then(|rest| rest.chars().next());
        let conversion =
            conversion.ok_or_else(|| GuestError::value("end of string while looking for conversion specifier"))?;
        self.position += conversion.len_utf8();
        Ok(conversion)
    }

    fn spec(&mut self, bytes: &[u8]) -> Result<(Range<usize>, bool), GuestError> {
        let start = self.position;
        let mut open = 1_usize;
        let mut has_fields = false;
        while let Some(byte) = self.next_byte(bytes) {
            match byte {
                b'{' => {
                    has_fields = true;
                    open += 1;
                }
                b'}' => open -= 1,
                _ => {}
            }
            if open == 0 {
                return Ok((start..self.position - 1, has_fields));
            }
        }
        Err(GuestError::value("unmatched '{' in format spec"))
    }
}

/// What a conversion such as `!r` does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conversion {
    Str,
    Repr,
    Ascii,
}

impl Conversion {
    /// The conversion of a character.
    ///
    /// # Errors
    /// `ValueError` when there is none.
    pub fn from_character(character: char) -> Result<Self, GuestError> {
        match character {
            's' => Ok(Self::Str),
            'r' => Ok(Self::Repr),
            'a' => Ok(Self::Ascii),
            '!'..='~' => Err(GuestError::value(format!("Unknown conversion specifier {character}"))),
            _ => Err(GuestError::value(format!("Unknown conversion specifier \\x{:x}", u32::from(character)))),
        }
    }
}

/// The first part of a field's name, which says where its value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum First<'text> {
    /// Nothing: the next positional argument.
    Automatic,
    Position(usize),
    Keyword(&'text str),
}

/// A field's name: where the value comes from and what is then taken from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldName<'text> {
    pub first: First<'text>,
    pub accessors: Accessors<'text>,
}

impl<'text> FieldName<'text> {
    /// Splits a name.
    ///
    /// # Errors
    /// `ValueError` when a number in it is too large.
    pub fn parse(name: &'text str) -> Result<Self, GuestError> {
        let end = name.find(['.', '[']).unwrap_or(name.len());
        let (first, rest) = name.split_at_checked(end).unwrap_or((name, ""));
        let first = match read_whole_number(first)? {
            _ if first.is_empty() => First::Automatic,
            Some(position) => First::Position(position),
            None => First::Keyword(first),
        };
        Ok(Self { first, accessors: Accessors { rest } })
    }
}

fn read_whole_number(text: &str) -> Result<Option<usize>, GuestError> {
    let (number, rest) = read_number(text)?;
    Ok(number.filter(|_| rest.is_empty()))
}

/// A step from a value to a part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accessor<'text> {
    Attribute(&'text str),
    Index(usize),
    Key(&'text str),
}

/// The steps of a field's name, each to be taken before the next is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Accessors<'text> {
    rest: &'text str,
}

impl<'text> Accessors<'text> {
    /// The steps that a stored remainder stands for.
    #[must_use]
    pub const fn from_remainder(rest: &'text str) -> Self {
        Self { rest }
    }

    /// What is still to come, as text.
    #[must_use]
    pub const fn remainder(&self) -> &'text str {
        self.rest
    }

    /// The next step.
    ///
    /// # Errors
    /// `ValueError` when the name is malformed here.
    pub fn next_step(&mut self) -> Result<Option<Accessor<'text>>, GuestError> {
        let empty = || GuestError::value("Empty attribute in format string");
        if let Some(after) = self.rest.strip_prefix('.') {
            let end = after.find(['.', '[']).unwrap_or(after.len());
            let (name, rest) = after.split_at_checked(end).unwrap_or((after, ""));
            self.rest = rest;
            return if name.is_empty() { Err(empty()) } else { Ok(Some(Accessor::Attribute(name))) };
        }
        if let Some(after) = self.rest.strip_prefix('[') {
            let (key, rest) = after.split_once(']').ok_or_else(|| GuestError::value("Missing ']' in format string"))?;
            self.rest = rest;
            if key.is_empty() {
                return Err(empty());
            }
            return Ok(Some(read_whole_number(key)?.map_or(Accessor::Key(key), Accessor::Index)));
        }
        if self.rest.is_empty() {
            return Ok(None);
        }
        Err(GuestError::value("Only '.' or '[' may follow ']' in format field specifier"))
    }
}

/// The numbering of fields without a name; one template numbers all of its fields, or none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FieldNumbering {
    #[default]
    Undecided,
    Automatic(usize),
    Manual,
}

impl FieldNumbering {
    /// The position of the argument a field starts from; `None` for keywords.
    ///
    /// # Errors
    /// `ValueError` when the template mixes both ways.
    pub fn position(&mut self, first: First<'_>) -> Result<Option<usize>, GuestError> {
        match (first, *self) {
            (First::Keyword(_), _) => Ok(None),
            (First::Automatic, Self::Manual) => {
                Err(GuestError::value("cannot switch from manual field specification to automatic field numbering"))
            }
            (First::Position(_), Self::Automatic(_)) => {
                Err(GuestError::value("cannot switch from automatic field numbering to manual field specification"))
            }
            (First::Position(position), _) => {
                *self = Self::Manual;
                Ok(Some(position))
            }
            (First::Automatic, numbering) => {
                let next = if let Self::Automatic(next) = numbering { next } else { 0 };
                *self = Self::Automatic(next + 1);
                Ok(Some(next))
            }
        }
    }
}

/// The error of a position beyond the positional arguments.
#[must_use]
pub fn position_out_of_range(position: usize) -> GuestError {
    GuestError::new(
        super::ErrorKind::IndexError,
        format!("Replacement index {position} out of range for positional args tuple"),
    )
}

#[cfg(test)]
mod tests;
