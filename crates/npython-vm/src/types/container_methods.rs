//! What the methods of the container types have in common.

use npython_bytecode::BinaryOperator;

use crate::fault::Fault;
use crate::machine::Machine;
use crate::objects::TypeObject;
use crate::types;
use crate::value::{Id, Value};

/// Items searched between two charges.
const STRETCH: usize = 64;

/// The class a `__new__` was called for, and the arguments behind it; the last is a dict of keyword arguments or `Undef`.
pub(crate) fn constructed_class(args: &[Value]) -> (Id<TypeObject>, &[Value]) {
    match args.split_first() {
        Some((Value::Type(class), rest)) => (*class, rest),
        _ => (types::OBJECT, &[]),
    }
}

/// The single optional positional argument of a constructor.
pub(crate) fn one_optional_argument(m: &mut Machine, name: &str, rest: &[Value]) -> Result<Option<Value>, Fault> {
    let positional = no_keywords(m, name, rest)?;
    match positional {
        [] => Ok(None),
        [only] => Ok(Some(*only)),
        more => {
            let count = more.len();
            Err(m.type_error(format!("{name} expected at most 1 argument, got {count}")))
        }
    }
}

/// The positional arguments of an `Open` signature that takes no keyword arguments.
pub(crate) fn no_keywords<'a>(m: &mut Machine, name: &str, rest: &'a [Value]) -> Result<&'a [Value], Fault> {
    match rest.split_last() {
        Some((Value::Undef, positional)) => Ok(positional),
        Some((Value::Dict(keywords), positional)) => {
            if m.heap.dicts.get(*keywords).table.is_empty() {
                Ok(positional)
            } else {
                Err(m.type_error(format!("{name}() takes no keyword arguments")))
            }
        }
        _ => Ok(rest),
    }
}

/// The error of a receiver that is not what its type promised.
#[cold]
pub(crate) fn wrong_receiver(m: &mut Machine, wanted: &str, value: Value) -> Fault {
    let found = m.type_name(value);
    m.type_error(format!("descriptor requires a '{wanted}' object but received a '{found}'"))
}

fn receiver(m: &Machine, args: &[Value]) -> Value {
    m.unwrap(args.first().copied().unwrap_or(Value::None))
}

fn argument(args: &[Value]) -> Value {
    args.get(1).copied().unwrap_or(Value::None)
}

/// `__repr__` of a built-in container; instances of derived classes keep their class's name.
pub(crate) fn repr(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let value = args.first().copied().unwrap_or(Value::None);
    m.builtin_repr(value)
}

/// `__iter__`
pub(crate) fn iter(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let value = receiver(m, args);
    m.get_iter(value)
}

/// `__len__`
pub(crate) fn len(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let value = receiver(m, args);
    m.length_value(value)
}

/// `__getitem__`
pub(crate) fn getitem(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let value = receiver(m, args);
    m.subscript(value, argument(args))
}

/// `__setitem__`
pub(crate) fn setitem(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let value = receiver(m, args);
    m.store_subscript(value, argument(args), args.get(2).copied().unwrap_or(Value::None))?;
    Ok(Value::None)
}

/// `__delitem__`
pub(crate) fn delitem(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let value = receiver(m, args);
    m.delete_subscript(value, argument(args))?;
    Ok(Value::None)
}

/// `__contains__`
pub(crate) fn contains(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let value = receiver(m, args);
    m.contains(argument(args), value, false)
}

/// `__mul__` and `__rmul__` of sequences.
pub(crate) fn multiply(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let value = receiver(m, args);
    let count = argument(args);
    match m.unwrap(count) {
        count @ (Value::Int(_) | Value::BigInt(_) | Value::True | Value::False) => {
            m.binary(BinaryOperator::Mul, value, count)
        }
        _ if m.special(count, crate::names::INDEX).is_some() => m.binary(BinaryOperator::Mul, value, count),
        _ => {
            let found = m.type_name(count);
            Err(m.type_error(format!("'{found}' object cannot be interpreted as an integer")))
        }
    }
}

