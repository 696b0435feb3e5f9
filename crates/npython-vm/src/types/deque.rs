//! `collections.deque` and its iterators (<https://docs.python.org/3.13/library/collections.html#collections.deque>).

use npython_bytecode::CompareOperator;

use crate::builtins::numbers::argument;
use crate::fault::Fault;
use crate::heap::End;
use crate::machine::{Machine, deque_iter};
use crate::names;
use crate::native::{NativeDef, Signature, class_method, constructor, function, getter, method, wrapper};
use crate::objects::{Dict, Iter, Object};
use crate::types;
use crate::types::container_methods as shared;
use crate::value::{Id, Value};

pub(crate) const METHODS: &[NativeDef] = &[
    constructor(Signature::Open, new),
    wrapper("__init__", Signature::Open, init),
    wrapper("__repr__", Signature::None, repr).or("_deque_repr"),
    wrapper("__lt__", Signature::One, |m, args| compared(m, CompareOperator::Lt, args)).or("_deque_lt"),
    wrapper("__le__", Signature::One, |m, args| compared(m, CompareOperator::Le, args)).or("_deque_le"),
    wrapper("__eq__", Signature::One, |m, args| compared(m, CompareOperator::Eq, args)).or("_deque_eq"),
    wrapper("__ne__", Signature::One, |m, args| compared(m, CompareOperator::Ne, args)).or("_deque_ne"),
    wrapper("__gt__", Signature::One, |m, args| compared(m, CompareOperator::Gt, args)).or("_deque_gt"),
    wrapper("__ge__", Signature::One, |m, args| compared(m, CompareOperator::Ge, args)).or("_deque_ge"),
    wrapper("__iter__", Signature::None, shared::iter),
    wrapper("__len__", Signature::None, shared::len),
    wrapper("__getitem__", Signature::One, getitem).or("_deque_getitem"),
    wrapper("__setitem__", Signature::Positional(2, 2), setitem).or("_deque_setitem"),
    wrapper("__delitem__", Signature::One, delitem).or("_deque_delitem"),
    wrapper("__add__", Signature::One, |m, args| add(m, args, false)),
    wrapper("__iadd__", Signature::One, |m, args| add(m, args, true)),
    wrapper("__mul__", Signature::One, |m, args| multiply(m, args, false)),
    wrapper("__rmul__", Signature::One, |m, args| multiply(m, args, false)),
    wrapper("__imul__", Signature::One, |m, args| multiply(m, args, true)),
    wrapper("__contains__", Signature::One, shared::contains),
    method("__copy__", Signature::None, copy).or("_deque_copy"),
    method("__reduce__", Signature::None, |m, args| Err(m.prelude_call("_deque_reduce", args))),
    method("__reversed__", Signature::None, reversed),
    method("append", Signature::One, |m, args| push(m, args, End::Last)),
    method("appendleft", Signature::One, |m, args| push(m, args, End::First)),
    method("clear", Signature::None, clear),
    method("copy", Signature::None, copy).or("_deque_copy"),
    method("count", Signature::One, count).or("_deque_count"),
    method("extend", Signature::One, |m, args| extend(m, args, End::Last)),
    method("extendleft", Signature::One, |m, args| extend(m, args, End::First)),
    method("index", Signature::Positional(1, 3), index).or("_deque_index"),
    method("insert", Signature::Positional(2, 2), insert).or("_deque_insert"),
    method("pop", Signature::None, pop),
    method("popleft", Signature::None, pop_left),
    method("remove", Signature::One, remove).or("_deque_remove"),
    method("reverse", Signature::None, reverse),
    method("rotate", Signature::Positional(0, 1), rotate).or("_deque_rotate"),
    class_method("__class_getitem__", Signature::One, shared::class_getitem),
    getter("maxlen", most),
];

/// Of the iterators, besides what all iterators that know their length have.
pub(crate) const ITERATOR_METHODS: &[NativeDef] =
    &[constructor(Signature::Open, iterator_new), method("__reduce__", Signature::None, iterator_reduce)];

/// For the prelude.
pub(crate) const INTRINSICS: &[NativeDef] = &[function("_deque_changes", Signature::One, changes)];

