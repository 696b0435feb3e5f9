//! What the caller may ask of the compiler.

/// What kind of source is compiled, as the `mode` argument of the built-in `compile`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Mode {
    /// Any number of statements.
    #[default]
    Exec,
    /// One expression; its value is what the code returns. (The built-in `eval` drops blanks before it; `compile` does not.)
    Eval,
    /// One interactive statement; values of expression statements are displayed.
    Single,
}

/// How to compile.
#[derive(Clone, Debug)]
pub struct CompileOptions {
    pub mode: Mode,
    /// The value of a module's last statement, if it is an expression, becomes the result of the program.
    pub last_expression_is_result: bool,
    /// Names of the module are looked up in a locals mapping first (`exec` and `eval` with two namespaces).
    pub separate_locals: bool,
    /// Frames of this source do not show in tracebacks.
    pub internal: bool,
    /// Compiled by the guest itself: no file a traceback could quote.
    pub made_at_run_time: bool,
    /// As if the source began with `from __future__ import annotations`.
    pub future_annotations: bool,
    /// 0: everything; 1: without assertions; 2: without docstrings too. As the `optimize` argument of `compile`.
    pub optimize: u8,
    /// Allow `await`, `async for` and `async with` outside of functions.
    pub top_level_await: bool,
}

impl Default for CompileOptions {
    fn default() -> Self {
        Self {
            mode: Mode::Exec,
            last_expression_is_result: true,
            separate_locals: false,
            internal: false,
            made_at_run_time: false,
            future_annotations: false,
            optimize: 0,
            top_level_await: false,
        }
    }
}
