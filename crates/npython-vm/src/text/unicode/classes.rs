//! Classes and numeric values of characters, and the `str.is...` methods.

use crate::pace::{self, GoOn, Interrupted};

use super::{contains, tables};

/// Whether `str.isalpha` counts the character as a letter.
#[inline]
#[must_use]
pub fn is_alpha_char(character: char) -> bool {
    if character.is_ascii() { character.is_ascii_alphabetic() } else { contains(tables::ALPHABETIC, character.into()) }
}

/// The value of a character that is a decimal digit.
#[inline]
#[must_use]
pub fn decimal_value(character: char) -> Option<u8> {
    if character.is_ascii() {
        return character.is_ascii_digit().then(|| character as u8 - b'0');
    }
    let code = u32::from(character);
    let after = tables::DECIMAL_ZEROS.partition_point(|zero| *zero <= code);
    let zero = tables::DECIMAL_ZEROS.get(after.checked_sub(1)?)?;
    u8::try_from(code - zero).ok().filter(|value| *value < 10)
}

/// The value of a character that is a digit: also superscripts and the like, as in `unicodedata.digit`.
#[must_use]
pub fn digit_value(character: char) -> Option<u8> {
    decimal_value(character).or_else(|| {
        let index = tables::DIGITS.binary_search_by_key(&u32::from(character), |entry| entry.0).ok()?;
        tables::DIGITS.get(index).map(|entry| entry.1)
    })
}

/// The value of a character that means a number, as in `unicodedata.numeric`.
#[must_use]
pub fn numeric_value(character: char) -> Option<f64> {
    decimal_value(character).map(f64::from).or_else(|| {
        let index = tables::NUMERALS.binary_search_by_key(&u32::from(character), |entry| entry.0).ok()?;
        tables::NUMERALS.get(index).map(|entry| entry.1)
    })
}

/// Whether `str.isdecimal` counts the character.
#[inline]
#[must_use]
pub fn is_decimal_char(character: char) -> bool {
    decimal_value(character).is_some()
}

/// Whether `str.isdigit` counts the character.
#[inline]
#[must_use]
pub fn is_digit_char(character: char) -> bool {
    digit_value(character).is_some()
}

/// Whether `str.isnumeric` counts the character.
#[inline]
#[must_use]
pub fn is_numeric_char(character: char) -> bool {
    numeric_value(character).is_some()
}

/// Whether `str.isalnum` counts the character.
#[inline]
#[must_use]
pub fn is_alnum_char(character: char) -> bool {
    is_alpha_char(character) || is_numeric_char(character)
}

/// Whether `str.isspace` counts the character, and `str.strip` and `str.split` remove it.
#[inline]
#[must_use]
pub fn is_space_char(character: char) -> bool {
    if character.is_ascii() {
        matches!(character, '\t'..='\r' | '\x1c'..=' ')
    } else {
        contains(tables::SPACE, character.into())
    }
}

/// Whether `repr` shows the character itself.
#[inline]
#[must_use]
pub fn is_printable_char(character: char) -> bool {
    if character.is_ascii() { matches!(character, ' '..='~') } else { contains(tables::PRINTABLE, character.into()) }
}

/// Whether an identifier may begin with the character.
#[inline]
#[must_use]
pub fn is_identifier_start(character: char) -> bool {
    if character.is_ascii() {
        character.is_ascii_alphabetic() || character == '_'
    } else {
        contains(tables::IDENTIFIER_START, character.into())
    }
}

/// Whether an identifier may go on with the character.
#[inline]
#[must_use]
pub fn is_identifier_part(character: char) -> bool {
    if character.is_ascii() {
        character.is_ascii_alphanumeric() || character == '_'
    } else {
        contains(tables::IDENTIFIER_PART, character.into())
    }
}

/// Whether the character is an upper case letter.
#[inline]
#[must_use]
pub fn is_upper_char(character: char) -> bool {
    if character.is_ascii() { character.is_ascii_uppercase() } else { contains(tables::UPPER, character.into()) }
}

/// Whether the character is a lower case letter.
#[inline]
#[must_use]
pub fn is_lower_char(character: char) -> bool {
    if character.is_ascii() { character.is_ascii_lowercase() } else { contains(tables::LOWER, character.into()) }
}

/// Whether the character is a title case letter, such as `ǅ`.
#[must_use]
pub fn is_title_char(character: char) -> bool {
    contains(tables::TITLE, character.into())
}