fn queue_of(m: &mut Machine, value: Value) -> Result<Id<Object>, Fault> {
    match value {
        Value::Object(id) if m.heap.deque(id).is_some() => Ok(id),
        _ => match m.deque_of(value) {
            Some(id) => Ok(id),
            None => Err(shared::wrong_receiver(m, "collections.deque", value)),
        },
    }
}

/// Iterable and maximal length among the arguments of a call.
struct Arguments {
    iterable: Option<Value>,
    most: Option<Value>,
}

fn arguments(m: &mut Machine, given: &[Value]) -> Result<Arguments, Fault> {
    let (positional, keywords) = match given.split_last() {
        Some((Value::Dict(keywords), positional)) => (positional, Some(*keywords)),
        Some((Value::Undef, positional)) => (positional, None),
        _ => (given, None),
    };
    let pairs = keyword_pairs(m, keywords);
    let total = positional.len() + pairs.len();
    if total > 2 {
        let kind = if positional.is_empty() { "keyword " } else { "" };
        return Err(m.type_error(format!("deque() takes at most 2 {kind}arguments ({total} given)")));
    }
    let mut found = [positional.first().copied(), positional.get(1).copied()];
    for (name, value) in pairs {
        let Some(at) = ["iterable", "maxlen"].iter().position(|known| *known == name) else {
            return Err(m.type_error(format!("deque() got an unexpected keyword argument '{name}'")));
        };
        if found[at].is_some() {
            let place = at + 1;
            return Err(m.type_error(format!("argument for deque() given by name ('{name}') and position ({place})")));
        }
        found[at] = Some(value);
    }
    Ok(Arguments { iterable: found[0], most: found[1] })
}

fn keyword_pairs(m: &Machine, keywords: Option<Id<Dict>>) -> Vec<(String, Value)> {
    keywords.map_or_else(Vec::new, |dict| {
        m.heap.dicts.get(dict).table.iter().map(|entry| (m.text_of(entry.key), entry.value)).collect()
    })
}

fn most_argument(m: &mut Machine, given: Option<Value>) -> Result<Option<usize>, Fault> {
    let Some(given) = given else { return Ok(None) };
    match m.unwrap(given) {
        Value::None => Ok(None),
        Value::True => Ok(Some(1)),
        Value::False => Ok(Some(0)),
        Value::Int(most) => match usize::try_from(most) {
            Ok(most) => Ok(Some(most)),
            Err(_) => Err(m.value_error("maxlen must be non-negative")),
        },
        Value::BigInt(_) => Err(m.overflow_error("Python int too large to convert to C ssize_t")),
        _ => Err(m.type_error("an integer is required")),
    }
}

/// What a call of the class itself makes is complete; a derived class fills it in `__init__`.
fn new(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (class, given) = shared::constructed_class(args);
    if class != types::DEQUE {
        let empty = m.new_deque(None)?;
        return m.wrap_payload(class, empty);
    }
    let given = arguments(m, given)?;
    let most = most_argument(m, given.most)?;
    let made = m.new_deque(most)?;
    match given.iterable {
        // Nobody sees the queue before it is full: a generator may be used up as for a list.
        Some(iterable @ Value::Generator(_)) if most.is_none() => Err(m.prelude_call("_deque_made", &[made, iterable])),
        Some(iterable) => m.deque_extend(made, End::Last, iterable, made),
        None => Ok(made),
    }
}

fn init(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let receiver = argument(args, 0);
    let id = queue_of(m, receiver)?;
    let given = arguments(m, args.get(1..).unwrap_or(&[]))?;
    let most = most_argument(m, given.most)?;
    if let Some(queue) = m.heap.deque_mut(id) {
        queue.clear();
        queue.most = most;
    }
    match given.iterable {
        Some(iterable) => m.deque_extend(receiver, End::Last, iterable, Value::None),
        None => Ok(Value::None),
    }
}

/// # Errors
/// `Fault::Fallback` when an item compares itself, or a derived class iterates in its own way.
fn compared(m: &mut Machine, op: CompareOperator, args: &[Value]) -> Result<Value, Fault> {
    let (receiver, other) = (argument(args, 0), argument(args, 1));
    let left = queue_of(m, receiver)?;
    let Some(right) = m.deque_of(other) else { return Ok(Value::NotImplemented) };
    if [receiver, other].iter().any(|value| m.is_guest_special(*value, names::ITER).is_some()) {
        return Err(Fault::Fallback);
    }
    m.deque_compare(op, left, right).map(Value::bool)
}

