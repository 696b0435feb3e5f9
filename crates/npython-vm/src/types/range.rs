//! `range`.

use npython_bytecode::CompareOperator;
use num_bigint::BigInt;
use num_traits::{One, Signed, Zero};

use crate::fault::Fault;
use crate::machine::Machine;
use crate::native::{NativeDef, Signature, constructor, getter, method, wrapper};
use crate::objects::{Iter, Range};
use crate::types::container_methods as shared;
use crate::value::{Id, Value};

pub(crate) const METHODS: &[NativeDef] = &[
    constructor(Signature::Open, range_new),
    wrapper("__repr__", Signature::None, shared::repr),
    wrapper("__hash__", Signature::None, range_hash),
    wrapper("__lt__", Signature::One, no_order),
    wrapper("__le__", Signature::One, no_order),
    wrapper("__eq__", Signature::One, range_eq),
    wrapper("__ne__", Signature::One, range_ne),
    wrapper("__gt__", Signature::One, no_order),
    wrapper("__ge__", Signature::One, no_order),
    wrapper("__iter__", Signature::None, shared::iter),
    wrapper("__bool__", Signature::None, range_bool),
    wrapper("__len__", Signature::None, shared::len),
    wrapper("__getitem__", Signature::One, shared::getitem),
    wrapper("__contains__", Signature::One, shared::contains),
    method("__reversed__", Signature::None, range_reversed),
    method("count", Signature::One, range_count).or("_range_count"),
    method("index", Signature::One, range_index).or("_range_index"),
    getter("start", |m, args| bound(m, args, 0)),
    getter("stop", |m, args| bound(m, args, 1)),
    getter("step", |m, args| bound(m, args, 2)),
];

fn range_of(m: &mut Machine, args: &[Value]) -> Result<Id<Range>, Fault> {
    match args.first() {
        Some(Value::Range(id)) => Ok(*id),
        other => Err(shared::wrong_receiver(m, "range", other.copied().unwrap_or(Value::None))),
    }
}

fn argument(args: &[Value]) -> Value {
    args.get(1).copied().unwrap_or(Value::None)
}

fn range_new(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (_, rest) = shared::constructed_class(args);
    let positional = shared::no_keywords(m, "range", rest)?;
    let bounds = match positional {
        &[stop] => [Value::Int(0), stop, Value::Int(1)],
        &[start, stop] => [start, stop, Value::Int(1)],
        &[start, stop, step] => [start, stop, step],
        [] => return Err(m.type_error("range expected at least 1 argument, got 0")),
        more => {
            let count = more.len();
            return Err(m.type_error(format!("range expected at most 3 arguments, got {count}")));
        }
    };
    let mut values = bounds;
    for value in &mut values {
        *value = match *value {
            Value::Int(_) => *value,
            other => match m.index_value(other) {
                Ok(index) => index,
                Err(Fault::Fallback | Fault::Call) => {
                    let bounds = m.heap.new_tuple(&bounds)?;
                    return Err(m.prelude_call("_range_make", &[bounds]));
                }
                Err(fault) => return Err(fault),
            },
        };
    }
    match values {
        [_, _, Value::Int(0)] => Err(m.value_error("range() arg 3 must not be zero")),
        [Value::Int(start), Value::Int(stop), Value::Int(step)] => m.heap.new_range(Range::narrow(start, stop, step)),
        wide => m.heap.new_range(Range { wide, ..Range::default() }),
    }
}

fn no_order(_: &mut Machine, _: &[Value]) -> Result<Value, Fault> {
    Ok(Value::NotImplemented)
}

fn range_eq(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    m.compare_method_result(CompareOperator::Eq, args.first().copied().unwrap_or(Value::None), argument(args))
}

fn range_ne(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    m.compare_method_result(CompareOperator::Ne, args.first().copied().unwrap_or(Value::None), argument(args))
}

fn range_hash(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let range = range_of(m, args)?;
    m.hash_native(Value::Range(range)).map(Value::Int)
}

fn range_bool(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let range = range_of(m, args)?;
    Ok(Value::bool(m.range_length_value(range)? != Value::Int(0)))
}

fn range_reversed(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let range = range_of(m, args)?;
    m.range_reversed(range)
}

fn bound(m: &mut Machine, args: &[Value], at: usize) -> Result<Value, Fault> {
    let range = range_of(m, args)?;
    Ok(m.range_values(range).get(at).copied().unwrap_or(Value::None))
}

