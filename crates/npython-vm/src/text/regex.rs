//! Regular expressions with the syntax and the semantics of CPython's `re`: a backtracking matcher, leftmost alternative
//! first.
//!
//! A pattern is parsed ([`parse`]) into a tree of bounded depth, compiled ([`compile`]) into a program whose size is linear
//! in the pattern whatever its repetitions say, and run by a matcher ([`matcher`]) that has its own stack. Nothing here
//! knows the heap or a clock: compilation asks a [`Meter`] for every portion of work and memory, and the matcher stops
//! after the steps it was given, to go on where it was when it is given more.
//!
//! Source of the behaviour: the library reference of `re`, and CPython 3.13 where that is silent.

mod analysis;
mod character_set;
mod compile;
mod escape;
mod fold;
mod group;
mod matcher;
mod parse;
mod program;
mod quantifier;
mod set_syntax;
mod source;
mod subject;
mod syntax;
mod template;
#[cfg(test)]
mod tests;

pub use character_set::is_word;
pub use compile::compile;
pub use matcher::{Matcher, Mode, Pause, Progress, UNSET};
pub use program::Program;
pub use subject::Subject;
pub use template::{TemplatePart, parse_template};

/// `re.IGNORECASE`
pub const IGNORECASE: u32 = 2;
/// `re.LOCALE`
pub const LOCALE: u32 = 4;
/// `re.MULTILINE`
pub const MULTILINE: u32 = 8;
/// `re.DOTALL`
pub const DOTALL: u32 = 16;
/// `re.UNICODE`
pub const UNICODE: u32 = 32;
/// `re.VERBOSE`
pub const VERBOSE: u32 = 64;
/// `re.DEBUG`
pub const DEBUG: u32 = 128;
/// `re.ASCII`
pub const ASCII: u32 = 256;

/// What the compilation of a pattern draws on.
pub trait Meter {
    /// Pays for steps about to be made; false to give up.
    fn spend(&mut self, steps: usize) -> bool;
    /// Makes room for bytes about to be allocated; false to give up.
    fn hold(&mut self, bytes: usize) -> bool;
}

/// A meter without limits, for patterns of bounded size.
pub struct Unlimited;

impl Meter for Unlimited {
    fn spend(&mut self, _steps: usize) -> bool {
        true
    }
    fn hold(&mut self, _bytes: usize) -> bool {
        true
    }
}

/// Why a pattern or a template is not valid.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Error {
    /// `re.PatternError`: the message and the position, if it has one.
    Pattern(String, Option<usize>),
    /// `ValueError`
    Value(&'static str),
    /// `OverflowError`
    Overflow(&'static str),
    /// `IndexError`
    Index(String),
    /// `RecursionError`: groups in groups beyond the depth that is supported.
    TooDeep,
    /// The meter gave up.
    Stopped,
}
