//! Tracebacks as CPython 3.13 prints them.

mod report;

use std::collections::HashMap;

use npython_bytecode::{Code, Instr, Source, SourceRange};

use crate::boundary::{GuestError, TraceFrame};
use crate::fault::Fault;
use crate::names;
use crate::objects::TraceEntry;
use crate::types;
use crate::value::Value;

use super::Machine;

/// Frames shown of a traceback that is longer.
const MOST_FRAMES: usize = 4_000;
/// Exceptions shown of a chain.
const MOST_CHAINED: usize = 200;

/// Bytes of a traceback, and of a message.
const MOST_TEXT: usize = 1 << 20;
/// Bytes shown of a source line and of a name.
const MOST_LINE: usize = 4_000;
/// Stands for what was cut off.
const CUT: &str = "[...]";

/// Frames that one report looks at, of all its exceptions together.
const MOST_LOOKED_AT: usize = 3 * MOST_FRAMES;

/// Bytes of source between two places whose line is known.
const STRIDE: usize = 4_096;

/// Where the lines of a source start, as far as need be: its text is read once for many frames, and what is kept of it is small
/// even if every character ends a line.
struct LineIndex {
    /// For every so manieth byte how many lines end before it, and where the line that it belongs to starts.
    places: Vec<(u32, u32)>,
}

impl LineIndex {
    fn new(text: &str) -> Self {
        let mut place = (0, 0);
        let pieces = text.as_bytes().chunks(STRIDE).enumerate();
        let ends = pieces.map(|(at, piece)| {
            place = advanced(place, at * STRIDE, piece);
            place
        });
        Self { places: std::iter::once((0, 0)).chain(ends).collect() }
    }

    /// Line (1-based), column (0-based, in characters, as far as lines are shown) and line start of a byte offset.
    fn position(&self, text: &str, offset: u32) -> (u32, u32, usize) {
        let offset = (offset as usize).min(text.len());
        let known = offset / STRIDE;
        let before = self.places.get(known).copied().unwrap_or_default();
        let rest = text.as_bytes().get(known * STRIDE..offset).unwrap_or_default();
        let (line, start) = advanced(before, known * STRIDE, rest);
        let start = start as usize;
        let column = cut(text.get(start..offset).unwrap_or(""), MOST_LINE).chars().count();
        (line + 1, column as u32, start)
    }

    /// The trace frame of an instruction; the index is that of the code's source.
    fn frame(&self, code: &Code, at: u32) -> TraceFrame {
        let range = code.ranges.get(at as usize).copied().unwrap_or(SourceRange::default());
        let text = &code.source.text;
        let (line, column, start) = self.position(text, range.start);
        let (end_line, end_column, _) = self.position(text, range.end);
        let shown = cut(text.get(start..).unwrap_or(""), MOST_LINE);
        let is_short = range.end.saturating_sub(range.start) as usize <= MOST_LINE;
        TraceFrame {
            filename: cut(&code.source.filename, MOST_LINE).to_owned(),
            function: cut(&code.qualname, MOST_LINE).to_owned(),
            line,
            end_line,
            column,
            end_column,
            source_line: match code.source.made_at_run_time {
                true => String::new(),
                false => shown.split(['\n', '\r']).next().unwrap_or("").to_owned(),
            },
            anchor: if line == end_line && is_short { anchor(self, code, at) } else { None },
        }
    }
}

/// Ended lines and line start behind a piece of source that begins at byte `at`, from those before it.
fn advanced((line, start): (u32, u32), at: usize, piece: &[u8]) -> (u32, u32) {
    let ends = memchr::memchr_iter(b'\n', piece).count() as u32;
    let last = memchr::memrchr(b'\n', piece);
    (line + ends, last.map_or(start, |last| (at + last + 1) as u32))
}

/// What the tracebacks of one report have in common: the lines of the sources met, and how many frames may still be looked at.
struct Sources {
    indexes: HashMap<usize, LineIndex>,
    frames_left: usize,
}

impl Default for Sources {
    fn default() -> Self {
        Self { indexes: HashMap::new(), frames_left: MOST_LOOKED_AT }
    }
}