/// `__class_getitem__`: `list[int]` and the like.
pub(crate) fn class_getitem(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    m.generic_alias(args.first().copied().unwrap_or(Value::None), argument(args))
}

/// An index argument that needs no guest `__index__`.
///
/// # Errors
/// `Fault::Fallback` when it does; TypeError when the value is no index.
pub(crate) fn native_index(m: &mut Machine, value: Value) -> Result<i64, Fault> {
    match value {
        Value::Int(index) => Ok(index),
        other => match m.to_index(other) {
            Err(Fault::Call) => Err(Fault::Fallback),
            result => result,
        },
    }
}

/// An index as `insert` takes it: negative from the end, limited to the sequence.
pub(crate) fn clamp_index(index: i64, length: usize) -> usize {
    let length_signed = length as i64;
    let at = if index < 0 { index.saturating_add(length_signed).max(0) } else { index };
    usize::try_from(at.min(length_signed)).unwrap_or(0)
}

/// The optional `start` and `stop` of `index`.
pub(crate) fn search_bounds(m: &mut Machine, bounds: &[Value], length: usize) -> Result<(usize, usize), Fault> {
    let mut found = [0, length];
    for (slot, bound) in found.iter_mut().zip(bounds) {
        let index = match m.unwrap(*bound) {
            Value::Int(index) => index,
            Value::True => 1,
            Value::False => 0,
            Value::BigInt(id) => {
                if m.heap.big_ints.get(id).sign() == num_bigint::Sign::Minus {
                    i64::MIN
                } else {
                    i64::MAX
                }
            }
            _ if m.special(*bound, crate::names::INDEX).is_some() => return Err(Fault::Fallback),
            _ => return Err(m.type_error("slice indices must be integers or have an __index__ method")),
        };
        *slot = clamp_index(index, length);
    }
    Ok((found[0], found[1]))
}

fn item_at(m: &Machine, sequence: Value, index: usize) -> Option<Value> {
    match sequence {
        Value::List(id) => m.heap.list(id).get(index).copied(),
        Value::Tuple(id) => m.heap.tuple(id).get(index).copied(),
        Value::Object(id) => m.heap.deque(id)?.items.get(index).copied(),
        _ => None,
    }
}

/// Whether two values are the same or equal ints, which is the common case and costs nothing; `None` when not known.
#[inline]
fn quick_equal(item: Value, wanted: Value) -> Option<bool> {
    if item == wanted && !matches!(item, Value::Float(_)) {
        return Some(true);
    }
    match (item, wanted) {
        (Value::Int(_), Value::Int(_) | Value::Str(_) | Value::None) | (Value::Str(_) | Value::None, Value::Int(_)) => {
            Some(false)
        }
        _ => None,
    }
}

/// The index of the first item between `start` and `stop` that equals `wanted`.
///
/// # Errors
/// `Fault::Fallback` when a guest `__eq__` is needed.
pub(crate) fn find_item(
    m: &mut Machine,
    sequence: Value,
    wanted: Value,
    start: usize,
    stop: usize,
) -> Result<Option<usize>, Fault> {
    let mut at = start;
    while at < stop {
        m.charge_items(STRETCH.min(stop - at))?;
        for _ in 0..STRETCH {
            let Some(item) = item_at(m, sequence, at).filter(|_| at < stop) else { return Ok(None) };
            let equal = match quick_equal(item, wanted) {
                Some(equal) => equal,
                None => m.equal_native(item, wanted)?,
            };
            if equal {
                return Ok(Some(at));
            }
            at += 1;
        }
    }
    Ok(None)
}

/// `count` of a list or tuple.
pub(crate) fn count_items(m: &mut Machine, sequence: Value, wanted: Value) -> Result<Value, Fault> {
    let length = m.length_native(sequence)?;
    let mut count = 0;
    let mut at = 0;
    while at < length {
        match find_item(m, sequence, wanted, at, length)? {
            Some(found) => {
                count += 1;
                at = found + 1;
            }
            None => break,
        }
    }
    Ok(Value::Int(count))
}
