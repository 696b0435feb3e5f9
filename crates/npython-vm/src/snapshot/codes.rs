//! The stored form of code objects. A code object holds those nested in it, and tuples among constants nest too; the
//! stored form is flat (postfix: parts before what holds them), so that neither a deep nor a forged one makes the decoder
//! recurse, and each source text is stored once.

use std::sync::Arc;

use hashbrown::HashMap;
use npython_bytecode::{Code, CodeFlags, Constant, Handler, Instr, Name, Source, SourceRange, verify};
use serde::{Deserialize, Serialize};

use super::SnapshotError;
use crate::modules::guest;

/// Deeper nesting than the compiler makes.
const DEEPEST: usize = 1_000;
/// Larger frames than the compiler makes.
const LARGEST_STACK: u32 = 1 << 24;

/// A constant, or a whole code object; what holds others takes them from those before it.
#[derive(Serialize, Deserialize)]
enum Part {
    None,
    Ellipsis,
    Bool(bool),
    Int(i64),
    BigInt {
        negative: bool,
        magnitude: Box<[u8]>,
    },
    Float(f64),
    Complex {
        real: f64,
        imaginary: f64,
    },
    Str(Arc<str>),
    WideStr(Arc<[u32]>),
    Bytes(Arc<[u8]>),
    Tuple(u32),
    FrozenSet(u32),
    Code(Box<StoredCode>),
    /// The body of a guest module, by file name: the process has its own code for it.
    GuestModule(Box<str>),
}

/// A code object without its constants, whose number is `constants`.
#[derive(Serialize, Deserialize)]
struct StoredCode {
    name: Name,
    qualname: Name,
    source: u32,
    first_line: u32,
    flags: CodeFlags,
    positional_count: u32,
    positional_only_count: u32,
    keyword_only_count: u32,
    local_names: Vec<Name>,
    free_names: Vec<Name>,
    stack_size: u32,
    instrs: Vec<Instr>,
    ranges: Vec<SourceRange>,
    constants: u32,
    names: Vec<Name>,
    handlers: Vec<Handler>,
}

/// Code objects that no other one holds, each by its number in the machine, and their sources.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct StoredCodes {
    sources: Vec<Arc<Source>>,
    parts: Vec<Part>,
    numbers: Vec<u32>,
}

/// Makes the stored form.
#[derive(Default)]
pub(super) struct CodeWriter {
    stored: StoredCodes,
    source_numbers: HashMap<usize, u32>,
}

enum Step<'a> {
    Visit(&'a Constant),
    Tuple(usize),
    FrozenSet(usize),
    Code(&'a Code),
}

impl CodeWriter {
    pub(super) fn finish(self) -> StoredCodes {
        self.stored
    }

    /// Adds `code`, which has `number` in the machine, with all it holds.
    pub(super) fn add(&mut self, number: u32, code: &Code) {
        self.stored.numbers.push(number);
        if code.source.internal && guest::of_file(&code.source.filename).is_some() {
            self.stored.parts.push(Part::GuestModule((*code.source.filename).into()));
            return;
        }
        let mut steps = vec![Step::Code(code)];
        steps.extend(code.constants.iter().rev().map(Step::Visit));
        while let Some(step) = steps.pop() {
            let part = match step {
                Step::Tuple(count) => Part::Tuple(count as u32),
                Step::FrozenSet(count) => Part::FrozenSet(count as u32),
                Step::Code(code) => Part::Code(Box::new(self.store(code))),
                Step::Visit(constant) => match constant {
                    Constant::None => Part::None,
                    Constant::Ellipsis => Part::Ellipsis,
                    Constant::Bool(value) => Part::Bool(*value),
                    Constant::Int(value) => Part::Int(*value),
                    Constant::BigInt { negative, magnitude } => {
                        Part::BigInt { negative: *negative, magnitude: magnitude.clone() }
                    }
                    Constant::Float(value) => Part::Float(*value),
                    Constant::Complex { real, imaginary } => Part::Complex { real: *real, imaginary: *imaginary },
                    Constant::Str(text) => Part::Str(text.clone()),
                    Constant::WideStr(points) => Part::WideStr(points.clone()),
                    Constant::Bytes(data) => Part::Bytes(data.clone()),
                    Constant::Tuple(items) => {
                        steps.push(Step::Tuple(items.len()));
                        steps.extend(items.iter().rev().map(Step::Visit));
                        continue;
                    }
                    Constant::FrozenSet(items) => {
                        steps.push(Step::FrozenSet(items.len()));
                        steps.extend(items.iter().rev().map(Step::Visit));
                        continue;
                    }
                    Constant::Code(inner) => {
                        steps.push(Step::Code(inner));
                        steps.extend(inner.constants.iter().rev().map(Step::Visit));
                        continue;
                    }
                },
            };
            self.stored.parts.push(part);
        }
    }

    fn store(&mut self, code: &Code) -> StoredCode {
        let sources = &mut self.stored.sources;
        let source = *self.source_numbers.entry(Arc::as_ptr(&code.source).addr()).or_insert_with(|| {
            sources.push(code.source.clone());
            (sources.len() - 1) as u32
        });
        StoredCode {
            name: code.name.clone(),
            qualname: code.qualname.clone(),
            source,
            first_line: code.first_line,
            flags: code.flags,
            positional_count: code.positional_count,
            positional_only_count: code.positional_only_count,
            keyword_only_count: code.keyword_only_count,
            local_names: code.local_names.clone(),
            free_names: code.free_names.clone(),
            stack_size: code.stack_size,
            instrs: code.instrs.clone(),
            ranges: code.ranges.clone(),
            constants: code.constants.len() as u32,
            names: code.names.clone(),
            handlers: code.handlers.clone(),
        }
    }
}

impl StoredCodes {
    /// The code objects with their numbers, verified.
    ///
    /// # Errors
    /// When they are malformed or fail verification.
    pub(super) fn load(self) -> Result<Vec<(u32, Arc<Code>)>, SnapshotError> {
        if self.sources.iter().any(|source| source.internal) {
            return Err(SnapshotError::Malformed("code that claims to be the machine's own"));
        }
        let mut reader = CodeReader { sources: &self.sources, held: Vec::new() };
        for part in self.parts {
            reader.read(part)?;
        }
        if reader.held.len() != self.numbers.len() {
            return Err(SnapshotError::Malformed("code objects and their numbers differ"));
        }
        self.numbers
            .into_iter()
            .zip(reader.held)
            .map(|(number, (constant, _))| match constant {
                Constant::Code(code) => {
                    verify(&code).map_err(SnapshotError::Code)?;
                    Ok((number, code))
                }
                _ => Err(SnapshotError::Malformed("a constant outside of any code object")),
            })
            .collect()
    }
}

/// Puts code objects together again.
struct CodeReader<'a> {
    sources: &'a [Arc<Source>],
    /// What nothing holds yet, with its nesting depth.
    held: Vec<(Constant, usize)>,
}

