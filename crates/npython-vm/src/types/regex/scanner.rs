//! One match after the other: scanners, and the iterators of `finditer` and of replacements by functions.

use crate::builtins::numbers::argument;
use crate::fault::Fault;
use crate::machine::Machine;
use crate::native::{NativeDef, Signature, getter, method};
use crate::objects::{Object, Scanner};
use crate::text::regex::Mode;
use crate::value::{Id, Value};

use super::running::Target;

/// Methods of scanners.
pub(crate) const METHODS: &[NativeDef] = &[
    method("match", Signature::None, |m, args| step(m, args, Mode::Match)),
    method("search", Signature::None, |m, args| step(m, args, Mode::Search)),
    getter("pattern", |m, args| {
        let id = receiver(m, args)?;
        scanner(m, id).map(|scanner| Value::Object(scanner.pattern))
    }),
];

fn receiver(m: &mut Machine, args: &[Value]) -> Result<Id<Object>, Fault> {
    match argument(args, 0) {
        Value::Object(id) => Ok(id),
        _ => Err(m.type_error("not a scanner")),
    }
}

fn scanner(m: &mut Machine, id: Id<Object>) -> Result<Scanner, Fault> {
    match m.heap.objects.get(id) {
        Object::Scanner(scanner) => Ok(scanner.clone()),
        _ => Err(m.type_error("not a scanner")),
    }
}

fn step(m: &mut Machine, args: &[Value], mode: Mode) -> Result<Value, Fault> {
    let id = receiver(m, args)?;
    Ok(m.scan(id, mode)?.unwrap_or(Value::None))
}

impl Machine {
    /// The next match of an iterator.
    pub(crate) fn next_match(&mut self, id: Id<Object>) -> Result<Option<Value>, Fault> {
        self.scan(id, Mode::Search)
    }

    fn scan(&mut self, id: Id<Object>, mode: Mode) -> Result<Option<Value>, Fault> {
        let mut scanner = scanner(self, id)?;
        let target = Target {
            string: scanner.string,
            start: scanner.next as usize,
            end: scanner.end as usize,
            pos: scanner.pos as usize,
            endpos: scanner.endpos as usize,
        };
        let program = self.program(scanner.pattern)?;
        let found = scanner.left > 0 && self.run_pattern(&program, &target, mode, scanner.must_advance)?;
        if !found {
            return self.finish_scan(id, &scanner, &target);
        }
        let (start, end) = self.matcher.group(0).unwrap_or_default();
        let made = self.found_match(scanner.pattern, &target)?;
        if let Value::List(pieces) = scanner.pieces
            && target.start < start
        {
            let piece = self.subject_part(target.string, target.start, start)?;
            self.heap.list_push(pieces, piece)?;
        }
        scanner.next = end as u32;
        scanner.must_advance = start == end;
        scanner.left -= u32::from(scanner.left != u32::MAX);
        if let Object::Scanner(place) = self.heap.objects.slot(id) {
            *place = scanner;
        }
        Ok(Some(made))
    }

    /// No match is left: the rest of the text is the last piece.
    fn finish_scan(&mut self, id: Id<Object>, scanner: &Scanner, target: &Target) -> Result<Option<Value>, Fault> {
        if let Value::List(pieces) = scanner.pieces
            && target.start < target.end
        {
            let piece = self.subject_part(target.string, target.start, target.end)?;
            self.heap.list_push(pieces, piece)?;
        }
        if let Object::Scanner(place) = self.heap.objects.slot(id) {
            place.pieces = Value::Undef;
            place.left = 0;
        }
        Ok(None)
    }
}
