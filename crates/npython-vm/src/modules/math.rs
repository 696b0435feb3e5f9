//! The module `math` (<https://docs.python.org/3.13/library/math.html>).

mod accurate;
mod combinatorics;
mod conversion;
mod gamma;
mod hyperbolic;
mod logarithms;
mod sums;

use crate::builtins::numbers::argument;
use crate::fault::Fault;
use crate::machine::Machine;
use crate::native::{NativeDef, Signature, function};
use crate::value::Value;

use accurate::{remainder, ulp, vector_norm};

/// Float constants: module, name, value.
pub(crate) const CONSTANTS: &[(&str, &str, f64)] = &[
    ("math", "pi", std::f64::consts::PI),
    ("math", "e", std::f64::consts::E),
    ("math", "tau", std::f64::consts::TAU),
    ("math", "inf", f64::INFINITY),
    ("math", "nan", f64::NAN),
];

/// What an infinite result of a finite argument means.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Infinite {
    /// The result is too large for a float.
    Range,
    /// The argument is a pole.
    Domain,
}

/// A row for a function of one float.
macro_rules! unary {
    ($name:literal, $infinite:ident, $compute:expr) => {
        function($name, Signature::One, |machine, args| {
            let compute: fn(f64) -> f64 = $compute;
            one_float(machine, $name, args, Infinite::$infinite, compute)
        })
    };
}

/// A row for a function of two floats.
macro_rules! binary {
    ($name:literal, $compute:expr) => {
        function($name, Signature::Positional(2, 2), |machine, args| {
            let compute: fn(f64, f64) -> Result<f64, Failure> = $compute;
            match floats(machine, $name, args)?[..] {
                [first, second, ..] => settle(machine, compute(first, second)),
                _ => Err(Fault::Halt),
            }
        })
    };
}

/// A row for a test of one float.
macro_rules! test {
    ($name:literal, $compute:expr) => {
        function($name, Signature::One, |machine, args| {
            let compute: fn(f64) -> bool = $compute;
            Ok(Value::bool(compute(one(machine, $name, args)?)))
        })
    };
}