impl CodeReader<'_> {
    fn read(&mut self, part: Part) -> Result<(), SnapshotError> {
        let (constant, depth) = match part {
            Part::None => (Constant::None, 0),
            Part::Ellipsis => (Constant::Ellipsis, 0),
            Part::Bool(value) => (Constant::Bool(value), 0),
            Part::Int(value) => (Constant::Int(value), 0),
            Part::BigInt { negative, magnitude } => (Constant::BigInt { negative, magnitude }, 0),
            Part::Float(value) => (Constant::Float(value), 0),
            Part::Complex { real, imaginary } => (Constant::Complex { real, imaginary }, 0),
            Part::Str(text) => (Constant::Str(text), 0),
            Part::WideStr(points) => (Constant::WideStr(points), 0),
            Part::Bytes(data) => (Constant::Bytes(data), 0),
            Part::Tuple(count) => {
                let (items, depth) = self.take(count)?;
                (Constant::Tuple(items.into()), depth)
            }
            Part::FrozenSet(count) => {
                let (items, depth) = self.take(count)?;
                (Constant::FrozenSet(items.into()), depth)
            }
            Part::GuestModule(filename) => match guest::of_file(&filename).map(guest::GuestModule::code) {
                Some(Ok(code)) => (Constant::Code(code), 1),
                _ => return Err(SnapshotError::Malformed("a guest module that does not exist")),
            },
            Part::Code(stored) => {
                let (constants, depth) = self.take(stored.constants)?;
                (Constant::Code(Arc::new(self.code(*stored, constants)?)), depth)
            }
        };
        if depth > DEEPEST {
            return Err(SnapshotError::Malformed("code nested too deeply"));
        }
        self.held.push((constant, depth));
        Ok(())
    }

    fn take(&mut self, count: u32) -> Result<(Vec<Constant>, usize), SnapshotError> {
        let Some(from) = self.held.len().checked_sub(count as usize) else {
            return Err(SnapshotError::Malformed("fewer constants than declared"));
        };
        let depth = self.held.iter().skip(from).map(|(_, depth)| depth + 1).max().unwrap_or(1);
        Ok((self.held.drain(from..).map(|(constant, _)| constant).collect(), depth))
    }

    fn code(&self, stored: StoredCode, constants: Vec<Constant>) -> Result<Code, SnapshotError> {
        let Some(source) = self.sources.get(stored.source as usize) else {
            return Err(SnapshotError::Malformed("code without source"));
        };
        let text = &source.text;
        let in_text = |at: u32| text.is_char_boundary(at as usize);
        if !stored.ranges.iter().all(|range| range.start <= range.end && in_text(range.start) && in_text(range.end)) {
            return Err(SnapshotError::Malformed("source range outside of the source"));
        }
        let counts = [stored.positional_count, stored.keyword_only_count, stored.stack_size];
        if counts.iter().any(|count| *count > LARGEST_STACK) {
            return Err(SnapshotError::Malformed("frame too large"));
        }
        Ok(Code {
            name: stored.name,
            qualname: stored.qualname,
            source: source.clone(),
            first_line: stored.first_line,
            flags: stored.flags,
            positional_count: stored.positional_count,
            positional_only_count: stored.positional_only_count,
            keyword_only_count: stored.keyword_only_count,
            local_names: stored.local_names,
            free_names: stored.free_names,
            stack_size: stored.stack_size,
            instrs: stored.instrs,
            ranges: stored.ranges,
            constants,
            names: stored.names,
            handlers: stored.handlers,
        })
    }
}