fn all(text: &str, holds: impl Fn(char) -> bool, go_on: GoOn<'_>) -> Result<bool, Interrupted> {
    Ok(!text.is_empty() && pace::all_characters(text, holds, go_on)?)
}

/// `str.isalpha`.
///
/// # Errors
/// `Interrupted` when `go_on` says so.
pub fn is_alpha(text: &str, go_on: GoOn<'_>) -> Result<bool, Interrupted> {
    all(text, is_alpha_char, go_on)
}

/// `str.isdecimal`.
///
/// # Errors
/// `Interrupted` when `go_on` says so.
pub fn is_decimal(text: &str, go_on: GoOn<'_>) -> Result<bool, Interrupted> {
    all(text, is_decimal_char, go_on)
}

/// `str.isdigit`.
///
/// # Errors
/// `Interrupted` when `go_on` says so.
pub fn is_digit(text: &str, go_on: GoOn<'_>) -> Result<bool, Interrupted> {
    all(text, is_digit_char, go_on)
}

/// `str.isnumeric`.
///
/// # Errors
/// `Interrupted` when `go_on` says so.
pub fn is_numeric(text: &str, go_on: GoOn<'_>) -> Result<bool, Interrupted> {
    all(text, is_numeric_char, go_on)
}

/// `str.isalnum`.
///
/// # Errors
/// `Interrupted` when `go_on` says so.
pub fn is_alnum(text: &str, go_on: GoOn<'_>) -> Result<bool, Interrupted> {
    all(text, is_alnum_char, go_on)
}

/// `str.isspace`.
///
/// # Errors
/// `Interrupted` when `go_on` says so.
pub fn is_space(text: &str, go_on: GoOn<'_>) -> Result<bool, Interrupted> {
    all(text, is_space_char, go_on)
}

/// `str.isprintable`; true for the empty string.
///
/// # Errors
/// `Interrupted` when `go_on` says so.
pub fn is_printable(text: &str, go_on: GoOn<'_>) -> Result<bool, Interrupted> {
    pace::all_characters(text, is_printable_char, go_on)
}

/// `str.isidentifier`.
///
/// # Errors
/// `Interrupted` when `go_on` says so.
pub fn is_identifier(text: &str, go_on: GoOn<'_>) -> Result<bool, Interrupted> {
    let starts = text.chars().next().is_some_and(is_identifier_start);
    // What begins an identifier can go on with one.
    Ok(starts && pace::all_characters(text, is_identifier_part, go_on)?)
}

/// `str.isupper`: some upper case letter and none of lower or title case.
///
/// # Errors
/// `Interrupted` when `go_on` says so.
pub fn is_upper(text: &str, go_on: GoOn<'_>) -> Result<bool, Interrupted> {
    is_of_case(text, is_upper_char, is_lower_char, go_on)
}

/// `str.islower`: some lower case letter and none of upper or title case.
///
/// # Errors
/// `Interrupted` when `go_on` says so.
pub fn is_lower(text: &str, go_on: GoOn<'_>) -> Result<bool, Interrupted> {
    is_of_case(text, is_lower_char, is_upper_char, go_on)
}

fn is_of_case(
    text: &str,
    wanted: impl Fn(char) -> bool,
    other: impl Fn(char) -> bool,
    go_on: GoOn<'_>,
) -> Result<bool, Interrupted> {
    let mut any = false;
    for piece in pace::pieces_of_text(text, go_on) {
        for character in piece?.chars() {
            if other(character) || is_title_char(character) {
                return Ok(false);
            }
            any = any || wanted(character);
        }
    }
    Ok(any)
}

/// `str.istitle`: upper case only where no letter precedes, lower case only where one does.
///
/// # Errors
/// `Interrupted` when `go_on` says so.
pub fn is_title(text: &str, go_on: GoOn<'_>) -> Result<bool, Interrupted> {
    let mut any = false;
    let mut after_letter = false;
    for piece in pace::pieces_of_text(text, go_on) {
        for character in piece?.chars() {
            let begins = is_upper_char(character) || is_title_char(character);
            let is_letter = begins || is_lower_char(character);
            if is_letter && begins == after_letter {
                return Ok(false);
            }
            any = any || is_letter;
            after_letter = is_letter;
        }
    }
    Ok(any)
}
