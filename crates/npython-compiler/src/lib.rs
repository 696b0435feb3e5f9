//! Python 3.13 source to npython bytecode.
//!
//! Stages: a linear scan that bounds nesting ([`prescan`]), ruff's parser, the symbol table ([`symbols`]) and code
//! generation ([`codegen`]). Any error ends as a [`CompileError`] with CPython's type, message and position.

mod codegen;
mod decode;
mod error;
mod future;
mod lines;
mod literal_text;
mod options;
mod prescan;
mod scan;
mod symbols;
mod syntax;
mod unparse;

use std::sync::Arc;

use npython_bytecode::{Code, Source};
use ruff_python_ast as ast;
use ruff_python_parser::parse_unchecked;

pub use error::{CompileError, SyntaxErrorKind};
pub use options::{CompileOptions, Mode};

use error::Fault;
use lines::LineIndex;

type Checked<T> = Result<T, Box<Fault>>;

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

/// As [`compile`], from the bytes of a file: byte order mark and coding cookie are honoured.
///
/// # Errors
/// [`CompileError`], as CPython 3.13 would report it.
pub fn compile_bytes(source: &[u8], filename: &str, options: &CompileOptions) -> Result<Compiled, CompileError> {
    let text = decode::decode(source, &Arc::from(filename))?;
    compile_metered(&text, filename, options)
}

/// The text of a program given as bytes.
///
/// # Errors
/// [`CompileError`] for an encoding that is unknown or does not fit.
pub fn decode_source(source: &[u8], filename: &str) -> Result<String, CompileError> {
    decode::decode(source, &Arc::from(filename))
}

/// As [`compile`], with the gas that compiling costs.
///
/// # Errors
/// [`CompileError`], as CPython 3.13 would report it.
pub fn compile_metered(source: &str, filename: &str, options: &CompileOptions) -> Result<Compiled, CompileError> {
    let filename: Arc<str> = Arc::from(filename);
    let text = normalise(source);
    compile_text(&text, &filename, options).map_err(|fault| fault.into_error(&text, &filename, options))
}

/// Line ends become newlines; a byte order mark is dropped.
fn normalise(source: &str) -> Arc<str> {
    let source = source.strip_prefix('\u{feff}').unwrap_or(source);
    if memchr::memchr(b'\r', source.as_bytes()).is_some() {
        return Arc::from(source.replace("\r\n", "\n").replace('\r', "\n"));
    }
    Arc::from(source)
}

/// Stack for a tree of no height.
const BASE_STACK: usize = 192 * 1024;
/// Stack for each level of the tree, in any pass.
const STACK_PER_LEVEL: usize = 4 * 1024;

fn compile_text(text: &Arc<str>, filename: &Arc<str>, options: &CompileOptions) -> Checked<Compiled> {
    if text.len() >= u32::MAX as usize / 2 {
        return Err(Box::new(Fault::nowhere("source code is too long")));
    }
    if memchr::memchr(0, text.as_bytes()).is_some() {
        return Err(Box::new(Fault::nowhere("source code string cannot contain null bytes")));
    }
    let prescan = prescan::prescan(text)?;
    let stack = BASE_STACK + prescan.height * STACK_PER_LEVEL;
    stacker::maybe_grow(stack, stack, || match prescan.error {
        Some(error) => Err(syntax::lexical_error(text, options.mode, error, prescan.error_at)),
        None => compile_scanned(text, filename, options),
    })
}

fn compile_scanned(text: &Arc<str>, filename: &Arc<str>, options: &CompileOptions) -> Checked<Compiled> {
    let parsed = parse_unchecked(text, syntax::parse_options(options.mode));
    if let Some(error) = parsed.errors().first() {
        return Err(syntax::parse_error(text, options.mode, error));
    }
    if options.mode == Mode::Eval && text.starts_with([' ', '\t', '\x0c']) {
        return Err(syntax::unexpected_indent(text));
    }
    if let Some(newer) = parsed.unsupported_syntax_errors().first()
        && let Some(fault) = syntax::newer_syntax(text, options.mode, newer.range.start().to_u32())
    {
        return Err(fault);
    }
    let module = parsed.into_syntax();
    if options.mode == Mode::Single {
        syntax::check_single_statement(text, &module)?;
    }
    generate(&module, text, filename, options).map_err(Fault::quoted_from_file)
}

/// The second half: what the parser accepted.
fn generate(module: &ast::Mod, text: &Arc<str>, filename: &Arc<str>, options: &CompileOptions) -> Checked<Compiled> {
    let lines = LineIndex::new(text);
    let mut futures = match module {
        ast::Mod::Module(module) => future::futures(&module.body, &lines)?,
        ast::Mod::Expression(_) => future::Futures::default(),
    };
    futures.annotations |= options.future_annotations;
    let mut interner = symbols::Interner::default();
    let mut table = symbols::build(module, &mut interner, futures.annotations)?;
    symbols::resolve(&mut table, &mut interner)?;
    let gas = text.len() as u64 + table.nodes;
    let source = Arc::new(Source {
        filename: Arc::clone(filename),
        text: Arc::clone(text),
        internal: options.internal,
        made_at_run_time: options.made_at_run_time,
    });
    let input = codegen::Input { table, interner, source, text, options, futures, lines };
    let code = codegen::generate(module, input)?;
    Ok(Compiled { code, gas })
}
