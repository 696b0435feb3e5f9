//! What the machine does with `collections.deque` beyond iterating: items by index, adding many, `+` and `*`, moving items.
//!
//! Where guest code takes part a prelude function does the whole, or goes on from what was done (prelude/deques.py).

use std::collections::VecDeque;

use npython_bytecode::CompareOperator;

use crate::fault::Fault;
use crate::heap::End;
use crate::names;
use crate::objects::{Deque, Iter, Object};
use crate::pace::{self, BYTES_PER_QUESTION, GoOn, Interrupted};
use crate::value::{Id, Value};

use super::Machine;
use super::compare::satisfies;
use super::meter::question;
use super::operators::Repetitions;
use super::subscript::position_of;

/// Items moved between two questions.
const MOVED_AT_ONCE: usize = BYTES_PER_QUESTION / size_of::<Value>();

/// The first items of two queues that are not equal.
enum Difference {
    Items(Value, Value),
    /// There are none as far as the shorter queue goes.
    Lengths(usize, usize),
}

impl Machine {
    /// The queue that a value is, or that an instance of a derived class is made around.
    #[inline]
    pub(crate) fn deque_of(&self, value: Value) -> Option<Id<Object>> {
        match self.unwrap(value) {
            Value::Object(id) if self.heap.deque(id).is_some() => Some(id),
            _ => None,
        }
    }

    fn deque_length(&self, id: Id<Object>) -> usize {
        self.heap.deque(id).map_or(0, |queue| queue.items.len())
    }

    /// A new queue without items.
    pub(crate) fn new_deque(&mut self, most: Option<usize>) -> Result<Value, Fault> {
        self.heap.new_object(Object::Deque(Deque::with_most(most)))
    }

    // Items by index

    /// The index that a key in brackets means, and the position it means.
    ///
    /// # Errors
    /// TypeError and IndexError; `Fault::Fallback` for a guest `__index__`.
    fn deque_position(&mut self, id: Id<Object>, key: Value) -> Result<usize, Fault> {
        let index = match self.unwrap(key) {
            Value::Int(index) => index,
            Value::True => 1,
            Value::False => 0,
            Value::BigInt(_) => return Err(self.index_error("cannot fit 'int' into an index-sized integer")),
            _ if self.special(key, names::INDEX).is_some() => return Err(Fault::Fallback),
            _ => {
                let found = self.type_name(key);
                return Err(self.type_error(format!("sequence index must be integer, not '{found}'")));
            }
        };
        self.deque_position_at(id, index)
    }

    /// The position that an index means.
    ///
    /// # Errors
    /// IndexError.
    pub(crate) fn deque_position_at(&mut self, id: Id<Object>, index: i64) -> Result<usize, Fault> {
        match position_of(self.deque_length(id), index) {
            Some(at) => Ok(at),
            None => Err(self.index_error("deque index out of range")),
        }
    }

    /// `queue[key]`
    pub(crate) fn deque_subscript(&mut self, id: Id<Object>, key: Value) -> Result<Value, Fault> {
        match self.deque_position(id, key) {
            Ok(at) => Ok(self.heap.deque(id).and_then(|queue| queue.items.get(at)).copied().unwrap_or(Value::None)),
            Err(Fault::Fallback) => Err(self.prelude_call("_index_subscript", &[Value::Object(id), key])),
            Err(fault) => Err(fault),
        }
    }

    /// `queue[key] = value`
    pub(crate) fn deque_store(&mut self, id: Id<Object>, key: Value, value: Value) -> Result<(), Fault> {
        match self.deque_position(id, key) {
            Ok(at) => {
                self.deque_place(id, at, value);
                Ok(())
            }
            Err(Fault::Fallback) => Err(self.prelude_call("_index_store", &[Value::Object(id), key, value])),
            Err(fault) => Err(fault),
        }
    }

    /// Puts a value in the place of the item at a position.
    pub(crate) fn deque_place(&mut self, id: Id<Object>, at: usize, value: Value) {
        if let Some(place) = self.heap.deque_mut(id).and_then(|queue| queue.items.get_mut(at)) {
            *place = value;
        }
    }

