//! The position of built-in iterators as data: `__reduce__`, by which they are copied, and `__setstate__`.

use num_bigint::BigInt;
use num_traits::Signed;

use crate::fault::Fault;
use crate::machine::Machine;
use crate::native::{NativeDef, Signature, method};
use crate::objects::Iter;
use crate::types::container_methods as shared;
use crate::value::{Id, Value};

/// Of iterators over sequences, which can be moved to an item.
pub(crate) const POSITIONED_METHODS: &[NativeDef] =
    &[method("__reduce__", Signature::None, reduce), method("__setstate__", Signature::One, set_state)];

/// Of iterators over tables and callables, whose position has no number.
pub(crate) const REDUCED_METHODS: &[NativeDef] = &[method("__reduce__", Signature::None, reduce)];

/// Of iterators over iterators: made anew from those.
pub(crate) const COMPOSED_METHODS: &[NativeDef] = &[method("__reduce__", Signature::None, reduce_composed)];

pub(crate) const ZIP_METHODS: &[NativeDef] = &[
    method("__reduce__", Signature::None, reduce_composed),
    method("__setstate__", Signature::One, set_strict).or("_zip_setstate"),
];

fn iter_of(m: &mut Machine, args: &[Value]) -> Result<Id<Iter>, Fault> {
    let receiver = args.first().copied().unwrap_or(Value::None);
    match m.unwrap(receiver) {
        Value::Iter(id) => Ok(id),
        _ => Err(shared::wrong_receiver(m, "iterator", receiver)),
    }
}

/// What an iterator is made from anew.
struct Reduced {
    backward: bool,
    argument: Value,
    /// The index of the next item, or None; `Undef` where there is no state.
    state: Value,
}

impl Reduced {
    fn at(argument: Value, next: usize) -> Self {
        Self { backward: false, argument, state: Value::Int(i64::try_from(next).unwrap_or(i64::MAX)) }
    }

    const fn whole(argument: Value) -> Self {
        Self { backward: false, argument, state: Value::Undef }
    }
}

/// `__reduce__`: `(iter, (sequence,), index)` or the like.
fn reduce(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = iter_of(m, args)?;
    let state = m.heap.iters.get(id).clone();
    if let Iter::Callable { callable, sentinel } = state
        && !sentinel.is_undef()
    {
        let arguments = m.heap.new_tuple(&[callable, sentinel])?;
        return Err(m.prelude_call("_iterator_reduced", &[Value::False, arguments]));
    }
    let reduced = match state {
        Iter::List { next: usize::MAX, .. } => Reduced::whole(m.heap.new_list(Vec::new())?),
        Iter::List { list, next } => Reduced::at(Value::List(list), next),
        Iter::ListReversed { remaining: 0, .. } => {
            Reduced { backward: true, ..Reduced::whole(m.heap.new_list(Vec::new())?) }
        }
        Iter::ListReversed { list, remaining } => {
            Reduced { backward: true, ..Reduced::at(Value::List(list), remaining - 1) }
        }
        Iter::Tuple { tuple, next } if next > 0 && next >= m.heap.tuple(tuple).len() => nothing_left(m)?,
        Iter::Tuple { tuple, next } => Reduced::at(Value::Tuple(tuple), next),
        Iter::Bytes { bytes, next } if next > 0 && next >= m.heap.bytes.get(bytes).data.len() => nothing_left(m)?,
        Iter::Bytes { bytes, next } => Reduced::at(Value::Bytes(bytes), next),
        Iter::ByteArray { next: usize::MAX, .. } => nothing_left(m)?,
        Iter::ByteArray { bytes, next } => Reduced::at(Value::ByteArray(bytes), next),
        Iter::Str { string, next } => {
            m.charge_bytes(next)?;
            let text = m.heap.str(string);
            if next > 0 && next >= text.len() {
                Reduced::whole(m.heap.new_str("")?)
            } else {
                let passed = text.get(..next).map_or(0, |passed| passed.chars().count());
                Reduced::at(Value::Str(string), passed)
            }
        }
        Iter::Range { next, step, remaining } => {
            let (start, step) = (BigInt::from(next), BigInt::from(step));
            let stop = &start + &step * remaining;
            Reduced { state: Value::None, ..Reduced::whole(m.new_range_of([start, stop, step])?) }
        }
        Iter::WideRange { range, next } => {
            let [_, stop, step] = m.range_values(range);
            let bounds = [next, stop, step].map(|bound| big_of(m, bound));
            Reduced { state: Value::None, ..Reduced::whole(m.new_range_of(bounds)?) }
        }
        Iter::Sequence { next: ..0, .. } => Reduced { backward: true, ..nothing_left(m)? },
        Iter::Sequence { sequence, next } => Reduced { backward: true, argument: sequence, state: Value::Int(next) },
        Iter::GetItem { next: -1, .. } | Iter::Callable { .. } => nothing_left(m)?,
        Iter::GetItem { object, next } => Reduced { state: Value::Int(next), ..Reduced::whole(object) },
        rest @ (Iter::Dict { .. } | Iter::Set { .. } | Iter::Replay { .. }) => {
            // A copy of the iterator is what gives the items left.
            let rest = m.heap.new_iter(rest)?;
            let items = m.collect_items(rest)?;
            Reduced::whole(m.list_of_collected(items)?)
        }
        _ => {
            let found = m.type_name(args.first().copied().unwrap_or(Value::None));
            return Err(m.type_error(format!("cannot pickle '{found}' object")));
        }
    };
    let arguments = m.heap.new_tuple(&[reduced.argument])?;
    let backward = Value::bool(reduced.backward);
    match reduced.state {
        Value::Undef => Err(m.prelude_call("_iterator_reduced", &[backward, arguments])),
        state => Err(m.prelude_call("_iterator_reduced", &[backward, arguments, state])),
    }
}

