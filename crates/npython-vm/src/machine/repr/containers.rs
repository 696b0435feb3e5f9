//! Writing containers, level by level.

use std::borrow::Cow;
use std::fmt::Write;

use crate::fault::Fault;
use crate::machine::Machine;
use crate::objects::{DictViewKind, Object};
use crate::value::{Id, Value};

use super::writer::{DEEPEST, Level, PAYMENT, ReprWriter, Source};

impl Machine {
    /// Whether the container is being written further up.
    fn is_being_written(&self, writer: &ReprWriter, value: Value) -> bool {
        writer.levels.iter().any(|level| level.container == value) || self.repr_active.contains(&value)
    }

    /// Starts a container; `named` is the value whose type names it (an instance of a derived class).
    pub(super) fn begin_container(
        &mut self,
        writer: &mut ReprWriter,
        container: Value,
        named: Value,
    ) -> Result<(), Fault> {
        if writer.levels.len() >= DEEPEST {
            return Err(self.repr_too_deep());
        }
        self.charge(1 + writer.levels.len() as u64 / 64)?;
        if self.is_being_written(writer, container) {
            match container {
                Value::List(_) | Value::Object(_) => writer.push("[...]"),
                Value::Dict(_) => writer.push("{...}"),
                Value::Tuple(_) => writer.push("(...)"),
                _ => {
                    let name = self.type_name(named);
                    let _ = write!(writer.text, "{name}(...)");
                }
            }
            return Ok(());
        }
        match container {
            Value::List(_) => writer.open(container, "[", Source::List(0), "]"),
            Value::Tuple(_) => writer.open(container, "(", Source::Tuple(0), ")"),
            Value::Dict(_) => writer.open(container, "{", Source::DictValue(0), "}"),
            Value::Set(id) | Value::FrozenSet(id) => {
                let exact = matches!(named, Value::Set(_));
                let empty = self.heap.sets.get(id).table.is_empty();
                if !exact || empty {
                    let name = self.type_name(named);
                    let _ = write!(writer.text, "{name}(");
                }
                match (exact, empty) {
                    (_, true) => writer.push(")"),
                    (true, false) => writer.open(container, "{", Source::Set(0), "}"),
                    (false, false) => writer.open(container, "{", Source::Set(0), "})"),
                }
            }
            Value::Object(id) => self.open_deque(writer, id, named),
            _ => {}
        }
        Ok(())
    }

    fn open_deque(&mut self, writer: &mut ReprWriter, id: Id<Object>, named: Value) {
        let name = self.class_name(self.type_of(named));
        let close = match self.heap.deque(id).and_then(|queue| queue.most) {
            Some(most) => Cow::Owned(format!("], maxlen={most})")),
            None => Cow::Borrowed("])"),
        };
        writer.open(Value::Object(id), &format!("{name}(["), Source::Deque(0), close);
    }

    /// Starts something written as its items between two texts.
    pub(super) fn begin_items(
        &mut self,
        writer: &mut ReprWriter,
        container: Value,
        open: &str,
        items: Vec<Value>,
        close: &'static str,
    ) -> Result<(), Fault> {
        if writer.levels.len() >= DEEPEST {
            return Err(self.repr_too_deep());
        }
        self.charge_items(1 + items.len())?;
        if matches!(container, Value::Instance(_)) && writer.levels.iter().any(|level| level.container == container) {
            // CPython recurses here until it fails.
            return Err(self.repr_too_deep());
        }
        writer.open(container, open, Source::Items(items, 0), close);
        Ok(())
    }

    pub(super) fn begin_dict_view(
        &mut self,
        writer: &mut ReprWriter,
        value: Value,
        kind: DictViewKind,
    ) -> Result<(), Fault> {
        let name = match kind {
            DictViewKind::Keys => "dict_keys([",
            DictViewKind::Values => "dict_values([",
            DictViewKind::Items => "dict_items([",
        };
        if writer.levels.iter().any(|level| level.container == value) || self.repr_active.contains(&value) {
            writer.push("...");
            return Ok(());
        }
        let items = self.collect_items(value)?;
        self.begin_items(writer, value, name, items, "])")
    }

    /// The next value a level has to write. Keys and values of dicts take turns: the source says what comes next.
    fn next_part(&self, level: &mut Level) -> Option<Value> {
        match (&mut level.source, level.container) {
            (Source::List(next), Value::List(id)) => {
                let item = self.heap.list(id).get(*next).copied();
                *next += 1;
                item
            }
            (Source::Deque(next), Value::Object(id)) => {
                let item = self.heap.deque(id)?.items.get(*next).copied();
                *next += 1;
                item
            }
            (Source::Tuple(next), Value::Tuple(id)) => {
                let item = self.heap.tuple(id).get(*next).copied();
                *next += 1;
                item
            }
            (Source::Set(next), Value::Set(id) | Value::FrozenSet(id)) => {
                let (after, _, key) = self.heap.sets.get(id).table.next_from(*next)?;
                *next = after;
                Some(*key)
            }
            (Source::Dict(next), Value::Dict(id)) => {
                // A key was written: its value is next.
                let at = *next;
                let value =
                    self.heap.dicts.get(id).table.entry(at.checked_sub(1)?).map_or(Value::None, |entry| entry.value);
                level.source = Source::DictValue(at);
                Some(value)
            }
            (Source::DictValue(next), Value::Dict(id)) => {
                let (after, entry) = self.heap.dicts.get(id).table.next_from(*next)?;
                level.source = Source::Dict(after);
                Some(entry.key)
            }
            (Source::Items(items, next), _) => {
                let item = items.get(*next).copied();
                *next += 1;
                item
            }
            (Source::Pairs(items, next), _) => {
                let item = items.get(*next).copied();
                *next += 1;
                item
            }
            _ => None,
        }
    }

    pub(super) fn write_levels(&mut self, writer: &mut ReprWriter) -> Result<(), Fault> {
        while let Some(level) = writer.levels.last_mut() {
            match self.next_part(level) {
                Some(part) => {
                    let separator = match level.source {
                        Source::DictValue(..) => ": ",
                        Source::Pairs(_, next) if next % 2 == 0 => ": ",
                        _ if level.first => "",
                        _ => ", ",
                    };
                    level.first = false;
                    writer.text.push_str(separator);
                    self.begin_value(writer, part)?;
                }
                None => {
                    let Some(Level { container, close, .. }) = writer.levels.pop() else { break };
                    if let (Value::Tuple(id), ")") = (container, &*close)
                        && self.heap.tuple(id).len() == 1
                    {
                        writer.push(",");
                    }
                    writer.push(&close);
                }
            }
            if writer.text.len() - writer.paid.min(writer.text.len()) > PAYMENT {
                self.settle_text(writer)?;
            }
        }
        Ok(())
    }
}