/// The functions of the module.
pub(crate) const FUNCTIONS: &[NativeDef] = &[
    unary!("acos", Domain, f64::acos),
    unary!("acosh", Domain, hyperbolic::inverse_cosh),
    unary!("asin", Domain, f64::asin),
    unary!("asinh", Domain, hyperbolic::inverse_sinh),
    unary!("atan", Domain, f64::atan),
    binary!("atan2", |y, x| Ok(y.atan2(x))),
    unary!("atanh", Domain, hyperbolic::inverse_tanh),
    unary!("cbrt", Domain, f64::cbrt),
    function("ceil", Signature::One, |machine, args| conversion::round_by(machine, args, "ceil")),
    function("comb", Signature::Positional(2, 2), combinatorics::comb),
    binary!("copysign", |magnitude, sign| Ok(magnitude.copysign(sign))),
    unary!("cos", Domain, f64::cos),
    unary!("cosh", Range, f64::cosh),
    unary!("degrees", Range, |radians| radians * (180.0 / std::f64::consts::PI)),
    function("dist", Signature::Positional(2, 2), sums::dist),
    unary!("erf", Domain, libm::erf),
    unary!("erfc", Domain, libm::erfc),
    unary!("exp", Range, f64::exp),
    unary!("exp2", Range, f64::exp2),
    unary!("expm1", Range, f64::exp_m1),
    unary!("fabs", Domain, f64::abs),
    function("factorial", Signature::One, combinatorics::factorial),
    function("floor", Signature::One, |machine, args| conversion::round_by(machine, args, "floor")),
    function("fma", Signature::Positional(3, 3), fma),
    binary!("fmod", |left, right| match left % right {
        rest if rest.is_nan() && !left.is_nan() && !right.is_nan() => Err(Failure::Domain),
        rest => Ok(rest),
    }),
    function("frexp", Signature::One, conversion::frexp),
    function("fsum", Signature::One, sums::fsum),
    function("gamma", Signature::One, |machine, args| {
        let value = one(machine, "gamma", args)?;
        settle(machine, gamma::gamma(value))
    }),
    function("gcd", Signature::Variadic(0), combinatorics::gcd),
    function("hypot", Signature::Variadic(0), |machine, args| {
        let coordinates = floats(machine, "hypot", args)?;
        Ok(Value::float(vector_norm(&coordinates)))
    }),
    function("isclose", Signature::Named("a, b, *, rel_tol=, abs_tol="), is_close).or("_math_isclose"),
    test!("isfinite", f64::is_finite),
    test!("isinf", f64::is_infinite),
    test!("isnan", f64::is_nan),
    function("isqrt", Signature::One, combinatorics::isqrt),
    function("lcm", Signature::Variadic(0), combinatorics::lcm),
    function("ldexp", Signature::Positional(2, 2), conversion::ldexp),
    function("lgamma", Signature::One, |machine, args| {
        let value = one(machine, "lgamma", args)?;
        settle(machine, gamma::log_gamma(value))
    }),
    function("log", Signature::Positional(1, 2), logarithms::log),
    unary!("log1p", Domain, f64::ln_1p),
    function("log10", Signature::One, |machine, args| logarithms::log_of_base(machine, args, "log10", f64::log10)),
    function("log2", Signature::One, |machine, args| logarithms::log_of_base(machine, args, "log2", f64::log2)),
    function("modf", Signature::One, conversion::modf),
    function("nextafter", Signature::Named("x, y, /, *, steps="), conversion::next_after).or("_math_nextafter"),
    function("perm", Signature::Positional(1, 2), combinatorics::perm),
    binary!("pow", power),
    function("prod", Signature::Named("iterable, /, *, start="), sums::prod).or("_math_prod"),
    unary!("radians", Range, |degrees| degrees * (std::f64::consts::PI / 180.0)),
    binary!("remainder", |left, right| remainder(left, right).ok_or(Failure::Domain)),
    unary!("sin", Domain, f64::sin),
    unary!("sinh", Range, f64::sinh),
    unary!("sqrt", Domain, f64::sqrt),
    function("sumprod", Signature::Positional(2, 2), sums::sumprod).or("_math_sumprod"),
    unary!("tan", Domain, f64::tan),
    unary!("tanh", Domain, f64::tanh),
    function("trunc", Signature::One, conversion::trunc),
    function("ulp", Signature::One, |machine, args| Ok(Value::float(ulp(one(machine, "ulp", args)?)))),
];

/// Why a function of floats has no result.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Failure {
    Domain,
    Range,
}

impl Failure {
    #[cold]
    fn raise(self, machine: &mut Machine) -> Fault {
        match self {
            Self::Domain => machine.value_error("math domain error"),
            Self::Range => machine.overflow_error("math range error"),
        }
    }
}

fn settle(machine: &mut Machine, result: Result<f64, Failure>) -> Result<Value, Fault> {
    match result {
        Ok(number) => Ok(Value::float(number)),
        Err(failure) => Err(failure.raise(machine)),
    }
}

/// The single float argument of the function `name`; guest objects are converted by the prelude, which calls again.
fn one(machine: &mut Machine, name: &str, args: &[Value]) -> Result<f64, Fault> {
    match machine.to_float(argument(args, 0)) {
        Err(Fault::Fallback) => Err(call_with_floats(machine, name, args)),
        result => result,
    }
}

fn one_float(
    machine: &mut Machine,
    name: &str,
    args: &[Value],
    infinite: Infinite,
    compute: fn(f64) -> f64,
) -> Result<Value, Fault> {
    let value = one(machine, name, args)?;
    let result = compute(value);
    let failure = if result.is_nan() && !value.is_nan() {
        Failure::Domain
    } else if result.is_infinite() && value.is_finite() {
        if infinite == Infinite::Range { Failure::Range } else { Failure::Domain }
    } else {
        return Ok(Value::float(result));
    };
    Err(failure.raise(machine))
}

