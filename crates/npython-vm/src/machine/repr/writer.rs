//! Text under way: what is written, what is paid for, and the containers it is in.

use std::borrow::Cow;

use crate::fault::Fault;
use crate::machine::Machine;
use crate::value::Value;

/// Containers nested deeper than this cannot be written, as in CPython.
pub(super) const DEEPEST: usize = 10_000;
/// Output is paid for in steps of this many bytes.
pub(super) const PAYMENT: usize = 1024;

/// A container being written.
pub(super) struct Level {
    pub(super) container: Value,
    /// What its items are taken from.
    pub(super) source: Source,
    pub(super) first: bool,
    pub(super) close: Cow<'static, str>,
}

pub(super) enum Source {
    /// Items of a list, from this index on.
    List(usize),
    Tuple(usize),
    /// A key was written; the position behind its entry.
    Dict(usize),
    /// A value was written, or nothing yet; the position to go on from.
    DictValue(usize),
    Set(usize),
    Deque(usize),
    /// Values collected beforehand.
    Items(Vec<Value>, usize),
    /// Collected names and values, as a mapping.
    Pairs(Vec<Value>, usize),
}

/// Text under way, with the gaps for guest code.
pub(super) struct ReprWriter {
    pub(super) text: String,
    /// Bytes of `text` that are paid for.
    pub(super) paid: usize,
    pub(super) levels: Vec<Level>,
    /// Where gaps are allowed: pieces before `text`.
    pub(super) pieces: Option<Vec<Value>>,
}

impl ReprWriter {
    /// Nothing written yet; gaps are not allowed.
    pub(super) fn new() -> Self {
        Self { text: String::new(), paid: 0, levels: Vec::new(), pieces: None }
    }

    /// Appends text.
    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Begins a container: its items follow, then `close`.
    pub(super) fn open(&mut self, container: Value, open: &str, source: Source, close: impl Into<Cow<'static, str>>) {
        self.push(open);
        self.levels.push(Level { container, source, first: true, close: close.into() });
    }
}

impl Machine {
    /// Charges for what was written since the last time and reserves its room.
    pub(super) fn settle_text(&mut self, writer: &mut ReprWriter) -> Result<(), Fault> {
        let more = writer.text.len().saturating_sub(writer.paid);
        writer.paid = writer.text.len();
        self.charge_bytes(more)?;
        self.heap.reserve(more)
    }
}