    /// `del queue[key]`
    pub(crate) fn deque_delete(&mut self, id: Id<Object>, key: Value) -> Result<(), Fault> {
        match self.deque_position(id, key) {
            Ok(at) => self.deque_remove_at(id, at),
            Err(Fault::Fallback) => Err(self.prelude_call("_index_delete", &[Value::Object(id), key])),
            Err(fault) => Err(fault),
        }
    }

    // Moving items

    /// Takes the item at a position out.
    pub(crate) fn deque_remove_at(&mut self, id: Id<Object>, at: usize) -> Result<(), Fault> {
        self.charge_items(at.min(self.deque_length(id).saturating_sub(at)) / 16)?;
        let Object::Deque(queue) = self.heap.objects.slot(id) else { return Ok(()) };
        queue.note_change();
        let removed = remove_paced(&mut queue.items, at, &question(&self.watch));
        self.unless_interrupted(removed)
    }

    /// Puts an item before the one at a position, or at the end.
    pub(crate) fn deque_insert_at(&mut self, id: Id<Object>, at: usize, item: Value) -> Result<(), Fault> {
        self.charge_items(at.min(self.deque_length(id).saturating_sub(at)) / 16)?;
        self.heap.deque_reserve(id, 1)?;
        let Object::Deque(queue) = self.heap.objects.slot(id) else { return Ok(()) };
        queue.note_change();
        let inserted = insert_paced(&mut queue.items, at, item, &question(&self.watch));
        self.unless_interrupted(inserted)
    }

    /// Moves the items so many places towards the end; those pushed out there come in at the front.
    pub(crate) fn deque_rotate(&mut self, id: Id<Object>, places: i64) -> Result<(), Fault> {
        let length = self.deque_length(id);
        if length <= 1 {
            return Ok(());
        }
        // Fewer than there are items, which are fewer than 2^63.
        let right = match places {
            1 => 1,
            -1 => length - 1,
            _ => places.rem_euclid(length as i64) as usize,
        };
        self.charge_items(right.min(length - right) / 4)?;
        let Object::Deque(queue) = self.heap.objects.slot(id) else { return Ok(()) };
        queue.note_change();
        // The commonest, at once.
        if right == 1
            && let Some(last) = queue.items.pop_back()
        {
            queue.items.push_front(last);
            return Ok(());
        }
        if right == length - 1
            && let Some(first) = queue.items.pop_front()
        {
            queue.items.push_back(first);
            return Ok(());
        }
        let rotated = rotate_left_paced(&mut queue.items, length - right, &question(&self.watch));
        self.unless_interrupted(rotated)
    }

    /// Turns the items round, which iterators do not notice.
    pub(crate) fn deque_reverse(&mut self, id: Id<Object>) -> Result<(), Fault> {
        self.charge_items(self.deque_length(id) / 4)?;
        let Object::Deque(queue) = self.heap.objects.slot(id) else { return Ok(()) };
        let reversed = reverse_paced(&mut queue.items, &question(&self.watch));
        self.unless_interrupted(reversed)
    }

    // Adding many

    /// Adds the items of an iterable at an end; the result of that is `result`. `receiver` is the queue as the program
    /// knows it.
    pub(crate) fn deque_extend(
        &mut self,
        receiver: Value,
        end: End,
        iterable: Value,
        result: Value,
    ) -> Result<Value, Fault> {
        let Some(id) = self.deque_of(receiver) else { return Ok(result) };
        let itself = receiver == iterable;
        let unlimited = self.heap.deque(id).is_some_and(|queue| queue.most.is_none());
        let source = match iterable {
            Value::List(_) | Value::Tuple(_) | Value::Range(_) if unlimited => self.collect_items(iterable),
            _ if itself || unlimited && matches!(iterable, Value::Object(_)) && self.deque_of(iterable).is_some() => {
                self.collect_items(iterable)
            }
            _ => return self.deque_extend_stepwise(id, end, iterable, result),
        };
        match source {
            Ok(items) => self.deque_add_collected(id, end, &items).map(|()| result),
            Err(Fault::Fallback) => Err(self.deque_extend_in_prelude(id, end, iterable, result, itself)),
            Err(fault) => Err(fault),
        }
    }

