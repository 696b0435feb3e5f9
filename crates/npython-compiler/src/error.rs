//! Errors of compilation as CPython reports them.

use std::fmt;
use std::sync::Arc;

use crate::lines::LineIndex;
use crate::options::{CompileOptions, Mode};

/// Which exception a [`CompileError`] is in the guest.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SyntaxErrorKind {
    SyntaxError,
    IndentationError,
    TabError,
    /// The source is nested deeper than the compiler accepts; it has no position.
    RecursionError,
}

impl SyntaxErrorKind {
    /// The name of the exception class.
    pub const fn name(self) -> &'static str {
        match self {
            Self::SyntaxError => "SyntaxError",
            Self::IndentationError => "IndentationError",
            Self::TabError => "TabError",
            Self::RecursionError => "RecursionError",
        }
    }
}

/// Why source was refused. Lines and columns count from 1, columns in characters; 0 means "none", as CPython's None.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CompileError {
    pub kind: SyntaxErrorKind,
    pub message: String,
    pub filename: Arc<str>,
    pub line: u32,
    pub column: u32,
    pub end_line: u32,
    pub end_column: u32,
    /// The error is about no place at all: it has only a message.
    pub is_nowhere: bool,
    /// The text of the line, with its line end if it has one; `None` where CPython gives none.
    pub source_line: Option<String>,
}

impl CompileError {
    /// The text CPython prints for the uncaught exception, without a traceback header.
    pub fn to_traceback(&self) -> String {
        let mut text = if self.line > 0 { self.place() } else { String::new() };
        text.push_str(self.kind.name());
        text.push_str(": ");
        text.push_str(&self.message);
        text.push('\n');
        text
    }

    /// The attribute `end_offset`: where there is none, CPython has -1 for errors at a token without columns and 0 for
    /// others.
    pub fn end_offset(&self) -> i64 {
        let zero = self.message.ends_with("was never closed") || self.message.contains("after dictionary key");
        let none = self.end_column == 0 && self.column > 0 && self.end_line == self.line && !zero;
        if none { -1 } else { i64::from(self.end_column) }
    }

    /// The file and line, and the source line with its carets, as they stand above the message.
    pub fn place(&self) -> String {
        let mut text = format!("  File \"{}\", line {}\n", self.filename, self.line);
        if let Some(source) = &self.source_line {
            self.push_source(&mut text, source);
        }
        text
    }

    /// The source line and the carets below it, as the traceback module places them.
    fn push_source(&self, text: &mut String, source: &str) {
        let line = source.trim_end_matches('\n');
        let shown = line.trim_start_matches([' ', '\n', '\x0c']);
        let spaces = i64::try_from(line.chars().count() - shown.chars().count()).unwrap_or(0);
        let length = i64::try_from(source.chars().count()).unwrap_or(i64::MAX);
        text.push_str(&format!("    {shown}\n"));
        if self.column == 0 {
            return;
        }
        let mut offset = i64::from(self.column);
        let mut end = match (self.end_line == self.line, self.end_column) {
            (true, 0) => offset,
            (true, column) => i64::from(column),
            (false, _) => i64::try_from(line.chars().count()).unwrap_or(0) + 1,
        };
        if offset > length {
            offset = length;
            end = end.max(offset);
        }
        if offset >= end {
            end = offset + 1;
        }
        let (start, end) = (offset - 1 - spaces, end - 1 - spaces);
        let (Ok(start), Ok(end)) = (usize::try_from(start), usize::try_from(end)) else { return };
        let padding: String = shown.chars().take(start).map(|c| if c.is_whitespace() { c } else { ' ' }).collect();
        text.push_str(&format!("    {padding}{}\n", "^".repeat(end.saturating_sub(start))));
    }
}

impl fmt::Display for CompileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.kind.name(), self.message)?;
        if self.line > 0 {
            write!(f, " ({}, line {})", self.filename, self.line)?;
        }
        Ok(())
    }
}

impl std::error::Error for CompileError {}

/// An error found in the source, by byte offsets; turned into a [`CompileError`] at the end.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Fault {
    pub(crate) kind: SyntaxErrorKind,
    pub(crate) message: String,
    pub(crate) place: Place,
    pub(crate) quote: Quote,
}

/// How the source line is quoted: CPython's stages have it from different places.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Quote {
    /// With its line end.
    Whole,
    /// Without.
    Bare,
    /// From the file, which code made at run time does not have.
    File,
}

/// The position part of a [`Fault`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Place {
    /// A half-open byte range.
    Range(u32, u32),
    /// One-based line, column and end as they are to be reported, for the places where CPython's tokenizer counts in
    /// its own way; a column of 0 or an end of 0 means none.
    Exact {
        line: u32,
        column: u32,
        end_line: u32,
        end_column: u32,
    },
    Nowhere,
}

impl Fault {
    pub(crate) fn syntax(message: impl Into<String>, start: u32, end: u32) -> Self {
        let place = Place::Range(start, end);
        Self { kind: SyntaxErrorKind::SyntaxError, message: message.into(), place, quote: Quote::Whole }
    }

    /// An error without a position.
    pub(crate) fn nowhere(message: &str) -> Self {
        let place = Place::Nowhere;
        Self { kind: SyntaxErrorKind::SyntaxError, message: message.to_owned(), place, quote: Quote::Whole }
    }

    pub(crate) fn too_deep() -> Self {
        Self {
            kind: SyntaxErrorKind::RecursionError,
            message: "maximum recursion depth exceeded during compilation".to_owned(),
            place: Place::Nowhere,
            quote: Quote::Whole,
        }
    }

    /// The same, found after parsing.
    pub(crate) fn quoted_from_file(mut self: Box<Self>) -> Box<Self> {
        self.quote = Quote::File;
        self
    }

    /// The same with lines, columns and the source line.
    pub(crate) fn into_error(self, text: &str, filename: &Arc<str>, options: &CompileOptions) -> CompileError {
        let lines = LineIndex::new(text);
        let position = |offset: u32| {
            let line = lines.line(offset);
            let start = lines.line_start(line);
            let column = text
                .get(start as usize..offset as usize)
                .map_or(offset - start, |part| u32::try_from(part.chars().count()).unwrap_or(u32::MAX));
            (line, column + 1)
        };
        let (line, column, end_line, end_column) = match self.place {
            Place::Range(start, end) => {
                let (line, column) = position(start);
                let (end_line, end_column) = position(end.max(start));
                (line, column, end_line, end_column)
            }
            Place::Exact { line, column, end_line, end_column } => (line, column, end_line, end_column),
            Place::Nowhere => (0, 0, 0, 0),
        };
        let known =
            line > 0 && line <= lines.last_line(text) && (self.quote, options.made_at_run_time) != (Quote::File, true);
        let unended = options.mode != Mode::Exec && line == lines.last_line(text) && !text.ends_with('\n');
        let source_line = known.then(|| {
            let mut shown = lines.line_text(text, line).to_owned();
            if self.quote != Quote::Bare && !unended {
                shown.push('\n');
            }
            shown
        });
        CompileError {
            kind: self.kind,
            message: self.message,
            filename: Arc::clone(filename),
            is_nowhere: self.place == Place::Nowhere,
            line,
            column,
            end_line,
            end_column,
            source_line,
        }
    }
}
