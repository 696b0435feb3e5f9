//! `<`, `<=`, `>` and `>=` of built-in values; `==` and `!=` where they ask for the same loops.

use std::cmp::Ordering;

use npython_bytecode::CompareOperator;

use crate::fault::Fault;
use crate::heap::Heap;
use crate::objects::{Set, Str};
use crate::value::{Id, Value};

use super::super::Machine;
use super::equality::{bytes_of, compare_reals, comparison_of_ints};
use super::{is_plain, satisfies};

/// How two strings compare, by code points.
pub(crate) fn compare_texts(heap: &Heap, left: Id<Str>, right: Id<Str>) -> Ordering {
    let surrogates = heap.strings.get(left).surrogates || heap.strings.get(right).surrogates;
    let (left, right) = (heap.str(left), heap.str(right));
    if surrogates {
        return left.chars().map(code_point).cmp(right.chars().map(code_point));
    }
    // UTF-8 has the order of code points.
    left.cmp(right)
}

/// The code point a character of a string with surrogates stands for.
fn code_point(character: char) -> u32 {
    let point = u32::from(character);
    if point >= 0x10_F800 { point - 0x10_F800 + 0xD800 } else { point }
}

/// Where the comparison of two sequences continues.
enum Step {
    Known(bool),
    /// These elements decide.
    Elements(Value, Value),
}

impl Machine {
    /// `a op b` of two built-in values; `None` when their types do not compare (NotImplemented).
    ///
    /// # Errors
    /// `Fault::Fallback` when elements need guest code; TypeError when elements have no order.
    pub(crate) fn compare_builtin(&mut self, op: CompareOperator, a: Value, b: Value) -> Result<Option<bool>, Fault> {
        if matches!(op, CompareOperator::Eq | CompareOperator::Ne) {
            let negate = op == CompareOperator::Ne;
            if !same_family(a, b) {
                return Ok(None);
            }
            let mut equality = self.equality();
            let result = equality.equal_values(a, b);
            let work = equality.work;
            let equal = self.settle_comparison(result, work)?;
            return Ok(Some(equal != negate));
        }
        let (mut a, mut b) = (a, b);
        let mut nested = false;
        loop {
            let work = comparison_of_ints(&self.heap, a, b);
            if work > 0 {
                self.charge(work)?;
            }
            if let Some(ordering) = compare_reals(&self.heap, a, b) {
                return Ok(Some(ordering.is_some_and(|ordering| satisfies(op, ordering))));
            }
            match (a, b) {
                (Value::Str(left), Value::Str(right)) => {
                    let length = self.heap.str(left).len().min(self.heap.str(right).len());
                    if length >= 64 {
                        self.charge_bytes(length)?;
                    }
                    return Ok(Some(satisfies(op, compare_texts(&self.heap, left, right))));
                }
                (Value::List(_), Value::List(_))
                | (Value::Tuple(_), Value::Tuple(_))
                | (Value::Slice(_), Value::Slice(_)) => match self.sequence_step(op, a, b)? {
                    Step::Known(result) => return Ok(Some(result)),
                    Step::Elements(left, right) => (a, b) = (left, right),
                },
                (Value::Bytes(_) | Value::ByteArray(_), Value::Bytes(_) | Value::ByteArray(_)) => {
                    let (left, right) = (bytes_of(&self.heap, a), bytes_of(&self.heap, b));
                    let (length, ordering) = (left.len().min(right.len()), left.cmp(right));
                    self.charge_bytes(length)?;
                    return Ok(Some(satisfies(op, ordering)));
                }
                (Value::Set(left) | Value::FrozenSet(left), Value::Set(right) | Value::FrozenSet(right)) => {
                    return self.compare_sets(op, left, right).map(Some);
                }
                _ if !nested => return Ok(None),
                _ => {
                    let (left, right) = (self.unwrap(a), self.unwrap(b));
                    if (left, right) != (a, b) && !self.orders_itself(op, a) && !self.orders_itself(op.swapped(), b) {
                        (a, b) = (left, right);
                        continue;
                    }
                    if is_plain(a) && is_plain(b) {
                        return Err(self.no_order(op, a, b));
                    }
                    return Err(Fault::Fallback);
                }
            }
            nested = true;
        }
    }

    /// Whether a guest class orders its instances itself.
    fn orders_itself(&self, op: CompareOperator, value: Value) -> bool {
        self.is_guest_special(value, crate::names::compare_method(op)).is_some()
    }

