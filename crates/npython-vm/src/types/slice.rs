//! `slice`.

use npython_bytecode::CompareOperator;
use num_bigint::BigInt;
use num_traits::{One, Signed, Zero};

use crate::fault::Fault;
use crate::machine::Machine;
use crate::names;
use crate::native::{NativeDef, Signature, constructor, getter, method, wrapper};
use crate::objects::Slice;
use crate::types::container_methods as shared;
use crate::value::Value;

pub(crate) const METHODS: &[NativeDef] = &[
    constructor(Signature::Open, slice_new),
    wrapper("__repr__", Signature::None, shared::repr),
    wrapper("__hash__", Signature::None, slice_hash).or("_hash_parts"),
    wrapper("__lt__", Signature::One, |m, args| compared(m, CompareOperator::Lt, args)),
    wrapper("__le__", Signature::One, |m, args| compared(m, CompareOperator::Le, args)),
    wrapper("__eq__", Signature::One, |m, args| compared(m, CompareOperator::Eq, args)),
    wrapper("__ne__", Signature::One, |m, args| compared(m, CompareOperator::Ne, args)),
    wrapper("__gt__", Signature::One, |m, args| compared(m, CompareOperator::Gt, args)),
    wrapper("__ge__", Signature::One, |m, args| compared(m, CompareOperator::Ge, args)),
    method("__reduce__", Signature::None, slice_reduce),
    method("indices", Signature::One, slice_indices).or("_slice_indices"),
    getter("start", |m, args| Ok(slice_of(m, args)?.start)),
    getter("stop", |m, args| Ok(slice_of(m, args)?.stop)),
    getter("step", |m, args| Ok(slice_of(m, args)?.step)),
];

fn slice_of(m: &mut Machine, args: &[Value]) -> Result<Slice, Fault> {
    match args.first() {
        Some(Value::Slice(id)) => Ok(*m.heap.slices.get(*id)),
        other => Err(shared::wrong_receiver(m, "slice", other.copied().unwrap_or(Value::None))),
    }
}

fn slice_new(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (_, rest) = shared::constructed_class(args);
    match shared::no_keywords(m, "slice", rest)? {
        &[stop] => m.heap.new_slice(Value::None, stop, Value::None),
        &[start, stop] => m.heap.new_slice(start, stop, Value::None),
        &[start, stop, step] => m.heap.new_slice(start, stop, step),
        [] => Err(m.type_error("slice expected at least 1 argument, got 0")),
        more => {
            let count = more.len();
            Err(m.type_error(format!("slice expected at most 3 arguments, got {count}")))
        }
    }
}

fn compared(m: &mut Machine, op: CompareOperator, args: &[Value]) -> Result<Value, Fault> {
    let &[left, right] = args else { return Ok(Value::NotImplemented) };
    m.compare_method_result(op, left, right)
}

fn slice_hash(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    match args.first() {
        Some(slice) => m.hash_native(*slice).map(Value::Int),
        None => Ok(Value::None),
    }
}

/// `__reduce__`: the class and its arguments, by which it is copied.
fn slice_reduce(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let Slice { start, stop, step } = slice_of(m, args)?;
    let arguments = m.heap.new_tuple(&[start, stop, step])?;
    m.heap.new_tuple(&[Value::Type(crate::types::SLICE), arguments])
}

/// A part of a slice as an int; `None` for None.
fn part(m: &mut Machine, value: Value) -> Result<Option<BigInt>, Fault> {
    match m.unwrap(value) {
        Value::None => Ok(None),
        Value::Int(number) => Ok(Some(BigInt::from(number))),
        Value::True => Ok(Some(BigInt::one())),
        Value::False => Ok(Some(BigInt::zero())),
        Value::BigInt(id) => Ok(Some(m.heap.big_ints.get(id).clone())),
        _ if m.special(value, names::INDEX).is_some() => Err(Fault::Fallback),
        _ => Err(m.type_error("slice indices must be integers or None or have an __index__ method")),
    }
}

/// `slice.indices(length)`
fn slice_indices(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let slice = slice_of(m, args)?;
    let given = args.get(1).copied().unwrap_or(Value::None);
    let length = match m.index_value(given) {
        Err(Fault::Call) => return Err(Fault::Fallback),
        other => other?,
    };
    let length = part(m, length)?.unwrap_or_default();
    if length.is_negative() {
        return Err(m.value_error("length should not be negative"));
    }
    let step = part(m, slice.step)?.unwrap_or_else(BigInt::one);
    if step.is_zero() {
        return Err(m.value_error("slice step cannot be zero"));
    }
    let backward = step.is_negative();
    let (lowest, highest) =
        if backward { (-BigInt::one(), &length - BigInt::one()) } else { (BigInt::zero(), length.clone()) };
    let limited = |value: BigInt| {
        if value.is_negative() { (value + &length).max(lowest.clone()) } else { value.min(highest.clone()) }
    };
    let start = part(m, slice.start)?.map_or_else(|| if backward { highest.clone() } else { lowest.clone() }, limited);
    let stop = part(m, slice.stop)?.map_or_else(|| if backward { lowest.clone() } else { highest.clone() }, limited);
    let items = [m.heap.new_int(start)?, m.heap.new_int(stop)?, m.heap.new_int(step)?];
    m.heap.new_tuple(&items)
}