impl Sources {
    /// The lines of a source, which stays where it is as long as the machine has its code.
    fn lines(&mut self, source: &Source) -> &LineIndex {
        self.indexes.entry(std::ptr::from_ref(source).addr()).or_insert_with(|| LineIndex::new(&source.text))
    }
}

/// The first `most` bytes of a text, or less where that would cut a character.
fn cut(text: &str, most: usize) -> &str {
    text.get(..text.floor_char_boundary(most)).unwrap_or(text)
}

/// Appends as much of a piece as a traceback may still hold.
fn push_bounded(text: &mut String, piece: &str) {
    let room = MOST_TEXT.saturating_sub(text.len());
    if piece.len() <= room {
        text.push_str(piece);
    } else if room > 0 {
        text.push_str(cut(piece, room));
        text.push_str(CUT);
    }
}

fn bounded_message(message: String) -> String {
    if message.len() <= MOST_TEXT { message } else { format!("{}{CUT}", cut(&message, MOST_TEXT)) }
}

/// The columns of the operator of a failing operation, of the brackets of a subscript, of the arguments of a call; the rest
/// of the expression gets `~`. The end of the left operand is that of the instruction that last began where the expression does.
fn anchor(index: &LineIndex, code: &Code, at: u32) -> Option<(u32, u32)> {
    let at = at as usize;
    let whole = *code.ranges.get(at)?;
    let text = &code.source.text;
    let is_operation = |instr: &Instr| matches!(instr, Instr::Binary(_));
    let is_bracket = |instr: &Instr| {
        matches!(instr, Instr::LoadSubscript | Instr::Call(_) | Instr::CallKeywords(..) | Instr::CallUnpacked(_))
    };
    let first = at.saturating_sub(2_000);
    // What goes over the items of a call's result fails where the call stands.
    let at = (first..=at).rev().find(|at| {
        code.ranges.get(*at) == Some(&whole)
            && code.instrs.get(*at).is_some_and(|instr| is_operation(instr) || is_bracket(instr))
    })?;
    let operation = code.instrs.get(at).is_some_and(is_operation);
    let opening = text
        .get(whole.start as usize..)?
        .bytes()
        .take_while(|byte| *byte == b'(' || byte.is_ascii_whitespace())
        .count() as u32;
    let before = code.ranges.get(first.min(at)..at)?;
    let begins =
        |range: &&SourceRange| (whole.start..=whole.start + opening).contains(&range.start) && range.end < whole.end;
    let mut left_end = before.iter().filter(begins).map(|range| range.end).max()?;
    let rest = text.get(left_end as usize..whole.end as usize)?;
    left_end +=
        rest.bytes().take_while(|byte| byte.is_ascii_whitespace() || (operation && *byte == b')')).count() as u32;
    let rest = text.get(left_end as usize..whole.end as usize)?.as_bytes();
    let end = if operation {
        let double = matches!(rest, [a @ (b'*' | b'/' | b'<' | b'>'), b, ..] if a == b);
        left_end + 1 + u32::from(double)
    } else {
        whole.end
    };
    let (_, from, _) = index.position(text, left_end);
    let (_, to, _) = index.position(text, end);
    Some((from, to))
}

impl Machine {
    /// Source line of the program, not of a library, that is executing, and how many bytes were read to find it.
    pub(crate) fn current_line(&self) -> (u32, usize) {
        for frame in self.frames.iter().rev() {
            let source = &self.code(frame.code).source;
            if !source.internal && !self.library_names.iter().any(|name| **name == *source.filename) {
                let at = self.code_position(frame.code, frame.pc).saturating_sub(1);
                return self.trace_line(TraceEntry { code: frame.code, at });
            }
        }
        (0, 0)
    }

    /// Frames of an exception, outermost first, without those of the prelude.
    pub(crate) fn trace_frames(&self, exception: Value) -> Vec<TraceFrame> {
        self.frames_for_report(exception, &mut Sources::default())
    }