    fn deque_extend_in_prelude(
        &mut self,
        id: Id<Object>,
        end: End,
        iterable: Value,
        result: Value,
        itself: bool,
    ) -> Fault {
        let name = if end == End::Last { "_deque_extend" } else { "_deque_extend_left" };
        self.prelude_call(name, &[Value::Object(id), iterable, result, Value::bool(itself)])
    }

    /// Adds items whose room was reserved by [`Machine::collect_items`].
    fn deque_add_collected(&mut self, id: Id<Object>, end: End, items: &[Value]) -> Result<(), Fault> {
        let is_limited = self.heap.deque(id).is_some_and(|queue| queue.most.is_some());
        if !is_limited {
            self.heap.deque_reserve(id, items.len())?;
        }
        self.heap.release(size_of_val(items));
        for (number, item) in items.iter().enumerate() {
            self.look_now_and_then(number)?;
            self.heap.deque_push(id, end, *item)?;
        }
        Ok(())
    }

    /// Adds items one by one as the iterator gives them: an error leaves those before it.
    fn deque_extend_stepwise(
        &mut self,
        id: Id<Object>,
        end: End,
        iterable: Value,
        result: Value,
    ) -> Result<Value, Fault> {
        let iterator = match self.open_natively(iterable) {
            Ok(iterator) => iterator,
            Err(Fault::Fallback) => return Err(self.deque_extend_in_prelude(id, end, iterable, result, false)),
            Err(fault) => return Err(fault),
        };
        let keeps_none = self.heap.deque(id).is_some_and(|queue| queue.most == Some(0));
        loop {
            match self.next_without_guest(iterator) {
                Ok(Some(_)) if keeps_none => {}
                Ok(Some(item)) => self.heap.deque_push(id, end, item)?,
                Ok(None) => return Ok(result),
                Err(Fault::Fallback) => {
                    return Err(self.deque_extend_in_prelude(id, end, Value::Iter(iterator), result, false));
                }
                Err(fault) => return Err(fault),
            }
        }
    }

    /// A copy of a queue that is no instance of a derived class.
    pub(crate) fn deque_copy(&mut self, id: Id<Object>) -> Result<Value, Fault> {
        let items = self.collect_deque(id)?;
        self.heap.release(size_of_val(&items[..]));
        let most = self.heap.deque(id).and_then(|queue| queue.most);
        self.heap.new_object(Object::Deque(Deque { items: VecDeque::from(items), ..Deque::with_most(most) }))
    }

    // Operators

    /// `queue + other`, `queue += other`; `receiver` is the queue as the program knows it.
    pub(crate) fn deque_add(
        &mut self,
        inplace: bool,
        receiver: Value,
        id: Id<Object>,
        other: Value,
    ) -> Result<Value, Fault> {
        if inplace {
            return self.deque_extend(receiver, End::Last, other, receiver);
        }
        if self.deque_of(other).is_none() {
            let found = self.type_name(other);
            return Err(self.type_error(format!("can only concatenate deque (not \"{found}\") to deque")));
        }
        if !matches!((receiver, other), (Value::Object(_), Value::Object(_))) {
            return Err(self.prelude_call("_deque_add", &[receiver, other]));
        }
        let made = self.deque_copy(id)?;
        self.deque_extend(made, End::Last, other, made)
    }

    /// `queue * count`, `queue *= count`; `receiver` is the queue as the program knows it.
    pub(crate) fn deque_multiply(
        &mut self,
        inplace: bool,
        receiver: Value,
        id: Id<Object>,
        count: Value,
    ) -> Result<Value, Fault> {
        let fallback = if inplace { "_repeat_in_place" } else { "_repeat" };
        let times = match self.repetitions(fallback, receiver, count)? {
            Repetitions::Times(times) => times,
            Repetitions::NotInt => return Err(self.cannot_repeat(count)),
        };
        if inplace {
            self.deque_repeat(id, times)?;
            return Ok(receiver);
        }
        if !matches!(receiver, Value::Object(_)) {
            let times = Value::Int(i64::try_from(times).unwrap_or(i64::MAX));
            return Err(self.prelude_call("_deque_multiply", &[receiver, times]));
        }
        let made = self.deque_copy(id)?;
        if let Value::Object(made) = made {
            self.deque_repeat(made, times)?;
        }
        Ok(made)
    }