    /// `a op b` for the algorithms that need an answer at once, like sorting.
    ///
    /// # Errors
    /// TypeError when the values have no order; `Fault::Fallback` when guest code is needed.
    #[inline]
    pub(crate) fn order_native(&mut self, op: CompareOperator, a: Value, b: Value) -> Result<bool, Fault> {
        match (a, b) {
            (Value::Int(left), Value::Int(right)) => Ok(satisfies(op, left.cmp(&right))),
            (Value::Float(left), Value::Float(right)) => {
                Ok(left.get().partial_cmp(&right.get()).is_some_and(|ordering| satisfies(op, ordering)))
            }
            _ => self.order_slow(op, a, b),
        }
    }

    fn order_slow(&mut self, op: CompareOperator, a: Value, b: Value) -> Result<bool, Fault> {
        if is_plain(a) && is_plain(b) {
            return match self.compare_builtin(op, a, b)? {
                Some(result) => Ok(result),
                None => Err(self.no_order(op, a, b)),
            };
        }
        if self.orders_itself(op, a) || self.orders_itself(op.swapped(), b) {
            return Err(Fault::Fallback);
        }
        let (left, right) = (self.unwrap(a), self.unwrap(b));
        if is_plain(left) && is_plain(right) {
            return match self.compare_builtin(op, left, right)? {
                Some(result) => Ok(result),
                None => Err(self.no_order(op, a, b)),
            };
        }
        // Built-in objects with methods of their own, or nothing at all: the general way tells.
        Err(Fault::Fallback)
    }

    /// Looks for the first elements that differ.
    fn sequence_step(&mut self, op: CompareOperator, a: Value, b: Value) -> Result<Step, Fault> {
        let mut equality = self.equality();
        let parts = |value: Value| match value {
            Value::Slice(id) => {
                let slice = self.heap.slices.get(id);
                vec![slice.start, slice.stop, slice.step]
            }
            _ => Vec::new(),
        };
        let (left_parts, right_parts) = (parts(a), parts(b));
        let (left, right) = match (a, b) {
            (Value::List(left), Value::List(right)) => (self.heap.list(left), self.heap.list(right)),
            (Value::Tuple(left), Value::Tuple(right)) => (self.heap.tuple(left), self.heap.tuple(right)),
            _ => (&left_parts[..], &right_parts[..]),
        };
        let mut step = Ok(Step::Known(satisfies(op, left.len().cmp(&right.len()))));
        for (left, right) in left.iter().zip(right) {
            equality.work += 1;
            match equality.equal_keys(*left, *right) {
                Ok(true) => {}
                Ok(false) => {
                    step = Ok(Step::Elements(*left, *right));
                    break;
                }
                Err(obstacle) => {
                    step = Err(obstacle);
                    break;
                }
            }
        }
        let work = equality.work;
        self.settle_comparison(step, work)
    }

    /// Subset and superset.
    fn compare_sets(&mut self, op: CompareOperator, left: Id<Set>, right: Id<Set>) -> Result<bool, Fault> {
        let (small, large) = match op {
            CompareOperator::Gt | CompareOperator::Ge => (right, left),
            _ => (left, right),
        };
        let proper = matches!(op, CompareOperator::Lt | CompareOperator::Gt);
        let (small_table, large_table) = (&self.heap.sets.get(small).table, &self.heap.sets.get(large).table);
        if small_table.len() > large_table.len() || (proper && small_table.len() == large_table.len()) {
            return Ok(false);
        }
        let mut equality = self.equality();
        let mut result = Ok(true);
        for (hash, key) in small_table.iter() {
            let found = large_table.find(hash, |other| equality.equal_keys(*other, *key));
            equality.work += 1;
            match found {
                Ok(lookup) => {
                    equality.work += lookup.extra_work;
                    if lookup.found.is_none() {
                        result = Ok(false);
                        break;
                    }
                }
                Err(obstacle) => {
                    result = Err(obstacle);
                    break;
                }
            }
        }
        let work = equality.work;
        self.settle_comparison(result, work)
    }
}

/// Whether the types of two built-in values have an equality with each other.
fn same_family(a: Value, b: Value) -> bool {
    let family = |value: Value| match value {
        Value::Int(_) | Value::BigInt(_) | Value::False | Value::True | Value::Float(_) | Value::Complex(_) => 1,
        Value::Str(_) => 2,
        Value::Bytes(_) | Value::ByteArray(_) => 3,
        Value::List(_) => 4,
        Value::Tuple(_) => 5,
        Value::Dict(_) => 6,
        Value::Set(_) | Value::FrozenSet(_) => 7,
        Value::Range(_) => 8,
        Value::Slice(_) => 9,
        Value::BoundMethod(_) => 10,
        _ => 0,
    };
    let kind = family(a);
    kind != 0 && kind == family(b)
}
