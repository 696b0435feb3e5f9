//! Messages and positions of syntax errors.

use std::rc::Rc;

use super::engine::{Engine, Node, Part, Stop};
use super::grammar::{Action, Tag};
use super::literals;
use crate::error::{Fault, Place, Quote, SyntaxErrorKind};
use crate::lines::LineIndex;
use crate::scan::{Bracket, Kind, Token};

/// The tokens of a source, and the error they end in, if they do.
pub(super) struct Lexed<'t> {
    pub(super) text: &'t str,
    pub(super) lines: LineIndex,
    pub(super) tokens: Vec<Token>,
    /// How many brackets are open after each token.
    pub(super) levels: Vec<u8>,
    pub(super) error: Option<Box<Fault>>,
    /// The error is the end of the source inside a bracket that opens on this line.
    pub(super) unclosed_line: Option<u32>,
}

impl Lexed<'_> {
    /// Notes that the source ends inside a bracket.
    pub(super) fn leave_open(&mut self, bracket: Option<&Bracket>) {
        let Some(bracket) = bracket else { return };
        let (line, column) = self.position(bracket.at);
        let place = Place::Exact { line, column, end_line: line, end_column: 0 };
        self.error = Some(Self::fault(format!("'{}' was never closed", char::from(bracket.byte)), place));
        self.unclosed_line = Some(line);
    }

    /// Whether the first `count` tokens end inside an f-string.
    pub(super) fn in_format_string(&self, count: usize) -> bool {
        let tokens = self.tokens.get(..count).unwrap_or(&self.tokens);
        let number = |kind: Kind| tokens.iter().filter(|token| token.kind == kind).count();
        number(Kind::FormatStart) > number(Kind::FormatEnd)
    }

    pub(super) fn text_of(&self, index: usize) -> &str {
        self.tokens.get(index).and_then(|token| self.text.get(token.start as usize..token.end as usize)).unwrap_or("")
    }

    /// Line and column of a byte, both from 1.
    fn position(&self, offset: u32) -> (u32, u32) {
        let line = self.lines.line(offset);
        let start = self.lines.line_start(line);
        let characters = self.text.get(start as usize..offset as usize).map_or(0, |part| part.chars().count());
        (line, u32::try_from(characters).unwrap_or(u32::MAX).saturating_add(1))
    }

    pub(super) fn line_of(&self, index: usize) -> u32 {
        match self.tokens.get(index) {
            Some(token) if self.is_end(token) => self.lines.last_line(self.text),
            Some(token) => self.lines.line(token.start),
            None => 0,
        }
    }

    /// Whether a token stands after the last line.
    fn is_end(&self, token: &Token) -> bool {
        matches!(token.kind, Kind::End | Kind::Dedent) && token.start as usize >= self.text.len()
    }

    fn has_columns(&self, index: usize) -> bool {
        !matches!(self.tokens.get(index).map(|token| token.kind), Some(Kind::Indent | Kind::Dedent | Kind::End) | None)
    }

    fn start_of(&self, index: usize) -> (u32, u32) {
        if !self.has_columns(index) {
            return (self.line_of(index), 0);
        }
        self.tokens.get(index).map_or((0, 0), |token| self.position(token.start))
    }

    fn end_of(&self, index: usize) -> (u32, u32) {
        if !self.has_columns(index) {
            return (self.line_of(index), 0);
        }
        match self.tokens.get(index) {
            Some(token) if token.kind == Kind::Newline => {
                let (line, column) = self.position(token.start);
                (line, column + 1)
            }
            Some(token) => self.position(token.end),
            None => (0, 0),
        }
    }

    /// The tokens `start..end`.
    pub(super) fn place_of(&self, start: usize, end: usize) -> Place {
        let (line, column) = self.start_of(start);
        let (end_line, end_column) = self.end_of(end.max(start + 1) - 1);
        Place::Exact { line, column, end_line, end_column }
    }

    /// Where the tokenizer stands after a token, as CPython counts when the token itself has no columns.
    pub(super) fn place_of_last(&self, index: usize) -> Place {
        if self.has_columns(index) {
            return self.place_of(index, index + 1);
        }
        let line = self.line_of(index);
        let column = match self.tokens.get(index) {
            Some(token) if !self.is_end(token) => self.position(token.start).1 - 1,
            _ => {
                let shown = self.lines.line_text(self.text, line).chars().count();
                u32::try_from(shown).unwrap_or(u32::MAX).saturating_add(1)
            }
        };
        Place::Exact { line, column, end_line: line, end_column: 0 }
    }

    pub(super) fn fault(message: String, place: Place) -> Box<Fault> {
        Box::new(Fault { kind: SyntaxErrorKind::SyntaxError, message, place, quote: Quote::Whole })
    }
}

