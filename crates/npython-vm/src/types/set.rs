//! `set` and `frozenset`.

pub(crate) mod operations;

use npython_bytecode::CompareOperator;

use crate::fault::Fault;
use crate::machine::Machine;
use crate::native::{NativeDef, Signature, class_method, constructor, method, wrapper};
use crate::objects::Set;
use crate::types::container_methods as shared;
use crate::value::{Id, Value};

use operations::{Algebra, combine};

/// What sets and frozensets share, as rows of their tables.
macro_rules! with_common_methods {
    ($( $row:expr ),+ $(,)?) => {
        &[
            wrapper("__repr__", Signature::None, shared::repr),
            wrapper("__lt__", Signature::One, set_lt),
            wrapper("__le__", Signature::One, set_le),
            wrapper("__eq__", Signature::One, set_eq),
            wrapper("__ne__", Signature::One, set_ne),
            wrapper("__gt__", Signature::One, set_gt),
            wrapper("__ge__", Signature::One, set_ge),
            wrapper("__iter__", Signature::None, shared::iter),
            wrapper("__len__", Signature::None, shared::len),
            wrapper("__contains__", Signature::One, shared::contains),
            wrapper("__or__", Signature::One, set_or).or("_set_or"),
            wrapper("__ror__", Signature::One, set_reflected_or).or("_set_ror"),
            wrapper("__and__", Signature::One, set_and).or("_set_and"),
            wrapper("__rand__", Signature::One, set_reflected_and).or("_set_rand"),
            wrapper("__sub__", Signature::One, set_sub).or("_set_sub"),
            wrapper("__rsub__", Signature::One, set_reflected_sub).or("_set_rsub"),
            wrapper("__xor__", Signature::One, set_xor).or("_set_xor"),
            wrapper("__rxor__", Signature::One, set_reflected_xor).or("_set_rxor"),
            method("union", Signature::Variadic(0), set_union).or("_set_union"),
            method("intersection", Signature::Variadic(0), set_intersection).or("_set_intersection"),
            method("difference", Signature::Variadic(0), set_difference).or("_set_difference"),
            method("symmetric_difference", Signature::One, set_symmetric_difference).or("_set_symmetric_difference"),
            method("isdisjoint", Signature::One, set_isdisjoint).or("_set_isdisjoint"),
            method("issubset", Signature::One, set_issubset).or("_set_issubset"),
            method("issuperset", Signature::One, set_issuperset).or("_set_issuperset"),
            class_method("__class_getitem__", Signature::One, shared::class_getitem),
            $( $row ),+
        ]
    };
}

pub(crate) const METHODS: &[NativeDef] = with_common_methods![
    constructor(Signature::Open, set_new).or("_set_new"),
    wrapper("__init__", Signature::Named("iterable=, /"), set_init).or("_set_init"),
    wrapper("__ior__", Signature::One, set_inplace_or).or("_set_ior"),
    wrapper("__iand__", Signature::One, set_inplace_and).or("_set_iand"),
    wrapper("__isub__", Signature::One, set_inplace_sub).or("_set_isub"),
    wrapper("__ixor__", Signature::One, set_inplace_xor).or("_set_ixor"),
    method("add", Signature::One, set_add).or("_set_add"),
    method("clear", Signature::None, set_clear),
    method("copy", Signature::None, set_copy),
    method("discard", Signature::One, set_discard).or("_set_discard"),
    method("remove", Signature::One, set_remove).or("_set_remove"),
    method("pop", Signature::None, set_pop),
    method("update", Signature::Variadic(0), set_update).or("_set_update"),
    method("intersection_update", Signature::Variadic(0), set_intersection_update).or("_set_intersection_update"),
    method("difference_update", Signature::Variadic(0), set_difference_update).or("_set_difference_update"),
    method("symmetric_difference_update", Signature::One, set_symmetric_difference_update)
        .or("_set_symmetric_difference_update"),
];

pub(crate) const FROZEN_METHODS: &[NativeDef] = with_common_methods![
    constructor(Signature::Open, frozenset_new).or("_frozenset_new"),
    wrapper("__hash__", Signature::None, frozenset_hash),
    method("copy", Signature::None, set_copy),
];

/// The set a value is or carries, of either type.
pub(crate) fn any_set(m: &Machine, value: Value) -> Option<Id<Set>> {
    match m.unwrap(value) {
        Value::Set(id) | Value::FrozenSet(id) => Some(id),
        _ => None,
    }
}

fn set_of(m: &mut Machine, args: &[Value]) -> Result<Id<Set>, Fault> {
    let receiver = args.first().copied().unwrap_or(Value::None);
    match any_set(m, receiver) {
        Some(id) => Ok(id),
        None => Err(shared::wrong_receiver(m, "set", receiver)),
    }
}

