//! `int` and `bool`: constructors, methods, attributes (<https://docs.python.org/3.13/library/stdtypes.html#numeric-types-int-float-complex>).

use npython_bytecode::BinaryOperator;

use crate::builtins::numbers::{argument, divmod_numbers, pow, round_int};
use crate::fault::Fault;
use crate::machine::{IntOperand, Machine, NumberKind, code_point, number_kind};
use crate::names;
use crate::native::{NativeDef, Signature, class_method, constructor, getter, method, wrapper};
use crate::numeric::cost;
use crate::numeric::integer::{self, ByteOrder};
use crate::objects::TypeObject;
use crate::pace::{Room, UNASKED};
use crate::text::string_repr::code_points_repr;
use crate::types;
use crate::types::number_methods::{comparison, operator, reflected_operator};
use crate::value::{Id, Value};

/// Methods of `int`.
pub(crate) const METHODS: &[NativeDef] = &[
    constructor(Signature::Named("x=, /, base="), int_new),
    operator!("__add__", Int, Add),
    reflected_operator!("__radd__", Int, Add),
    operator!("__sub__", Int, Sub),
    reflected_operator!("__rsub__", Int, Sub),
    operator!("__mul__", Int, Mul),
    reflected_operator!("__rmul__", Int, Mul),
    operator!("__truediv__", Int, TrueDiv),
    reflected_operator!("__rtruediv__", Int, TrueDiv),
    operator!("__floordiv__", Int, FloorDiv),
    reflected_operator!("__rfloordiv__", Int, FloorDiv),
    operator!("__mod__", Int, Mod),
    reflected_operator!("__rmod__", Int, Mod),
    operator!("__lshift__", Int, Lshift),
    reflected_operator!("__rlshift__", Int, Lshift),
    operator!("__rshift__", Int, Rshift),
    reflected_operator!("__rrshift__", Int, Rshift),
    operator!("__and__", Int, And),
    reflected_operator!("__rand__", Int, And),
    operator!("__or__", Int, Or),
    reflected_operator!("__ror__", Int, Or),
    operator!("__xor__", Int, Xor),
    reflected_operator!("__rxor__", Int, Xor),
    wrapper("__pow__", Signature::Positional(1, 2), |machine, args| power(machine, args, false)),
    wrapper("__rpow__", Signature::Positional(1, 2), |machine, args| power(machine, args, true)),
    wrapper("__divmod__", Signature::One, |machine, args| divmod_method(machine, args, false)),
    wrapper("__rdivmod__", Signature::One, |machine, args| divmod_method(machine, args, true)),
    comparison!("__lt__", Int, Lt),
    comparison!("__le__", Int, Le),
    comparison!("__eq__", Int, Eq),
    comparison!("__ne__", Int, Ne),
    comparison!("__gt__", Int, Gt),
    comparison!("__ge__", Int, Ge),
    wrapper("__neg__", Signature::None, |machine, args| {
        let value = receiver(machine, args);
        machine.negative(value)
    }),
    wrapper("__pos__", Signature::None, plain),
    wrapper("__abs__", Signature::None, |machine, args| {
        let value = receiver(machine, args);
        machine.absolute(value)
    }),
    wrapper("__invert__", Signature::None, |machine, args| {
        let value = receiver(machine, args);
        machine.invert(value)
    }),
    wrapper("__bool__", Signature::None, |machine, args| {
        let value = receiver(machine, args);
        Ok(Value::bool(value != Value::Int(0)))
    }),
    wrapper("__int__", Signature::None, plain),
    wrapper("__index__", Signature::None, plain),
    wrapper("__float__", Signature::None, |machine, args| {
        let value = receiver(machine, args);
        machine.real_to_float(value).map(Value::float)
    }),
    wrapper("__hash__", Signature::None, |machine, args| {
        let value = receiver(machine, args);
        machine.hash_native(value).map(Value::Int)
    }),
    wrapper("__repr__", Signature::None, |machine, args| {
        let text = machine.unwrap(argument(args, 0));
        let text = machine.repr_native(text)?;
        machine.heap.new_string(text)
    }),
    method("__format__", Signature::One, format_number),
    method("__trunc__", Signature::None, plain),
    method("__floor__", Signature::None, plain),
    method("__ceil__", Signature::None, plain),
    method("__round__", Signature::Positional(0, 1), |machine, args| {
        let value = receiver(machine, args);
        round_int(machine, value, argument(args, 1))
    }),
    method("__getnewargs__", Signature::None, |machine, args| {
        let value = receiver(machine, args);
        machine.heap.new_tuple(&[value])
    }),
    method("__sizeof__", Signature::None, |machine, args| {
        let value = receiver(machine, args);
        // CPython holds 30 bits in four bytes, behind a header of 24 bytes.
        let bits = IntOperand::of(&machine.heap, value).map_or(0, |operand| operand.big().bits());
        Ok(Value::Int(24 + 4 * (bits.div_ceil(30).max(1) as i64)))
    }),
    method("conjugate", Signature::None, plain),
    method("bit_length", Signature::None, bit_length),
    method("bit_count", Signature::None, bit_count),
    method("as_integer_ratio", Signature::None, |machine, args| {
        let value = receiver(machine, args);
        machine.heap.new_tuple(&[value, Value::Int(1)])
    }),
    method("is_integer", Signature::None, |_, _| Ok(Value::True)),
    method("to_bytes", Signature::Named("length=, byteorder=, *, signed="), to_bytes).or("_int_to_bytes"),
    class_method("from_bytes", Signature::Named("bytes, byteorder=, *, signed="), from_bytes).or("_int_from_bytes"),
    getter("real", plain),
    getter("imag", |_, _| Ok(Value::Int(0))),
    getter("numerator", plain),
    getter("denominator", |_, _| Ok(Value::Int(1))),
];

