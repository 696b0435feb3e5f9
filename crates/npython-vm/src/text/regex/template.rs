//! Templates of replacements.

use super::Error;
use super::escape::control;
use super::source::{Source, Token, character_of};

/// A part of a template.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum TemplatePart {
    /// As code points, or bytes.
    Literal(Vec<u32>),
    Group(u32),
}

const MOST_GROUPS: u32 = 1_073_741_823;

fn octal(character: char) -> bool {
    matches!(character, '0'..='7')
}

/// Parses a template for a pattern with `groups` groups and these names.
///
/// # Errors
/// When the template is not valid for the pattern.
pub fn parse_template(
    characters: &[u32],
    is_text: bool,
    groups: usize,
    named: impl Fn(&str) -> Option<u32>,
) -> Result<Vec<TemplatePart>, Error> {
    let mut source = Source::new(characters, is_text)?;
    let mut parts = Vec::new();
    let mut literal = Vec::new();
    loop {
        let code = match source.take()? {
            Token::End => break,
            Token::Character(code) => {
                literal.push(code);
                continue;
            }
            Token::Escape(code) => code,
        };
        let (group, offset) = match escape(&mut source, code, &named)? {
            Escape::Character(code) => {
                literal.push(code);
                continue;
            }
            Escape::Backslash => {
                literal.extend([u32::from('\\'), code]);
                continue;
            }
            Escape::Group(group, offset) => (group, offset),
        };
        if group as usize > groups {
            return Err(source.error(format!("invalid group reference {group}"), offset));
        }
        if !literal.is_empty() {
            parts.push(TemplatePart::Literal(std::mem::take(&mut literal)));
        }
        parts.push(TemplatePart::Group(group));
    }
    if !literal.is_empty() {
        parts.push(TemplatePart::Literal(literal));
    }
    Ok(parts)
}

enum Escape {
    Character(u32),
    /// Nothing special: the backslash stays.
    Backslash,
    /// A group, and how long its name is for errors.
    Group(u32, usize),
}

fn escape(source: &mut Source, code: u32, named: &impl Fn(&str) -> Option<u32>) -> Result<Escape, Error> {
    let character = character_of(code);
    match character {
        'g' => group_reference(source, named),
        '0' => {
            let digits = source.take_while(2, octal)?;
            Ok(Escape::Character(u32::from_str_radix(&digits, 8).unwrap_or(0) & 0xff))
        }
        '1'..='9' => octal_or_group(source, character),
        _ => match control(character) {
            Some(code) => Ok(Escape::Character(code)),
            None if character.is_ascii_alphabetic() => Err(source.error(format!("bad escape \\{character}"), 2)),
            None => Ok(Escape::Backslash),
        },
    }
}

/// `\g<name>`
fn group_reference(source: &mut Source, named: &impl Fn(&str) -> Option<u32>) -> Result<Escape, Error> {
    if !source.accept('<')? {
        return Err(source.error("missing <", 0));
    }
    let name = source.take_until('>', "group name")?;
    let offset = name.chars().count() + 1;
    if !name.bytes().all(|byte| byte.is_ascii_digit()) {
        source.check_group_name(&name, 1)?;
        return match named(&name) {
            Some(group) => Ok(Escape::Group(group, offset)),
            None => Err(Error::Index(format!("unknown group name {}", crate::text::string_repr::string_repr(&name)))),
        };
    }
    match name.parse::<u32>() {
        Ok(group) if group < MOST_GROUPS => Ok(Escape::Group(group, offset)),
        _ => Err(source.error(format!("invalid group reference {}", name.trim_start_matches('0')), offset)),
    }
}

/// Three octal digits are a character, one or two digits a group.
fn octal_or_group(source: &mut Source, first: char) -> Result<Escape, Error> {
    let mut digits = String::from(first);
    digits.push_str(&source.take_while(1, |character| character.is_ascii_digit())?);
    if digits.len() == 2 && digits.chars().all(octal) && source.next.ascii().is_some_and(octal) {
        digits.push_str(&source.take_while(1, octal)?);
        let code = u32::from_str_radix(&digits, 8).unwrap_or(u32::MAX);
        if code > 0o377 {
            let message = format!("octal escape value \\{digits} outside of range 0-0o377");
            return Err(source.error(message, digits.len() + 1));
        }
        return Ok(Escape::Character(code));
    }
    Ok(Escape::Group(digits.parse().unwrap_or(u32::MAX), digits.len()))
}
