//! `from __future__ import ...` (Language Reference 7.11.1).

use ruff_python_ast::{self as ast, Stmt};

use crate::error::{Fault, Place, Quote, SyntaxErrorKind};
use crate::lines::LineIndex;

/// Features that exist; all but `annotations` are always on, and `barry_as_FLUFL` is refused.
const FEATURES: [&str; 9] = [
    "nested_scopes",
    "generators",
    "division",
    "absolute_import",
    "with_statement",
    "print_function",
    "unicode_literals",
    "generator_stop",
    "annotations",
];

/// What the imports at the top of a module ask for.
#[derive(Clone, Copy, Default)]
pub(crate) struct Futures {
    pub(crate) annotations: bool,
    /// Line of the last of these imports; later ones are errors.
    pub(crate) last_line: u32,
}

/// Reads the imports at the top of a module.
///
/// # Errors
/// Unknown features.
pub(crate) fn futures(body: &[Stmt], lines: &LineIndex) -> Result<Futures, Box<Fault>> {
    let mut futures = Futures::default();
    for (index, statement) in body.iter().enumerate() {
        match statement {
            Stmt::Expr(expression) if index == 0 && expression.value.is_string_literal_expr() => {}
            Stmt::ImportFrom(import) if is_future(import) => {
                let start = import.range.start().to_u32();
                futures.last_line = lines.line(start);
                for alias in &import.names {
                    futures.annotations |= check_feature(alias.name.id.as_str(), start, lines)?;
                }
            }
            _ => break,
        }
    }
    Ok(futures)
}

/// Whether the statement imports from `__future__`.
pub(crate) fn is_future(import: &ast::StmtImportFrom) -> bool {
    import.module.as_ref().is_some_and(|module| module.id.as_str() == "__future__")
}

fn check_feature(name: &str, start: u32, lines: &LineIndex) -> Result<bool, Box<Fault>> {
    if FEATURES.contains(&name) {
        return Ok(name == "annotations");
    }
    let message =
        if name == "braces" { "not a chance".to_owned() } else { format!("future feature {name} is not defined") };
    let line = lines.line(start);
    let place = Place::Exact { line, column: start - lines.line_start(line) + 1, end_line: line, end_column: 0 };
    Err(Box::new(Fault { kind: SyntaxErrorKind::SyntaxError, message, place, quote: Quote::File }))
}
