//! Operators on ints of any size.

use std::borrow::Cow;

use npython_bytecode::BinaryOperator;
use num_bigint::{BigInt, Sign};
use num_traits::{Signed, ToPrimitive};

use crate::fault::Fault;
use crate::heap::Heap;
use crate::numeric::integer::large;
use crate::numeric::{cost, integer};
use crate::pace::{GoOn, Interrupted};
use crate::value::Value;

use super::super::Machine;

/// An int of any size, where it is.
#[derive(Clone, Copy)]
pub(crate) enum IntOperand<'heap> {
    Small(i64),
    Big(&'heap BigInt),
}

impl<'heap> IntOperand<'heap> {
    /// The int, if the value is one (or a bool).
    #[inline]
    pub(crate) fn of(heap: &'heap Heap, value: Value) -> Option<Self> {
        Some(match value {
            Value::Int(number) => Self::Small(number),
            Value::False => Self::Small(0),
            Value::True => Self::Small(1),
            Value::BigInt(id) => Self::Big(heap.big_ints.get(id)),
            _ => return None,
        })
    }

    /// As a big int.
    pub(crate) fn big(self) -> Cow<'heap, BigInt> {
        match self {
            Self::Small(number) => Cow::Owned(BigInt::from(number)),
            Self::Big(number) => Cow::Borrowed(number),
        }
    }

    /// Its size in limbs, for the cost functions.
    pub(crate) fn limbs(self) -> u64 {
        match self {
            Self::Small(_) => 1,
            Self::Big(number) => cost::limbs(number),
        }
    }

    fn bits(self) -> u64 {
        match self {
            Self::Small(number) => u64::from(u64::BITS - number.unsigned_abs().leading_zeros()),
            Self::Big(number) => number.bits(),
        }
    }

    fn is_negative(self) -> bool {
        match self {
            Self::Small(number) => number < 0,
            Self::Big(number) => number.sign() == Sign::Minus,
        }
    }
}

/// Bits of a power from which on it is computed in parts.
const LONG_POWER_BITS: u64 = 100_000;
/// Gas of an operation from which on it is done in parts.
const LONG_UNITS: u64 = 500_000;

/// Whether multiplying or dividing takes so long that it is done in parts. A divisor is not zero then.
fn is_long(left_limbs: u64, right_limbs: u64) -> bool {
    left_limbs.saturating_mul(right_limbs) > 1_000_000 && right_limbs > 1
}

fn long_operation(op: BinaryOperator, left: &BigInt, right: &BigInt, go_on: GoOn<'_>) -> Result<BigInt, Interrupted> {
    match op {
        BinaryOperator::Mul => large::multiply(left, right, go_on),
        BinaryOperator::FloorDiv => large::floor_divmod(left, right, go_on).map(|(quotient, _)| quotient),
        _ => large::floor_divmod(left, right, go_on).map(|(_, rest)| rest),
    }
}

impl Machine {
    /// `left op right` for ints of 64 bits.
    #[inline]
    pub(crate) fn small_int_binary(&mut self, op: BinaryOperator, left: i64, right: i64) -> Result<Value, Fault> {
        use BinaryOperator as B;
        let small = match op {
            B::Add => left.checked_add(right),
            B::Sub => left.checked_sub(right),
            B::Mul => left.checked_mul(right),
            B::FloorDiv => integer::floor_divide_small(left, right),
            B::Mod => integer::floor_modulo_small(left, right),
            B::And => Some(left & right),
            B::Or => Some(left | right),
            B::Xor => Some(left ^ right),
            B::Lshift => integer::shift_left_small(left, right),
            B::Rshift => integer::shift_right_small(left, right),
            B::Pow => integer::power_small(left, right),
            B::TrueDiv | B::MatMul => None,
        };
        match small {
            Some(result) => Ok(Value::Int(result)),
            None => self.wide_int_binary(op, left, right),
        }
    }

    /// The same where the result or an operand leaves the fast way.
    #[cold]
    fn wide_int_binary(&mut self, op: BinaryOperator, left: i64, right: i64) -> Result<Value, Fault> {
        use BinaryOperator as B;
        let (wide_left, wide_right) = (i128::from(left), i128::from(right));
        match op {
            B::Add => self.heap.new_i128(wide_left + wide_right),
            B::Sub => self.heap.new_i128(wide_left - wide_right),
            B::Mul => self.heap.new_i128(wide_left * wide_right),
            _ => {
                let (a, b) = (Value::Int(left), Value::Int(right));
                match self.int_binary(op, a, b)? {
                    Some(result) => Ok(result),
                    None => Err(self.unsupported_operands(op, false, a, b)),
                }
            }
        }
    }

