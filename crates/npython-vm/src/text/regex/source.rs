//! The text of a pattern or template, taken character by character, an escape being one token.

use crate::pace::UNASKED;
use crate::text::string_repr::{string_ascii, string_repr};
use crate::text::unicode;

use super::Error;

/// The character of a code point; surrogates are mapped as in strings of the machine.
pub(super) fn character_of(code: u32) -> char {
    const SURROGATE_SHIFT: u32 = 0x10_F800 - 0xD800;
    char::from_u32(code).or_else(|| char::from_u32(code.saturating_add(SURROGATE_SHIFT))).unwrap_or('\u{FFFD}')
}

/// What is read next.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Token {
    End,
    Character(u32),
    /// A backslash and the character after it.
    Escape(u32),
}

impl Token {
    pub(super) const fn length(self) -> usize {
        match self {
            Self::End => 0,
            Self::Character(_) => 1,
            Self::Escape(_) => 2,
        }
    }

    /// Whether it is this (unescaped) character.
    pub(super) fn is(self, character: char) -> bool {
        self == Self::Character(u32::from(character))
    }

    /// The unescaped character, if it is an ASCII one.
    pub(super) fn ascii(self) -> Option<char> {
        match self {
            Self::Character(code) if code < 128 => char::from_u32(code),
            _ => None,
        }
    }

    /// As it stands in the source.
    pub(super) fn text(self) -> String {
        match self {
            Self::End => String::new(),
            Self::Character(code) => character_of(code).into(),
            Self::Escape(code) => ['\\', character_of(code)].into_iter().collect(),
        }
    }

    pub(super) fn is_alphabetic(self) -> bool {
        matches!(self, Self::Character(code) if char::from_u32(code).is_some_and(unicode::is_alpha_char))
    }
}

/// A pattern being read.
pub(super) struct Source<'pattern> {
    characters: &'pattern [u32],
    /// A `str`, not `bytes`.
    pub(super) is_text: bool,
    /// Behind the next token.
    index: usize,
    pub(super) next: Token,
}

impl<'pattern> Source<'pattern> {
    pub(super) fn new(characters: &'pattern [u32], is_text: bool) -> Result<Self, Error> {
        let mut source = Self { characters, is_text, index: 0, next: Token::End };
        source.advance()?;
        Ok(source)
    }

    fn advance(&mut self) -> Result<(), Error> {
        let Some(character) = self.characters.get(self.index).copied() else {
            self.next = Token::End;
            return Ok(());
        };
        self.index += 1;
        if character != u32::from('\\') {
            self.next = Token::Character(character);
            return Ok(());
        }
        let Some(escaped) = self.characters.get(self.index).copied() else {
            let last = self.characters.len() - 1;
            return Err(Error::Pattern("bad escape (end of pattern)".to_owned(), Some(last)));
        };
        self.index += 1;
        self.next = Token::Escape(escaped);
        Ok(())
    }

    /// Takes the next token.
    pub(super) fn take(&mut self) -> Result<Token, Error> {
        let token = self.next;
        self.advance()?;
        Ok(token)
    }

    /// Takes the next token if it is this character.
    pub(super) fn accept(&mut self, character: char) -> Result<bool, Error> {
        let found = self.next.is(character);
        if found {
            self.advance()?;
        }
        Ok(found)
    }

    /// Takes up to `most` characters that `wanted` accepts.
    pub(super) fn take_while(&mut self, most: usize, wanted: fn(char) -> bool) -> Result<String, Error> {
        let mut text = String::new();
        while text.len() < most
            && let Some(character) = self.next.ascii().filter(|character| wanted(*character))
        {
            text.push(character);
            self.advance()?;
        }
        Ok(text)
    }

    /// Takes everything before `terminator`, and that; `name` is what the text means.
    pub(super) fn take_until(&mut self, terminator: char, name: &str) -> Result<String, Error> {
        let mut text = String::new();
        let mut length = 0;
        loop {
            let token = self.take()?;
            if token == Token::End {
                return Err(match length {
                    0 => self.error(format!("missing {name}"), 0),
                    _ => self.error(format!("missing {terminator}, unterminated name"), length),
                });
            }
            if token.is(terminator) {
                break;
            }
            length += token.length();
            text.push_str(&token.text());
        }
        if length == 0 { Err(self.error(format!("missing {name}"), 1)) } else { Ok(text) }
    }

    /// The position of the next token.
    pub(super) fn position(&self) -> usize {
        self.index - self.next.length()
    }

    /// Goes (back) to a position.
    pub(super) fn seek(&mut self, position: usize) -> Result<(), Error> {
        self.index = position;
        self.advance()
    }

    /// An error `offset` characters before the next token.
    #[cold]
    pub(super) fn error(&self, message: impl Into<String>, offset: usize) -> Error {
        let mut message = message.into();
        if !self.is_text {
            message = crate::text::string_repr::escape_non_ascii(&message, UNASKED).unwrap_or_default();
        }
        Error::Pattern(message, Some(self.position().saturating_sub(offset)))
    }

    /// Checks the name of a group that ended `offset` characters before the next token.
    pub(super) fn check_group_name(&self, name: &str, offset: usize) -> Result<(), Error> {
        let offset = name.chars().count() + offset;
        if !self.is_text && !name.is_ascii() {
            return Err(self.error(format!("bad character in group name {}", string_ascii(name)), offset));
        }
        if unicode::is_identifier(name, UNASKED) != Ok(true) {
            return Err(self.error(format!("bad character in group name {}", string_repr(name)), offset));
        }
        Ok(())
    }
}
