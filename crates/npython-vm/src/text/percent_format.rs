//! printf-style formatting: `template % values`, of strings and of bytes.
//!
//! [`PercentParser`] takes a template apart piece by piece, because an error later in the template must not prevent the
//! conversions before it. The caller fetches and converts the values; the functions here lay them out.

mod layout;
mod parser;

pub use layout::{Layout, format_big, format_bytes, format_float, format_small, format_text};
pub use parser::{Count, Field, Flags, Key, PercentParser, Piece, TemplateKind};

use super::{ErrorKind, GuestError};

/// Fewer values than fields.
#[must_use]
pub fn not_enough_arguments() -> GuestError {
    GuestError::type_error("not enough arguments for format string")
}

/// More values than fields.
#[must_use]
pub fn not_all_converted(kind: TemplateKind) -> GuestError {
    GuestError::type_error(match kind {
        TemplateKind::Text => "not all arguments converted during string formatting",
        TemplateKind::Bytes => "not all arguments converted during bytes formatting",
    })
}

/// A key in a template whose values are no mapping.
#[must_use]
pub fn mapping_required() -> GuestError {
    GuestError::type_error("format requires a mapping")
}

/// A value for `*` that is not an int.
#[must_use]
pub fn star_wants_int() -> GuestError {
    GuestError::type_error("* wants int")
}

/// The value of a numeric conversion has the wrong type.
#[must_use]
pub fn wrong_number(code: char, type_name: &str, kind: TemplateKind) -> GuestError {
    GuestError::type_error(match (code, kind) {
        ('d' | 'i' | 'u', _) => format!("%{code} format: a real number is required, not {type_name}"),
        ('x' | 'X' | 'o', _) => format!("%{code} format: an integer is required, not {type_name}"),
        (_, TemplateKind::Text) => format!("must be real number, not {type_name}"),
        (_, TemplateKind::Bytes) => format!("float argument required, not {type_name}"),
    })
}

/// The value of `%b` or `%s` in a bytes template has no bytes.
#[must_use]
pub fn bytes_required(type_name: &str) -> GuestError {
    GuestError::type_error(format!(
        "%b requires a bytes-like object, or an object that implements __bytes__, not '{type_name}'"
    ))
}

/// The value of `%c` is neither an int nor one character.
#[must_use]
pub fn character_required(kind: TemplateKind) -> GuestError {
    GuestError::type_error(match kind {
        TemplateKind::Text => "%c requires int or char",
        TemplateKind::Bytes => "%c requires an integer in range(256) or a single byte",
    })
}

/// The character of an int given to `%c`; `None` stands for an int that does not fit `i64`.
///
/// # Errors
/// `OverflowError` when there is none.
pub fn character_of(value: Option<i64>) -> Result<char, GuestError> {
    let code = value.and_then(|value| u32::try_from(value).ok()).filter(|code| *code < 0x11_0000);
    let code = code.ok_or_else(|| GuestError::overflow("%c arg not in range(0x110000)"))?;
    // A lone surrogate is not a character of the machine's strings.
    char::from_u32(code)
        .ok_or_else(|| GuestError::new(ErrorKind::ValueError, "surrogates are not supported by format code 'c'"))
}

/// The byte of an int given to `%c` in a bytes template; `None` stands for an int that does not fit `i64`.
///
/// # Errors
/// `OverflowError` when there is none.
pub fn byte_of(value: Option<i64>) -> Result<u8, GuestError> {
    value.and_then(|value| u8::try_from(value).ok()).ok_or_else(|| GuestError::overflow("%c arg not in range(256)"))
}

#[cfg(test)]
mod tests;