    /// `a op b` for ints of any size; `None` for operators ints do not have.
    pub(crate) fn int_binary(&mut self, op: BinaryOperator, a: Value, b: Value) -> Result<Option<Value>, Fault> {
        use BinaryOperator as B;
        if let (Some(left), Some(right), B::And | B::Or | B::Xor) = (a.as_bool(), b.as_bool(), op) {
            return Ok(Some(Value::bool(match op {
                B::And => left & right,
                B::Or => left | right,
                _ => left ^ right,
            })));
        }
        let (Some(left), Some(right)) = (IntOperand::of(&self.heap, a), IntOperand::of(&self.heap, b)) else {
            return Ok(None);
        };
        let (left_limbs, right_limbs) = (left.limbs(), right.limbs());
        let units = match op {
            B::Mul => cost::multiply(left_limbs, right_limbs),
            B::FloorDiv | B::Mod | B::TrueDiv => cost::divide(left_limbs, right_limbs),
            B::MatMul => return Ok(None),
            B::Pow => return self.int_power(a, b).map(Some),
            B::Lshift => return self.int_shift_left(a, b).map(Some),
            _ => cost::linear(left_limbs, right_limbs),
        };
        let bytes = match op {
            B::Mul => (left_limbs + right_limbs) * if is_long(left_limbs, right_limbs) { 24 } else { 8 },
            _ => left_limbs.max(right_limbs) * 8 + 8,
        };
        if let (IntOperand::Small(left), IntOperand::Small(right)) = (left, right)
            && !matches!(op, B::TrueDiv | B::FloorDiv | B::Mod | B::Rshift)
            && (a.as_bool().is_some() || b.as_bool().is_some())
        {
            return self.small_int_binary(op, left, right).map(Some);
        }
        self.charge(units)?;
        self.heap.reserve(bytes as usize)?;
        let result = self.big_int_result(op, a, b);
        self.heap.release(bytes as usize);
        result.map(Some)
    }

    /// Computes what was paid for.
    fn big_int_result(&mut self, op: BinaryOperator, a: Value, b: Value) -> Result<Value, Fault> {
        use BinaryOperator as B;
        let (Some(left), Some(right)) = (IntOperand::of(&self.heap, a), IntOperand::of(&self.heap, b)) else {
            return Ok(Value::NotImplemented);
        };
        if op == B::TrueDiv {
            let quotient = match (left, right) {
                (IntOperand::Small(left), IntOperand::Small(right)) => integer::divide_small(left, right),
                _ => integer::divide_big(&left.big(), &right.big()),
            };
            return match quotient {
                Ok(quotient) => Ok(Value::float(quotient)),
                Err(error) => Err(self.raise_guest_error(error)),
            };
        }
        if matches!(op, B::Mul | B::FloorDiv | B::Mod) && is_long(left.limbs(), right.limbs()) {
            let result = long_operation(op, &left.big(), &right.big(), &self.go_on());
            let result = self.unless_interrupted(result)?;
            return self.heap.new_int(result);
        }
        let (left, right) = (left.big(), right.big());
        let result = match op {
            B::Add => Ok(&*left + &*right),
            B::Sub => Ok(&*left - &*right),
            B::Mul => Ok(&*left * &*right),
            B::FloorDiv => integer::floor_divide(&left, &right),
            B::Mod => integer::floor_modulo(&left, &right),
            B::Rshift => integer::shift_right(&left, &right),
            B::And => Ok(&*left & &*right),
            B::Or => Ok(&*left | &*right),
            _ => Ok(&*left ^ &*right),
        };
        match result {
            Ok(result) => self.heap.new_int(result),
            Err(error) => Err(self.raise_guest_error(error)),
        }
    }

    fn int_power(&mut self, a: Value, b: Value) -> Result<Value, Fault> {
        let (Some(base), Some(exponent)) = (IntOperand::of(&self.heap, a), IntOperand::of(&self.heap, b)) else {
            return Ok(Value::NotImplemented);
        };
        if exponent.is_negative() {
            let (base, exponent) = (self.real_to_float(a)?, self.real_to_float(b)?);
            return self.float_power(base, exponent);
        }
        if let (IntOperand::Small(base), IntOperand::Small(exponent)) = (base, exponent)
            && let Some(small) = integer::power_small(base, exponent)
        {
            return Ok(Value::Int(small));
        }
        let (base, exponent) = (base.big().into_owned(), exponent.big().into_owned());
        let bits = integer::power_result_bits(&base, &exponent);
        let bytes = usize::try_from(bits / 8).unwrap_or(usize::MAX);
        self.heap.reserve(bytes)?;
        self.charge(cost::power(cost::limbs_of_bits(bits)))?;
        let result = match exponent.to_u32() {
            Some(exponent) if base.magnitude().count_ones() > 1 && bits > LONG_POWER_BITS => {
                let result = large::power(&base, exponent, &self.go_on());
                Ok(self.unless_interrupted(result)?)
            }
            _ => integer::power(&base, &exponent, u64::MAX),
        };
        self.heap.release(bytes);
        match result {
            Ok(result) => self.heap.new_int(result),
            Err(error) => Err(self.raise_guest_error(error)),
        }
    }