    /// Has the items follow each other so many times, as far as there is room from behind.
    fn deque_repeat(&mut self, id: Id<Object>, times: usize) -> Result<(), Fault> {
        let Some(queue) = self.heap.deque_mut(id) else { return Ok(()) };
        let (length, most) = (queue.items.len(), queue.most);
        if times == 0 {
            queue.clear();
        }
        if length == 0 {
            return Ok(());
        }
        // What comes earlier would be pushed out again.
        let times = most.map_or(times, |most| times.min(most.div_ceil(length)));
        if times <= 1 {
            return Ok(());
        }
        let bytes = length.checked_mul(times).and_then(|total| total.checked_mul(size_of::<Value>()));
        if bytes.is_none_or(|bytes| bytes > isize::MAX as usize) {
            return Err(self.memory_error());
        }
        let total = length * times;
        self.charge_items(total / 4)?;
        self.heap.deque_reserve(id, total - length)?;
        let Object::Deque(queue) = self.heap.objects.slot(id) else { return Ok(()) };
        queue.note_change();
        let repeated = repeat_paced(&mut queue.items, total, &question(&self.watch));
        let superfluous = most.map_or(0, |most| queue.items.len().saturating_sub(most));
        queue.items.drain(..superfluous);
        self.unless_interrupted(repeated)
    }

    /// `item in queue`
    ///
    /// # Errors
    /// `Fault::Fallback` when guest code has to run.
    pub(crate) fn deque_contains(&mut self, id: Id<Object>, item: Value) -> Result<bool, Fault> {
        let mut equality = self.equality();
        let Some(queue) = self.heap.deque(id) else { return Ok(false) };
        let mut found = Ok(false);
        let mut passed = 0;
        for other in &queue.items {
            found = equality.equal_keys(*other, item);
            if found != Ok(false) {
                break;
            }
            passed += 1;
        }
        let work = equality.work + passed / 4;
        self.settle_comparison(found, work)
    }

    /// `left op right` of two queues.
    ///
    /// # Errors
    /// `Fault::Fallback` when guest code has to run.
    pub(crate) fn deque_compare(
        &mut self,
        op: CompareOperator,
        left: Id<Object>,
        right: Id<Object>,
    ) -> Result<bool, Fault> {
        let is_equality = matches!(op, CompareOperator::Eq | CompareOperator::Ne);
        if is_equality && (left == right || self.deque_length(left) != self.deque_length(right)) {
            return Ok((left == right) == (op == CompareOperator::Eq));
        }
        match self.deque_difference(left, right)? {
            Difference::Lengths(left, right) => Ok(satisfies(op, left.cmp(&right))),
            Difference::Items(..) if is_equality => Ok(op == CompareOperator::Ne),
            Difference::Items(left, right) => self.order_native(op, left, right),
        }
    }

    fn deque_difference(&mut self, left: Id<Object>, right: Id<Object>) -> Result<Difference, Fault> {
        let mut equality = self.equality();
        let (Some(left), Some(right)) = (self.heap.deque(left), self.heap.deque(right)) else {
            return Ok(Difference::Lengths(0, 0));
        };
        let mut difference = Ok(Difference::Lengths(left.items.len(), right.items.len()));
        for (left, right) in left.items.iter().zip(&right.items) {
            equality.work += 1;
            match equality.equal_keys(*left, *right) {
                Ok(true) => {}
                Ok(false) => {
                    difference = Ok(Difference::Items(*left, *right));
                    break;
                }
                Err(obstacle) => {
                    difference = Err(obstacle);
                    break;
                }
            }
        }
        let work = equality.work;
        self.settle_comparison(difference, work)
    }

    /// An iterator from the end of a queue to its front.
    pub(crate) fn deque_reversed(&mut self, id: Id<Object>) -> Result<Value, Fault> {
        let iter = self.heap.deque(id).map_or(Iter::Done, |queue| super::iteration::deque_iter(id, queue, true));
        self.heap.new_iter(iter)
    }
}