/// # Errors
/// `Fault::Fallback` when a derived class iterates in its own way.
fn repr(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    if m.is_guest_special(argument(args, 0), names::ITER).is_some() {
        return Err(Fault::Fallback);
    }
    shared::repr(m, args)
}

fn push(m: &mut Machine, args: &[Value], end: End) -> Result<Value, Fault> {
    let id = queue_of(m, argument(args, 0))?;
    m.heap.deque_push(id, end, argument(args, 1))?;
    Ok(Value::None)
}

fn pop(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = queue_of(m, argument(args, 0))?;
    match m.heap.deque_mut(id).and_then(|queue| queue.take_last()) {
        Some(item) => Ok(item),
        None => Err(m.index_error("pop from an empty deque")),
    }
}

fn pop_left(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = queue_of(m, argument(args, 0))?;
    match m.heap.deque_mut(id).and_then(|queue| queue.take_first()) {
        Some(item) => Ok(item),
        None => Err(m.index_error("pop from an empty deque")),
    }
}

fn extend(m: &mut Machine, args: &[Value], end: End) -> Result<Value, Fault> {
    queue_of(m, argument(args, 0))?;
    m.deque_extend(argument(args, 0), end, argument(args, 1), Value::None)
}

fn clear(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = queue_of(m, argument(args, 0))?;
    if let Some(queue) = m.heap.deque_mut(id) {
        queue.clear();
    }
    Ok(Value::None)
}

/// # Errors
/// `Fault::Fallback` for an instance of a derived class, whose copy the class makes.
fn copy(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    match argument(args, 0) {
        Value::Object(id) => m.deque_copy(id),
        _ => Err(Fault::Fallback),
    }
}

/// An index that a method is given, as a position.
fn position(m: &mut Machine, args: &[Value]) -> Result<(Id<Object>, usize), Fault> {
    let id = queue_of(m, argument(args, 0))?;
    let index = shared::native_index(m, argument(args, 1))?;
    Ok((id, m.deque_position_at(id, index)?))
}

fn getitem(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (id, at) = position(m, args)?;
    m.deque_subscript(id, Value::Int(at as i64))
}

fn setitem(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (id, at) = position(m, args)?;
    m.deque_place(id, at, argument(args, 2));
    Ok(Value::None)
}

fn delitem(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (id, at) = position(m, args)?;
    m.deque_remove_at(id, at)?;
    Ok(Value::None)
}

fn add(m: &mut Machine, args: &[Value], inplace: bool) -> Result<Value, Fault> {
    let receiver = argument(args, 0);
    let id = queue_of(m, receiver)?;
    m.deque_add(inplace, receiver, id, argument(args, 1))
}

fn multiply(m: &mut Machine, args: &[Value], inplace: bool) -> Result<Value, Fault> {
    let (receiver, count) = (argument(args, 0), argument(args, 1));
    let id = queue_of(m, receiver)?;
    let is_int = matches!(m.unwrap(count), Value::Int(_) | Value::BigInt(_) | Value::True | Value::False);
    if !is_int && m.special(count, names::INDEX).is_none() {
        let found = m.type_name(count);
        return Err(m.type_error(format!("'{found}' object cannot be interpreted as an integer")));
    }
    m.deque_multiply(inplace, receiver, id, count)
}

fn count(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let queue = Value::Object(queue_of(m, argument(args, 0))?);
    shared::count_items(m, queue, argument(args, 1))
}

fn index(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let queue = Value::Object(queue_of(m, argument(args, 0))?);
    let wanted = argument(args, 1);
    let length = m.length_native(queue)?;
    let (start, stop) = shared::search_bounds(m, args.get(2..).unwrap_or(&[]), length)?;
    match shared::find_item(m, queue, wanted, start, stop)? {
        Some(at) => Ok(Value::Int(at as i64)),
        None => Err(not_there(m, wanted)?),
    }
}

fn not_there(m: &mut Machine, wanted: Value) -> Result<Fault, Fault> {
    let text = m.repr_native(wanted)?;
    Ok(m.value_error(format!("{text} is not in deque")))
}

