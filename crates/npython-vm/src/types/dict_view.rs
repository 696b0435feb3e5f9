//! `dict_keys`, `dict_values` and `dict_items`.

use npython_bytecode::CompareOperator;

use crate::fault::Fault;
use crate::machine::Machine;
use crate::native::{NativeDef, Signature, getter, method, wrapper};
use crate::objects::{Dict, DictViewKind, Object, Set};
use crate::types::container_methods as shared;
use crate::types::set::{any_set, operations};
use crate::value::{Id, Value};

pub(crate) const VALUES_METHODS: &[NativeDef] = &[
    wrapper("__repr__", Signature::None, shared::repr),
    wrapper("__iter__", Signature::None, shared::iter),
    wrapper("__len__", Signature::None, shared::len),
    method("__reversed__", Signature::None, view_reversed),
    getter("mapping", view_mapping),
];

/// Rows of both views that are sets.
macro_rules! set_view_methods {
    () => {
        &[
            wrapper("__repr__", Signature::None, shared::repr),
            wrapper("__iter__", Signature::None, shared::iter),
            wrapper("__len__", Signature::None, shared::len),
            wrapper("__contains__", Signature::One, shared::contains),
            wrapper("__lt__", Signature::One, view_lt).or("_view_lt"),
            wrapper("__le__", Signature::One, view_le).or("_view_le"),
            wrapper("__eq__", Signature::One, view_eq).or("_view_eq"),
            wrapper("__ne__", Signature::One, view_ne).or("_view_ne"),
            wrapper("__gt__", Signature::One, view_gt).or("_view_gt"),
            wrapper("__ge__", Signature::One, view_ge).or("_view_ge"),
            wrapper("__and__", Signature::One, view_and).or("_view_and"),
            wrapper("__rand__", Signature::One, view_and).or("_view_and"),
            wrapper("__or__", Signature::One, view_or).or("_view_or"),
            wrapper("__ror__", Signature::One, view_reflected_or).or("_view_ror"),
            wrapper("__sub__", Signature::One, view_sub).or("_view_sub"),
            wrapper("__rsub__", Signature::One, view_reflected_sub).or("_view_rsub"),
            wrapper("__xor__", Signature::One, view_xor).or("_view_xor"),
            wrapper("__rxor__", Signature::One, view_reflected_xor).or("_view_rxor"),
            method("isdisjoint", Signature::One, view_isdisjoint).or("_view_isdisjoint"),
            method("__reversed__", Signature::None, view_reversed),
            getter("mapping", view_mapping),
        ]
    };
}

pub(crate) const KEYS_METHODS: &[NativeDef] = set_view_methods!();
pub(crate) const ITEMS_METHODS: &[NativeDef] = set_view_methods!();

fn receiver(args: &[Value]) -> Value {
    args.first().copied().unwrap_or(Value::None)
}

fn argument(args: &[Value]) -> Value {
    args.get(1).copied().unwrap_or(Value::None)
}

/// Dict and kind of a view.
fn parts(m: &Machine, value: Value) -> Option<(Id<Dict>, DictViewKind)> {
    match value {
        Value::Object(id) => match m.heap.objects.get(id) {
            Object::DictView { dict, kind } => Some((*dict, *kind)),
            _ => None,
        },
        _ => None,
    }
}

fn view_of(m: &mut Machine, args: &[Value]) -> Result<(Id<Dict>, DictViewKind), Fault> {
    match parts(m, receiver(args)) {
        Some(found) => Ok(found),
        None => Err(shared::wrong_receiver(m, "dict view", receiver(args))),
    }
}

fn view_reversed(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (dict, kind) = view_of(m, args)?;
    let iter = m.dict_iter(dict, kind, true);
    m.heap.new_iter(iter)
}

fn view_mapping(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (dict, _) = view_of(m, args)?;
    m.heap.new_object(Object::MappingProxy { mapping: Value::Dict(dict) })
}

/// A new set of the items of a view or any other iterable.
fn set_from(m: &mut Machine, value: Value) -> Result<Id<Set>, Fault> {
    let set = m.heap.new_set(Set::default())?;
    let source = match parts(m, value) {
        Some((dict, DictViewKind::Keys)) => Value::Dict(dict),
        _ => value,
    };
    m.set_update_natively(set, source)?;
    Ok(set)
}

/// Whether `item` is in the view.
fn view_has(m: &mut Machine, view: Value, item: Value) -> Result<bool, Fault> {
    m.contains_builtin(item, view)
}