/// Moves all items so many places towards the front, at most as many as there are.
fn rotate_left_paced(items: &mut VecDeque<Value>, places: usize, go_on: GoOn<'_>) -> Result<(), Interrupted> {
    let places = places.min(items.len());
    let backwards = places > items.len() / 2;
    let mut left = if backwards { items.len() - places } else { places };
    while left > 0 {
        let part = left.min(MOVED_AT_ONCE);
        if backwards {
            items.rotate_right(part);
        } else {
            items.rotate_left(part);
        }
        left -= part;
        if left > 0 {
            go_on()?;
        }
    }
    Ok(())
}

fn insert_paced(items: &mut VecDeque<Value>, at: usize, item: Value, go_on: GoOn<'_>) -> Result<(), Interrupted> {
    let at = at.min(items.len());
    if at.min(items.len() - at) <= MOVED_AT_ONCE {
        items.insert(at, item);
        return Ok(());
    }
    rotate_left_paced(items, at, go_on)?;
    items.push_back(item);
    let back = items.len() - at - 1;
    rotate_left_paced(items, back, go_on)
}

fn remove_paced(items: &mut VecDeque<Value>, at: usize, go_on: GoOn<'_>) -> Result<(), Interrupted> {
    if at.min(items.len().saturating_sub(at)) <= MOVED_AT_ONCE {
        items.remove(at);
        return Ok(());
    }
    rotate_left_paced(items, at, go_on)?;
    items.pop_front();
    let back = items.len() - at.min(items.len());
    rotate_left_paced(items, back, go_on)
}

fn reverse_paced(items: &mut VecDeque<Value>, go_on: GoOn<'_>) -> Result<(), Interrupted> {
    for at in 0..items.len() / 2 {
        items.swap(at, items.len() - 1 - at);
        pace::ask_now_and_then(at, go_on)?;
    }
    Ok(())
}

/// Lets the items, of which there are some, repeat themselves up to a total length for which there is room.
fn repeat_paced(items: &mut VecDeque<Value>, total: usize, go_on: GoOn<'_>) -> Result<(), Interrupted> {
    let length = items.len();
    while items.len() < total {
        let at = items.len() - length;
        let Some(item) = items.get(at).copied() else { break };
        items.push_back(item);
        pace::ask_now_and_then(at, go_on)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pace::UNASKED;

    fn numbers(count: i64) -> VecDeque<Value> {
        (0..count).map(Value::Int).collect()
    }

    #[test]
    fn moves_many_items_as_few() {
        let count = 3 * MOVED_AT_ONCE as i64;
        for at in [1, 7, MOVED_AT_ONCE + 5, count as usize / 2, count as usize - 3] {
            let mut items = numbers(count);
            let mut expected: Vec<Value> = numbers(count).into();
            assert_eq!(insert_paced(&mut items, at, Value::None, UNASKED), Ok(()));
            expected.insert(at, Value::None);
            assert_eq!(items, expected, "insert at {at}");
            assert_eq!(remove_paced(&mut items, at, UNASKED), Ok(()));
            expected.remove(at);
            assert_eq!(items, expected, "remove at {at}");
            assert_eq!(rotate_left_paced(&mut items, at, UNASKED), Ok(()));
            expected.rotate_left(at);
            assert_eq!(items, expected, "rotate by {at}");
            assert_eq!(reverse_paced(&mut items, UNASKED), Ok(()));
            expected.reverse();
            assert_eq!(items, expected, "reversed");
        }
    }

    #[test]
    fn stops_when_told() {
        let stop: GoOn<'_> = &|| Err(Interrupted);
        let mut items = numbers(6 * MOVED_AT_ONCE as i64);
        let middle = items.len() / 2;
        assert_eq!(insert_paced(&mut items, middle, Value::None, stop), Err(Interrupted));
        assert_eq!(remove_paced(&mut items, middle, stop), Err(Interrupted));
        assert_eq!(reverse_paced(&mut items, stop), Err(Interrupted));
    }
}