/// All arguments as floats; guest objects are converted by the prelude, which calls again.
fn floats(machine: &mut Machine, name: &str, args: &[Value]) -> Result<Vec<f64>, Fault> {
    let mut numbers = Vec::with_capacity(args.len());
    for value in args {
        match machine.to_float(*value) {
            Ok(number) => numbers.push(number),
            Err(Fault::Fallback) => return Err(call_with_floats(machine, name, args)),
            Err(fault) => return Err(fault),
        }
    }
    Ok(numbers)
}

#[cold]
fn call_with_floats(machine: &mut Machine, name: &str, args: &[Value]) -> Fault {
    call_again(machine, "_math_of_objects", name, args)
}

/// Lets a prelude function convert the arguments and call the function `name` again.
#[cold]
fn call_again(machine: &mut Machine, prelude: &str, name: &str, args: &[Value]) -> Fault {
    let name = match machine.heap.new_str(name) {
        Ok(name) => name,
        Err(fault) => return fault,
    };
    let mut all = vec![name];
    all.extend_from_slice(args);
    machine.prelude_call(prelude, &all)
}

/// `_math_function(name)`: a function of this module, for the prelude.
pub(crate) fn function_named(machine: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let found = match argument(args, 0) {
        Value::Str(id) => machine.heap.str(id),
        _ => "",
    };
    let functions = machine.base.modules.get("math").map_or(&[][..], |functions| functions);
    let known = functions.iter().find(|(name, _)| machine.heap.str(*name) == found);
    Ok(known.map_or(Value::None, |(_, value)| *value))
}

/// `math.pow`: the C function with its errors.
fn power(base: f64, exponent: f64) -> Result<f64, Failure> {
    if base == 1.0 || exponent == 0.0 {
        return Ok(1.0);
    }
    if base == 0.0 && exponent < 0.0 && exponent.is_finite() {
        return Err(Failure::Domain);
    }
    if base == -1.0 && exponent.is_infinite() {
        return Ok(1.0);
    }
    let result = base.powf(exponent);
    if base.is_finite() && exponent.is_finite() {
        if result.is_nan() {
            return Err(Failure::Domain);
        }
        if result.is_infinite() {
            return Err(Failure::Range);
        }
    }
    Ok(result)
}

/// `math.fma(x, y, z)`: rounded once.
fn fma(machine: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let [x, y, z] = floats(machine, "fma", args)?[..] else { return Err(Fault::Halt) };
    let result = x.mul_add(y, z);
    if result.is_nan() && !x.is_nan() && !y.is_nan() && !z.is_nan() {
        return Err(machine.value_error("invalid operation in fma"));
    }
    if result.is_infinite() && x.is_finite() && y.is_finite() && z.is_finite() {
        return Err(machine.overflow_error("overflow in fma"));
    }
    Ok(Value::float(result))
}

/// `math.isclose(a, b, *, rel_tol=1e-09, abs_tol=0.0)`
fn is_close(machine: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (first, second) = (machine.to_float(argument(args, 0))?, machine.to_float(argument(args, 1))?);
    let mut tolerance = |at: usize, default: f64| match argument(args, at) {
        Value::Undef => Ok(default),
        value => machine.to_float(value),
    };
    let (relative, absolute) = (tolerance(2, 1e-9)?, tolerance(3, 0.0)?);
    if relative < 0.0 || absolute < 0.0 {
        return Err(machine.value_error("tolerances must be non-negative"));
    }
    if first == second {
        return Ok(Value::True);
    }
    if first.is_infinite() || second.is_infinite() {
        return Ok(Value::False);
    }
    let difference = (second - first).abs();
    let close =
        difference <= (relative * second).abs() || difference <= (relative * first).abs() || difference <= absolute;
    Ok(Value::bool(close))
}
