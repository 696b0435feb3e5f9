//! Blocks that `return`, `break` and `continue` leave, and what leaving them takes.

use ruff_python_ast::Stmt;
use ruff_text_size::TextRange;

use super::unit::Label;
use crate::symbols::NameId;

/// What is open around a statement, innermost last in [`super::unit::Unit::blocks`].
#[derive(Clone, Copy)]
pub(crate) enum BlockKind<'a> {
    While,
    /// The iterator is on the stack.
    For,
    /// The asynchronous iterator is on the stack.
    AsyncFor,
    /// The body of a `try` with `except` clauses.
    TryExcept,
    /// The body of a `try` with a `finally`; leaving runs the statements.
    TryFinally {
        body: &'a [Stmt],
    },
    /// Running the `finally` statements because of an exception, which is on the stack with the previous one.
    FinallyEnd,
    /// In an `except` clause; the previous exception is on the stack. `name` is unbound on the way out.
    Handler {
        name: Option<NameId>,
    },
    /// In an `except*` clause: `return`, `break` and `continue` are forbidden.
    GroupHandler,
    /// The exit function and its receiver are on the stack.
    With,
    AsyncWith,
    /// A grant is attached to the frame.
    Scope,
    /// A value to be dropped is on the stack.
    Value,
    /// Not a block to leave: the handler around a generator's body.
    StopIteration,
}

/// One open block.
#[derive(Clone, Copy)]
pub(crate) struct Block<'a> {
    pub(crate) kind: BlockKind<'a>,
    /// Where `continue` goes.
    pub(crate) start: Label,
    /// Where `break` goes.
    pub(crate) exit: Label,
    pub(crate) range: TextRange,
}