fn range_count(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let range = range_of(m, args)?;
    Ok(Value::Int(i64::from(m.range_contains(range, argument(args))?)))
}

fn range_index(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let range = range_of(m, args)?;
    let wanted = argument(args);
    let is_int = matches!(wanted, Value::Int(_) | Value::BigInt(_) | Value::True | Value::False);
    if !m.range_contains(range, wanted)? {
        if !is_int {
            return Err(m.value_error("sequence.index(x): x not in sequence"));
        }
        let text = m.repr_native(wanted)?;
        return Err(m.value_error(format!("{text} is not in range")));
    }
    let wanted = if is_int { wanted } else { m.to_int_value(wanted)? };
    let [start, _, step] = m.range_values(range).map(|value| big_of(m, value));
    let index = (big_of(m, wanted) - start) / step;
    m.heap.new_int(index)
}

/// An int value as a big int.
fn big_of(m: &Machine, value: Value) -> BigInt {
    match value {
        Value::Int(number) => BigInt::from(number),
        Value::True => BigInt::one(),
        Value::BigInt(id) => m.heap.big_ints.get(id).clone(),
        _ => BigInt::zero(),
    }
}

impl Machine {
    /// Start, stop and step.
    pub(crate) fn range_values(&self, id: Id<Range>) -> [Value; 3] {
        let range = self.heap.ranges.get(id);
        if range.is_wide() {
            range.wide
        } else {
            [Value::Int(range.start), Value::Int(range.stop), Value::Int(range.step)]
        }
    }

    /// The number of items, as `len` has it.
    ///
    /// # Errors
    /// OverflowError when it does not fit.
    pub(crate) fn range_length(&mut self, id: Id<Range>) -> Result<usize, Fault> {
        let length = match self.range_length_value(id)? {
            Value::Int(length) => usize::try_from(length).ok(),
            _ => None,
        };
        length.ok_or(()).map_err(|()| self.overflow_error("Python int too large to convert to C ssize_t"))
    }

    /// `reversed(range)`
    pub(crate) fn range_reversed(&mut self, id: Id<Range>) -> Result<Value, Fault> {
        let range = *self.heap.ranges.get(id);
        if !range.is_wide() {
            let remaining = range.length();
            let last = if remaining == 0 { range.start } else { range.item(remaining - 1) };
            if let Some(step) = range.step.checked_neg() {
                return self.heap.new_iter(Iter::Range { next: last, step, remaining });
            }
        }
        let [start, stop, step] = self.range_values(id).map(|value| big_of(self, value));
        let (low, high) = if step.is_negative() { (&stop, &start) } else { (&start, &stop) };
        let length =
            if low >= high { BigInt::zero() } else { (high - low - BigInt::one()) / step.abs() + BigInt::one() };
        let last = &start + (&length - BigInt::one()) * &step;
        let reversed = [last, &start - &step, -step];
        let [next, stop, step] = reversed;
        let wide = [self.heap.new_int(next)?, self.heap.new_int(stop)?, self.heap.new_int(step)?];
        let Value::Range(range) = self.heap.new_range(Range { wide, ..Range::default() })? else {
            return Err(Fault::Halt);
        };
        self.heap.new_iter(Iter::WideRange { range, next: wide[0] })
    }

    /// A step of the iterator of a range with big bounds.
    pub(crate) fn step_wide_range(&mut self, id: Id<Iter>) -> Result<Option<Value>, Fault> {
        let Iter::WideRange { range, next } = *self.heap.iters.get(id) else { return Ok(None) };
        let [_, stop, step] = self.range_values(range).map(|value| big_of(self, value));
        let here = big_of(self, next);
        let ended = if step.is_negative() { here <= stop } else { here >= stop };
        if ended {
            return Ok(None);
        }
        self.charge(1 + here.bits() / 64)?;
        let following = self.heap.new_int(here + step)?;
        *self.heap.iters.slot(id) = Iter::WideRange { range, next: following };
        Ok(Some(next))
    }
}

#[cfg(test)]
mod tests {
    use crate::objects::Range;

    #[test]
    fn narrow_lengths() {
        assert_eq!(Range::narrow(0, 10, 3).length(), 4);
        assert_eq!(Range::narrow(10, 0, -3).length(), 4);
        assert_eq!(Range::narrow(0, 0, 1).length(), 0);
        assert_eq!(Range::narrow(i64::MIN, i64::MAX, 1).length(), u64::MAX);
    }
}