    fn frames_for_report(&self, exception: Value, sources: &mut Sources) -> Vec<TraceFrame> {
        let entries: &[TraceEntry] = self.exception_state(exception).map_or(&[], |state| &state.traceback);
        let most = MOST_FRAMES.min(sources.frames_left);
        let shown = entries.iter().rev().filter(|entry| !self.code(entry.code).source.internal).take(most);
        let mut frames = Vec::new();
        let mut bytes = 0;
        for entry in shown {
            let code = self.code(entry.code);
            let frame = sources.lines(&code.source).frame(code, entry.at);
            bytes += frame.filename.len() + frame.function.len() + frame.source_line.len();
            frames.push(frame);
            if bytes > MOST_TEXT {
                break;
            }
        }
        sources.frames_left = sources.frames_left.saturating_sub(frames.len());
        frames
    }

    /// Line of one traceback entry, and how many bytes were read to find it.
    pub(crate) fn trace_line(&self, entry: TraceEntry) -> (u32, usize) {
        let code = self.code(entry.code);
        let range = code.ranges.get(entry.at as usize).copied().unwrap_or(SourceRange::default());
        let head = code.source.text.as_bytes().get(..range.start as usize).unwrap_or(&[]);
        (memchr::memchr_iter(b'\n', head).count() as u32 + 1, head.len())
    }

    /// The exception that left the program, as data. Its `str` is taken natively: guest code no longer runs.
    pub(crate) fn describe_raised(&mut self) -> GuestError {
        let exception = std::mem::replace(&mut self.raised, Value::Undef);
        let mut traceback = String::new();
        let mut sources = Sources::default();
        self.write_report(&mut traceback, exception, true, &mut sources);
        GuestError {
            type_name: self.type_qualname(self.type_of(exception)),
            message: bounded_message(self.exception_text(exception)),
            frames: self.trace_frames(exception),
            traceback,
            exit_status: self.exit_status(exception),
        }
    }

    fn exit_status(&mut self, exception: Value) -> Option<i32> {
        if !self.is_instance_of_type(exception, types::SYSTEM_EXIT) {
            return None;
        }
        let state = self.exception_state(exception)?;
        let code = state.fields.iter().find(|(name, _)| *name == names::CODE_FIELD).map(|(_, value)| *value);
        let given = self.heap.tuple(state.args);
        match code.or_else(|| given.first().copied()) {
            Some(_) if code.is_none() && given.len() > 1 => Some(1),
            None | Some(Value::None) => Some(0),
            Some(Value::Int(code)) => Some((code & 0xFF) as i32),
            Some(Value::True) => Some(1),
            Some(Value::False) => Some(0),
            Some(_) => Some(1),
        }
    }

    /// `str(exception)` where no guest code is needed for it; else what CPython prints when `__str__` fails.
    pub(crate) fn exception_text(&mut self, exception: Value) -> String {
        match self.described.iter().find(|(other, _)| *other == exception) {
            Some((_, text)) => text.clone(),
            None => match self.str_native(exception) {
                Ok(text) => text,
                Err(_) => {
                    self.raised = Value::Undef;
                    "<exception str() failed>".to_owned()
                }
            },
        }
    }

    /// The exception and what it was raised from, as far as it is printed.
    pub(crate) fn exception_chain(&self, exception: Value) -> Vec<Value> {
        let mut chain = vec![exception];
        let mut at = exception;
        while chain.len() < MOST_CHAINED
            && let Some((next, _)) = self.chained(at)
            && !chain.contains(&next)
        {
            chain.push(next);
            at = next;
        }
        chain
    }

    /// The exception printed before this one, and the sentence between them.
    fn chained(&self, exception: Value) -> Option<(Value, &'static str)> {
        let state = self.exception_state(exception)?;
        if !state.cause.is_none() {
            Some((state.cause, "\nThe above exception was the direct cause of the following exception:\n\n"))
        } else if !state.context.is_none() && !state.suppress_context {
            Some((state.context, "\nDuring handling of the above exception, another exception occurred:\n\n"))
        } else {
            None
        }
    }

    /// The text Python prints for an exception, with or without those it was raised from.
    pub(crate) fn exception_report(&mut self, exception: Value, chained: bool) -> String {
        let mut text = String::new();
        self.write_report(&mut text, exception, chained, &mut Sources::default());
        self.described.clear();
        text
    }

