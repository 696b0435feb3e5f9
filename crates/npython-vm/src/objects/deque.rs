//! Queues with two ends.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use crate::heap::HeapSize;
use crate::value::Value;

/// A `collections.deque`.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct Deque {
    pub items: VecDeque<Value>,
    /// `maxlen`: with so many items, one that is added at an end pushes one out at the other.
    pub most: Option<usize>,
    /// Unlike what it was before the last change but for assignments to items: how iterators notice.
    pub changes: u64,
}

impl Deque {
    /// An empty queue of at most so many items.
    pub(crate) fn with_most(most: Option<usize>) -> Self {
        Self { items: VecDeque::new(), most, changes: 0 }
    }

    /// Notes a change.
    #[inline]
    pub(crate) fn note_change(&mut self) {
        self.changes = self.changes.wrapping_add(1);
    }

    /// Whether there are as many items as there may be.
    #[inline]
    pub(crate) fn is_full(&self) -> bool {
        self.most.is_some_and(|most| self.items.len() >= most)
    }

    /// Takes the first item out.
    #[inline]
    pub(crate) fn take_first(&mut self) -> Option<Value> {
        let item = self.items.pop_front();
        self.changes = self.changes.wrapping_add(u64::from(item.is_some()));
        item
    }

    /// Takes the last item out.
    #[inline]
    pub(crate) fn take_last(&mut self) -> Option<Value> {
        let item = self.items.pop_back();
        self.changes = self.changes.wrapping_add(u64::from(item.is_some()));
        item
    }

    /// Takes all items out, and gives their room back.
    pub(crate) fn clear(&mut self) {
        if !self.items.is_empty() {
            self.note_change();
            self.items = VecDeque::new();
        }
    }

    /// The item at an index, counted from the end if it is negative.
    #[inline]
    pub(crate) fn item(&self, index: i64) -> Option<Value> {
        let index = if index < 0 { index.wrapping_add(self.items.len() as i64) } else { index };
        self.items.get(usize::try_from(index).ok()?).copied()
    }
}

impl HeapSize for Deque {
    fn extra_bytes(&self) -> usize {
        self.items.capacity() * size_of::<Value>()
    }
}
