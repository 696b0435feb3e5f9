//! Running a pattern over a string, as the machine's limits allow.

use std::sync::Arc;

use crate::builtins::numbers::argument;
use crate::fault::Fault;
use crate::machine::Machine;
use crate::objects::{Match, Object, Pattern};
use crate::text::regex::{Mode, Pause, Program, Progress, Subject};
use crate::value::{Id, Value};

/// Steps, of a unit of gas each, between two looks at the meter.
const PORTION: u32 = 50_000;
/// Bytes of the matcher's stack that a machine keeps for the next operation.
const KEPT_STACK: usize = 16 << 10;

/// A string and the part of it to be matched.
#[derive(Clone, Copy)]
pub(super) struct Target {
    /// As it was given.
    pub(super) string: Value,
    /// Where to begin, and the end, as byte positions.
    pub(super) start: usize,
    pub(super) end: usize,
    /// The same as character positions.
    pub(super) pos: usize,
    pub(super) endpos: usize,
}

impl Machine {
    /// The pattern a method is called on.
    pub(super) fn pattern_receiver(&mut self, args: &[Value]) -> Result<Id<Object>, Fault> {
        match argument(args, 0) {
            Value::Object(id) if matches!(self.heap.objects.get(id), Object::Pattern(_)) => Ok(id),
            given => {
                let name = self.type_name(given);
                Err(self.type_error(format!("descriptor requires a 're.Pattern' object but received a '{name}'")))
            }
        }
    }

    /// The data of a pattern.
    pub(super) fn pattern(&mut self, id: Id<Object>) -> Result<&Pattern, Fault> {
        // A borrow of the heap cannot be returned from one arm only.
        if !matches!(self.heap.objects.get(id), Object::Pattern(_)) {
            return Err(self.type_error("not a pattern"));
        }
        match self.heap.objects.get(id) {
            Object::Pattern(pattern) => Ok(pattern),
            _ => Err(Fault::Halt),
        }
    }

    pub(super) fn program(&mut self, id: Id<Object>) -> Result<Arc<Program>, Fault> {
        self.pattern(id).map(|pattern| pattern.program.clone())
    }

    /// Checks that a value can be matched with a pattern, and limits the positions to it.
    pub(super) fn target(
        &mut self,
        pattern: Id<Object>,
        string: Value,
        pos: i64,
        endpos: i64,
    ) -> Result<Target, Fault> {
        let is_text = self.pattern(pattern)?.program.is_text();
        let text = self.as_str(string);
        let length = match (text, self.bytes_like(string)) {
            (Some(id), _) => self.str_length(id),
            (None, Some(data)) => data.len(),
            (None, None) => {
                let name = self.type_name(string);
                return Err(self.type_error(format!("expected string or bytes-like object, got '{name}'")));
            }
        };
        if is_text && text.is_none() {
            return Err(self.type_error("cannot use a string pattern on a bytes-like object"));
        }
        if !is_text && text.is_some() {
            return Err(self.type_error("cannot use a bytes pattern on a string-like object"));
        }
        let pos = usize::try_from(pos.max(0)).unwrap_or(usize::MAX).min(length);
        let endpos = usize::try_from(endpos.max(0)).unwrap_or(usize::MAX).min(length);
        let (start, end) = match text {
            Some(id) => (self.byte_position(id, pos)?, self.byte_position(id, endpos)?),
            None => (pos, endpos),
        };
        if end >= u32::MAX as usize {
            return Err(self.overflow_error("string is too long to be matched"));
        }
        Ok(Target { string, start, end, pos, endpos })
    }

    /// `string, pos=0, endpos=sys.maxsize` behind the receiver.
    pub(super) fn target_arguments(&mut self, pattern: Id<Object>, args: &[Value]) -> Result<Target, Fault> {
        let pos = self.position_argument(argument(args, 2), 0)?;
        let endpos = self.position_argument(argument(args, 3), i64::MAX)?;
        self.target(pattern, argument(args, 1), pos, endpos)
    }

