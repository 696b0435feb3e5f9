//! `float`: constructor, methods, attributes (<https://docs.python.org/3.13/library/stdtypes.html#additional-methods-on-float>).

use crate::builtins::numbers::{argument, divmod_numbers, round_float};
use crate::fault::Fault;
use crate::machine::{Machine, NumberKind, number_kind};
use crate::names;
use crate::native::{NativeDef, Signature, class_method, constructor, getter, method, static_method, wrapper};
use crate::numeric::float;
use crate::text::float_repr;
use crate::types;
use crate::types::int::format_number;
use crate::types::number_methods::{comparison, operator, reflected_operator};
use crate::value::Value;

/// Methods of `float`.
pub(crate) const METHODS: &[NativeDef] = &[
    constructor(Signature::Named("x=, /"), float_new),
    operator!("__add__", Float, Add),
    reflected_operator!("__radd__", Float, Add),
    operator!("__sub__", Float, Sub),
    reflected_operator!("__rsub__", Float, Sub),
    operator!("__mul__", Float, Mul),
    reflected_operator!("__rmul__", Float, Mul),
    operator!("__truediv__", Float, TrueDiv),
    reflected_operator!("__rtruediv__", Float, TrueDiv),
    operator!("__floordiv__", Float, FloorDiv),
    reflected_operator!("__rfloordiv__", Float, FloorDiv),
    operator!("__mod__", Float, Mod),
    reflected_operator!("__rmod__", Float, Mod),
    wrapper("__pow__", Signature::Positional(1, 2), |machine, args| power(machine, args, false)),
    wrapper("__rpow__", Signature::Positional(1, 2), |machine, args| power(machine, args, true)),
    wrapper("__divmod__", Signature::One, |machine, args| divmod_method(machine, args, false)),
    wrapper("__rdivmod__", Signature::One, |machine, args| divmod_method(machine, args, true)),
    comparison!("__lt__", Float, Lt),
    comparison!("__le__", Float, Le),
    comparison!("__eq__", Float, Eq),
    comparison!("__ne__", Float, Ne),
    comparison!("__gt__", Float, Gt),
    comparison!("__ge__", Float, Ge),
    wrapper("__neg__", Signature::None, |machine, args| Ok(Value::float(-receiver(machine, args)))),
    wrapper("__pos__", Signature::None, plain),
    wrapper("__abs__", Signature::None, |machine, args| Ok(Value::float(receiver(machine, args).abs()))),
    wrapper("__bool__", Signature::None, |machine, args| Ok(Value::bool(receiver(machine, args) != 0.0))),
    wrapper("__int__", Signature::None, truncate),
    wrapper("__float__", Signature::None, plain),
    wrapper("__hash__", Signature::None, |machine, args| {
        let value = machine.unwrap(argument(args, 0));
        match value {
            Value::Float(number) if number.get().is_nan() => {
                machine.heap.identity_hash(argument(args, 0)).map(Value::Int)
            }
            _ => machine.hash_native(value).map(Value::Int),
        }
    }),
    wrapper("__repr__", Signature::None, |machine, args| {
        let text = float_repr::float_repr(receiver(machine, args));
        machine.heap.new_string(text)
    }),
    method("__format__", Signature::One, format_number),
    method("__trunc__", Signature::None, truncate),
    method("__floor__", Signature::None, |machine, args| {
        let value = receiver(machine, args);
        machine.float_to_int(value.floor())
    }),
    method("__ceil__", Signature::None, |machine, args| {
        let value = receiver(machine, args);
        machine.float_to_int(value.ceil())
    }),
    method("__round__", Signature::Positional(0, 1), |machine, args| {
        let value = receiver(machine, args);
        round_float(machine, Value::float(value), value, argument(args, 1))
    }),
    method("__getnewargs__", Signature::None, |machine, args| {
        let value = receiver(machine, args);
        machine.heap.new_tuple(&[Value::float(value)])
    }),
    static_method("__getformat__", Signature::One, get_format),
    method("as_integer_ratio", Signature::None, as_integer_ratio),
    method("conjugate", Signature::None, plain),
    method("hex", Signature::None, |machine, args| {
        let text = float::float_to_hex(receiver(machine, args));
        machine.heap.new_string(text)
    }),
    method("is_integer", Signature::None, |machine, args| Ok(Value::bool(float::is_integer(receiver(machine, args))))),
    class_method("fromhex", Signature::One, from_hex),
    getter("real", plain),
    getter("imag", |_, _| Ok(Value::float(0.0))),
];

fn receiver(machine: &Machine, args: &[Value]) -> f64 {
    match machine.unwrap(argument(args, 0)) {
        Value::Float(number) => number.get(),
        _ => f64::NAN,
    }
}

fn plain(machine: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    Ok(Value::float(receiver(machine, args)))
}

fn truncate(machine: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let value = receiver(machine, args);
    machine.float_to_int(value)
}

/// The other operand as a float; `None` when it is no real number.
fn real_operand(machine: &mut Machine, args: &[Value]) -> Result<Option<f64>, Fault> {
    let other = machine.unwrap(argument(args, 1));
    match number_kind(other) {
        Some(NumberKind::Int | NumberKind::Float) => machine.real_to_float(other).map(Some),
        _ => Ok(None),
    }
}