impl Engine<'_> {
    /// The error an action makes, or `None` if after all there is nothing wrong that it knows of.
    pub(super) fn message(&self, action: &Action, first: Option<&Part>, second: Option<&Part>) -> Option<Box<Fault>> {
        let text = action.text;
        let Some(first) = first else { return self.message_here(action) };
        let second = second.unwrap_or(first);
        let (start, end) = (span(first).0, span(second).1);
        Some(match action.word {
            "at" => Lexed::fault(self.fill_in(text, first), self.place(span(first))),
            "range" => Lexed::fault(self.fill_in(text, first), self.place((start, end))),
            "from" => self.starting_from(first, text.to_owned()),
            "indent" => self.indentation_error(&text.replace("%d", &self.lexed.line_of(first.start).to_string())),
            "target" => return self.invalid_target(first, text),
            "comma" => {
                let name = self.lexed.text_of(start);
                let level = self.lexed.levels.get(self.mark.saturating_sub(1)).copied().unwrap_or(0);
                let legacy = matches!(name, "print" | "exec") && first.nodes.iter().any(|node| node.tag == Tag::Name);
                if legacy || level == 0 {
                    return None;
                }
                Lexed::fault("invalid syntax. Perhaps you forgot a comma?".to_owned(), self.place((start, end)))
            }
            "legacy" => {
                let name = self.lexed.text_of(first.start);
                if !matches!(name, "print" | "exec") {
                    return None;
                }
                let message = format!("Missing parentheses in call to '{name}'. Did you mean {name}(...)?");
                Lexed::fault(message, self.place((start, end)))
            }
            "positional" => {
                let unpacked = children(first).any(|child| child.tag == Tag::DoubleStar);
                let message = if unpacked {
                    "positional argument follows keyword argument unpacking"
                } else {
                    "positional argument follows keyword argument"
                };
                Lexed::fault(message.to_owned(), self.lexed.place_of_last(self.fill - 1))
            }
            "generator" => {
                let positional: Vec<&Rc<Node>> =
                    children(first).filter(|child| !matches!(child.tag, Tag::Keyword | Tag::DoubleStar)).collect();
                let last = positional.last().filter(|_| positional.len() > 1)?;
                Lexed::fault("Generator expression must be parenthesized".to_owned(), self.place((last.start, end)))
            }
            "key" => {
                let (line, _) = self.lexed.start_of(start);
                let (end_line, end_column) = self.lexed.end_of(span(first).1 - 1);
                let place = Place::Exact { line, column: end_column.saturating_sub(1), end_line, end_column: 0 };
                Lexed::fault("':' expected after dictionary key".to_owned(), place)
            }
            "bound" => {
                let tuple = second.nodes.iter().any(|node| node.tag == Tag::Tuple);
                let word = if tuple { "constraints" } else { "bound" };
                self.starting_from(first, format!("cannot use {word} with {text}"))
            }
            "real" | "imaginary" => {
                let complex = self.lexed.text_of(first.start).ends_with(['j', 'J']);
                if complex == (action.word == "imaginary") {
                    return None;
                }
                Lexed::fault(format!("{} number required in complex literal", action.word), self.place((start, end)))
            }
            "conversion" => return self.conversion(first, second),
            _ => return None,
        })
    }

    fn message_here(&self, action: &Action) -> Option<Box<Fault>> {
        let message = action.text.to_owned();
        Some(match action.word {
            "here" => Lexed::fault(message, self.lexed.place_of_last(self.fill - 1)),
            "next" => Lexed::fault(message, self.lexed.place_of_last(self.mark)),
            "indent" => self.indentation_error(&message),
            _ => return None,
        })
    }

    fn place(&self, (start, end): (usize, usize)) -> Place {
        self.lexed.place_of(start, end)
    }

    fn indentation_error(&self, message: &str) -> Box<Fault> {
        let place = self.lexed.place_of_last(self.fill - 1);
        Box::new(Fault {
            kind: SyntaxErrorKind::IndentationError,
            message: message.to_owned(),
            place,
            quote: Quote::Whole,
        })
    }

    /// From a part to where the tokenizer stands.
    fn starting_from(&self, part: &Part, message: String) -> Box<Fault> {
        let (line, column) = self.lexed.start_of(span(part).0);
        let (end_line, end_column) = self.lexed.end_of(self.fill - 1);
        let place = Place::Exact { line, column, end_line, end_column: end_column.saturating_sub(1) };
        Lexed::fault(message, place)
    }

    fn fill_in(&self, text: &str, part: &Part) -> String {
        let text = text.replace("\\\"", "\"").replace("%t", self.lexed.text_of(part.start));
        match part.nodes.first() {
            Some(node) => text.replace("%s", expression_name(node)),
            None => text,
        }
    }

    fn invalid_target(&self, part: &Part, kind: &str) -> Option<Box<Fault>> {
        let found = self.find_invalid(part.nodes.first()?, kind)?;
        let verb = if kind == "del" { "delete" } else { "assign to" };
        Some(Lexed::fault(format!("cannot {verb} {}", expression_name(found)), self.place((found.start, found.end))))
    }

    /// The part of a target that cannot be one.
    fn find_invalid<'n>(&self, node: &'n Rc<Node>, kind: &str) -> Option<&'n Rc<Node>> {
        match node.tag {
            Tag::List | Tag::Tuple => node.children.iter().find_map(|child| self.find_invalid(child, kind)),
            Tag::Starred if kind == "del" => Some(node),
            Tag::Starred => self.find_invalid(node.children.first()?, kind),
            Tag::Compare if kind == "for" => {
                let left = node.children.first()?;
                let operator = (left.end..node.end).map(|index| self.lexed.text_of(index)).find(|text| *text != ")");
                if operator == Some("in") { self.find_invalid(left, kind) } else { None }
            }
            Tag::Name | Tag::Subscript | Tag::Attribute => None,
            _ => Some(node),
        }
    }

    fn conversion(&self, mark: &Part, name: &Part) -> Option<Box<Fault>> {
        let adjacent = match (self.lexed.tokens.get(mark.start), self.lexed.tokens.get(name.start)) {
            (Some(mark), Some(name)) => mark.end == name.start,
            _ => true,
        };
        if !adjacent {
            // The spelling is CPython's.
            let message = "f-string: conversion type must come right after the exclamanation mark";
            return Some(Lexed::fault(message.to_owned(), self.place((mark.start, name.end))));
        }
        let text = self.lexed.text_of(name.start);
        if matches!(text, "s" | "r" | "a") {
            return None;
        }
        let message = format!("f-string: invalid conversion character '{text}': expected 's', 'r', or 'a'");
        Some(Lexed::fault(message, self.place((name.start, name.end))))
    }

    /// Checks what the string literals from token `start` on contain.
    pub(super) fn check_strings(&self, start: usize) -> Result<(), Stop> {
        let (mut bytes, mut text, mut raw) = (false, false, false);
        for index in start..self.mark {
            let Some(token) = self.lexed.tokens.get(index) else { break };
            let source = self.lexed.text_of(index);
            let hinted = (token.start..=token.end).contains(&self.hint);
            match token.kind {
                Kind::String => {
                    if let Some(message) = literals::fault_in(source, hinted) {
                        return Err(Stop::Error(Lexed::fault(message, self.lexed.place_of(index, index + 1))));
                    }
                    if literals::is_bytes(source) { bytes = true } else { text = true }
                }
                Kind::FormatStart => {
                    text = true;
                    raw = source.contains(['r', 'R']);
                }
                Kind::FormatMiddle if !raw => {
                    if let Some(message) = literals::text_fault(source, hinted) {
                        return Err(Stop::Error(Lexed::fault(message, self.lexed.place_of_last(self.fill - 1))));
                    }
                }
                _ => {}
            }
        }
        if bytes && text {
            let message = "cannot mix bytes and nonbytes literals".to_owned();
            return Err(Stop::Error(Lexed::fault(message, self.lexed.place_of_last(self.fill - 1))));
        }
        Ok(())
    }
}

