//! Escapes: what a backslash means outside and inside of a set.

use super::Error;
use super::parse::State;
use super::source::{Source, character_of};
use super::syntax::{Category, Node, Place, SetItem};

fn octal(character: char) -> bool {
    matches!(character, '0'..='7')
}

fn hexadecimal(character: char) -> bool {
    character.is_ascii_hexdigit()
}

/// The control character that a letter stands for.
pub(super) fn control(character: char) -> Option<u32> {
    Some(match character {
        'a' => 7,
        'b' => 8,
        'f' => 12,
        'n' => 10,
        'r' => 13,
        't' => 9,
        'v' => 11,
        '\\' => u32::from('\\'),
        _ => return None,
    })
}

fn category(character: char) -> Option<Category> {
    Some(match character {
        'd' => Category::Digit,
        'D' => Category::NotDigit,
        's' => Category::Space,
        'S' => Category::NotSpace,
        'w' => Category::Word,
        'W' => Category::NotWord,
        _ => return None,
    })
}

fn place(character: char) -> Option<Place> {
    Some(match character {
        'A' => Place::BeginningOfString,
        'Z' => Place::EndOfString,
        'b' => Place::Boundary,
        'B' => Place::NotBoundary,
        _ => return None,
    })
}

#[cold]
fn bad_escape(source: &Source, escape: &str) -> Error {
    source.error(format!("bad escape {escape}"), escape.chars().count())
}

/// The value of an escape with exactly `digits` hexadecimal digits.
fn hexadecimal_escape(source: &mut Source, escape: &str, digits: usize) -> Result<u32, Error> {
    let found = source.take_while(digits, hexadecimal)?;
    let escape = format!("{escape}{found}");
    if found.len() != digits {
        return Err(source.error(format!("incomplete escape {escape}"), escape.len()));
    }
    u32::from_str_radix(&found, 16)
        .ok()
        .filter(|code| *code <= u32::from(char::MAX))
        .ok_or_else(|| bad_escape(source, &escape))
}

/// The character of `\N{name}`.
fn named(source: &mut Source) -> Result<u32, Error> {
    if !source.accept('{')? {
        return Err(source.error("missing {", 0));
    }
    let name = source.take_until('}', "character name")?;
    match unicode_names2::character(&name) {
        Some(character) => Ok(u32::from(character)),
        None => {
            let shown = crate::text::string_repr::string_repr(&name);
            let length = name.chars().count() + r"\N{}".len();
            Err(source.error(format!("undefined character name {shown}"), length))
        }
    }
}

/// Escapes that are alike outside and inside of sets; `None` for the others.
fn code_escape(source: &mut Source, character: char) -> Result<Option<u32>, Error> {
    Ok(Some(match character {
        'x' => hexadecimal_escape(source, r"\x", 2)?,
        'u' if source.is_text => hexadecimal_escape(source, r"\u", 4)?,
        'U' if source.is_text => hexadecimal_escape(source, r"\U", 8)?,
        'N' if source.is_text => named(source)?,
        _ => return Ok(None),
    }))
}

fn octal_value(source: &Source, digits: &str) -> Result<u32, Error> {
    match u32::from_str_radix(digits, 8) {
        Ok(code) if code <= 0o377 => Ok(code),
        _ => {
            let message = format!("octal escape value \\{digits} outside of range 0-0o377");
            Err(source.error(message, digits.len() + 1))
        }
    }
}

/// An escape that means a character, by itself.
fn literal(source: &Source, code: u32) -> Result<u32, Error> {
    match char::from_u32(code) {
        Some(character) if character.is_ascii_alphabetic() => {
            Err(bad_escape(source, &['\\', character].iter().collect::<String>()))
        }
        _ => Ok(code),
    }
}

/// An escape in a set.
pub(super) fn inside_set(source: &mut Source, code: u32) -> Result<SetItem, Error> {
    let character = character_of(code);
    if let Some(code) = control(character) {
        return Ok(SetItem::Literal(code));
    }
    if let Some(category) = category(character) {
        return Ok(SetItem::Category(category));
    }
    if let Some(code) = code_escape(source, character)? {
        return Ok(SetItem::Literal(code));
    }
    if octal(character) {
        let digits = format!("{character}{}", source.take_while(2, octal)?);
        return octal_value(source, &digits).map(SetItem::Literal);
    }
    if character.is_ascii_digit() {
        return Err(bad_escape(source, &['\\', character].iter().collect::<String>()));
    }
    literal(source, code).map(SetItem::Literal)
}

/// An escape outside of a set.
pub(super) fn outside_set(source: &mut Source, state: &State, code: u32) -> Result<Node, Error> {
    let character = character_of(code);
    if let Some(place) = place(character) {
        return Ok(Node::Place(place));
    }
    if let Some(category) = category(character) {
        return Ok(Node::Set { negated: false, items: Box::new([SetItem::Category(category)]) });
    }
    if let Some(code) = control(character) {
        return Ok(Node::Literal(code));
    }
    if let Some(code) = code_escape(source, character)? {
        return Ok(Node::Literal(code));
    }
    if character == '0' {
        let digits = source.take_while(2, octal)?;
        return Ok(Node::Literal(u32::from_str_radix(&digits, 8).unwrap_or(0)));
    }
    if character.is_ascii_digit() {
        return octal_or_reference(source, state, character);
    }
    literal(source, code).map(Node::Literal)
}

/// Three octal digits are a character, one or two digits a group.
fn octal_or_reference(source: &mut Source, state: &State, first: char) -> Result<Node, Error> {
    let mut digits = String::from(first);
    digits.push_str(&source.take_while(1, |character| character.is_ascii_digit())?);
    if digits.len() == 2 && digits.chars().all(octal) && source.next.ascii().is_some_and(octal) {
        digits.push_str(&source.take_while(1, octal)?);
        return octal_value(source, &digits).map(Node::Literal);
    }
    let group = digits.parse::<u32>().unwrap_or(u32::MAX);
    if group as usize >= state.groups.len() {
        return Err(source.error(format!("invalid group reference {group}"), digits.len()));
    }
    let Some(width) = state.closed(group) else {
        return Err(source.error("cannot refer to an open group", digits.len() + 1));
    };
    state.check_lookbehind(group, source)?;
    Ok(Node::Reference { group, width })
}
