//! Iterators that the machine steps itself.

use serde::{Deserialize, Serialize};

use crate::heap::HeapSize;
use crate::value::{Id, Value};

use super::{Dict, Range, Set};

/// State of a built-in iterator. `next_native` (machine/iteration.rs) knows how to advance each.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) enum Iter {
    #[default]
    Done,
    /// Range that fits i64.
    Range {
        next: i64,
        step: i64,
        remaining: u64,
    },
    List {
        list: Id<super::List>,
        next: usize,
    },
    ListReversed {
        list: Id<super::List>,
        remaining: usize,
    },
    Tuple {
        tuple: Id<super::Tuple>,
        next: usize,
    },
    /// `next` is a byte position.
    Str {
        string: Id<super::Str>,
        next: usize,
    },
    Bytes {
        bytes: Id<super::Bytes>,
        next: usize,
    },
    ByteArray {
        bytes: Id<super::ByteArray>,
        next: usize,
    },
    /// `length` notices a change of size during iteration, `left` a change of keys.
    Dict {
        dict: Id<Dict>,
        next: usize,
        length: usize,
        left: usize,
        kind: super::DictViewKind,
        reversed: bool,
    },
    Set {
        set: Id<Set>,
        next: usize,
        length: usize,
    },
    Enumerate {
        inner: Value,
        next: i64,
    },
    Zip {
        inners: Box<[Value]>,
        strict: bool,
    },
    /// `reversed` over a sequence with `__len__` and `__getitem__` that is native (range with big bounds, ...).
    Sequence {
        sequence: Value,
        next: i64,
    },
    /// A wide range.
    WideRange {
        range: Id<Range>,
        next: Value,
    },
    /// map with a native function that never calls guest code.
    Map {
        function: Value,
        inners: Box<[Value]>,
    },
    /// filter; `function` is None to keep what is true.
    Filter {
        function: Value,
        inner: Value,
    },
    /// Items that were taken and put back, in front of what the iterator was before, which has a handle of its own.
    Replay {
        items: Box<[Value]>,
        next: usize,
        rest: Value,
    },
    /// A generator of the prelude presented as a built-in iterator type.
    Guest {
        class: Id<super::TypeObject>,
        generator: Value,
    },
    /// `iter(callable, sentinel)`
    Callable {
        callable: Value,
        sentinel: Value,
    },
    /// `finditer` of a pattern.
    Matches {
        scanner: Id<super::Object>,
    },
    /// Old sequence protocol: `__getitem__` with 0, 1, 2... on a guest object.
    GetItem {
        object: Value,
        next: i64,
    },
    /// An iterator of `itertools`, with the class it shows.
    Tool {
        class: Id<super::TypeObject>,
        tool: Box<super::Tool>,
    },
    /// `changes` is that of the queue when the iterator was made, `left` how many items it still gives.
    Deque {
        deque: Id<super::Object>,
        changes: u64,
        left: usize,
        reversed: bool,
    },
}

impl HeapSize for Iter {
    fn extra_bytes(&self) -> usize {
        match self {
            Self::Zip { inners, .. } | Self::Map { inners, .. } => inners.len() * size_of::<Value>(),
            Self::Replay { items, .. } => items.len() * size_of::<Value>(),
            Self::Tool { tool, .. } => tool.size(),
            _ => 0,
        }
    }
}