/// A number of places.
///
/// # Errors
/// As for an index, but for ints that do not fit.
fn places_argument(m: &mut Machine, value: Value) -> Result<i64, Fault> {
    if let Value::BigInt(_) = m.unwrap(value) {
        return Err(m.overflow_error("Python int too large to convert to C ssize_t"));
    }
    shared::native_index(m, value)
}

fn insert(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = queue_of(m, argument(args, 0))?;
    let index = places_argument(m, argument(args, 1))?;
    let length = m.length_native(Value::Object(id))?;
    if m.heap.deque(id).is_some_and(|queue| queue.is_full()) {
        return Err(m.index_error("deque already at its maximum size"));
    }
    m.deque_insert_at(id, shared::clamp_index(index, length), argument(args, 2))?;
    Ok(Value::None)
}

fn remove(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = queue_of(m, argument(args, 0))?;
    let wanted = argument(args, 1);
    let length = m.length_native(Value::Object(id))?;
    match shared::find_item(m, Value::Object(id), wanted, 0, length)? {
        Some(at) => {
            m.deque_remove_at(id, at)?;
            Ok(Value::None)
        }
        None => Err(not_there(m, wanted)?),
    }
}

fn reverse(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = queue_of(m, argument(args, 0))?;
    m.deque_reverse(id)?;
    Ok(Value::None)
}

fn rotate(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = queue_of(m, argument(args, 0))?;
    let places = match args.get(1) {
        Some(places) => places_argument(m, *places)?,
        None => 1,
    };
    m.deque_rotate(id, places)?;
    Ok(Value::None)
}

fn reversed(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = queue_of(m, argument(args, 0))?;
    m.deque_reversed(id)
}

fn most(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = queue_of(m, argument(args, 0))?;
    let most = m.heap.deque(id).and_then(|queue| queue.most);
    Ok(most.and_then(|most| i64::try_from(most).ok()).map_or(Value::None, Value::Int))
}

/// `_deque_changes(queue)`: a number that every change of the queue changes.
fn changes(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = queue_of(m, argument(args, 0))?;
    Ok(Value::Int(m.heap.deque(id).map_or(0, |queue| queue.changes as i64)))
}

/// The iterator of a queue, from an index on as the iterator counts.
fn iterator_new(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (class, given) = shared::constructed_class(args);
    let positional = given.split_last().map_or(given, |(_, positional)| positional);
    if positional.is_empty() || positional.len() > 2 {
        let (limit, plural) = if positional.is_empty() { ("least 1", "") } else { ("most 2", "s") };
        let count = positional.len();
        return Err(m.type_error(format!("function takes at {limit} argument{plural} ({count} given)")));
    }
    let Some(id) = m.deque_of(argument(positional, 0)) else {
        let found = m.type_name(argument(positional, 0));
        return Err(m.type_error(format!("argument 1 must be collections.deque, not {found}")));
    };
    let index = match positional.get(1).map_or(Ok(0), |index| shared::native_index(m, *index)) {
        Err(Fault::Fallback) => {
            return Err(m.prelude_call("_deque_iterator_at", &[Value::Type(class), positional[0], positional[1]]));
        }
        index => usize::try_from(index?).unwrap_or(0),
    };
    let mut iter =
        m.heap.deque(id).map_or(Iter::Done, |queue| deque_iter(id, queue, class == types::DEQUE_REVERSE_ITERATOR));
    if let Iter::Deque { left, .. } = &mut iter {
        *left = left.saturating_sub(index);
    }
    m.heap.new_iter(iter)
}

/// `__reduce__`: `(class, (queue, index))`
fn iterator_reduce(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let iterator = argument(args, 0);
    let Value::Iter(id) = iterator else { return Err(shared::wrong_receiver(m, "iterator", iterator)) };
    let Iter::Deque { deque, left, .. } = *m.heap.iters.get(id) else { return Ok(Value::None) };
    let given = m.heap.deque(deque).map_or(0, |queue| queue.items.len()).saturating_sub(left);
    let arguments = m.heap.new_tuple(&[Value::Object(deque), Value::Int(given as i64)])?;
    let class = Value::Type(m.type_of(iterator));
    m.heap.new_tuple(&[class, arguments])
}
