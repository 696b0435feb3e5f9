//! Tracebacks as CPython 3.13 prints them.

use npython_bytecode::{Code, SourceRange};

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
    }
}

impl Machine {
    /// Source line of the instruction that is executing.
    pub(crate) fn current_line(&self) -> u32 {
        let shared = self.base.codes.len();
        for frame in self.frames.iter().rev() {
            if frame.code as usize >= shared {
                let at = self.code_position(frame.code, frame.pc).saturating_sub(1);
                return trace_frame(self.code(frame.code), at).line;
            }
        }
        0
    }

    /// Frames of an exception, outermost first, without those of the prelude.
    pub(crate) fn trace_frames(&self, exception: Value) -> Vec<TraceFrame> {
        let shared = self.base.codes.len() as u32;
        let entries: &[TraceEntry] = self.exception_state(exception).map_or(&[], |state| &state.traceback);
        let shown = entries.iter().rev().filter(|entry| entry.code >= shared).take(MOST_FRAMES);
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

    fn write_chain(&mut self, text: &mut String, exception: Value) {
        // Innermost cause first, as it is printed.
        let mut chain = vec![(exception, "")];
        let mut at = exception;
        while chain.len() < MOST_CHAINED {
            let Some(state) = self.exception_state(at) else { break };
            let (next, link) = if !state.cause.is_none() {
                (state.cause, "\nThe above exception was the direct cause of the following exception:\n\n")
            } else if !state.context.is_none() && !state.suppress_context {
                (state.context, "\nDuring handling of the above exception, another exception occurred:\n\n")
            } else {
                break;
            };
            if chain.iter().any(|(seen, _)| *seen == next) {
                break;
            }
            if let Some(last) = chain.last_mut() {
                last.1 = link;
            }
            chain.push((next, ""));
            at = next;
        }
        for (exception, link) in chain.into_iter().rev() {
            text.push_str(link);
            self.write_one(text, exception);
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
            Value::Str(module) if module != names::BUILTINS_NAME && module != names::MAIN => format!("{}.{name}", self.heap.str(module)),
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
    let end = if frame.end_line == frame.line { frame.end_column.saturating_sub(indent).min(line_length) } else { line_length };
    // A caret line under the whole line says nothing and is left out, as CPython does.
    if end > start && !(start == 0 && end == line_length) {
        let carets = carets_for(stripped, start as usize, end as usize);
        text.push_str(&format!("    {}{carets}\n", " ".repeat(start as usize)));
    }
}

/// `~` and `^` under an operation, a subscript or a call: the operator or bracket gets `^`; all `^` for anything else.
fn carets_for(line: &str, start: usize, end: usize) -> String {
    "^".repeat(end.min(line.chars().count()).saturating_sub(start).max(1))
}