/// Methods of `bool`.
pub(crate) const BOOL_METHODS: &[NativeDef] = &[
    constructor(Signature::Named("object=, /"), bool_new),
    wrapper("__and__", Signature::One, |machine, args| bool_operator(machine, BinaryOperator::And, args)),
    wrapper("__rand__", Signature::One, |machine, args| bool_operator(machine, BinaryOperator::And, args)),
    wrapper("__or__", Signature::One, |machine, args| bool_operator(machine, BinaryOperator::Or, args)),
    wrapper("__ror__", Signature::One, |machine, args| bool_operator(machine, BinaryOperator::Or, args)),
    wrapper("__xor__", Signature::One, |machine, args| bool_operator(machine, BinaryOperator::Xor, args)),
    wrapper("__rxor__", Signature::One, |machine, args| bool_operator(machine, BinaryOperator::Xor, args)),
    wrapper("__invert__", Signature::None, |machine, args| machine.invert(argument(args, 0))),
    wrapper("__repr__", Signature::None, |machine, args| {
        machine.heap.new_str(if argument(args, 0) == Value::True { "True" } else { "False" })
    }),
];

/// The int a method is called on, a bool as the int it is.
fn receiver(machine: &Machine, args: &[Value]) -> Value {
    match machine.unwrap(argument(args, 0)) {
        Value::True => Value::Int(1),
        Value::False => Value::Int(0),
        value => value,
    }
}

fn plain(machine: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    Ok(receiver(machine, args))
}

fn bool_operator(machine: &mut Machine, op: BinaryOperator, args: &[Value]) -> Result<Value, Fault> {
    let (left, right) = (argument(args, 0), machine.unwrap(argument(args, 1)));
    if number_kind(right) != Some(NumberKind::Int) {
        return Ok(Value::NotImplemented);
    }
    Ok(machine.int_binary(op, left, right)?.unwrap_or(Value::NotImplemented))
}

/// `int.__pow__(self, value, mod=None)`
fn power(machine: &mut Machine, args: &[Value], reflected: bool) -> Result<Value, Fault> {
    let own = receiver(machine, args);
    let other = machine.unwrap(argument(args, 1));
    if number_kind(other) != Some(NumberKind::Int) {
        return Ok(Value::NotImplemented);
    }
    let modulus = argument(args, 2).given().filter(|value| !value.is_none());
    let (base, exponent) = if reflected { (other, own) } else { (own, other) };
    match modulus.map(|value| machine.unwrap(value)) {
        None => pow(machine, base, exponent, Value::None),
        Some(modulus) if number_kind(modulus) == Some(NumberKind::Int) => {
            machine.int_modular_power(base, exponent, modulus)
        }
        Some(_) => Ok(Value::NotImplemented),
    }
}

fn divmod_method(machine: &mut Machine, args: &[Value], reflected: bool) -> Result<Value, Fault> {
    let own = receiver(machine, args);
    let other = machine.unwrap(argument(args, 1));
    if number_kind(other) != Some(NumberKind::Int) {
        return Ok(Value::NotImplemented);
    }
    let (left, right) = if reflected { (other, own) } else { (own, other) };
    Ok(divmod_numbers(machine, left, right)?.unwrap_or(Value::NotImplemented))
}

