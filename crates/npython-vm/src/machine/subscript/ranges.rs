//! Ranges with bounds of any size: length, items, equality, hash.

use std::borrow::Cow;

use num_bigint::{BigInt, Sign};
use num_traits::{One, Signed, ToPrimitive, Zero};

use crate::fault::Fault;
use crate::heap::Heap;
use crate::numeric::hash;
use crate::objects::Range;
use crate::value::{Id, Value};

use super::super::Machine;
use super::super::operators::{IntOperand, NumberKind, number_kind};

/// What a range is made of: its first item, its step and its length.
pub(crate) enum RangeFacts {
    Narrow { start: i64, step: i64, length: u64 },
    Wide { start: BigInt, step: BigInt, length: BigInt },
}

impl RangeFacts {
    pub(crate) fn of(heap: &Heap, id: Id<Range>) -> Self {
        let range = heap.ranges.get(id);
        if !range.is_wide() {
            return Self::Narrow { start: range.start, step: range.step, length: range.length() };
        }
        let bound =
            |value: Value| IntOperand::of(heap, value).map(|operand| operand.big().into_owned()).unwrap_or_default();
        let [start, stop, step] = range.wide.map(bound);
        let (low, high) = if step.is_negative() { (&stop, &start) } else { (&start, &stop) };
        let size = step.abs();
        let length = if low >= high || size.is_zero() {
            BigInt::zero()
        } else {
            (high - low - BigInt::one()) / size + BigInt::one()
        };
        Self::Wide { start, step, length }
    }

    pub(crate) fn is_empty(&self) -> bool {
        match self {
            Self::Narrow { length, .. } => *length == 0,
            Self::Wide { length, .. } => length.is_zero(),
        }
    }

    fn big(&self) -> (Cow<'_, BigInt>, Cow<'_, BigInt>, Cow<'_, BigInt>) {
        match self {
            Self::Narrow { start, step, length } => {
                (Cow::Owned(BigInt::from(*start)), Cow::Owned(BigInt::from(*step)), Cow::Owned(BigInt::from(*length)))
            }
            Self::Wide { start, step, length } => (Cow::Borrowed(start), Cow::Borrowed(step), Cow::Borrowed(length)),
        }
    }

    /// The number of items.
    pub(crate) fn length(&self) -> BigInt {
        self.big().2.into_owned()
    }

    /// Item number `index`, which must be smaller than the length.
    pub(crate) fn item(&self, index: &BigInt) -> BigInt {
        let (start, step, _) = self.big();
        &*start + &*step * index
    }

    /// Whether two ranges have the same items.
    pub(crate) fn equals(&self, other: &Self) -> bool {
        let ((start, step, length), (other_start, other_step, other_length)) = (self.big(), other.big());
        length == other_length
            && (length.is_zero() || (start == other_start && (length.is_one() || step == other_step)))
    }

    /// `hash(range)`: that of the tuple of length, start and step, each None where it makes no difference.
    pub(crate) fn hash(&self) -> i64 {
        let (start, step, length) = self.big();
        let start_hash = if length.is_zero() { hash::NONE } else { hash::big_int(&start) };
        let step_hash = if length.is_zero() || length.is_one() { hash::NONE } else { hash::big_int(&step) };
        hash::tuple([hash::big_int(&length), start_hash, step_hash])
    }
}

impl Machine {
    /// `range[key]` for an int key.
    pub(super) fn range_subscript(&mut self, id: Id<Range>, key: Value) -> Result<Value, Fault> {
        let range = *self.heap.ranges.get(id);
        let container = Value::Range(id);
        if let (Value::Int(index), false) = (key, range.is_wide()) {
            let length = range.length();
            let position = if index < 0 { i128::from(index) + i128::from(length) } else { i128::from(index) };
            return match u64::try_from(position) {
                Ok(position) if position < length => Ok(Value::Int(range.item(position))),
                _ => Err(self.index_error("range object index out of range")),
            };
        }
        let index = match key {
            _ if self.is_guest_special(key, crate::names::INDEX).is_some() => {
                return Err(self.prelude_call("_index_subscript", &[container, key]));
            }
            _ => self.unwrap(key),
        };
        let Some(index) = IntOperand::of(&self.heap, index).map(|operand| operand.big().into_owned()) else {
            return Err(self.wrong_index_type(container, key));
        };
        let facts = RangeFacts::of(&self.heap, id);
        let length = facts.length();
        let position = if index.is_negative() { index + &length } else { index };
        if position.is_negative() || position >= length {
            return Err(self.index_error("range object index out of range"));
        }
        self.heap.new_int(facts.item(&position))
    }

