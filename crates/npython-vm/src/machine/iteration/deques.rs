//! Iterating over deques.

use crate::fault::Fault;
use crate::objects::{Deque, Iter, Object};
use crate::pace;
use crate::value::{Id, Value};

use super::super::Machine;

/// The iterator of a queue from one end to the other.
pub(crate) fn deque_iter(id: Id<Object>, queue: &Deque, reversed: bool) -> Iter {
    Iter::Deque { deque: id, changes: queue.changes, left: queue.items.len(), reversed }
}

impl Machine {
    #[inline(always)]
    pub(super) fn step_deque(&mut self, id: Id<Iter>) -> Result<Option<Value>, Fault> {
        let Iter::Deque { deque, changes, left, reversed } = self.heap.iters.slot(id) else { return Ok(None) };
        let Object::Deque(queue) = self.heap.objects.get(*deque) else { return Ok(None) };
        if queue.changes != *changes {
            *left = 0;
            return Err(self.runtime_error("deque mutated during iteration"));
        }
        let at = if *reversed { left.wrapping_sub(1) } else { queue.items.len().wrapping_sub(*left) };
        let item = queue.items.get(at).copied();
        *left = left.saturating_sub(usize::from(item.is_some()));
        Ok(item)
    }

    /// A copy of the items of a queue; what they take is reserved.
    pub(crate) fn collect_deque(&mut self, id: Id<Object>) -> Result<Vec<Value>, Fault> {
        let Some(queue) = self.heap.deque(id) else { return Ok(Vec::new()) };
        self.prepare_items(queue.items.len())?;
        let Some(queue) = self.heap.deque(id) else { return Ok(Vec::new()) };
        let (front, back) = queue.items.as_slices();
        let copied = pace::concatenate(front, back, &self.go_on());
        self.unless_interrupted(copied)
    }
}