/// `number.__format__(spec)`
pub(crate) fn format_number(machine: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (value, spec) = (machine.unwrap(argument(args, 0)), argument(args, 1));
    if !matches!(machine.unwrap(spec), Value::Str(_)) {
        let found = machine.type_name(spec);
        return Err(machine.type_error(format!("__format__() argument must be str, not {found}")));
    }
    machine.format_value(value, Some(spec))
}

/// `bool(object)`
fn bool_new(machine: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    machine.check_new_class(argument(args, 0), types::BOOL)?;
    match argument(args, 1) {
        Value::Undef => Ok(Value::False),
        value => machine.truth(value).map(Value::bool),
    }
}

/// `int(x, base)`
fn int_new(machine: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let class = machine.check_new_class(argument(args, 0), types::INT)?;
    let (value, base) = (argument(args, 1), argument(args, 2));
    if value.is_undef() {
        if !base.is_undef() {
            return Err(machine.type_error("int() missing string argument"));
        }
        return machine.wrap_payload(class, Value::Int(0));
    }
    if base.is_undef() {
        return int_of(machine, class, value);
    }
    let base = match machine.to_clamped_index(base) {
        Ok(base) => base,
        Err(Fault::Fallback) => return Err(machine.prelude_call("_int_with_base", &[Value::Type(class), value, base])),
        Err(fault) => return Err(fault),
    };
    match machine.unwrap(value) {
        text @ (Value::Str(_) | Value::Bytes(_) | Value::ByteArray(_)) => {
            let number = parse_int(machine, text, base)?;
            machine.wrap_payload(class, number)
        }
        _ => Err(machine.type_error("int() can't convert non-string with explicit base")),
    }
}

fn int_of(machine: &mut Machine, class: Id<TypeObject>, value: Value) -> Result<Value, Fault> {
    let guest =
        [names::INT, names::INDEX, names::TRUNC].iter().any(|name| machine.is_guest_special(value, *name).is_some());
    if guest {
        return Err(machine.prelude_call("_int_of_object", &[Value::Type(class), value]));
    }
    let number = match machine.unwrap(value) {
        number @ (Value::Int(_) | Value::BigInt(_)) => number,
        Value::True => Value::Int(1),
        Value::False => Value::Int(0),
        Value::Float(number) => machine.float_to_int(number.get())?,
        text @ (Value::Str(_) | Value::Bytes(_) | Value::ByteArray(_)) => parse_int(machine, text, 10)?,
        Value::Object(_) if machine.is_bytes_like(value) => {
            let data = machine.byte_copy(value)?.unwrap_or_default();
            let data = machine.heap.new_bytes(data)?;
            parse_int(machine, data, 10)?
        }
        _ => {
            let name = machine.type_name(value);
            let message =
                format!("int() argument must be a string, a bytes-like object or a real number, not '{name}'");
            return Err(machine.type_error(message));
        }
    };
    machine.wrap_payload(class, number)
}

fn parse_int(machine: &mut Machine, text: Value, base: i64) -> Result<Value, Fault> {
    let length = match text {
        Value::Str(id) => machine.heap.str(id).len(),
        Value::Bytes(id) => machine.heap.bytes.get(id).data.len(),
        Value::ByteArray(id) => machine.heap.byte_arrays.get(id).data.len(),
        _ => 0,
    };
    if length > 20 {
        let radix = u32::try_from(base).unwrap_or(10).clamp(2, 36);
        // Longer decimal texts are refused before they are read.
        let read = if radix.is_power_of_two() { length } else { length.min(integer::DEFAULT_DIGIT_LIMIT) };
        machine.charge(cost::parse(read as u64, radix).saturating_add(length as u64 / 16))?;
        machine.heap.reserve(length)?;
        machine.heap.release(length);
    }
    let parsed = match text {
        Value::Str(id) if machine.has_surrogates(id) => {
            // No digits, but the message shows what they are.
            let code_points: Vec<u32> = machine
                .heap
                .str(id)
                .chars()
                .take(integer::SHOWN_CHARACTERS)
                .map(|character| code_point(character, true))
                .collect();
            Err(integer::invalid_literal(base, &code_points_repr(&code_points, UNASKED).unwrap_or_default()))
        }
        Value::Str(id) => {
            integer::parse_integer(machine.heap.str(id), base, integer::DEFAULT_DIGIT_LIMIT, &machine.go_on())
        }
        Value::Bytes(id) => {
            let data = &machine.heap.bytes.get(id).data;
            integer::parse_integer_bytes(data, base, integer::DEFAULT_DIGIT_LIMIT, &machine.go_on())
        }
        Value::ByteArray(id) => {
            let data = &machine.heap.byte_arrays.get(id).data;
            integer::parse_integer_bytes(data, base, integer::DEFAULT_DIGIT_LIMIT, &machine.go_on())
        }
        _ => return Err(Fault::Halt),
    };
    match parsed {
        Ok(number) => machine.integer_value(number),
        Err(error) => Err(machine.raise_guest_error(error)),
    }
}