/// A set of the same type as the receiver.
fn like(m: &Machine, receiver: Value, id: Id<Set>) -> Value {
    match m.unwrap(receiver) {
        Value::FrozenSet(_) => Value::FrozenSet(id),
        _ => Value::Set(id),
    }
}

fn argument(args: &[Value]) -> Value {
    args.get(1).copied().unwrap_or(Value::None)
}

fn set_new(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (class, rest) = shared::constructed_class(args);
    let set = m.heap.new_set(Set::default())?;
    if class != crate::types::SET {
        return m.wrap_payload(class, Value::Set(set));
    }
    if let Some(iterable) = shared::one_optional_argument(m, "set", rest)? {
        m.set_update_natively(set, iterable)?;
    }
    Ok(Value::Set(set))
}

fn set_init(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let set = set_of(m, args)?;
    let made = m.heap.new_set(Set::default())?;
    if let Some(iterable) = argument(args).given()
        && args.len() > 1
    {
        m.set_update_natively(made, iterable)?;
    }
    let made = std::mem::take(m.heap.sets.slot(made));
    *m.heap.sets.slot(set) = made;
    Ok(Value::None)
}

fn frozenset_new(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (class, rest) = shared::constructed_class(args);
    let exact = class == crate::types::FROZENSET;
    let rest = match (exact, rest.split_last()) {
        (false, Some((_, positional))) => positional,
        _ => rest,
    };
    let iterable = shared::one_optional_argument(m, "frozenset", rest)?;
    if let (true, Some(frozen @ Value::FrozenSet(_))) = (exact, iterable) {
        return Ok(frozen);
    }
    let set = m.heap.new_set(Set::default())?;
    if let Some(iterable) = iterable {
        m.set_update_natively(set, iterable)?;
    }
    m.wrap_payload(class, Value::FrozenSet(set))
}

fn frozenset_hash(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let set = set_of(m, args)?;
    m.hash_native(Value::FrozenSet(set)).map(Value::Int)
}

fn compared(m: &mut Machine, op: CompareOperator, args: &[Value]) -> Result<Value, Fault> {
    let &[left, right] = args else { return Ok(Value::NotImplemented) };
    m.compare_method_result(op, left, right)
}

fn set_lt(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    compared(m, CompareOperator::Lt, args)
}

fn set_le(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    compared(m, CompareOperator::Le, args)
}

fn set_eq(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    compared(m, CompareOperator::Eq, args)
}

fn set_ne(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    compared(m, CompareOperator::Ne, args)
}

fn set_gt(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    compared(m, CompareOperator::Gt, args)
}

fn set_ge(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    compared(m, CompareOperator::Ge, args)
}

/// `left op right` for two sets; NotImplemented for anything else.
fn operate(m: &mut Machine, algebra: Algebra, left: Value, right: Value) -> Result<Value, Fault> {
    match (any_set(m, left), any_set(m, right)) {
        (Some(a), Some(b)) => {
            let made = combine(m, algebra, a, b)?;
            Ok(like(m, left, made))
        }
        _ => Ok(Value::NotImplemented),
    }
}

fn set_or(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    operate(m, Algebra::Union, args.first().copied().unwrap_or(Value::None), argument(args))
}

fn set_reflected_or(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    operate(m, Algebra::Union, argument(args), args.first().copied().unwrap_or(Value::None))
}

fn set_and(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    operate(m, Algebra::Intersection, args.first().copied().unwrap_or(Value::None), argument(args))
}

fn set_reflected_and(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    operate(m, Algebra::Intersection, argument(args), args.first().copied().unwrap_or(Value::None))
}

fn set_sub(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    operate(m, Algebra::Difference, args.first().copied().unwrap_or(Value::None), argument(args))
}

fn set_reflected_sub(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    operate(m, Algebra::Difference, argument(args), args.first().copied().unwrap_or(Value::None))
}

fn set_xor(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    operate(m, Algebra::SymmetricDifference, args.first().copied().unwrap_or(Value::None), argument(args))
}

fn set_reflected_xor(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    operate(m, Algebra::SymmetricDifference, argument(args), args.first().copied().unwrap_or(Value::None))
}

/// An in-place operator: the method's work if the operand is a set.
fn operate_in_place(
    m: &mut Machine,
    args: &[Value],
    update: fn(&mut Machine, Id<Set>, Value) -> Result<(), Fault>,
) -> Result<Value, Fault> {
    let set = set_of(m, args)?;
    if any_set(m, argument(args)).is_none() {
        return Ok(Value::NotImplemented);
    }
    update(m, set, argument(args))?;
    Ok(args.first().copied().unwrap_or(Value::None))
}

