//! `list`.

mod sort;

use npython_bytecode::{BinaryOperator, CompareOperator};

use crate::fault::Fault;
use crate::machine::Machine;
use crate::native::{NativeDef, Signature, class_method, constructor, method, wrapper};
use crate::objects::{Iter, List};
use crate::types::container_methods as shared;
use crate::value::{Id, Value};

pub(crate) use sort::{INTRINSICS, sort_keyed};

pub(crate) const METHODS: &[NativeDef] = &[
    constructor(Signature::Open, list_new).or("_list_new"),
    wrapper("__init__", Signature::Named("iterable=, /"), list_init).or("_list_init"),
    wrapper("__repr__", Signature::None, shared::repr),
    wrapper("__lt__", Signature::One, list_lt),
    wrapper("__le__", Signature::One, list_le),
    wrapper("__eq__", Signature::One, list_eq),
    wrapper("__ne__", Signature::One, list_ne),
    wrapper("__gt__", Signature::One, list_gt),
    wrapper("__ge__", Signature::One, list_ge),
    wrapper("__iter__", Signature::None, shared::iter),
    wrapper("__len__", Signature::None, shared::len),
    wrapper("__getitem__", Signature::One, shared::getitem),
    wrapper("__setitem__", Signature::Positional(2, 2), shared::setitem),
    wrapper("__delitem__", Signature::One, shared::delitem),
    wrapper("__add__", Signature::One, list_add),
    wrapper("__mul__", Signature::One, shared::multiply),
    wrapper("__rmul__", Signature::One, shared::multiply),
    wrapper("__contains__", Signature::One, shared::contains),
    wrapper("__iadd__", Signature::One, list_inplace_add).or("_list_inplace_add"),
    wrapper("__imul__", Signature::One, list_inplace_multiply).or("_repeat_in_place"),
    method("__reversed__", Signature::None, list_reversed),
    method("append", Signature::One, list_append),
    method("clear", Signature::None, list_clear),
    method("copy", Signature::None, list_copy),
    method("count", Signature::One, list_count).or("_sequence_count"),
    method("extend", Signature::One, list_extend).or("_list_extend"),
    method("index", Signature::Positional(1, 3), list_index).or("_list_index"),
    method("insert", Signature::Positional(2, 2), list_insert).or("_list_insert"),
    method("pop", Signature::Positional(0, 1), list_pop).or("_list_pop"),
    method("remove", Signature::One, list_remove).or("_list_remove"),
    method("reverse", Signature::None, list_reverse),
    method("sort", Signature::Named("*, key=, reverse="), sort::list_sort).or("_list_sort"),
    class_method("__class_getitem__", Signature::One, shared::class_getitem),
];

/// The list a receiver is or carries.
fn list_of(m: &mut Machine, value: Value) -> Result<Id<List>, Fault> {
    match m.unwrap(value) {
        Value::List(id) => Ok(id),
        _ => Err(shared::wrong_receiver(m, "list", value)),
    }
}

fn list_new(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (class, rest) = shared::constructed_class(args);
    if class != crate::types::LIST {
        // A derived class fills it in `__init__`.
        let empty = m.heap.new_list(Vec::new())?;
        return m.wrap_payload(class, empty);
    }
    match shared::one_optional_argument(m, "list", rest)? {
        None => m.heap.new_list(Vec::new()),
        Some(iterable) => {
            let items = m.collect_items(iterable)?;
            m.list_of_collected(items)
        }
    }
}

fn list_init(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let &[receiver, iterable] = args else { return Ok(Value::None) };
    let list = list_of(m, receiver)?;
    let items = match iterable.given() {
        Some(iterable) => m.collect_items(iterable)?,
        None => Vec::new(),
    };
    m.heap.lists.slot(list).items = items;
    Ok(Value::None)
}

fn compared(m: &mut Machine, op: CompareOperator, args: &[Value]) -> Result<Value, Fault> {
    let &[left, right] = args else { return Ok(Value::NotImplemented) };
    match (m.unwrap(left), m.unwrap(right)) {
        (left @ Value::List(_), right @ Value::List(_)) => m.compare(op, left, right),
        _ => Ok(Value::NotImplemented),
    }
}

fn list_lt(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    compared(m, CompareOperator::Lt, args)
}

fn list_le(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    compared(m, CompareOperator::Le, args)
}

fn list_eq(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    compared(m, CompareOperator::Eq, args)
}

fn list_ne(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    compared(m, CompareOperator::Ne, args)
}

fn list_gt(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    compared(m, CompareOperator::Gt, args)
}

fn list_ge(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    compared(m, CompareOperator::Ge, args)
}

