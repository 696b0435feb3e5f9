//! Sums and products of many numbers.

use npython_bytecode::BinaryOperator;

use crate::builtins::numbers::argument;
use crate::fault::Fault;
use crate::machine::{Machine, NumberKind, number_kind};
use crate::value::Value;

use super::accurate::{SumFailure, exact_product, exact_sum, exact_total, vector_norm};

/// The items of an iterable as floats.
///
/// # Errors
/// TypeError; `Fault::Fallback` when guest code is needed.
fn collect_floats(machine: &mut Machine, iterable: Value) -> Result<Vec<f64>, Fault> {
    let items = machine.collect_items(iterable)?;
    machine.charge_items(items.len())?;
    let mut numbers = Vec::with_capacity(items.len());
    for item in items {
        numbers.push(machine.to_float(item)?);
    }
    Ok(numbers)
}

/// `math.fsum(iterable)`
pub(super) fn fsum(machine: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let numbers = match collect_floats(machine, argument(args, 0)) {
        Ok(numbers) => numbers,
        Err(Fault::Fallback) => return Err(machine.prelude_call("_math_fsum", &[argument(args, 0)])),
        Err(fault) => return Err(fault),
    };
    machine.charge_items(numbers.len().saturating_mul(4))?;
    match exact_total(&numbers) {
        Ok(total) => Ok(Value::float(total)),
        Err(SumFailure::Overflow) => Err(machine.overflow_error("intermediate overflow in fsum")),
        Err(SumFailure::OppositeInfinities) => Err(machine.value_error("-inf + inf in fsum")),
    }
}

/// `math.dist(p, q)`
pub(super) fn dist(machine: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (from, to) = match collect_floats(machine, argument(args, 0))
        .and_then(|from| Ok((from, collect_floats(machine, argument(args, 1))?)))
    {
        Ok(points) => points,
        Err(Fault::Fallback) => return Err(machine.prelude_call("_math_dist", args)),
        Err(fault) => return Err(fault),
    };
    if from.len() != to.len() {
        return Err(machine.value_error("both points must have the same number of dimensions"));
    }
    let differences: Vec<f64> = from.iter().zip(&to).map(|(from, to)| from - to).collect();
    Ok(Value::float(vector_norm(&differences)))
}

/// `math.prod(iterable, *, start=1)`
pub(super) fn prod(machine: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let start = argument(args, 1).given().unwrap_or(Value::Int(1));
    let items = machine.collect_items(argument(args, 0))?;
    if number_kind(start).is_none() || items.iter().any(|item| number_kind(*item).is_none()) {
        return Err(Fault::Fallback);
    }
    machine.charge_items(items.len())?;
    let mut total = start;
    for item in items {
        total = machine.binary(BinaryOperator::Mul, total, item)?;
    }
    Ok(total)
}

/// `math.sumprod(p, q)`
pub(super) fn sumprod(machine: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (left, right) = (machine.collect_items(argument(args, 0))?, machine.collect_items(argument(args, 1))?);
    if left.len() != right.len() {
        return Err(machine.value_error("Inputs are not the same length"));
    }
    let kinds: Vec<Option<NumberKind>> = left.iter().chain(&right).map(|item| number_kind(*item)).collect();
    let real = |kind: &Option<NumberKind>| matches!(kind, Some(NumberKind::Int | NumberKind::Float));
    if !kinds.iter().all(real) {
        return Err(Fault::Fallback);
    }
    machine.charge_items(left.len().saturating_mul(2))?;
    if !kinds.contains(&Some(NumberKind::Float)) {
        let mut total = Value::Int(0);
        for (left, right) in left.iter().zip(&right) {
            let product = machine.binary(BinaryOperator::Mul, *left, *right)?;
            total = machine.binary(BinaryOperator::Add, total, product)?;
        }
        return Ok(total);
    }
    let mut sum = TripleSum::default();
    for (left, right) in left.iter().zip(&right) {
        let (left, right) = (machine.real_to_float(*left)?, machine.real_to_float(*right)?);
        sum.add_product(left, right);
    }
    Ok(Value::float(sum.total()))
}

/// A sum of products carried in three floats of decreasing size.
#[derive(Clone, Copy, Default)]
struct TripleSum {
    high: f64,
    low: f64,
    tiny: f64,
    /// The sum as rounded at every step: the answer where infinities or NaNs are involved.
    plain: f64,
}

impl TripleSum {
    fn add_product(&mut self, left: f64, right: f64) {
        self.plain += left * right;
        let product = exact_product(left, right);
        let high = exact_sum(self.high, product.high);
        let low = exact_sum(self.low, product.low);
        let carried = exact_sum(low.high, high.low);
        (self.high, self.low) = (high.high, carried.high);
        self.tiny += low.low + carried.low;
    }

    fn total(self) -> f64 {
        if !self.high.is_finite() || !self.low.is_finite() {
            return self.plain;
        }
        let last = exact_sum(self.low, self.tiny);
        let total = exact_sum(self.high, last.high);
        total.high + (total.low + last.low)
    }
}
