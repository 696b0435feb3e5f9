//! Functions of ints: factorial, comb, perm, gcd, lcm, isqrt.

use npython_bytecode::BinaryOperator;
use num_bigint::{BigInt, Sign};
use num_integer::Integer as _;
use num_traits::{One, Signed, ToPrimitive};

use crate::builtins::numbers::argument;
use crate::fault::Fault;
use crate::machine::Machine;
use crate::numeric::integer::large;
use crate::numeric::{cost, integer};
use crate::pace::{GoOn, Interrupted};
use crate::value::Value;

use super::call_again;

/// The arguments as int values; guest objects are converted by the prelude, which calls the function again.
fn ints(machine: &mut Machine, name: &str, args: &[Value]) -> Result<Vec<Value>, Fault> {
    let mut values = Vec::with_capacity(args.len());
    for value in args {
        match machine.to_int_value(*value) {
            Ok(number) => values.push(number),
            Err(Fault::Fallback) => return Err(call_again(machine, "_math_of_ints", name, args)),
            Err(fault) => return Err(fault),
        }
    }
    Ok(values)
}

fn is_negative(machine: &Machine, value: Value) -> bool {
    match value {
        Value::Int(number) => number < 0,
        Value::BigInt(id) => machine.heap.big_ints.get(id).sign() == Sign::Minus,
        _ => false,
    }
}

/// Charges and reserves for a product with at most so many bits, made by halves.
fn pay_for_product(machine: &mut Machine, bits: u64) -> Result<(), Fault> {
    let bytes = usize::try_from(bits / 8 * 2).unwrap_or(usize::MAX);
    machine.heap.reserve(bytes)?;
    machine.heap.release(bytes);
    let limbs = cost::limbs_of_bits(bits);
    let levels = u64::from(u64::BITS - limbs.leading_zeros());
    machine.charge(cost::multiply(limbs / 2, limbs / 2).saturating_mul(2).saturating_add(limbs.saturating_mul(levels)))
}

/// The product of `first`, `first + 1` ... up to `count` factors, by halves so that factors stay of equal size.
fn rising_product(first: &BigInt, count: u64, go_on: GoOn<'_>) -> Result<BigInt, Interrupted> {
    if count <= 8 {
        return Ok((0..count).fold(BigInt::one(), |product, at| product * (first + at)));
    }
    if count > 4_000 {
        go_on()?;
    }
    let half = count / 2;
    let (low, high) = (rising_product(first, half, go_on)?, rising_product(&(first + half), count - half, go_on)?);
    large::multiply(&low, &high, go_on)
}

/// `math.factorial(n)`
pub(super) fn factorial(machine: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let values = ints(machine, "factorial", args)?;
    factorial_of(machine, argument(&values, 0))
}

fn factorial_of(machine: &mut Machine, value: Value) -> Result<Value, Fault> {
    if is_negative(machine, value) {
        return Err(machine.value_error("factorial() not defined for negative values"));
    }
    let Value::Int(number) = value else {
        return Err(machine.overflow_error("factorial() argument should not exceed 9223372036854775807"));
    };
    let number = number.unsigned_abs();
    if number <= 20 {
        return Ok(Value::Int((1..=number as i64).product()));
    }
    // log2(n!) is a little less than n * log2(n).
    let bits = (number as f64 * ((number as f64).log2() - 1.0)) as u64 + 64;
    pay_for_product(machine, bits)?;
    let product = rising_product(&BigInt::one(), number, &machine.go_on());
    let product = machine.unless_interrupted(product)?;
    machine.heap.new_int(product)
}

/// `n * (n - 1) * ...`, `count` factors.
fn falling_product(machine: &mut Machine, from: &BigInt, count: u64) -> Result<BigInt, Fault> {
    pay_for_product(machine, from.bits().saturating_mul(count))?;
    let product = rising_product(&(from - count + BigInt::one()), count, &machine.go_on());
    machine.unless_interrupted(product)
}

/// `math.perm(n, k=None)`
pub(super) fn perm(machine: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    if argument(args, 1).is_undef() || argument(args, 1).is_none() {
        let values = ints(machine, "perm", args.get(..1).unwrap_or(args))?;
        return factorial_of(machine, argument(&values, 0));
    }
    let (from, count) = counts(machine, "perm", args)?;
    if count > from {
        return Ok(Value::Int(0));
    }
    let Some(count) = count.to_i64() else {
        return Err(machine.overflow_error("k must not exceed 9223372036854775807"));
    };
    let product = falling_product(machine, &from, count.unsigned_abs())?;
    machine.heap.new_int(product)
}

