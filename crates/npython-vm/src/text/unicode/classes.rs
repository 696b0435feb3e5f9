//! Classes and numeric values of characters, and the `str.is...` methods.

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

fn all(text: &str, holds: impl Fn(char) -> bool) -> bool {
    !text.is_empty() && text.chars().all(holds)
}

/// `str.isalpha`.
#[must_use]
pub fn is_alpha(text: &str) -> bool {
    all(text, is_alpha_char)
}

/// `str.isdecimal`.
#[must_use]
pub fn is_decimal(text: &str) -> bool {
    all(text, is_decimal_char)
}

/// `str.isdigit`.
#[must_use]
pub fn is_digit(text: &str) -> bool {
    all(text, is_digit_char)
}

/// `str.isnumeric`.
#[must_use]
pub fn is_numeric(text: &str) -> bool {
    all(text, is_numeric_char)
}

/// `str.isalnum`.
#[must_use]
pub fn is_alnum(text: &str) -> bool {
    all(text, is_alnum_char)
}

/// `str.isspace`.
#[must_use]
pub fn is_space(text: &str) -> bool {
    all(text, is_space_char)
}

/// `str.isprintable`; true for the empty string.
#[must_use]
pub fn is_printable(text: &str) -> bool {
    text.chars().all(is_printable_char)
}

/// `str.isidentifier`.
#[must_use]
pub fn is_identifier(text: &str) -> bool {
    let mut characters = text.chars();
    characters.next().is_some_and(is_identifier_start) && characters.all(is_identifier_part)
}

/// `str.isupper`: some upper case letter and none of lower or title case.
#[must_use]
pub fn is_upper(text: &str) -> bool {
    let mut any = false;
    for character in text.chars() {
        if is_lower_char(character) || is_title_char(character) {
            return false;
        }
        any = any || is_upper_char(character);
    }
    any
}

/// `str.islower`: some lower case letter and none of upper or title case.
#[must_use]
pub fn is_lower(text: &str) -> bool {
    let mut any = false;
    for character in text.chars() {
        if is_upper_char(character) || is_title_char(character) {
            return false;
        }
        any = any || is_lower_char(character);
    }
    any
}

/// `str.istitle`: upper case only where no letter precedes, lower case only where one does.
#[must_use]
pub fn is_title(text: &str) -> bool {
    let mut any = false;
    let mut after_letter = false;
    for character in text.chars() {
        if is_upper_char(character) || is_title_char(character) {
            if after_letter {
                return false;
            }
            (any, after_letter) = (true, true);
        } else if is_lower_char(character) {
            if !after_letter {
                return false;
            }
            any = true;
        } else {
            after_letter = false;
        }
    }
    any
}