    fn write_one(&mut self, text: &mut String, exception: Value, sources: &mut Sources) {
        let frames = self.frames_for_report(exception, sources);
        if !frames.is_empty() {
            push_bounded(text, "Traceback (most recent call last):\n");
        }
        write_frames(text, &frames);
        self.write_summary(text, exception);
    }

    fn write_summary(&mut self, text: &mut String, exception: Value) {
        let class = self.type_of(exception);
        let name = self.type_qualname(class);
        let shown = match self.heap.types.get(class).module {
            Value::Str(module) if module != names::BUILTINS_NAME && module != names::MAIN => {
                format!("{}.{name}", self.heap.str(module))
            }
            _ => name,
        };
        let message = match self.write_syntax_error(text, exception) {
            Some(message) => message,
            None => self.exception_text(exception),
        };
        push_bounded(text, &shown);
        if !message.is_empty() {
            push_bounded(text, ": ");
            push_bounded(text, &message);
        }
        if let Some(hint) = self.name_hint(exception) {
            push_bounded(text, &hint);
        }
        push_bounded(text, "\n");
        self.write_notes(text, exception);
    }

    /// Where a SyntaxError is; its message, which then does not say so.
    fn write_syntax_error(&mut self, text: &mut String, exception: Value) -> Option<String> {
        if !self.is_instance_of_type(exception, types::SYNTAX_ERROR) {
            return None;
        }
        let field = |name| self.exception_field(exception, name).unwrap_or(Value::None);
        let number = |name| match field(name) {
            Value::Int(number) => u32::try_from(number).ok(),
            _ => None,
        };
        let line = number(names::LINENO)?;
        let string = |name| match field(name) {
            Value::Str(id) => Some(cut(self.heap.str(id), MOST_TEXT)),
            _ => None,
        };
        let source_line = string(names::TEXT).filter(|line| line.len() <= MOST_LINE);
        let error = npython_compiler::CompileError {
            kind: npython_compiler::SyntaxErrorKind::SyntaxError,
            message: String::new(),
            filename: cut(string(names::FILENAME).unwrap_or("<string>"), MOST_LINE).into(),
            line,
            is_nowhere: false,
            column: number(names::OFFSET).unwrap_or(0),
            end_line: number(names::END_LINENO).unwrap_or(0),
            end_column: number(names::END_OFFSET).unwrap_or(0),
            source_line: source_line.map(str::to_owned),
        };
        let given = self.exception_state(exception).and_then(|state| self.heap.tuple(state.args).first().copied());
        let message = match (string(names::MSG), given) {
            (Some(message), _) => message.to_owned(),
            (None, Some(Value::Str(id))) => cut(self.heap.str(id), MOST_TEXT).to_owned(),
            _ => "<no detail available>".to_owned(),
        };
        push_bounded(text, &error.place());
        Some(bounded_message(message))
    }

    fn write_notes(&mut self, text: &mut String, exception: Value) {
        let Value::Instance(id) = exception else { return };
        let Some(notes) = self.instance_attribute(id, names::NOTES) else { return };
        let Ok(notes) = self.collect_items(notes) else { return };
        for note in notes.into_iter().take(1_000) {
            if text.len() >= MOST_TEXT {
                return;
            }
            let shown = match note {
                Value::Str(id) => cut(self.heap.str(id), MOST_TEXT).to_owned(),
                other => self.str_native(other).unwrap_or_else(|_: Fault| "<note str() failed>".to_owned()),
            };
            push_bounded(text, &shown);
            push_bounded(text, "\n");
        }
    }
}

fn write_frames(text: &mut String, frames: &[TraceFrame]) {
    let mut at = 0;
    while let Some(frame) = frames.get(at) {
        let same = |other: &&TraceFrame| {
            other.filename == frame.filename && other.line == frame.line && other.function == frame.function
        };
        let repeats = frames.get(at..).unwrap_or(&[]).iter().take_while(same).count();
        for frame in frames.get(at..).unwrap_or(&[]).iter().take(repeats.min(3)) {
            write_frame(text, frame);
        }
        if repeats > 3 {
            let more = repeats - 3;
            let plural = if more > 1 { "s" } else { "" };
            push_bounded(text, &format!("  [Previous line repeated {more} more time{plural}]\n"));
        }
        at += repeats.max(1);
    }
}

