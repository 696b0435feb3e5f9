//! Special methods of `str`.

use npython_bytecode::{BinaryOperator, CompareOperator};

use crate::fault::Fault;
use crate::machine::Machine;
use crate::objects::Str;
use crate::text::search::find_paced;
use crate::value::{Id, Value};

fn other_argument(args: &[Value]) -> Value {
    args.get(1).copied().unwrap_or(Value::None)
}

pub(super) fn add(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = m.str_receiver(args)?;
    match m.as_str(other_argument(args)) {
        Some(other) => m.binary(BinaryOperator::Add, Value::Str(id), Value::Str(other)),
        None => {
            let name = m.type_name(other_argument(args));
            Err(m.type_error(format!("can only concatenate str (not \"{name}\") to str")))
        }
    }
}

pub(super) fn multiply(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = m.str_receiver(args)?;
    let count = m.size_argument(other_argument(args))?;
    m.binary(BinaryOperator::Mul, Value::Str(id), Value::Int(count))
}

pub(super) fn modulo(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = m.str_receiver(args)?;
    m.percent_format(Value::Str(id), other_argument(args))
}

pub(super) fn reflected_modulo(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    match m.as_str(other_argument(args)) {
        Some(template) => m.percent_format(Value::Str(template), args.first().copied().unwrap_or(Value::None)),
        None => Ok(Value::NotImplemented),
    }
}

pub(super) fn contains(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = m.str_receiver(args)?;
    let Some(part) = m.as_str(other_argument(args)) else {
        let name = m.type_name(other_argument(args));
        return Err(m.type_error(format!("'in <string>' requires string as left operand, not {name}")));
    };
    m.charge_bytes(m.heap.str(id).len())?;
    let found = find_paced(m.heap.str(id).as_bytes(), m.heap.str(part).as_bytes(), &m.go_on());
    Ok(Value::bool(m.unless_interrupted(found)?.is_some()))
}

fn compare(m: &mut Machine, args: &[Value], op: CompareOperator) -> Result<Value, Fault> {
    let id = m.str_receiver(args)?;
    match m.as_str(other_argument(args)) {
        Some(other) => m.compare(op, Value::Str(id), Value::Str(other)),
        None => Ok(Value::NotImplemented),
    }
}

pub(super) fn equal(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    compare(m, args, CompareOperator::Eq)
}

pub(super) fn not_equal(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    compare(m, args, CompareOperator::Ne)
}

pub(super) fn less(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    compare(m, args, CompareOperator::Lt)
}

pub(super) fn less_or_equal(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    compare(m, args, CompareOperator::Le)
}

pub(super) fn greater(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    compare(m, args, CompareOperator::Gt)
}

pub(super) fn greater_or_equal(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    compare(m, args, CompareOperator::Ge)
}

pub(super) fn get_item(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = m.str_receiver(args)?;
    m.subscript(Value::Str(id), other_argument(args))
}

pub(super) fn format(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = m.str_receiver(args)?;
    let spec = m.str_argument(other_argument(args), "__format__() argument")?;
    m.format_value(Value::Str(id), Some(Value::Str(spec)))
}

pub(super) fn get_new_args(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = m.str_receiver(args)?;
    // A string of its own, as CPython gives.
    m.charge_bytes(m.heap.str(id).len())?;
    let text = m.heap.str(id).to_owned();
    let copied = if m.has_surrogates(id) { m.heap.new_surrogate_str(text)? } else { m.heap.new_string(text)? };
    m.heap.new_tuple(&[copied])
}

pub(super) fn hash(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = m.str_receiver(args)?;
    Ok(Value::Int(m.hash_of_str(id)))
}

pub(super) fn iter(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = m.str_receiver(args)?;
    m.get_iter(Value::Str(id))
}

pub(super) fn len(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = m.str_receiver(args)?;
    Ok(Value::Int(m.str_length(id) as i64))
}

pub(super) fn repr(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = m.str_receiver(args)?;
    m.repr_value(Value::Str(id))
}

pub(super) fn str(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    Ok(Value::Str(m.str_receiver(args)?))
}

/// Bytes CPython's string object has: a header by kind of the widest character, and the characters.
pub(super) fn size_of_object(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = m.str_receiver(args)?;
    Ok(Value::Int(size_in_cpython(m, id)))
}

fn size_in_cpython(m: &Machine, id: Id<Str>) -> i64 {
    let length = m.str_length(id) as i64;
    let widest = m.heap.str(id).chars().max().map_or(0, |character| character as u32);
    match widest {
        0..=0x7F => 41 + length,
        0x80..=0xFF => 57 + length,
        0x100..=0xFFFF => 58 + 2 * length,
        _ => 60 + 4 * length,
    }
}