fn power(machine: &mut Machine, args: &[Value], reflected: bool) -> Result<Value, Fault> {
    let own = receiver(machine, args);
    let Some(other) = real_operand(machine, args)? else { return Ok(Value::NotImplemented) };
    if argument(args, 2).given().is_some_and(|modulus| !modulus.is_none()) {
        return Err(machine.type_error("pow() 3rd argument not allowed unless all arguments are integers"));
    }
    let (base, exponent) = if reflected { (other, own) } else { (own, other) };
    machine.float_power(base, exponent)
}

fn divmod_method(machine: &mut Machine, args: &[Value], reflected: bool) -> Result<Value, Fault> {
    let own = Value::float(receiver(machine, args));
    let Some(other) = real_operand(machine, args)?.map(Value::float) else { return Ok(Value::NotImplemented) };
    let (left, right) = if reflected { (other, own) } else { (own, other) };
    Ok(divmod_numbers(machine, left, right)?.unwrap_or(Value::NotImplemented))
}

/// `float(x)`
fn float_new(machine: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let class = machine.check_new_class(argument(args, 0), types::FLOAT)?;
    let value = argument(args, 1);
    if value.is_undef() {
        return machine.wrap_payload(class, Value::float(0.0));
    }
    let data = machine.unwrap(value);
    // An instance of a class derived from str is read as text, whatever methods it has.
    if let Value::Str(_) | Value::Bytes(_) | Value::ByteArray(_) = data {
        let number = parse(machine, data)?;
        return machine.wrap_payload(class, number);
    }
    if machine.is_bytes_like(value) {
        let copied = machine.byte_copy(value)?.unwrap_or_default();
        let copied = machine.heap.new_bytes(copied)?;
        let number = parse(machine, copied)?;
        return machine.wrap_payload(class, number);
    }
    let guest_float = machine.is_guest_special(value, names::FLOAT).is_some();
    if guest_float || (number_kind(data).is_none() && machine.is_guest_special(value, names::INDEX).is_some()) {
        return Err(machine.prelude_call("_float_of_object", &[Value::Type(class), value]));
    }
    match number_kind(data) {
        Some(NumberKind::Int | NumberKind::Float) => {
            let number = machine.real_to_float(data)?;
            machine.wrap_payload(class, Value::float(number))
        }
        _ => {
            let name = machine.type_name(value);
            Err(machine.type_error(format!("float() argument must be a string or a real number, not '{name}'")))
        }
    }
}

fn parse(machine: &mut Machine, text: Value) -> Result<Value, Fault> {
    let length = match text {
        Value::Str(id) => machine.heap.str(id).len(),
        Value::Bytes(id) => machine.heap.bytes.get(id).data.len(),
        Value::ByteArray(id) => machine.heap.byte_arrays.get(id).data.len(),
        _ => 0,
    };
    machine.charge_bytes(length.saturating_mul(4))?;
    let parsed = match text {
        Value::Str(id) => float_repr::parse_float(machine.heap.str(id), &machine.go_on()),
        Value::Bytes(id) => float_repr::parse_float_bytes(&machine.heap.bytes.get(id).data, &machine.go_on()),
        Value::ByteArray(id) => {
            float_repr::parse_float_bytearray(&machine.heap.byte_arrays.get(id).data, &machine.go_on())
        }
        _ => return Err(Fault::Halt),
    };
    match machine.float_result(parsed)? {
        Value::Float(number) => Ok(machine.heap.float_of_text(number.get())),
        other => Ok(other),
    }
}

fn as_integer_ratio(machine: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    match float::as_integer_ratio(receiver(machine, args)) {
        Ok((numerator, denominator)) => {
            let (numerator, denominator) = (machine.integer_value(numerator)?, machine.integer_value(denominator)?);
            machine.heap.new_tuple(&[numerator, denominator])
        }
        Err(error) => Err(machine.raise_guest_error(error)),
    }
}

/// `float.fromhex(string)`
fn from_hex(machine: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let Value::Str(text) = machine.unwrap(argument(args, 1)) else {
        return Err(machine.type_error("bad argument type for built-in operation"));
    };
    machine.charge_bytes(machine.heap.str(text).len())?;
    let parsed = float::parse_hex_float(machine.heap.str(text), &machine.go_on());
    let number = machine.float_result(parsed)?;
    match argument(args, 0) {
        Value::Type(class) if class == types::FLOAT => Ok(number),
        class => {
            machine.pending = crate::machine::PendingCall {
                callable: class,
                args: smallvec::smallvec![number],
                ..Default::default()
            };
            Err(Fault::Call)
        }
    }
}

fn get_format(machine: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    match argument(args, 0) {
        Value::Str(id) if matches!(machine.heap.str(id), "double" | "float") => {
            machine.heap.new_str("IEEE, little-endian")
        }
        Value::Str(_) => Err(machine.value_error("__getformat__() argument 1 must be 'double' or 'float'")),
        other => {
            let name = machine.type_name(other);
            Err(machine.type_error(format!("__getformat__() argument must be str, not {name}")))
        }
    }
}
