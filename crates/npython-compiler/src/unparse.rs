//! Expressions back to source, for annotations kept as text (PEP 563).

use ruff_python_ast::Expr;
use ruff_text_size::Ranged;

/// The text of an expression.
pub(crate) fn unparse(expression: &Expr, source: &str) -> String {
    let range = expression.range();
    source.get(range.start().to_usize()..range.end().to_usize()).unwrap_or("").to_owned()
}