fn list_add(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let &[left, right] = args else { return Ok(Value::NotImplemented) };
    match (m.unwrap(left), m.unwrap(right)) {
        (left @ Value::List(_), right @ Value::List(_)) => m.binary(BinaryOperator::Add, left, right),
        _ => {
            let name = m.type_name(right);
            Err(m.type_error(format!("can only concatenate list (not \"{name}\") to list")))
        }
    }
}

fn list_inplace_add(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    list_extend(m, args)?;
    Ok(args.first().copied().unwrap_or(Value::None))
}

fn list_inplace_multiply(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let &[receiver, count] = args else { return Ok(Value::NotImplemented) };
    let list = m.unwrap(receiver);
    let count = m.to_int_value(count)?;
    m.inplace(BinaryOperator::Mul, list, count)?;
    Ok(receiver)
}

fn list_reversed(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let list = list_of(m, args.first().copied().unwrap_or(Value::None))?;
    let remaining = m.heap.list(list).len();
    m.heap.new_iter(Iter::ListReversed { list, remaining })
}

fn list_append(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let &[receiver, item] = args else { return Ok(Value::None) };
    let list = match receiver {
        Value::List(list) => list,
        other => list_of(m, other)?,
    };
    m.heap.list_push(list, item)?;
    Ok(Value::None)
}

fn list_clear(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let list = list_of(m, args.first().copied().unwrap_or(Value::None))?;
    let list = m.heap.lists.slot(list);
    if list.sorting && list.items.capacity() > 0 {
        // That there was something is how `sort` notices a change.
        list.items.clear();
    } else {
        list.items = Vec::new();
    }
    Ok(Value::None)
}

fn list_copy(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let list = list_of(m, args.first().copied().unwrap_or(Value::None))?;
    let items = m.collect_items(Value::List(list))?;
    m.list_of_collected(items)
}

fn list_count(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let &[receiver, wanted] = args else { return Ok(Value::None) };
    let list = Value::List(list_of(m, receiver)?);
    shared::count_items(m, list, wanted)
}

fn list_extend(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let &[receiver, iterable] = args else { return Ok(Value::None) };
    let list = list_of(m, receiver)?;
    let items = m.collect_items(iterable)?;
    m.extend_with_collected(list, &items)?;
    Ok(Value::None)
}

fn list_index(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (&[receiver, wanted, ..], bounds) = (args, args.get(2..).unwrap_or(&[])) else { return Ok(Value::None) };
    let list = Value::List(list_of(m, receiver)?);
    let length = m.length_native(list)?;
    let (start, stop) = shared::search_bounds(m, bounds, length)?;
    match shared::find_item(m, list, wanted, start, stop)? {
        Some(index) => Ok(Value::Int(index as i64)),
        None => {
            let text = m.repr_native(wanted)?;
            Err(m.value_error(format!("{text} is not in list")))
        }
    }
}

fn list_insert(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let &[receiver, index, item] = args else { return Ok(Value::None) };
    let list = list_of(m, receiver)?;
    let index = shared::native_index(m, index)?;
    let length = m.heap.list(list).len();
    let at = shared::clamp_index(index, length);
    m.charge_items((length - at) / 16)?;
    m.heap.list_reserve(list, 1)?;
    m.insert_item(list, at, item)?;
    Ok(Value::None)
}

fn list_pop(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let list = match args {
        &[Value::List(list)] => match m.heap.lists.slot(list).items.pop() {
            Some(item) => return Ok(item),
            None => list,
        },
        _ => list_of(m, args.first().copied().unwrap_or(Value::None))?,
    };
    let index = match args.get(1) {
        Some(index) => shared::native_index(m, *index)?,
        None => -1,
    };
    let length = m.heap.list(list).len();
    if length == 0 {
        return Err(m.index_error("pop from empty list"));
    }
    let at = if index < 0 { index.saturating_add(length as i64) } else { index };
    match usize::try_from(at) {
        Ok(at) if at < length => {
            m.charge_items((length - at) / 16)?;
            m.remove_item(list, at)
        }
        _ => Err(m.index_error("pop index out of range")),
    }
}

fn list_remove(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let &[receiver, wanted] = args else { return Ok(Value::None) };
    let list = list_of(m, receiver)?;
    let length = m.heap.list(list).len();
    match shared::find_item(m, Value::List(list), wanted, 0, length)? {
        Some(at) => {
            m.charge_items((length - at) / 16)?;
            m.remove_item(list, at)?;
            Ok(Value::None)
        }
        None => Err(m.value_error("list.remove(x): x not in list")),
    }
}

fn list_reverse(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let list = list_of(m, args.first().copied().unwrap_or(Value::None))?;
    m.charge_items(m.heap.list(list).len() / 4)?;
    m.reverse_items(list)?;
    Ok(Value::None)
}