/// The tokens of a part: those of its nodes, so that brackets around an expression do not count.
fn span(part: &Part) -> (usize, usize) {
    match (part.nodes.first(), part.nodes.last()) {
        (Some(first), Some(last)) => (first.start, last.end),
        _ => (part.start, part.end),
    }
}

fn children(part: &Part) -> impl Iterator<Item = &Rc<Node>> {
    part.nodes.iter().flat_map(|node| node.children.iter())
}

/// What an expression is called in messages.
fn expression_name(node: &Node) -> &'static str {
    match node.tag {
        Tag::Attribute => "attribute",
        Tag::Subscript => "subscript",
        Tag::Starred => "starred",
        Tag::Name => "name",
        Tag::List => "list",
        Tag::Tuple => "tuple",
        Tag::Lambda => "lambda",
        Tag::Call => "function call",
        Tag::GenExp => "generator expression",
        Tag::Yield => "yield expression",
        Tag::Await => "await expression",
        Tag::ListComp => "list comprehension",
        Tag::SetComp => "set comprehension",
        Tag::DictComp => "dict comprehension",
        Tag::Dict => "dict literal",
        Tag::Set => "set display",
        Tag::FString => "f-string expression",
        Tag::None => "None",
        Tag::True => "True",
        Tag::False => "False",
        Tag::Ellipsis => "ellipsis",
        Tag::Literal => "literal",
        Tag::Compare => "comparison",
        Tag::IfExp => "conditional expression",
        Tag::Named => "named expression",
        _ => "expression",
    }
}
