//! Text of numbers and strings, apart from the heap.

pub mod ascii_bytes;
pub mod change;
pub mod encoding;
pub mod float_digits;
pub mod float_format;
pub mod float_repr;
pub mod format_spec;
pub mod format_template;
mod guest_error;
pub mod json;
pub(crate) mod numeric_text;
pub mod percent_format;
pub mod regex;
pub mod search;
pub mod split;
pub mod string_repr;
pub mod unicode;

#[cfg(test)]
mod hostile_tests;

pub use guest_error::{ErrorKind, GuestError, check_length};