    pub(super) fn position_argument(&mut self, value: Value, default: i64) -> Result<i64, Fault> {
        match value {
            Value::Undef => Ok(default),
            Value::Int(number) => Ok(number),
            value => self.size_argument(value),
        }
    }

    fn subject(&self, string: Value, end: usize) -> Subject<'_> {
        if let Some(id) = self.as_str(string) {
            let text = self.heap.str(id).as_bytes();
            let text = text.get(..end).unwrap_or(text);
            let facts = self.heap.strings.get(id);
            return if facts.ascii {
                Subject::Narrow(text)
            } else {
                Subject::Wide { text, surrogates: facts.surrogates }
            };
        }
        let data = self.bytes_like(string).unwrap_or_default();
        Subject::Narrow(data.get(..end).unwrap_or(data))
    }

    /// Matches a pattern; true leaves the groups in the machine's matcher.
    pub(super) fn run_pattern(
        &mut self,
        program: &Program,
        target: &Target,
        mode: Mode,
        must_advance: bool,
    ) -> Result<bool, Fault> {
        if target.start > target.end {
            return Ok(false);
        }
        let mut matcher = std::mem::take(&mut self.matcher);
        matcher.begin(program, target.start, mode, must_advance);
        matcher.allow_bytes(KEPT_STACK);
        let mut reserved = 0;
        let result = loop {
            let (progress, steps) = matcher.run(program, self.subject(target.string, target.end), PORTION);
            if let Err(fault) = self.charge(1 + steps as u64) {
                break Err(fault);
            }
            match progress {
                Progress::Matched => break Ok(true),
                Progress::Failed => break Ok(false),
                Progress::Paused(Pause::Steps) => {}
                Progress::Paused(Pause::Room) => {
                    let more = matcher.allowed_bytes();
                    if let Err(fault) = self.heap.reserve(more) {
                        break Err(fault);
                    }
                    reserved += more;
                    matcher.allow_bytes(more * 2);
                }
            }
        };
        self.heap.release(reserved);
        if reserved > 0 {
            matcher.give_up_stack();
        }
        self.matcher = matcher;
        result
    }

    /// The match that was found, as an object.
    pub(super) fn found_match(&mut self, pattern: Id<Object>, target: &Target) -> Result<Value, Fault> {
        let spans = self.matcher.spans();
        let bytes = std::mem::size_of_val(spans);
        self.heap.reserve(bytes)?;
        self.heap.release(bytes);
        let found = Match {
            pattern,
            string: target.string,
            spans: self.matcher.spans().into(),
            pos: target.pos as u32,
            endpos: target.endpos as u32,
            last_group: self.matcher.last_group(),
        };
        self.heap.new_object(Object::Match(found))
    }

    /// A part of a string, given by byte positions: a string, or bytes.
    pub(super) fn subject_part(&mut self, string: Value, start: usize, end: usize) -> Result<Value, Fault> {
        if let Some(id) = self.as_str(string) {
            return self.part(id, start..end);
        }
        let length = self.bytes_like(string).map_or(0, <[u8]>::len);
        let (start, end) = (start.min(length), end.min(length));
        if start == 0 && end == length && matches!(string, Value::Bytes(_)) {
            return Ok(string);
        }
        self.prepare_text(end.saturating_sub(start))?;
        let data = self.bytes_like(string).and_then(|data| data.get(start..end)).unwrap_or_default().to_vec();
        self.heap.new_bytes(data)
    }

    /// What a group of the match in the machine's matcher matched; `missing` if nothing.
    pub(super) fn matched_group(&mut self, string: Value, group: usize, missing: Value) -> Result<Value, Fault> {
        match self.matcher.group(group) {
            Some((start, end)) => self.subject_part(string, start, end),
            None => Ok(missing),
        }
    }

    /// An empty text of the type of a string.
    pub(super) fn empty_text(&mut self, string: Value) -> Result<Value, Fault> {
        self.subject_part(string, 0, 0)
    }
}
