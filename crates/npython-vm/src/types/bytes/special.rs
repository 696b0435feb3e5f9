//! Special methods of bytes and bytearray.

use npython_bytecode::{BinaryOperator, CompareOperator};

use crate::fault::Fault;
use crate::machine::Machine;
use crate::names;
use crate::text::search::find_paced;
use crate::value::Value;

use super::{BYTE_RANGE, argument, byte_argument, data, receiver};

pub(crate) fn add(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let receiver = receiver(m, args)?;
    let other = argument(args, 1);
    if !m.is_bytes_like(other) {
        let (found, own) = (m.type_name(other), m.type_name(args.first().copied().unwrap_or(Value::None)));
        return Err(m.type_error(format!("can't concat {found} to {own}")));
    }
    let other = m.unwrap(other);
    m.binary(BinaryOperator::Add, receiver, other)
}

pub(crate) fn multiply(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let receiver = receiver(m, args)?;
    let count = m.size_argument(argument(args, 1))?;
    m.binary(BinaryOperator::Mul, receiver, Value::Int(count))
}

pub(crate) fn modulo(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let receiver = receiver(m, args)?;
    m.percent_format(receiver, argument(args, 1))
}

pub(crate) fn reflected_modulo(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let template = m.unwrap(argument(args, 1));
    let own = receiver(m, args)?;
    match (template, own) {
        (Value::Bytes(_), Value::Bytes(_)) | (Value::ByteArray(_), Value::ByteArray(_)) => {
            m.percent_format(template, own)
        }
        _ => Ok(Value::NotImplemented),
    }
}

pub(crate) fn contains(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let receiver = receiver(m, args)?;
    let wanted = argument(args, 1);
    let needle = match m.byte_copy(wanted)? {
        Some(needle) => needle,
        None => match m.unwrap(wanted) {
            Value::Int(_) | Value::True | Value::False | Value::BigInt(_) => {
                vec![byte_argument(m, wanted, BYTE_RANGE)?]
            }
            Value::Instance(_) if m.special(wanted, names::INDEX).is_some() => return Err(Fault::Fallback),
            _ => {
                let name = m.type_name(wanted);
                return Err(m.type_error(format!("a bytes-like object is required, not '{name}'")));
            }
        },
    };
    m.charge_bytes(data(m, receiver).len())?;
    let found = find_paced(data(m, receiver), &needle, &m.go_on());
    Ok(Value::bool(m.unless_interrupted(found)?.is_some()))
}

fn compare(m: &mut Machine, args: &[Value], op: CompareOperator) -> Result<Value, Fault> {
    let receiver = receiver(m, args)?;
    if let (Value::Bytes(_), Value::Object(_)) = (receiver, argument(args, 1)) {
        // Bytes know bytes only; the view compares its items.
        return Ok(Value::NotImplemented);
    }
    let Some(other) = m.byte_copy(argument(args, 1))? else { return Ok(Value::NotImplemented) };
    m.charge_bytes(other.len())?;
    let order = data(m, receiver).cmp(&other);
    Ok(Value::bool(match op {
        CompareOperator::Eq => order.is_eq(),
        CompareOperator::Ne => order.is_ne(),
        CompareOperator::Lt => order.is_lt(),
        CompareOperator::Le => order.is_le(),
        CompareOperator::Gt => order.is_gt(),
        CompareOperator::Ge => order.is_ge(),
    }))
}

pub(crate) fn equal(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    compare(m, args, CompareOperator::Eq)
}

pub(crate) fn not_equal(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    compare(m, args, CompareOperator::Ne)
}

pub(crate) fn less(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    compare(m, args, CompareOperator::Lt)
}

pub(crate) fn less_or_equal(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    compare(m, args, CompareOperator::Le)
}

pub(crate) fn greater(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    compare(m, args, CompareOperator::Gt)
}

pub(crate) fn greater_or_equal(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    compare(m, args, CompareOperator::Ge)
}

pub(crate) fn get_item(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let receiver = receiver(m, args)?;
    m.subscript(receiver, argument(args, 1))
}

pub(crate) fn hash(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let receiver = receiver(m, args)?;
    m.hash_native(receiver).map(Value::Int)
}

pub(crate) fn iter(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let receiver = receiver(m, args)?;
    m.get_iter(receiver)
}

pub(crate) fn len(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let receiver = receiver(m, args)?;
    Ok(Value::Int(data(m, receiver).len() as i64))
}

pub(crate) fn repr(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let given = argument(args, 0);
    let receiver = receiver(m, args)?;
    let shown = m.repr_value(receiver)?;
    match (receiver, given, shown) {
        // One of a derived class is shown under the name of its class.
        (Value::ByteArray(_), Value::Instance(_), Value::Str(id)) => {
            let name = m.type_name(given);
            m.prepare_text(m.heap.str(id).len() + name.len())?;
            let arguments = m.heap.str(id).strip_prefix("bytearray").unwrap_or_default();
            let text = format!("{name}{arguments}");
            m.heap.new_string(text)
        }
        _ => Ok(shown),
    }
}

pub(crate) fn bytes(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    receiver(m, args)
}

pub(crate) fn get_new_args(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let receiver = receiver(m, args)?;
    m.heap.new_tuple(&[receiver])
}

/// Bytes CPython's object has.
pub(crate) fn size_of_object(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let receiver = receiver(m, args)?;
    let length = data(m, receiver).len() as i64;
    Ok(Value::Int(match receiver {
        Value::ByteArray(_) if length == 0 => 56,
        Value::ByteArray(_) => 57 + length,
        _ => 33 + length,
    }))
}