fn set_inplace_or(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    operate_in_place(m, args, Machine::set_update_natively)
}

fn set_inplace_and(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    operate_in_place(m, args, operations::intersection_update)
}

fn set_inplace_sub(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    operate_in_place(m, args, operations::difference_update)
}

fn set_inplace_xor(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    operate_in_place(m, args, operations::symmetric_difference_update)
}

fn set_add(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let set = set_of(m, args)?;
    m.set_add(set, argument(args))?;
    Ok(Value::None)
}

fn set_clear(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let set = set_of(m, args)?;
    m.heap.sets.slot(set).table.clear();
    Ok(Value::None)
}

fn set_copy(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let receiver = args.first().copied().unwrap_or(Value::None);
    if let Value::FrozenSet(_) = receiver {
        return Ok(receiver);
    }
    let set = set_of(m, args)?;
    let copied = operations::copy(m, set)?;
    Ok(like(m, receiver, copied))
}

fn set_discard(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let set = set_of(m, args)?;
    m.set_remove(set, argument(args))?;
    Ok(Value::None)
}

fn set_remove(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let set = set_of(m, args)?;
    if m.set_remove(set, argument(args))? { Ok(Value::None) } else { Err(m.key_error(argument(args))) }
}

fn set_pop(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let set = set_of(m, args)?;
    match m.heap.sets.slot(set).table.pop() {
        Some((key, searched)) => {
            m.charge(searched)?;
            Ok(key)
        }
        None => {
            let message = m.heap.new_str("pop from an empty set")?;
            Err(m.key_error(message))
        }
    }
}

fn set_update(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let set = set_of(m, args)?;
    for other in args.iter().skip(1) {
        m.set_update_natively(set, *other)?;
        m.cannot_retry();
    }
    Ok(Value::None)
}

fn set_union(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let set = set_of(m, args)?;
    let made = operations::copy(m, set)?;
    for other in args.iter().skip(1) {
        m.set_update_natively(made, *other)?;
    }
    Ok(like(m, args.first().copied().unwrap_or(Value::None), made))
}

fn set_intersection(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let mut set = set_of(m, args)?;
    if args.len() == 1 {
        return set_copy(m, args);
    }
    for other in args.iter().skip(1) {
        set = operations::intersection(m, set, *other)?;
    }
    Ok(like(m, args.first().copied().unwrap_or(Value::None), set))
}

fn set_intersection_update(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let set = set_of(m, args)?;
    let mut result = set;
    for other in args.iter().skip(1) {
        result = operations::intersection(m, result, *other)?;
    }
    if result != set {
        let table = std::mem::take(&mut m.heap.sets.slot(result).table);
        m.heap.sets.slot(set).table.replace_content(table);
    }
    Ok(Value::None)
}

fn set_difference(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let set = set_of(m, args)?;
    let receiver = args.first().copied().unwrap_or(Value::None);
    let Some(first) = args.get(1) else { return set_copy(m, args) };
    let result = operations::difference(m, set, *first)?;
    for other in args.iter().skip(2) {
        operations::difference_update(m, result, *other)?;
    }
    Ok(like(m, receiver, result))
}

fn set_difference_update(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let set = set_of(m, args)?;
    for other in args.iter().skip(1) {
        operations::difference_update(m, set, *other)?;
    }
    Ok(Value::None)
}

fn set_symmetric_difference(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let set = set_of(m, args)?;
    let made = m.heap.new_set(Set::default())?;
    m.set_update_natively(made, argument(args))?;
    operations::symmetric_difference_update(m, made, Value::Set(set))?;
    Ok(like(m, args.first().copied().unwrap_or(Value::None), made))
}

fn set_symmetric_difference_update(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let set = set_of(m, args)?;
    operations::symmetric_difference_update(m, set, argument(args))?;
    Ok(Value::None)
}

fn set_isdisjoint(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let set = set_of(m, args)?;
    operations::is_disjoint(m, set, argument(args)).map(Value::bool)
}

fn set_issubset(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let set = set_of(m, args)?;
    if any_set(m, argument(args)).is_some() {
        return m.compare_method_result(CompareOperator::Le, Value::Set(set), argument(args));
    }
    let common = operations::intersection(m, set, argument(args))?;
    Ok(Value::bool(m.heap.sets.get(common).table.len() == m.heap.sets.get(set).table.len()))
}

fn set_issuperset(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let set = set_of(m, args)?;
    if any_set(m, argument(args)).is_some() {
        return m.compare_method_result(CompareOperator::Ge, Value::Set(set), argument(args));
    }
    operations::contains_all(m, set, argument(args)).map(Value::bool)
}
