//! `complex`: constructor, methods, attributes (<https://docs.python.org/3.13/library/functions.html#complex>).

use crate::builtins::numbers::{argument, missing};
use crate::fault::Fault;
use crate::machine::{Machine, NumberKind, number_kind};
use crate::names;
use crate::native::{NativeDef, Signature, constructor, getter, method, wrapper};
use crate::numeric::complex::Complex;
use crate::types;
use crate::types::int::format_number;
use crate::types::number_methods::{comparison, operator, reflected_operator};
use crate::value::Value;

/// Methods of `complex`.
pub(crate) const METHODS: &[NativeDef] = &[
    constructor(Signature::Named("real=, imag="), complex_new),
    operator!("__add__", Complex, Add),
    reflected_operator!("__radd__", Complex, Add),
    operator!("__sub__", Complex, Sub),
    reflected_operator!("__rsub__", Complex, Sub),
    operator!("__mul__", Complex, Mul),
    reflected_operator!("__rmul__", Complex, Mul),
    operator!("__truediv__", Complex, TrueDiv),
    reflected_operator!("__rtruediv__", Complex, TrueDiv),
    wrapper("__pow__", Signature::Positional(1, 2), |machine, args| power(machine, args, false)),
    wrapper("__rpow__", Signature::Positional(1, 2), |machine, args| power(machine, args, true)),
    comparison!("__eq__", Complex, Eq),
    comparison!("__ne__", Complex, Ne),
    wrapper("__lt__", Signature::One, |_, _| Ok(Value::NotImplemented)),
    wrapper("__le__", Signature::One, |_, _| Ok(Value::NotImplemented)),
    wrapper("__gt__", Signature::One, |_, _| Ok(Value::NotImplemented)),
    wrapper("__ge__", Signature::One, |_, _| Ok(Value::NotImplemented)),
    wrapper("__neg__", Signature::None, |machine, args| {
        let number = -receiver(machine, args);
        machine.heap.new_complex(number.real, number.imaginary)
    }),
    wrapper("__pos__", Signature::None, plain),
    wrapper("__abs__", Signature::None, |machine, args| {
        let size = receiver(machine, args).absolute();
        machine.float_result(size)
    }),
    wrapper("__bool__", Signature::None, |machine, args| {
        let number = receiver(machine, args);
        Ok(Value::bool(number.real != 0.0 || number.imaginary != 0.0))
    }),
    wrapper("__hash__", Signature::None, |machine, args| {
        let value = machine.unwrap(argument(args, 0));
        machine.hash_native(value).map(Value::Int)
    }),
    wrapper("__repr__", Signature::None, |machine, args| {
        let text = receiver(machine, args).repr();
        machine.heap.new_string(text)
    }),
    method("__complex__", Signature::None, plain),
    method("__format__", Signature::One, format_number),
    method("__getnewargs__", Signature::None, |machine, args| {
        let number = receiver(machine, args);
        machine.heap.new_tuple(&[Value::float(number.real), Value::float(number.imaginary)])
    }),
    method("conjugate", Signature::None, |machine, args| {
        let number = receiver(machine, args);
        machine.heap.new_complex(number.real, -number.imaginary)
    }),
    getter("real", |machine, args| Ok(Value::float(receiver(machine, args).real))),
    getter("imag", |machine, args| Ok(Value::float(receiver(machine, args).imaginary))),
];

fn receiver(machine: &Machine, args: &[Value]) -> Complex {
    match machine.unwrap(argument(args, 0)) {
        Value::Complex(id) => {
            let number = machine.heap.complexes.get(id);
            Complex::new(number.real, number.imaginary)
        }
        _ => Complex::default(),
    }
}

fn plain(machine: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    Ok(machine.unwrap(argument(args, 0)))
}

fn power(machine: &mut Machine, args: &[Value], reflected: bool) -> Result<Value, Fault> {
    let own = receiver(machine, args);
    let other = machine.unwrap(argument(args, 1));
    if number_kind(other).is_none() {
        return Ok(Value::NotImplemented);
    }
    if argument(args, 2).given().is_some_and(|modulus| !modulus.is_none()) {
        return Err(machine.value_error("complex modulo"));
    }
    let other = machine.number_to_complex(other)?;
    let (base, exponent) = if reflected { (other, own) } else { (own, other) };
    match base.power(exponent) {
        Ok(number) => machine.heap.new_complex(number.real, number.imaginary),
        Err(error) => Err(machine.raise_guest_error(error)),
    }
}

/// `complex(real, imag)`
fn complex_new(machine: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let class = machine.check_new_class(argument(args, 0), types::COMPLEX)?;
    let (real, imaginary) = (argument(args, 1), argument(args, 2));
    if needs_prelude(machine, real) || needs_prelude(machine, imaginary) {
        return Err(
            machine.prelude_call("_complex_of_objects", &[Value::Type(class), missing(real), missing(imaginary)])
        );
    }
    if let Value::Complex(_) = real
        && imaginary.is_undef()
        && class == types::COMPLEX
    {
        return Ok(real);
    }
    if let Value::Str(text) = machine.unwrap(real) {
        if !imaginary.is_undef() {
            return Err(machine.type_error("complex() can't take second arg if first is a string"));
        }
        machine.charge_bytes(machine.heap.str(text).len().saturating_mul(4))?;
        let parsed = Complex::parse(machine.heap.str(text), &machine.go_on());
        let number = match parsed {
            Ok(number) => number,
            Err(error) => return Err(machine.raise_guest_error(error)),
        };
        let made = machine.heap.new_complex(number.real, number.imaginary)?;
        return machine.wrap_payload(class, made);
    }
    if let Value::Str(_) = machine.unwrap(imaginary) {
        return Err(machine.type_error("complex() second arg can't be a string"));
    }
    let first = part(machine, real, "complex() first argument must be a string or a number")?;
    let second = part(machine, imaginary, "complex() second argument must be a number")?;
    // A complex second argument turns by a right angle and adds up.
    let number = match (first, second) {
        (Some(first), None) => first,
        (first, second) => {
            let (first, second) = (first.unwrap_or_default(), second.unwrap_or_default());
            let complex_second = matches!(machine.unwrap(imaginary), Value::Complex(_));
            let complex_first = matches!(machine.unwrap(real), Value::Complex(_));
            Complex::new(
                if complex_second { first.real - second.imaginary } else { first.real },
                if complex_first { second.real + first.imaginary } else { second.real },
            )
        }
    };
    let made = machine.heap.new_complex(number.real, number.imaginary)?;
    machine.wrap_payload(class, made)
}

/// Whether a guest method has to convert an argument.
fn needs_prelude(machine: &Machine, value: Value) -> bool {
    let data = machine.unwrap(value);
    if matches!(data, Value::Str(_)) {
        return false;
    }
    machine.is_guest_special(value, names::COMPLEX).is_some()
        || (number_kind(data) != Some(NumberKind::Complex)
            && (machine.is_guest_special(value, names::FLOAT).is_some()
                || (number_kind(data).is_none() && machine.is_guest_special(value, names::INDEX).is_some())))
}

fn part(machine: &mut Machine, value: Value, wanted: &str) -> Result<Option<Complex>, Fault> {
    if value.is_undef() {
        return Ok(None);
    }
    let data = machine.unwrap(value);
    if number_kind(data).is_some() {
        return machine.number_to_complex(data).map(Some);
    }
    let name = machine.type_name(value);
    Err(machine.type_error(format!("{wanted}, not '{name}'")))
}
