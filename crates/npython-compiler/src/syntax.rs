//! The syntax error CPython reports for source that the parser refused.
//!
//! The parser recovers from errors in its own way and has messages of its own. So the refused source is read again, by a
//! matcher of CPython's grammar with its rules for mistakes: the same tokens in the same order give the same message.

mod engine;
mod grammar;
mod literals;
mod report;

use ruff_python_ast::{self as ast, PythonVersion};
use ruff_python_parser::{ParseError, ParseOptions};
use ruff_text_size::Ranged;

use crate::error::{Fault, Place, Quote, SyntaxErrorKind};
use crate::lines::LineIndex;
use crate::options::Mode;
use crate::scan::{Kind, Scanner, offset};
use engine::{Engine, Stop};
use report::Lexed;

/// Stack for the matcher.
const STACK: usize = 48 << 20;
/// A quote that ends the f-string inside a field.
const OPEN_FIELD: &str = "f-string: expecting '}'";
/// The message for a source that ends in a backslash.
const END_OF_FILE: &str = "unexpected EOF while parsing";
/// Longer statements are not matched; the error is a plain "invalid syntax" then.
const MAX_TOKENS: usize = 300_000;

/// How ruff's parser is asked to parse.
pub(crate) fn parse_options(mode: Mode) -> ParseOptions {
    let mode = match mode {
        Mode::Eval => ruff_python_parser::Mode::Expression,
        Mode::Exec | Mode::Single => ruff_python_parser::Mode::Module,
    };
    ParseOptions::from(mode).with_target_version(PythonVersion::PY313)
}

/// The error for source with a lexical error in or after the token at `at`: that error, unless the source before it is
/// wrong.
pub(crate) fn lexical_error(text: &str, mode: Mode, error: Box<Fault>, at: u32) -> Box<Fault> {
    diagnose(text, mode, at).unwrap_or(error)
}

/// The error for source that can be tokenized but not parsed.
pub(crate) fn parse_error(text: &str, mode: Mode, error: &ParseError) -> Box<Fault> {
    let (start, end) = (error.location.start().to_u32(), error.location.end().to_u32());
    diagnose(text, mode, start).unwrap_or_else(|| Box::new(Fault::syntax("invalid syntax", start, end.max(start + 1))))
}

/// The error for syntax of a later version of the language at `at`, if it is one in this version.
pub(crate) fn newer_syntax(text: &str, mode: Mode, at: u32) -> Option<Box<Fault>> {
    diagnose(text, mode, at)
}

/// Refuses more than one statement, as the `single` mode of `compile` does; simple statements on one line are one.
pub(crate) fn check_single_statement(text: &str, module: &ast::Mod) -> Result<(), Box<Fault>> {
    let ast::Mod::Module(module) = module else { return Ok(()) };
    if module.body.is_empty() {
        let line = u32::from(!text.is_empty());
        let place = Place::Exact { line, column: 0, end_line: line, end_column: 0 };
        return Err(Lexed::fault("invalid syntax".to_owned(), place));
    }
    for (index, pair) in module.body.windows(2).enumerate() {
        let [before, after] = pair else { continue };
        let (end, start) = (before.range().end(), after.range().start());
        if !text.get(end.to_usize()..start.to_usize()).is_some_and(|between| between.contains('\n')) {
            continue;
        }
        let simple = text.get(..end.to_usize()).is_some_and(|first| !first.contains('\n')) || index > 0;
        if simple {
            let message = "multiple statements found while compiling a single statement";
            return Err(Box::new(Fault::syntax(message, end.to_u32(), end.to_u32() + 1)));
        }
        let word = text.get(start.to_usize()..).unwrap_or("");
        let length = word.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(word.len()).max(1);
        return Err(Box::new(Fault::syntax("invalid syntax", start.to_u32(), start.to_u32() + offset(length))));
    }
    Ok(())
}

/// The error for an expression that does not start its line.
pub(crate) fn unexpected_indent(text: &str) -> Box<Fault> {
    let width = text.len() - text.trim_start_matches([' ', '\t', '\x0c']).len();
    let place = Place::Exact { line: 1, column: offset(width), end_line: 1, end_column: 0 };
    indentation_fault("unexpected indent", place)
}

fn indentation_fault(message: &str, place: Place) -> Box<Fault> {
    let kind = SyntaxErrorKind::IndentationError;
    Box::new(Fault { kind, message: message.to_owned(), place, quote: Quote::Whole })
}

/// Lines before the one the tokenizer stands in are quoted without their end.
fn quoted(lexed: &Lexed<'_>, fill: usize, mut error: Box<Fault>) -> Box<Fault> {
    let line = match error.place {
        Place::Exact { line, .. } => line,
        Place::Range(start, _) => lexed.lines.line(start),
        Place::Nowhere => return error,
    };
    if fill > 0 && line < lexed.line_of(fill - 1) {
        error.quote = Quote::Bare;
    }
    error
}

