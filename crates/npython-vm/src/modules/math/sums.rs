//! Sums and products of many numbers.

use npython_bytecode::BinaryOperator;

use crate::builtins::numbers::argument;
use crate::fault::Fault;
use crate::machine::{Machine, NumberKind, number_kind};
use crate::numeric::integer;
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
    let mut sum = ProductSum::default();
    for (left, right) in left.iter().zip(&right) {
        sum.add(machine, *left, *right)?;
    }
    sum.finish_ints(machine)?;
    sum.finish_floats(machine)?;
    Ok(sum.total)
}

/// A sum of products: small ints first, then floats, each as long as only such come; from there on as `+` and `*` have it.
struct ProductSum {
    total: Value,
    ints: Option<i64>,
    floats: Option<TripleSum>,
}

impl Default for ProductSum {
    fn default() -> Self {
        Self { total: Value::Int(0), ints: Some(0), floats: Some(TripleSum::default()) }
    }
}

impl ProductSum {
    fn add(&mut self, machine: &mut Machine, left: Value, right: Value) -> Result<(), Fault> {
        if let Some(ints) = self.ints {
            let product = match (small_int(left), small_int(right)) {
                (Some(left), Some(right)) => left.checked_mul(right).and_then(|product| ints.checked_add(product)),
                _ => None,
            };
            if product.is_some() {
                self.ints = product;
                return Ok(());
            }
            self.finish_ints(machine)?;
        }
        if let Some(mut floats) = self.floats {
            if let Some((left, right)) = float_factors(machine, left, right)
                && floats.add_product(left, right)
            {
                self.floats = Some(floats);
                return Ok(());
            }
            self.finish_floats(machine)?;
        }
        let product = machine.binary(BinaryOperator::Mul, left, right)?;
        self.total = machine.binary(BinaryOperator::Add, self.total, product)?;
        Ok(())
    }

    fn finish_ints(&mut self, machine: &mut Machine) -> Result<(), Fault> {
        if let Some(ints) = self.ints.take() {
            self.total = machine.binary(BinaryOperator::Add, self.total, Value::Int(ints))?;
        }
        Ok(())
    }

    fn finish_floats(&mut self, machine: &mut Machine) -> Result<(), Fault> {
        if let Some(floats) = self.floats.take().filter(|floats| floats.used) {
            self.total = machine.binary(BinaryOperator::Add, self.total, Value::float(floats.total()))?;
        }
        Ok(())
    }
}

fn small_int(value: Value) -> Option<i64> {
    match value {
        Value::Int(number) => Some(number),
        Value::True => Some(1),
        Value::False => Some(0),
        _ => None,
    }
}

/// Two factors as floats when at least one of them is a float.
fn float_factors(machine: &Machine, left: Value, right: Value) -> Option<(f64, f64)> {
    let float = |value: Value| match value {
        Value::Float(number) => Some(number.get()),
        Value::BigInt(id) => integer::big_to_float(machine.heap.big_ints.get(id)).ok(),
        other => small_int(other).map(|number| number as f64),
    };
    if !matches!(left, Value::Float(_)) && !matches!(right, Value::Float(_)) {
        return None;
    }
    float(left).zip(float(right))
}

/// A sum of products carried in three floats of decreasing size.
#[derive(Clone, Copy, Default)]
struct TripleSum {
    high: f64,
    low: f64,
    tiny: f64,
    /// Whether anything was added.
    used: bool,
}

impl TripleSum {
    /// Adds a product; false, with nothing changed, when the sum would not be finite.
    fn add_product(&mut self, left: f64, right: f64) -> bool {
        let product = exact_product(left, right);
        let high = exact_sum(self.high, product.high);
        if !high.high.is_finite() {
            return false;
        }
        let low = exact_sum(self.low, product.low);
        let carried = exact_sum(low.high, high.low);
        (self.high, self.low) = (high.high, carried.high);
        self.tiny += low.low + carried.low;
        self.used = true;
        true
    }

    fn total(self) -> f64 {
        let last = exact_sum(self.low, self.tiny);
        let total = exact_sum(self.high, last.high);
        total.high + (total.low + last.low)
    }
}
