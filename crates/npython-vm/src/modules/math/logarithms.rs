//! Logarithms, also of ints beyond the range of floats.

use num_bigint::Sign;
use num_traits::ToPrimitive;

use crate::builtins::numbers::{argument, missing};
use crate::fault::Fault;
use crate::machine::Machine;
use crate::numeric::float;
use crate::value::Value;

use super::{Failure, call_again};

/// Bits of a large int that decide its logarithm.
const LEADING_BITS: u64 = 64;

/// `math.log(x, base)`
pub(super) fn log(machine: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (value, base) = (argument(args, 0), argument(args, 1));
    let logarithm = match logarithm(machine, value, f64::ln) {
        Err(Fault::Fallback) => return Err(machine.prelude_call("_math_log", &[value, missing(base)])),
        result => result?,
    };
    if base.is_undef() {
        return Ok(Value::float(logarithm));
    }
    let divisor = match self::logarithm(machine, base, f64::ln) {
        Err(Fault::Fallback) => return Err(machine.prelude_call("_math_log", &[value, base])),
        result => result?,
    };
    let quotient = float::divide(logarithm, divisor);
    machine.float_result(quotient)
}

/// `math.log2(x)` and `math.log10(x)`
pub(super) fn log_of_base(
    machine: &mut Machine,
    args: &[Value],
    name: &str,
    compute: fn(f64) -> f64,
) -> Result<Value, Fault> {
    match logarithm(machine, argument(args, 0), compute) {
        Err(Fault::Fallback) => Err(call_again(machine, "_math_log_of", name, args)),
        result => result.map(Value::float),
    }
}

/// The logarithm of an int of any size or of a float.
fn logarithm(machine: &mut Machine, value: Value, compute: fn(f64) -> f64) -> Result<f64, Fault> {
    if let Value::BigInt(id) = machine.unwrap(value) {
        let number = machine.heap.big_ints.get(id);
        if number.sign() == Sign::Minus {
            return Err(Failure::Domain.raise(machine));
        }
        if let Some(whole) = number.to_f64().filter(|whole| whole.is_finite()) {
            return Ok(compute(whole));
        }
        let dropped = number.bits() - LEADING_BITS;
        let leading = (number.magnitude() >> dropped).to_f64().unwrap_or(f64::MAX);
        // As a fraction below one and a power of two, like `frexp`.
        let fraction = leading / 18_446_744_073_709_551_616.0;
        return Ok(compute(2.0).mul_add((dropped + LEADING_BITS) as f64, compute(fraction)));
    }
    let number = machine.to_float(value)?;
    if number.is_nan() || number == f64::INFINITY {
        return Ok(number);
    }
    if number > 0.0 { Ok(compute(number)) } else { Err(Failure::Domain.raise(machine)) }
}
