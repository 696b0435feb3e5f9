//! Rounding, and taking floats apart.

use crate::builtins::numbers::argument;
use crate::fault::Fault;
use crate::machine::{Machine, NumberKind, OnReturn, number_kind};
use crate::names;
use crate::value::Value;

use super::accurate::{scale, split, walk};
use super::{Failure, call_again, one};

/// `math.floor(x)` and `math.ceil(x)`
pub(super) fn round_by(machine: &mut Machine, args: &[Value], name: &'static str) -> Result<Value, Fault> {
    let value = argument(args, 0);
    let method = if name == "floor" { names::FLOOR } else { names::CEIL };
    if machine.is_guest_special(value, method).is_some() {
        let method = machine.is_guest_special(value, method).unwrap_or(Value::None);
        return machine.call_special(method, value, &[], OnReturn::Push);
    }
    let data = machine.unwrap(value);
    if number_kind(data) == Some(NumberKind::Int) {
        return machine.to_int_value(data);
    }
    let number = one(machine, name, args)?;
    machine.float_to_int(if name == "floor" { number.floor() } else { number.ceil() })
}

/// `math.trunc(x)`
pub(super) fn trunc(machine: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let value = argument(args, 0);
    if let Some(method) = machine.is_guest_special(value, names::TRUNC) {
        return machine.call_special(method, value, &[], OnReturn::Push);
    }
    match machine.unwrap(value) {
        Value::Float(number) => machine.float_to_int(number.get()),
        data if number_kind(data) == Some(NumberKind::Int) => machine.to_int_value(data),
        _ => {
            let name = machine.type_name(value);
            Err(machine.type_error(format!("type {name} doesn't define __trunc__ method")))
        }
    }
}

/// `math.frexp(x)`
pub(super) fn frexp(machine: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (fraction, exponent) = split(one(machine, "frexp", args)?);
    machine.heap.new_tuple(&[Value::float(fraction), Value::Int(i64::from(exponent))])
}

/// `math.modf(x)`
pub(super) fn modf(machine: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let number = one(machine, "modf", args)?;
    let whole = number.trunc();
    let fraction = if number.is_infinite() { 0.0 } else { number - whole };
    machine.heap.new_tuple(&[Value::float(fraction.copysign(number)), Value::float(whole)])
}

/// `math.ldexp(x, i)`
pub(super) fn ldexp(machine: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let number = match machine.to_float(argument(args, 0)) {
        Ok(number) => number,
        Err(Fault::Fallback) => return Err(call_again(machine, "_math_mixed", "ldexp", args)),
        Err(fault) => return Err(fault),
    };
    if !machine.is_int(argument(args, 1)) {
        return Err(machine.type_error("Expected an int as second argument to ldexp."));
    }
    let exponent = machine.unwrap(argument(args, 1));
    let exponent = machine.to_clamped_index(exponent)?;
    let result = scale(number, exponent);
    if result.is_infinite() && number.is_finite() {
        return Err(Failure::Range.raise(machine));
    }
    Ok(Value::float(result))
}

/// `math.nextafter(x, y, *, steps=None)`
pub(super) fn next_after(machine: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (from, to) = (machine.to_float(argument(args, 0))?, machine.to_float(argument(args, 1))?);
    let steps = match argument(args, 2) {
        Value::Undef | Value::None => 1,
        value => machine.to_clamped_index(value)?,
    };
    let Ok(steps) = u64::try_from(steps) else {
        return Err(machine.value_error("steps must be a non-negative integer"));
    };
    Ok(Value::float(walk(from, to, steps)))
}