/// Whether a value is a set or a view that is one.
fn is_set_like(m: &Machine, value: Value) -> bool {
    any_set(m, value).is_some() || matches!(parts(m, value), Some((_, DictViewKind::Keys | DictViewKind::Items)))
}

/// Whether each item of `walked` is in `searched`.
fn all_in(m: &mut Machine, walked: Value, searched: Value) -> Result<bool, Fault> {
    let iterator = m.open_natively(walked)?;
    while let Some(item) = m.next_without_guest(iterator)? {
        let found = match any_set(m, searched) {
            Some(set) => m.set_contains(set, item)?,
            None => view_has(m, searched, item)?,
        };
        if !found {
            return Ok(false);
        }
    }
    Ok(true)
}

fn compared(m: &mut Machine, op: CompareOperator, args: &[Value]) -> Result<Value, Fault> {
    let (left, right) = (receiver(args), argument(args));
    if !is_set_like(m, right) {
        return Ok(Value::NotImplemented);
    }
    let (left_length, right_length) = (m.length_native(left)?, m.length_native(right)?);
    let answer = match op {
        CompareOperator::Eq => left_length == right_length && all_in(m, left, right)?,
        CompareOperator::Ne => !(left_length == right_length && all_in(m, left, right)?),
        CompareOperator::Lt => left_length < right_length && all_in(m, left, right)?,
        CompareOperator::Le => left_length <= right_length && all_in(m, left, right)?,
        CompareOperator::Gt => left_length > right_length && all_in(m, right, left)?,
        CompareOperator::Ge => left_length >= right_length && all_in(m, right, left)?,
    };
    Ok(Value::bool(answer))
}

fn view_lt(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    compared(m, CompareOperator::Lt, args)
}

fn view_le(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    compared(m, CompareOperator::Le, args)
}

fn view_eq(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    compared(m, CompareOperator::Eq, args)
}

fn view_ne(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    compared(m, CompareOperator::Ne, args)
}

fn view_gt(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    compared(m, CompareOperator::Gt, args)
}

fn view_ge(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    compared(m, CompareOperator::Ge, args)
}

/// `view & other`, also `other & view`.
fn view_and(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (mut view, mut other) = (receiver(args), argument(args));
    let length = m.length_native(view)?;
    if let Some(set) = any_set(m, other)
        && length <= m.heap.sets.get(set).table.len()
    {
        return operations::intersection(m, set, view).map(Value::Set);
    }
    if parts(m, other).is_some_and(|(_, kind)| kind != DictViewKind::Values) && m.length_native(other)? > length {
        (view, other) = (other, view);
    }
    operations::items_kept(m, other, |m, item| view_has(m, view, item)).map(Value::Set)
}

fn union(m: &mut Machine, left: Value, right: Value) -> Result<Value, Fault> {
    let set = set_from(m, left)?;
    m.set_update_natively(set, right)?;
    Ok(Value::Set(set))
}

fn view_or(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    union(m, receiver(args), argument(args))
}

fn view_reflected_or(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    union(m, argument(args), receiver(args))
}

fn difference(m: &mut Machine, left: Value, right: Value) -> Result<Value, Fault> {
    let set = set_from(m, left)?;
    operations::difference_update(m, set, right)?;
    Ok(Value::Set(set))
}

fn view_sub(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    difference(m, receiver(args), argument(args))
}

fn view_reflected_sub(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    difference(m, argument(args), receiver(args))
}

fn symmetric_difference(m: &mut Machine, left: Value, right: Value) -> Result<Value, Fault> {
    let set = set_from(m, left)?;
    operations::symmetric_difference_update(m, set, right)?;
    Ok(Value::Set(set))
}

fn view_xor(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    symmetric_difference(m, receiver(args), argument(args))
}

fn view_reflected_xor(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    symmetric_difference(m, argument(args), receiver(args))
}

fn view_isdisjoint(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (mut view, mut other) = (receiver(args), argument(args));
    if view == other {
        return Ok(Value::bool(m.length_native(view)? == 0));
    }
    if is_set_like(m, other) && m.length_native(other)? > m.length_native(view)? {
        (view, other) = (other, view);
    }
    let iterator = m.open_natively(other)?;
    while let Some(item) = m.next_without_guest(iterator)? {
        let found = match any_set(m, view) {
            Some(set) => m.set_contains(set, item),
            None => view_has(m, view, item),
        };
        match found {
            Ok(true) => return Ok(Value::False),
            Ok(false) => {}
            Err(Fault::Fallback) => return Err(m.fall_back_after(other, &[item])),
            Err(fault) => return Err(fault),
        }
    }
    Ok(Value::True)
}
