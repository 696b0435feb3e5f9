//! Patterns, matches and scanners of the module `re` (<https://docs.python.org/3.13/library/re.html>).
//!
//! What calls guest code, such as a replacement that is a function, is in the prelude, with a native iterator over the
//! matches; the module itself is guest Python.

mod match_object;
mod pattern;
mod running;
mod scanner;
mod substitution;

pub(crate) use match_object::METHODS as MATCH_METHODS;
pub(crate) use pattern::{INTRINSICS, METHODS as PATTERN_METHODS};
pub(crate) use scanner::METHODS as SCANNER_METHODS;