/// What a finished iterator is made from: the empty tuple.
fn nothing_left(m: &mut Machine) -> Result<Reduced, Fault> {
    m.heap.new_tuple(&[]).map(Reduced::whole)
}

fn big_of(m: &Machine, value: Value) -> BigInt {
    match value {
        Value::Int(number) => BigInt::from(number),
        Value::BigInt(id) => m.heap.big_ints.get(id).clone(),
        _ => BigInt::default(),
    }
}

/// `__reduce__` of enumerate, zip, map and filter: the class and what it was called with.
fn reduce_composed(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = iter_of(m, args)?;
    let class = Value::Type(m.type_of(args.first().copied().unwrap_or(Value::None)));
    let mut strict = false;
    let arguments: Vec<Value> = match m.heap.iters.get(id) {
        Iter::Enumerate { inner, next } => vec![*inner, Value::Int(*next)],
        Iter::Zip { inners, strict: is_strict } => {
            strict = *is_strict;
            inners.to_vec()
        }
        Iter::Map { function, inners } => std::iter::once(*function).chain(inners.iter().copied()).collect(),
        Iter::Filter { function, inner } => vec![*function, *inner],
        _ => {
            let found = m.type_name(args.first().copied().unwrap_or(Value::None));
            return Err(m.type_error(format!("cannot pickle '{found}' object")));
        }
    };
    let arguments = m.heap.new_tuple(&arguments)?;
    if strict { m.heap.new_tuple(&[class, arguments, Value::True]) } else { m.heap.new_tuple(&[class, arguments]) }
}

/// `zip.__setstate__(strict)`
fn set_strict(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = iter_of(m, args)?;
    let truth = match m.truth(args.get(1).copied().unwrap_or(Value::None)) {
        Err(Fault::Call) => return Err(Fault::Fallback),
        truth => truth?,
    };
    if let Iter::Zip { strict, .. } = m.heap.iters.slot(id) {
        *strict = truth;
    }
    Ok(Value::None)
}

