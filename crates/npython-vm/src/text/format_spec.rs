//! The format specification mini-language: what stands behind the colon in f-strings and `str.format`.
//!
//! A specification is parsed once with [`FormatSpec::for_number`] or [`FormatSpec::for_string`] and applied with the
//! function for the type of the value. The functions refuse to write more than `max_len` bytes.

mod complex;
mod float;
mod integer;
mod layout;
mod string;

pub use complex::format_complex;
pub use float::format_float;
pub use integer::{format_big, format_small};
pub use string::format_string;

use super::GuestError;
use super::unicode::decimal_value;

/// Where the fill goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    Left,
    Right,
    Center,
    /// Between the sign and the digits.
    AfterSign,
}

/// Which signs are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SignMode {
    /// Nothing was said; only negative numbers have one.
    #[default]
    Unspecified,
    Minus,
    Plus,
    Space,
}

/// A parsed format specification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FormatSpec {
    pub fill: char,
    pub align: Align,
    pub sign: SignMode,
    /// `z`: what rounds to zero has no sign.
    pub no_negative_zero: bool,
    /// `#`.
    pub alternate: bool,
    pub width: usize,
    /// `,` or `_`.
    pub separator: Option<char>,
    pub precision: Option<usize>,
    /// The type code, if one was given.
    pub code: Option<char>,
}

impl FormatSpec {
    /// Parses the specification of a number; the type's name is for error messages.
    ///
    /// # Errors
    /// `ValueError` when it is malformed.
    pub fn for_number(spec: &str, type_name: &str) -> Result<Self, GuestError> {
        Parser::new(spec, type_name).parse(Align::Right, '\0')
    }

    /// Parses the specification of a string; the type's name is for error messages.
    ///
    /// # Errors
    /// `ValueError` when it is malformed.
    pub fn for_string(spec: &str, type_name: &str) -> Result<Self, GuestError> {
        Parser::new(spec, type_name).parse(Align::Left, 's')
    }
}

/// The error of a type code that the type of the value does not know.
#[must_use]
pub fn unknown_code(code: char, type_name: &str) -> GuestError {
    GuestError::value(format!("Unknown format code '{}' for object of type '{type_name}'", show_code(code)))
}

fn show_code(code: char) -> String {
    if code > ' ' && code.is_ascii() { code.to_string() } else { format!("\\x{:x}", u32::from(code)) }
}

/// Reads the digits at the front of a text as a number: the number, if there are any, and the rest.
pub(super) fn read_number(text: &str) -> Result<(Option<usize>, &str), GuestError> {
    let mut number = None;
    let mut rest = text;
    if let Some(b' '..=b'/' | b':'..=b'~') | None = text.as_bytes().first() {
        return Ok((None, text));
    }
    while let Some(digit) = rest.chars().next().and_then(decimal_value) {
        let next = number
            .unwrap_or(0_usize)
            .checked_mul(10)
            .and_then(|shifted| shifted.checked_add(usize::from(digit)))
            .filter(|next| isize::try_from(*next).is_ok())
            .ok_or_else(|| GuestError::value("Too many decimal digits in format string"))?;
        number = Some(next);
        let mut characters = rest.chars();
        characters.next();
        rest = characters.as_str();
    }
    Ok((number, rest))
}

struct Parser<'text> {
    whole: &'text str,
    rest: &'text str,
    type_name: &'text str,
}

impl<'text> Parser<'text> {
    fn new(spec: &'text str, type_name: &'text str) -> Self {
        Self { whole: spec, rest: spec, type_name }
    }

    fn parse(mut self, default_align: Align, default_code: char) -> Result<FormatSpec, GuestError> {
        let (given_fill, given_align) = self.fill_and_align();
        let sign = self.sign();
        let no_negative_zero = self.take(b'z');
        let alternate = self.take(b'#');
        let mut fill = given_fill.unwrap_or(' ');
        let mut align = given_align.unwrap_or(default_align);
        if given_fill.is_none() && self.take(b'0') {
            fill = '0';
            if given_align.is_none() && default_align == Align::Right {
                align = Align::AfterSign;
            }
        }
        let width = self.number()?.unwrap_or(0);
        let separator = self.separator()?;
        let precision = self.precision()?;
        let code = self.code()?;
        if let Some(separator) = separator {
            check_separator(separator, code.unwrap_or(default_code))?;
        }
        Ok(FormatSpec { fill, align, sign, no_negative_zero, alternate, width, separator, precision, code })
    }

    /// Takes an ASCII character if it comes next.
    #[inline]
    fn take(&mut self, wanted: u8) -> bool {
        let found = self.rest.as_bytes().first() == Some(&wanted);
        if found {
            self.rest = self.rest.get(1..).unwrap_or_default();
        }
        found
    }

    fn fill_and_align(&mut self) -> (Option<char>, Option<Align>) {
        let mut characters = self.rest.chars();
        let first = characters.next();
        let after_first = characters.as_str();
        if let Some(align) = characters.next().and_then(align_of) {
            self.rest = characters.as_str();
            return (first, Some(align));
        }
        let align = first.and_then(align_of);
        if align.is_some() {
            self.rest = after_first;
        }
        (None, align)
    }

    fn sign(&mut self) -> SignMode {
        if self.take(b'+') {
            SignMode::Plus
        } else if self.take(b'-') {
            SignMode::Minus
        } else if self.take(b' ') {
            SignMode::Space
        } else {
            SignMode::Unspecified
        }
    }

    fn number(&mut self) -> Result<Option<usize>, GuestError> {
        let (number, rest) = read_number(self.rest)?;
        self.rest = rest;
        Ok(number)
    }

    fn separator(&mut self) -> Result<Option<char>, GuestError> {
        let comma = self.take(b',');
        let underscore = self.take(b'_');
        if underscore && (comma || self.rest.starts_with(',')) {
            return Err(GuestError::value("Cannot specify both ',' and '_'."));
        }
        Ok(if comma { Some(',') } else { underscore.then_some('_') })
    }

    fn precision(&mut self) -> Result<Option<usize>, GuestError> {
        if !self.take(b'.') {
            return Ok(None);
        }
        match self.number()? {
            Some(precision) => Ok(Some(precision)),
            None => Err(GuestError::value("Format specifier missing precision")),
        }
    }

    fn code(&self) -> Result<Option<char>, GuestError> {
        let mut characters = self.rest.chars();
        let code = characters.next();
        if characters.next().is_some() {
            return Err(GuestError::value(format!(
                "Invalid format specifier '{}' for object of type '{}'",
                self.whole, self.type_name
            )));
        }
        Ok(code)
    }
}

fn align_of(character: char) -> Option<Align> {
    Some(match character {
        '<' => Align::Left,
        '>' => Align::Right,
        '^' => Align::Center,
        '=' => Align::AfterSign,
        _ => return None,
    })
}

fn check_separator(separator: char, code: char) -> Result<(), GuestError> {
    match code {
        'd' | 'e' | 'f' | 'g' | 'E' | 'G' | '%' | 'F' | '\0' => Ok(()),
        'b' | 'o' | 'x' | 'X' if separator == '_' => Ok(()),
        _ => Err(GuestError::value(format!("Cannot specify '{separator}' with '{}'.", show_code(code)))),
    }
}

#[cfg(test)]
mod tests;
