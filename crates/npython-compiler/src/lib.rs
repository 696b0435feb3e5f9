//! Python 3.13 source to npython bytecode.
//!
//! Stages: a linear scan that bounds nesting ([`prescan`]), ruff's parser, the symbol table ([`symbols`]) and code
//! generation ([`codegen`]). Any error ends as a [`CompileError`] with CPython's type, message and position.

mod codegen;
mod error;
mod lines;
mod options;
mod symbols;
mod unparse;

use std::sync::Arc;

use npython_bytecode::{Code, Source};
use ruff_python_ast::PythonVersion;
use ruff_python_parser::{ParseOptions, parse_unchecked};

pub use error::{CompileError, SyntaxErrorKind};
pub use options::{CompileOptions, Mode};

use error::Fault;

/// A compiled program and what compiling it costs.
#[derive(Clone, Debug)]
pub struct Compiled {
    pub code: Arc<Code>,
    /// Bytes of source plus nodes of the tree.
    pub gas: u64,
}

/// Compiles source text.
///
/// # Errors
/// [`CompileError`], as CPython 3.13 would report it.
pub fn compile(source: &str, filename: &str, options: &CompileOptions) -> Result<Arc<Code>, CompileError> {
    compile_metered(source, filename, options).map(|compiled| compiled.code)
}

/// As [`compile`], with the gas that compiling costs.
///
/// # Errors
/// [`CompileError`], as CPython 3.13 would report it.
pub fn compile_metered(source: &str, filename: &str, options: &CompileOptions) -> Result<Compiled, CompileError> {
    let filename: Arc<str> = Arc::from(filename);
    let text: Arc<str> = if source.contains('\r') {
        Arc::from(source.replace("\r\n", "\n").replace('\r', "\n"))
    } else {
        Arc::from(source)
    };
    compile_text(&text, &filename, options).map_err(|fault| fault.into_error(&text, &filename))
}

fn compile_text(text: &Arc<str>, filename: &Arc<str>, options: &CompileOptions) -> Result<Compiled, Box<Fault>> {
    let mode = match options.mode {
        Mode::Eval => ruff_python_parser::Mode::Expression,
        Mode::Exec | Mode::Single => ruff_python_parser::Mode::Module,
    };
    let parsed = parse_unchecked(text, ParseOptions::from(mode).with_target_version(PythonVersion::PY313));
    if let Some(error) = parsed.errors().first() {
        let range = error.location;
        return Err(Box::new(Fault::syntax(error.error.to_string(), range.start().to_u32(), range.end().to_u32())));
    }
    let mut interner = symbols::Interner::default();
    let future_annotations = options.future_annotations;
    let module = parsed.into_syntax();
    let mut table = symbols::build(&module, &mut interner, future_annotations)?;
    symbols::resolve(&mut table, &mut interner)?;
    let gas = text.len() as u64 + table.nodes;
    let source = Arc::new(Source { filename: Arc::clone(filename), text: Arc::clone(text), internal: options.internal });
    let input = codegen::Input { table, interner, source, text, options, future_annotations };
    let code = codegen::generate(&module, input)?;
    Ok(Compiled { code, gas })
}