/// The two arguments of `perm` and `comb`.
fn counts(machine: &mut Machine, name: &str, args: &[Value]) -> Result<(BigInt, BigInt), Fault> {
    let values = ints(machine, name, args)?;
    let (from, count) = (argument(&values, 0), argument(&values, 1));
    if is_negative(machine, from) {
        return Err(machine.value_error("n must be a non-negative integer"));
    }
    if is_negative(machine, count) {
        return Err(machine.value_error("k must be a non-negative integer"));
    }
    Ok((machine.to_big_int(from)?, machine.to_big_int(count)?))
}

/// `math.comb(n, k)`
pub(super) fn comb(machine: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (from, count) = counts(machine, "comb", args)?;
    if count > from {
        return Ok(Value::Int(0));
    }
    let fewer = count.clone().min(&from - &count);
    let Some(fewer) = fewer.to_i64() else {
        return Err(machine.overflow_error("min(n - k, k) must not exceed 9223372036854775807"));
    };
    let fewer = fewer.unsigned_abs();
    let above = falling_product(machine, &from, fewer)?;
    pay_for_product(machine, fewer.saturating_mul(u64::from(u64::BITS - fewer.leading_zeros())))?;
    let below = rising_product(&BigInt::one(), fewer, &machine.go_on());
    let below = machine.unless_interrupted(below)?;
    machine.charge(cost::divide(cost::limbs(&above), cost::limbs(&below)))?;
    let quotient = large::floor_divmod(&above, &below, &machine.go_on());
    let (quotient, _) = machine.unless_interrupted(quotient)?;
    machine.heap.new_int(quotient)
}

/// `math.isqrt(n)`
pub(super) fn isqrt(machine: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let values = ints(machine, "isqrt", args)?;
    let value = argument(&values, 0);
    if let Value::Int(number) = value
        && let Some(root) = integer::square_root_small(number)
    {
        return Ok(Value::Int(root));
    }
    let number = machine.to_big_int(value)?;
    machine.charge(cost::square_root(cost::limbs(&number)))?;
    if cost::limbs(&number) > 64 && number.is_positive() {
        let root = large::square_root(&number, &machine.go_on());
        let root = machine.unless_interrupted(root)?;
        return machine.heap.new_int(root);
    }
    match integer::integer_square_root(&number) {
        Ok(root) => machine.heap.new_int(root),
        Err(error) => Err(machine.raise_guest_error(error)),
    }
}

/// `math.gcd(*integers)`
pub(super) fn gcd(machine: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let values = ints(machine, "gcd", args)?;
    let mut total = Value::Int(0);
    for value in values {
        total = gcd_of(machine, total, value)?;
    }
    Ok(total)
}

/// The greatest common divisor of two ints.
fn gcd_of(machine: &mut Machine, left: Value, right: Value) -> Result<Value, Fault> {
    if let (Value::Int(left), Value::Int(right)) = (left, right) {
        return machine.heap.new_i128(i128::from(left.unsigned_abs().gcd(&right.unsigned_abs())));
    }
    let (left, right) = (machine.to_big_int(left)?.abs(), machine.to_big_int(right)?.abs());
    let (more, fewer) = if left >= right { (left, right) } else { (right, left) };
    let (more_limbs, fewer_limbs) = (cost::limbs(&more), cost::limbs(&fewer));
    // Division makes the operands equally long.
    machine.charge(cost::divide(more_limbs, fewer_limbs).saturating_add(cost::euclid(fewer_limbs, fewer_limbs)))?;
    let divisor = large::greatest_common_divisor(&more, &fewer, &machine.go_on());
    let divisor = machine.unless_interrupted(divisor)?;
    machine.heap.new_int(divisor)
}

/// `math.lcm(*integers)`
pub(super) fn lcm(machine: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let values = ints(machine, "lcm", args)?;
    let mut total = Value::Int(1);
    for value in values {
        let divisor = gcd_of(machine, total, value)?;
        if divisor == Value::Int(0) {
            return Ok(Value::Int(0));
        }
        let (quotient, _) = machine.int_divmod(total, divisor)?;
        total = machine.binary(BinaryOperator::Mul, quotient, value)?;
        total = machine.absolute(total)?;
    }
    Ok(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_of_ranges() {
        let product = |first: i64, count| rising_product(&BigInt::from(first), count, &|| Ok(()));
        assert_eq!(product(3, 0), Ok(BigInt::one()));
        assert_eq!(product(1, 20), Ok(BigInt::from(2_432_902_008_176_640_000_i64)));
        assert_eq!(product(5, 3), Ok(BigInt::from(210)));
    }
}