fn diagnose(text: &str, mode: Mode, hint: u32) -> Option<Box<Fault>> {
    if mode == Mode::Eval && text.is_empty() {
        let place = Place::Exact { line: 0, column: 0, end_line: 0, end_column: 0 };
        return Some(Lexed::fault("invalid syntax".to_owned(), place));
    }
    let lexed = lex(text);
    let start = if mode == Mode::Eval { 0 } else { statement_before(&lexed, hint) };
    if tokens_of_statement(&lexed, start, hint) > MAX_TOKENS {
        return None;
    }
    stacker::maybe_grow(STACK, STACK, || match_twice(&lexed, mode, start, hint))
}

fn match_twice(lexed: &Lexed<'_>, mode: Mode, start: usize, hint: u32) -> Option<Box<Fault>> {
    let run = |engine: &mut Engine<'_>| if mode == Mode::Eval { engine.lone_expression() } else { engine.file() };
    let mut engine = Engine::new(lexed, start, hint);
    match run(&mut engine) {
        Ok(true) | Err(Stop::TooDeep) => return None,
        Err(Stop::Lexical) => return lexed.error.clone(),
        Err(Stop::Error(error)) => return Some(quoted(lexed, engine.fill, overridden(lexed, engine.fill, error))),
        Ok(false) => {}
    }
    let last = engine.fill - 1;
    engine.restart(start);
    match run(&mut engine) {
        Err(Stop::TooDeep) => None,
        Err(Stop::Lexical) => lexed.error.clone(),
        Err(Stop::Error(error)) => Some(quoted(lexed, engine.fill, overridden(lexed, engine.fill, error))),
        Ok(_) => Some(quoted(lexed, engine.fill, generic(lexed, last, engine.fill))),
    }
}

/// The error where no message fits: the furthest token of the first attempt is wrong.
fn generic(lexed: &Lexed<'_>, last: usize, fill: usize) -> Box<Fault> {
    let kind = lexed.tokens.get(last).map(|token| token.kind);
    if let Some(kind @ (Kind::Indent | Kind::Dedent)) = kind {
        let message = if kind == Kind::Indent { "unexpected indent" } else { "unexpected unindent" };
        let place = lexed.place_of_last(last);
        return indentation_fault(message, place);
    }
    overridden(lexed, fill, Lexed::fault("invalid syntax".to_owned(), lexed.place_of(last, last + 1)))
}

/// A lexical error later in the source wins over an error of the grammar, and so does a bracket left open on an earlier
/// line.
fn overridden(lexed: &Lexed<'_>, fill: usize, error: Box<Fault>) -> Box<Fault> {
    let Some(lexical) = &lexed.error else { return error };
    let conversion = lexical.message == OPEN_FIELD && error.message.starts_with("f-string: invalid conversion");
    if lexed.in_format_string(fill) && !conversion {
        return error;
    }
    let wins = match lexed.unclosed_line {
        Some(line) => lexed.line_of(fill - 1) > line,
        None => {
            lexical.kind == SyntaxErrorKind::SyntaxError
                && !matches!(
                    lexical.message.as_str(),
                    END_OF_FILE | "unexpected character after line continuation character"
                )
        }
    };
    if wins { lexical.clone() } else { error }
}

fn lex(text: &str) -> Lexed<'_> {
    let mut scanner = Scanner::new(text);
    let mut lexed = Lexed {
        text,
        lines: LineIndex::new(text),
        tokens: Vec::new(),
        levels: Vec::new(),
        error: None,
        unclosed_line: None,
    };
    loop {
        match scanner.next_token() {
            Ok(token) if token.kind == Kind::End && !scanner.brackets.is_empty() => {
                lexed.leave_open(scanner.brackets.last());
                return lexed;
            }
            Ok(token) => {
                lexed.tokens.push(token);
                lexed.levels.push(u8::try_from(scanner.brackets.len()).unwrap_or(u8::MAX));
                if token.kind == Kind::End {
                    return lexed;
                }
            }
            Err(error) => {
                if error.message == END_OF_FILE && !scanner.brackets.is_empty() {
                    lexed.leave_open(scanner.brackets.last());
                } else {
                    lexed.error = Some(error);
                }
                return lexed;
            }
        }
    }
}

/// The token at which the statement before the one around `hint` starts, at the left margin.
fn statement_before(lexed: &Lexed<'_>, hint: u32) -> usize {
    let mut starts = [0; 3];
    let mut depth = 0_i32;
    let mut fresh = true;
    for (index, token) in lexed.tokens.iter().enumerate() {
        if fresh && depth == 0 && !matches!(token.kind, Kind::Newline | Kind::Indent | Kind::Dedent) {
            if token.start > hint {
                break;
            }
            let continues = matches!(lexed.text_of(index), "else" | "elif" | "except" | "finally");
            let decorated = starts.last().is_some_and(|start| lexed.text_of(*start) == "@");
            if !continues && !decorated {
                starts = [starts[1], starts[2], index];
            }
        }
        fresh = token.kind == Kind::Newline || (fresh && matches!(token.kind, Kind::Indent | Kind::Dedent));
        match token.kind {
            Kind::Indent => depth += 1,
            Kind::Dedent => {
                depth -= 1;
                fresh = true;
            }
            _ => {}
        }
    }
    starts[1]
}

fn tokens_of_statement(lexed: &Lexed<'_>, start: usize, hint: u32) -> usize {
    let end = lexed.tokens.partition_point(|token| token.start <= hint);
    end.saturating_sub(start)
}