fn bit_length(machine: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    Ok(match receiver(machine, args) {
        Value::Int(number) => Value::Int(i64::from(u64::BITS - number.unsigned_abs().leading_zeros())),
        Value::BigInt(id) => Value::Int(machine.heap.big_ints.get(id).bits() as i64),
        other => other,
    })
}

fn bit_count(machine: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    Ok(match receiver(machine, args) {
        Value::Int(number) => Value::Int(i64::from(number.unsigned_abs().count_ones())),
        Value::BigInt(id) => {
            let number = machine.heap.big_ints.get(id);
            let (limbs, ones) = (cost::limbs(number), integer::bit_count(number));
            machine.charge(cost::linear(limbs, 0))?;
            Value::Int(ones as i64)
        }
        other => other,
    })
}

fn byte_order(machine: &mut Machine, value: Value) -> Result<ByteOrder, Fault> {
    match machine.unwrap(value) {
        Value::Undef | Value::Missing => Ok(ByteOrder::Big),
        Value::Str(id) => match ByteOrder::from_name(machine.heap.str(id)) {
            Ok(order) => Ok(order),
            Err(error) => Err(machine.raise_guest_error(error)),
        },
        other => {
            let name = machine.type_name(other);
            Err(machine.type_error(format!("argument 'byteorder' must be str, not {name}")))
        }
    }
}

/// The truth of `signed=`; a guest object is asked by the prelude.
fn signed(machine: &mut Machine, value: Value) -> Result<bool, Fault> {
    match value {
        Value::Undef | Value::Missing => Ok(false),
        other => match machine.truth(other) {
            Err(Fault::Call) => Err(Fault::Fallback),
            result => result,
        },
    }
}

/// `int.to_bytes(length=1, byteorder='big', *, signed=False)`
fn to_bytes(machine: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let length = match argument(args, 1) {
        Value::Undef => 1,
        value => machine.to_index(value)?,
    };
    let order = byte_order(machine, argument(args, 2))?;
    let signed = signed(machine, argument(args, 3))?;
    let value = receiver(machine, args);
    if let Ok(bytes) = usize::try_from(length) {
        machine.charge_bytes(bytes)?;
        machine.heap.reserve(bytes)?;
        machine.heap.release(bytes);
    }
    let Some(operand) = IntOperand::of(&machine.heap, value) else { return Err(Fault::Halt) };
    let go_on = machine.go_on();
    let bytes = integer::to_bytes(&operand.big(), length, order, signed, Room::new(usize::MAX, &go_on));
    drop(go_on);
    match bytes {
        Ok(bytes) => machine.heap.new_bytes(bytes),
        Err(error) => Err(machine.raise_guest_error(error)),
    }
}

/// `int.from_bytes(bytes, byteorder='big', *, signed=False)`
pub(crate) fn from_bytes(machine: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let order = byte_order(machine, argument(args, 2))?;
    let signed = signed(machine, argument(args, 3))?;
    let data = machine.unwrap(argument(args, 1));
    let length = match data {
        Value::Bytes(id) => machine.heap.bytes.get(id).data.len(),
        Value::ByteArray(id) => machine.heap.byte_arrays.get(id).data.len(),
        _ => return Err(Fault::Fallback),
    };
    machine.charge_bytes(length)?;
    machine.heap.reserve(length)?;
    machine.heap.release(length);
    let number = match data {
        Value::Bytes(id) => integer::from_bytes(&machine.heap.bytes.get(id).data, order, signed, &machine.go_on()),
        Value::ByteArray(id) => {
            integer::from_bytes(&machine.heap.byte_arrays.get(id).data, order, signed, &machine.go_on())
        }
        _ => return Err(Fault::Fallback),
    };
    let number = machine.unless_interrupted(number)?;
    let number = machine.integer_value(number)?;
    match argument(args, 0) {
        Value::Type(class) if class == types::INT => Ok(number),
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
