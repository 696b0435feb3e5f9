//! Tracebacks as CPython 3.13 prints them.

use npython_bytecode::{Code, Instr, SourceRange};

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

/// Line (1-based) and column (0-based, in characters) of a byte offset.
fn position(text: &str, offset: u32) -> (u32, u32, usize) {
    let offset = (offset as usize).min(text.len());
    let head = text.as_bytes().get(..offset).unwrap_or(&[]);
    let line = head.iter().filter(|byte| **byte == b'\n').count() as u32 + 1;
    let start = head.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    let column = text.get(start..offset).map_or(0, |part| part.chars().count()) as u32;
    (line, column, start)
}

/// The trace frame of an instruction.
fn trace_frame(code: &Code, at: u32) -> TraceFrame {
    let range = code.ranges.get(at as usize).copied().unwrap_or(SourceRange::default());
    let text = &code.source.text;
    let (line, column, start) = position(text, range.start);
    let (end_line, end_column, _) = position(text, range.end);
    let source_line = text.get(start..).and_then(|rest| rest.split(['\n', '\r']).next()).unwrap_or("").to_owned();
    TraceFrame {
        filename: code.source.filename.to_string(),
        function: code.qualname.to_string(),
        line,
        end_line,
        column,
        end_column,
        source_line,
        anchor: if line == end_line { anchor(code, at) } else { None },
    }
}

/// The columns of the operator of a failing operation, of the brackets of a subscript, of the arguments of a call; the rest
/// of the expression gets `~`. The end of the left operand is that of the instruction that last began where the expression does.
fn anchor(code: &Code, at: u32) -> Option<(u32, u32)> {
    let at = at as usize;
    let instr = code.instrs.get(at)?;
    let whole = *code.ranges.get(at)?;
    let text = &code.source.text;
    let operation = matches!(instr, Instr::Binary(_));
    let bracket =
        matches!(instr, Instr::LoadSubscript | Instr::Call(_) | Instr::CallKeywords(..) | Instr::CallUnpacked(_));
    if !operation && !bracket {
        return None;
    }
    let opening = text
        .get(whole.start as usize..)?
        .bytes()
        .take_while(|byte| *byte == b'(' || byte.is_ascii_whitespace())
        .count() as u32;
    let before = code.ranges.get(at.saturating_sub(2_000)..at)?;
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
    let (_, from, _) = position(text, left_end);
    let (_, to, _) = position(text, end);
    Some((from, to))
}

impl Machine {
    /// Source line of the instruction that is executing.
    pub(crate) fn current_line(&self) -> u32 {
        for frame in self.frames.iter().rev() {
            if !self.code(frame.code).source.internal {
                let at = self.code_position(frame.code, frame.pc).saturating_sub(1);
                return trace_frame(self.code(frame.code), at).line;
            }
        }
        0
    }

    /// Frames of an exception, outermost first, without those of the prelude.
    pub(crate) fn trace_frames(&self, exception: Value) -> Vec<TraceFrame> {
        let entries: &[TraceEntry] = self.exception_state(exception).map_or(&[], |state| &state.traceback);
        let shown = entries.iter().rev().filter(|entry| !self.code(entry.code).source.internal).take(MOST_FRAMES);
        shown.map(|entry| trace_frame(self.code(entry.code), entry.at)).collect()
    }

    /// Line of one traceback entry.
    pub(crate) fn trace_line(&self, entry: TraceEntry) -> u32 {
        trace_frame(self.code(entry.code), entry.at).line
    }

    /// The exception that left the program, as data. Its `str` is taken natively: guest code no longer runs.
    pub(crate) fn describe_raised(&mut self) -> GuestError {
        let exception = std::mem::replace(&mut self.raised, Value::Undef);
        let mut traceback = String::new();
        self.write_chain(&mut traceback, exception);
        GuestError {
            type_name: self.type_qualname(self.type_of(exception)),
            message: self.exception_text(exception),
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
        match code.or_else(|| self.heap.tuple(state.args).first().copied()) {
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

    fn write_chain(&mut self, text: &mut String, exception: Value) {
        let chain = self.exception_chain(exception);
        for (at, exception) in chain.iter().enumerate().rev() {
            if at + 1 < chain.len()
                && let Some((_, link)) = self.chained(*exception)
            {
                text.push_str(link);
            }
            self.write_one(text, *exception);
        }
    }

    fn write_one(&mut self, text: &mut String, exception: Value) {
        let frames = self.trace_frames(exception);
        if !frames.is_empty() {
            text.push_str("Traceback (most recent call last):\n");
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
        let message = self.exception_text(exception);
        text.push_str(&shown);
        if !message.is_empty() {
            text.push_str(": ");
            text.push_str(&message);
        }
        if let Some(hint) = self.name_hint(exception) {
            text.push_str(&hint);
        }
        text.push('\n');
        self.write_notes(text, exception);
    }

    fn write_notes(&mut self, text: &mut String, exception: Value) {
        let Value::Instance(id) = exception else { return };
        let Some(notes) = self.instance_attribute(id, names::NOTES) else { return };
        let Ok(notes) = self.collect_items(notes) else { return };
        for note in notes.into_iter().take(1_000) {
            let shown = match note {
                Value::Str(id) => self.heap.str(id).to_owned(),
                other => self.str_native(other).unwrap_or_else(|_: Fault| "<note str() failed>".to_owned()),
            };
            text.push_str(&shown);
            text.push('\n');
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
            text.push_str(&format!("  [Previous line repeated {more} more time{plural}]\n"));
        }
        at += repeats.max(1);
    }
}

fn write_frame(text: &mut String, frame: &TraceFrame) {
    let function = frame.function.rsplit('.').next().unwrap_or(&frame.function);
    text.push_str(&format!("  File \"{}\", line {}, in {function}\n", frame.filename, frame.line));
    let stripped = frame.source_line.trim();
    if stripped.is_empty() {
        return;
    }
    text.push_str(&format!("    {stripped}\n"));
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
    let mark = |column: u32| match frame.anchor {
        Some((from, to)) if !(from.saturating_sub(indent)..to.saturating_sub(indent)).contains(&column) => '~',
        _ => '^',
    };
    let carets: String = (start..end).map(mark).collect();
    text.push_str(&format!("    {}{carets}\n", " ".repeat(start as usize)));
}