    fn int_shift_left(&mut self, a: Value, b: Value) -> Result<Value, Fault> {
        let (Some(value), Some(count)) = (IntOperand::of(&self.heap, a), IntOperand::of(&self.heap, b)) else {
            return Ok(Value::NotImplemented);
        };
        if count.is_negative() {
            return Err(self.value_error("negative shift count"));
        }
        if value.bits() == 0 {
            return Ok(Value::Int(0));
        }
        let shift = match count {
            IntOperand::Small(count) => count as u64,
            IntOperand::Big(_) => return Err(self.overflow_error("too many digits in integer")),
        };
        if let IntOperand::Small(value) = value
            && let Some(small) = integer::shift_left_small(value, shift as i64)
        {
            return Ok(Value::Int(small));
        }
        let bits = value.bits().saturating_add(shift);
        let bytes = usize::try_from(bits / 8 + 8).unwrap_or(usize::MAX);
        let limbs = value.limbs();
        self.heap.reserve(bytes)?;
        self.charge(cost::linear(limbs, cost::limbs_of_bits(bits)))?;
        let Some(value) = IntOperand::of(&self.heap, a) else { return Ok(Value::NotImplemented) };
        let result = value.big().into_owned() << shift;
        self.heap.release(bytes);
        self.heap.new_int(result)
    }

    /// `divmod` of two ints.
    pub(crate) fn int_divmod(&mut self, a: Value, b: Value) -> Result<(Value, Value), Fault> {
        if let (Value::Int(left), Value::Int(right)) = (a, b)
            && let (Some(quotient), Some(rest)) =
                (integer::floor_divide_small(left, right), integer::floor_modulo_small(left, right))
        {
            return Ok((Value::Int(quotient), Value::Int(rest)));
        }
        let (Some(left), Some(right)) = (IntOperand::of(&self.heap, a), IntOperand::of(&self.heap, b)) else {
            return Err(Fault::Halt);
        };
        let (left_limbs, right_limbs) = (left.limbs(), right.limbs());
        self.charge(cost::divide(left_limbs, right_limbs))?;
        let bytes = ((left_limbs + right_limbs) * 8) as usize;
        self.heap.reserve(bytes)?;
        let result = match (IntOperand::of(&self.heap, a), IntOperand::of(&self.heap, b)) {
            (Some(left), Some(right)) if is_long(left_limbs, right_limbs) => {
                let result = large::floor_divmod(&left.big(), &right.big(), &self.go_on());
                Ok(self.unless_interrupted(result)?)
            }
            (Some(left), Some(right)) => integer::floor_divmod(&left.big(), &right.big()),
            _ => return Err(Fault::Halt),
        };
        self.heap.release(bytes);
        match result {
            Ok((quotient, rest)) => Ok((self.heap.new_int(quotient)?, self.heap.new_int(rest)?)),
            Err(error) => Err(self.raise_guest_error(error)),
        }
    }

    /// `pow(base, exponent, modulus)` of three ints.
    pub(crate) fn int_modular_power(&mut self, base: Value, exponent: Value, modulus: Value) -> Result<Value, Fault> {
        let operands = [base, exponent, modulus]
            .map(|value| IntOperand::of(&self.heap, value).map(|operand| operand.big().into_owned()));
        let [Some(mut base), Some(mut exponent), Some(modulus)] = operands else { return Ok(Value::NotImplemented) };
        let units = cost::modular_power(cost::limbs(&base), exponent.bits(), cost::limbs(&modulus));
        let inverse =
            if exponent.sign() == Sign::Minus { cost::euclid(cost::limbs(&base), cost::limbs(&modulus)) } else { 0 };
        self.charge(units.saturating_add(inverse))?;
        if exponent.is_negative() && modulus.bits() > 1 {
            let size = modulus.abs();
            let divided = large::floor_divmod(&base, &size, &self.go_on());
            let (_, rest) = self.unless_interrupted(divided)?;
            let found = large::inverse(&rest, &size, &self.go_on());
            let Some(found) = self.unless_interrupted(found)? else {
                return Err(self.value_error("base is not invertible for the given modulus"));
            };
            (base, exponent) = (found, -exponent);
        }
        if units > LONG_UNITS && !modulus.is_negative() && !exponent.is_negative() && modulus.bits() > 1 {
            let divided = large::floor_divmod(&base, &modulus, &self.go_on());
            let (_, base) = self.unless_interrupted(divided)?;
            let result = large::power_modulo(&base, &exponent, &modulus, &self.go_on());
            let result = self.unless_interrupted(result)?;
            return self.heap.new_int(result);
        }
        match integer::power_with_modulus(&base, &exponent, &modulus) {
            Ok(result) => self.heap.new_int(result),
            Err(error) => Err(self.raise_guest_error(error)),
        }
    }
}