/// `__setstate__(index)`: the next item is the one at that index, or the nearest there is.
fn set_state(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = iter_of(m, args)?;
    let given = args.get(1).copied().unwrap_or(Value::None);
    if let Iter::WideRange { range, next } = *m.heap.iters.get(id) {
        return set_wide_state(m, id, range, next, given);
    }
    let index = match m.unwrap(given) {
        Value::True => 1,
        Value::False => 0,
        data @ (Value::Int(_) | Value::BigInt(_)) => m.to_index(data)?,
        _ => return Err(m.type_error("an integer is required")),
    };
    let clamped = |length: usize| usize::try_from(index).unwrap_or(0).min(length);
    let moved = match *m.heap.iters.get(id) {
        // A negative index is behind the end, of lists only.
        Iter::List { list, next } if next != usize::MAX && index < 0 => Iter::List { list, next: usize::MAX },
        Iter::List { list, next } if next != usize::MAX => Iter::List { list, next: clamped(m.heap.list(list).len()) },
        Iter::Tuple { tuple, .. } => Iter::Tuple { tuple, next: clamped(m.heap.tuple(tuple).len()) },
        Iter::Bytes { bytes, .. } => Iter::Bytes { bytes, next: clamped(m.heap.bytes.get(bytes).data.len()) },
        Iter::ByteArray { bytes, next } if next != usize::MAX => {
            Iter::ByteArray { bytes, next: clamped(m.heap.byte_arrays.get(bytes).data.len()) }
        }
        Iter::Str { string, .. } => {
            let at = clamped(m.str_length(string));
            Iter::Str { string, next: m.byte_position(string, at)? }
        }
        Iter::ListReversed { list, remaining } if remaining > 0 => {
            Iter::ListReversed { list, remaining: clamped_from_behind(index, m.heap.list(list).len()) }
        }
        Iter::Sequence { sequence, next } if next >= 0 => {
            let length = match m.length_native(sequence) {
                Err(Fault::Fallback) => {
                    return Err(m.prelude_call("_reversed_setstate", &[Value::Iter(id), sequence, Value::Int(index)]));
                }
                length => length?,
            };
            Iter::Sequence { sequence, next: clamped_from_behind(index, length) as i64 - 1 }
        }
        Iter::GetItem { object, next } if next >= 0 => Iter::GetItem { object, next: index.max(0) },
        Iter::Range { next, step, remaining } => {
            let passed = u64::try_from(index).unwrap_or(0).min(remaining);
            let next = next.wrapping_add(step.wrapping_mul(passed as i64));
            Iter::Range { next, step, remaining: remaining - passed }
        }
        _ => return Ok(Value::None),
    };
    *m.heap.iters.slot(id) = moved;
    Ok(Value::None)
}

/// How many items are left when the next is the one at `index`, going backwards; a negative index leaves none.
fn clamped_from_behind(index: i64, length: usize) -> usize {
    usize::try_from(index.saturating_add(1)).unwrap_or(0).min(length)
}

/// `_iter_place(iterator, index)`: the next item of a reversed iterator is the one at that index.
pub(crate) fn iter_place(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = iter_of(m, args)?;
    if let (Iter::Sequence { next, .. }, Some(Value::Int(index))) = (m.heap.iters.slot(id), args.get(1)) {
        *next = (*index).max(-1);
    }
    Ok(Value::None)
}

fn set_wide_state(
    m: &mut Machine,
    id: Id<Iter>,
    range: Id<crate::objects::Range>,
    next: Value,
    given: Value,
) -> Result<Value, Fault> {
    let passed = match m.unwrap(given) {
        data @ (Value::Int(_) | Value::BigInt(_) | Value::True | Value::False) => m.to_big_int(data)?,
        _ => {
            let found = m.type_name(given);
            return Err(m.type_error(format!("state must be an int, not {found}")));
        }
    };
    let [_, stop, step] = m.range_values(range).map(|bound| big_of(m, bound));
    let here = big_of(m, next);
    m.charge(1 + (passed.bits() + here.bits()) / 64)?;
    let there = if passed.is_negative() { here } else { here + passed * &step };
    let there = if step.is_negative() { there.max(stop) } else { there.min(stop) };
    let next = m.heap.new_int(there)?;
    *m.heap.iters.slot(id) = Iter::WideRange { range, next };
    Ok(Value::None)
}
