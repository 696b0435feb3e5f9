//! `tuple`.

use npython_bytecode::{BinaryOperator, CompareOperator};

use crate::fault::Fault;
use crate::machine::Machine;
use crate::native::{NativeDef, Signature, class_method, constructor, method, wrapper};
use crate::objects::Tuple;
use crate::types::container_methods as shared;
use crate::value::{Id, Value};

pub(crate) const METHODS: &[NativeDef] = &[
    constructor(Signature::Open, tuple_new).or("_tuple_new"),
    wrapper("__repr__", Signature::None, shared::repr),
    wrapper("__hash__", Signature::None, tuple_hash).or("_hash_of_tuple"),
    wrapper("__lt__", Signature::One, tuple_lt),
    wrapper("__le__", Signature::One, tuple_le),
    wrapper("__eq__", Signature::One, tuple_eq),
    wrapper("__ne__", Signature::One, tuple_ne),
    wrapper("__gt__", Signature::One, tuple_gt),
    wrapper("__ge__", Signature::One, tuple_ge),
    wrapper("__iter__", Signature::None, shared::iter),
    wrapper("__len__", Signature::None, shared::len),
    wrapper("__getitem__", Signature::One, shared::getitem),
    wrapper("__add__", Signature::One, tuple_add),
    wrapper("__mul__", Signature::One, shared::multiply),
    wrapper("__rmul__", Signature::One, shared::multiply),
    wrapper("__contains__", Signature::One, shared::contains),
    method("__getnewargs__", Signature::None, tuple_getnewargs),
    method("count", Signature::One, tuple_count).or("_sequence_count"),
    method("index", Signature::Positional(1, 3), tuple_index).or("_tuple_index"),
    class_method("__class_getitem__", Signature::One, shared::class_getitem),
];

fn tuple_of(m: &mut Machine, value: Value) -> Result<Id<Tuple>, Fault> {
    match m.unwrap(value) {
        Value::Tuple(id) => Ok(id),
        _ => Err(shared::wrong_receiver(m, "tuple", value)),
    }
}

fn tuple_new(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (class, rest) = shared::constructed_class(args);
    let rest = match (class == crate::types::TUPLE, rest.split_last()) {
        // Keyword arguments are for the `__init__` of a derived class.
        (false, Some((_, positional))) => positional,
        _ => rest,
    };
    let made = match shared::one_optional_argument(m, "tuple", rest)? {
        None => m.heap.new_tuple(&[])?,
        Some(tuple @ Value::Tuple(_)) => tuple,
        Some(iterable) => {
            let items = m.collect_items(iterable)?;
            m.tuple_of_collected(items)?
        }
    };
    m.wrap_payload(class, made)
}

fn compared(m: &mut Machine, op: CompareOperator, args: &[Value]) -> Result<Value, Fault> {
    let &[left, right] = args else { return Ok(Value::NotImplemented) };
    match (m.unwrap(left), m.unwrap(right)) {
        (left @ Value::Tuple(_), right @ Value::Tuple(_)) => m.compare(op, left, right),
        _ => Ok(Value::NotImplemented),
    }
}

fn tuple_lt(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    compared(m, CompareOperator::Lt, args)
}

fn tuple_le(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    compared(m, CompareOperator::Le, args)
}

fn tuple_eq(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    compared(m, CompareOperator::Eq, args)
}

fn tuple_ne(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    compared(m, CompareOperator::Ne, args)
}

fn tuple_gt(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    compared(m, CompareOperator::Gt, args)
}

fn tuple_ge(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    compared(m, CompareOperator::Ge, args)
}

fn tuple_hash(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let tuple = tuple_of(m, args.first().copied().unwrap_or(Value::None))?;
    m.hash_native(Value::Tuple(tuple)).map(Value::Int)
}

fn tuple_add(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let &[left, right] = args else { return Ok(Value::NotImplemented) };
    match (m.unwrap(left), m.unwrap(right)) {
        (left @ Value::Tuple(_), right @ Value::Tuple(_)) => m.binary(BinaryOperator::Add, left, right),
        _ => {
            let name = m.type_name(right);
            Err(m.type_error(format!("can only concatenate tuple (not \"{name}\") to tuple")))
        }
    }
}

fn tuple_getnewargs(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let tuple = tuple_of(m, args.first().copied().unwrap_or(Value::None))?;
    m.heap.new_tuple(&[Value::Tuple(tuple)])
}

fn tuple_count(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let &[receiver, wanted] = args else { return Ok(Value::None) };
    let tuple = Value::Tuple(tuple_of(m, receiver)?);
    shared::count_items(m, tuple, wanted)
}

fn tuple_index(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (&[receiver, wanted, ..], bounds) = (args, args.get(2..).unwrap_or(&[])) else { return Ok(Value::None) };
    let tuple = Value::Tuple(tuple_of(m, receiver)?);
    let length = m.length_native(tuple)?;
    let (start, stop) = shared::search_bounds(m, bounds, length)?;
    match shared::find_item(m, tuple, wanted, start, stop)? {
        Some(index) => Ok(Value::Int(index as i64)),
        None => Err(m.value_error("tuple.index(x): x not in tuple")),
    }
}
