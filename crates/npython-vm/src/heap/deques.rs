//! The queues among the objects of the heap, and how they grow.

use crate::fault::Fault;
use crate::objects::{Deque, Object};
use crate::value::{Id, Value};

use super::Heap;

/// The end of a queue that items are added to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum End {
    First,
    Last,
}

impl Heap {
    /// The queue that an object is.
    #[inline(always)]
    pub(crate) fn deque(&self, id: Id<Object>) -> Option<&Deque> {
        match self.objects.get(id) {
            Object::Deque(queue) => Some(queue),
            _ => None,
        }
    }

    /// The same for change.
    #[inline(always)]
    pub(crate) fn deque_mut(&mut self, id: Id<Object>) -> Option<&mut Deque> {
        match self.objects.slot(id) {
            Object::Deque(queue) => Some(queue),
            _ => None,
        }
    }

    /// Adds an item at an end; when the queue is full, the one at the other end goes.
    ///
    /// # Errors
    /// `Fault::Halt`, with nothing changed, when the queue has to grow and the memory limit does not let it.
    #[inline]
    pub(crate) fn deque_push(&mut self, id: Id<Object>, end: End, item: Value) -> Result<(), Fault> {
        let Some(queue) = self.deque_mut(id) else { return Ok(()) };
        if queue.most.is_some() || queue.items.len() == queue.items.capacity() {
            return self.deque_push_limited(id, end, item);
        }
        queue.note_change();
        match end {
            End::First => queue.items.push_front(item),
            End::Last => queue.items.push_back(item),
        }
        Ok(())
    }

    #[inline(never)]
    fn deque_push_limited(&mut self, id: Id<Object>, end: End, item: Value) -> Result<(), Fault> {
        if !self.deque(id).is_some_and(Deque::is_full) {
            self.deque_reserve(id, 1)?;
        }
        let Some(queue) = self.deque_mut(id) else { return Ok(()) };
        queue.note_change();
        if queue.most == Some(0) {
            return Ok(());
        }
        let is_full = queue.is_full();
        match end {
            End::First => {
                if is_full {
                    queue.items.pop_back();
                }
                queue.items.push_front(item);
            }
            End::Last => {
                if is_full {
                    queue.items.pop_front();
                }
                queue.items.push_back(item);
            }
        }
        Ok(())
    }

    /// Makes room for `more` items beyond the queue's length, reserving the bytes first.
    ///
    /// # Errors
    /// `Fault::Halt` at the memory limit.
    pub(crate) fn deque_reserve(&mut self, id: Id<Object>, more: usize) -> Result<(), Fault> {
        let Some(queue) = self.deque(id) else { return Ok(()) };
        let (length, capacity) = (queue.items.len(), queue.items.capacity());
        let needed = length.saturating_add(more);
        if needed > capacity {
            let target = needed.max(capacity + capacity / 2 + 4);
            let size = size_of::<Value>();
            self.reserve_moving(capacity * size, target.saturating_mul(size))?;
            if let Some(queue) = self.deque_mut(id) {
                queue.items.reserve_exact(target - length);
            }
        }
        Ok(())
    }
}