    /// `item in range`
    ///
    /// # Errors
    /// `Fault::Fallback` for items whose comparison needs guest code.
    pub(crate) fn range_contains(&mut self, id: Id<Range>, item: Value) -> Result<bool, Fault> {
        match item {
            Value::Int(_) | Value::BigInt(_) | Value::True | Value::False => {}
            Value::Float(_) | Value::Complex(_) => return self.range_contains_number(id, item),
            Value::Instance(_) | Value::Type(_) | Value::Object(_) => return Err(Fault::Fallback),
            _ => return Ok(false),
        }
        if let (Value::Int(item), false) = (item, self.heap.ranges.get(id).is_wide()) {
            let range = self.heap.ranges.get(id);
            let inside = if range.step > 0 {
                item >= range.start && item < range.stop
            } else {
                item <= range.start && item > range.stop
            };
            return Ok(inside && (i128::from(item) - i128::from(range.start)) % i128::from(range.step) == 0);
        }
        let Some(item) = IntOperand::of(&self.heap, item).map(|operand| operand.big().into_owned()) else {
            return Ok(false);
        };
        let facts = RangeFacts::of(&self.heap, id);
        let (start, step, length) = facts.big();
        let offset = item - &*start;
        if step.is_zero() || !(&offset % &*step).is_zero() {
            return Ok(false);
        }
        let position = offset / &*step;
        Ok(position.sign() != Sign::Minus && position < *length)
    }

    /// A float or complex number is in a range when it equals an int that is.
    fn range_contains_number(&mut self, id: Id<Range>, item: Value) -> Result<bool, Fault> {
        let number = match item {
            Value::Float(number) => number.get(),
            Value::Complex(number) => {
                let number = self.heap.complexes.get(number);
                if number.imaginary != 0.0 {
                    return Ok(false);
                }
                number.real
            }
            _ => return Ok(false),
        };
        if !number.is_finite() || number != number.trunc() {
            return Ok(false);
        }
        let whole = self.float_to_int(number)?;
        debug_assert_eq!(number_kind(whole), Some(NumberKind::Int));
        self.range_contains(id, whole)
    }

    /// The length of a range as an int value.
    pub(crate) fn range_length_value(&mut self, id: Id<Range>) -> Result<Value, Fault> {
        match RangeFacts::of(&self.heap, id) {
            RangeFacts::Narrow { length, .. } => self.heap.new_i128(i128::from(length)),
            RangeFacts::Wide { length, .. } => self.heap.new_int(length),
        }
    }

    /// A slice of a range, which is a range.
    pub(super) fn slice_of_range(
        &mut self,
        id: Id<Range>,
        start: Value,
        stop: Value,
        step: Value,
    ) -> Result<Value, Fault> {
        let facts = RangeFacts::of(&self.heap, id);
        let length = facts.length();
        let part = |machine: &Self, value: Value| {
            IntOperand::of(&machine.heap, machine.unwrap(value)).map(|operand| operand.big().into_owned())
        };
        let step = part(self, step).unwrap_or_else(BigInt::one);
        if step.is_zero() {
            return Err(self.value_error("slice step cannot be zero"));
        }
        let (lowest, highest) = if step.is_negative() {
            (-BigInt::one(), &length - BigInt::one())
        } else {
            (BigInt::zero(), length.clone())
        };
        let clamp = |value: Option<BigInt>, default: &BigInt| match value {
            None => default.clone(),
            Some(value) => {
                let value = if value.is_negative() { value + &length } else { value };
                value.clamp(lowest.clone(), highest.clone().max(lowest.clone()))
            }
        };
        let (first, last) = if step.is_negative() { (&highest, &lowest) } else { (&lowest, &highest) };
        let (start, stop) = (clamp(part(self, start), first), clamp(part(self, stop), last));
        let (own_start, own_step, _) = facts.big();
        let bounds = [&*own_start + &*own_step * start, &*own_start + &*own_step * stop, &*own_step * step];
        self.new_range_of(bounds)
    }

    /// A range with these bounds: start, stop and step, which is not zero.
    pub(crate) fn new_range_of(&mut self, bounds: [BigInt; 3]) -> Result<Value, Fault> {
        if let [Some(start), Some(stop), Some(step)] = [bounds[0].to_i64(), bounds[1].to_i64(), bounds[2].to_i64()] {
            return self.heap.new_range(Range::narrow(start, stop, step));
        }
        let [start, stop, step] = bounds;
        let wide = [self.heap.new_int(start)?, self.heap.new_int(stop)?, self.heap.new_int(step)?];
        self.heap.new_range(Range { wide, ..Range::default() })
    }
}