fn write_frame(text: &mut String, frame: &TraceFrame) {
    let function = frame.function.rsplit('.').next().unwrap_or(&frame.function);
    push_bounded(text, &format!("  File \"{}\", line {}, in {function}\n", frame.filename, frame.line));
    let stripped = frame.source_line.trim();
    if stripped.is_empty() {
        return;
    }
    push_bounded(text, &format!("    {stripped}\n"));
    let indent = (frame.source_line.chars().count() - frame.source_line.trim_start().chars().count()) as u32;
    let line_length = stripped.chars().count() as u32;
    let start = frame.column.saturating_sub(indent);
    let end = if frame.end_line == frame.line {
        frame.end_column.saturating_sub(indent).min(line_length)
    } else {
        line_length
    };
    // A line of carets under the whole line says nothing and is left out, as CPython does; anchors within it do.
    if end <= start || (start == 0 && end == line_length && frame.anchor.is_none()) {
        return;
    }
    if let Some((from, to)) = frame.anchor
        && end == line_length
        && to == frame.end_column
        && is_whole_call(stripped, start as usize, from.saturating_sub(indent) as usize)
    {
        return;
    }
    let mark = |column: u32| match frame.anchor {
        Some((from, to)) if !(from.saturating_sub(indent)..to.saturating_sub(indent)).contains(&column) => '~',
        _ => '^',
    };
    let carets: String = (start..end).map(mark).collect();
    push_bounded(text, &format!("    {}{carets}\n", " ".repeat(start as usize)));
}

/// Whether a line is `return name(...)` or `name = ...(...)` with a call from one column to its end, whose arguments start
/// at the other: CPython shows no carets there.
fn is_whole_call(line: &str, start: usize, arguments: usize) -> bool {
    let part = |from: usize, to: usize| line.chars().skip(from).take(to.saturating_sub(from)).collect::<String>();
    let is_name = |text: &str| {
        let first = text.chars().next();
        first.is_some_and(|one| one == '_' || one.is_alphabetic())
            && text.chars().all(|one| one == '_' || one.is_alphanumeric())
    };
    let before = part(0, start);
    if !line.ends_with(')') {
        return false;
    }
    if before.trim_end() == "return" {
        return is_name(part(start, arguments).trim_end());
    }
    before.trim_end().strip_suffix('=').is_some_and(|target| is_name(target.trim_end()))
}

#[cfg(test)]
mod tests {
    use npython_bytecode::Source;

    use super::{LineIndex, STRIDE, Sources};

    #[test]
    fn lines_are_found_in_little_space() {
        let lines = "\n".repeat(1_000_000);
        let index = LineIndex::new(&lines);
        assert!(index.places.len() <= lines.len() / STRIDE + 2);
        assert_eq!(index.position(&lines, 999_999), (1_000_000, 0, 999_999));
    }

    #[test]
    fn lines_are_those_of_the_text() {
        let text = "ab\n\ncd\u{e9}f\n".repeat(STRIDE / 3) + &"x".repeat(3 * STRIDE) + "\nlast";
        let index = LineIndex::new(&text);
        for offset in (0..text.len()).step_by(97).chain([0, 1, 2, 3, STRIDE - 1, STRIDE, STRIDE + 1, text.len()]) {
            let offset = text.floor_char_boundary(offset);
            let before = &text[..offset];
            let start = before.rfind('\n').map_or(0, |at| at + 1);
            let (line, _, found) = index.position(&text, offset as u32);
            assert_eq!((line as usize, found), (before.matches('\n').count() + 1, start), "at {offset}");
        }
    }

    #[test]
    fn sources_are_read_once() {
        let source = |text: &str| Source {
            text: text.into(),
            filename: "a.py".into(),
            internal: false,
            made_at_run_time: false,
        };
        let (one, other) = (source("a\nb"), source("c"));
        let mut sources = Sources::default();
        for _ in 0..3 {
            assert_eq!(sources.lines(&one).position("a\nb", 2).0, 2);
            assert_eq!(sources.lines(&other).position("c", 0).0, 1);
        }
        assert_eq!(sources.indexes.len(), 2);
    }
}
