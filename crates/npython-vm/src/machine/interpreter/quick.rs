//! Arithmetic and comparison of the commonest operands: no allocation, no error, no look at a class. What parts of fused
//! instructions cost.

use npython_bytecode::{BinaryOperator, CompareOperator, Instr};

use crate::value::Value;

/// Gas of the parts that fused instructions fall back to.
pub(super) const LOAD_GAS: i64 = Instr::LoadFast(0).gas() as i64;
pub(super) const COMPARE_GAS: i64 = Instr::Compare(CompareOperator::Eq).gas() as i64;
pub(super) const FOR_ITER_GAS: i64 = Instr::ForIter(0).gas() as i64;

/// Gas of what the general loop executes of an instruction: of a fused one its first part, so that a program whose gas
/// suffices up to there gets there.
#[inline(always)]
pub(super) const fn first_part_gas(instr: Instr) -> i64 {
    match instr {
        Instr::CompareJumpFalse(_) | Instr::CompareJumpTrue(_) => COMPARE_GAS,
        Instr::ForIterStoreFast(..) => FOR_ITER_GAS,
        Instr::IntBinary(..)
        | Instr::IntCompareJumpFalse(..)
        | Instr::ConstBinary(..)
        | Instr::FastFastBinary(..)
        | Instr::FastIntBinary(..)
        | Instr::FastBinary(..)
        | Instr::FastFastCompareJumpFalse(..)
        | Instr::FastIntCompareJumpFalse(..)
        | Instr::FastLoadAttr(..)
        | Instr::FastLoadMethod(..)
        | Instr::FastSubscript(_)
        | Instr::FastFastSubscript(..)
        | Instr::LoadFastLoadFast(..)
        | Instr::LoadFastLoadInt(..)
        | Instr::LoadFastLoadConst(..)
        | Instr::FastReturn(_)
        | Instr::StoreFastLoadFast(..) => LOAD_GAS,
        other => other.gas() as i64,
    }
}

/// Where a conditional jump goes.
#[inline(always)]
pub(super) fn jump_target(instr: Instr) -> usize {
    match instr {
        Instr::PopJumpIfFalse(target) | Instr::PopJumpIfTrue(target) => target as usize,
        _ => 0,
    }
}

/// Arithmetic on small ints and floats that needs neither allocation nor an error.
#[inline(always)]
pub(super) fn binary(op: BinaryOperator, a: Value, b: Value) -> Option<Value> {
    use BinaryOperator as B;
    match (a, b) {
        (Value::Int(a), Value::Int(b)) => Some(Value::Int(match op {
            B::Add => a.checked_add(b)?,
            B::Sub => a.checked_sub(b)?,
            B::Mul => a.checked_mul(b)?,
            B::FloorDiv => {
                if b == 0 || (b == -1 && a == i64::MIN) {
                    return None;
                }
                let quotient = a / b;
                if a % b != 0 && (a < 0) != (b < 0) { quotient - 1 } else { quotient }
            }
            B::Mod => {
                if b == 0 || b == -1 {
                    return None;
                }
                let rest = a % b;
                if rest != 0 && (rest < 0) != (b < 0) { rest + b } else { rest }
            }
            B::And => a & b,
            B::Or => a | b,
            B::Xor => a ^ b,
            B::Lshift => {
                if !(0..63).contains(&b) || a < 0 || a.leading_zeros() as i64 <= b + 1 {
                    return None;
                }
                a << b
            }
            B::Rshift => {
                if b < 0 {
                    return None;
                }
                a >> b.min(63)
            }
            B::TrueDiv => {
                const EXACT: i64 = 1 << 53;
                if b == 0 || !(-EXACT..=EXACT).contains(&a) || !(-EXACT..=EXACT).contains(&b) {
                    return None;
                }
                return Some(Value::float(a as f64 / b as f64));
            }
            B::Pow | B::MatMul => return None,
        })),
        (Value::Float(a), Value::Float(b)) => float_binary(op, a.get(), b.get()),
        (Value::Float(a), Value::Int(b)) => float_binary(op, a.get(), b as f64),
        (Value::Int(a), Value::Float(b)) => float_binary(op, a as f64, b.get()),
        _ => None,
    }
}

/// Arithmetic on floats.
#[inline(always)]
pub(super) fn float_binary(op: BinaryOperator, a: f64, b: f64) -> Option<Value> {
    Some(Value::float(match op {
        BinaryOperator::Add => a + b,
        BinaryOperator::Sub => a - b,
        BinaryOperator::Mul => a * b,
        BinaryOperator::TrueDiv if b != 0.0 => a / b,
        _ => return None,
    }))
}

/// `a op b` of values with an order.
#[inline(always)]
pub(super) fn compare_ordered<T: PartialOrd>(op: CompareOperator, a: T, b: T) -> bool {
    match op {
        CompareOperator::Lt => a < b,
        CompareOperator::Le => a <= b,
        CompareOperator::Eq => a == b,
        CompareOperator::Ne => a != b,
        CompareOperator::Gt => a > b,
        CompareOperator::Ge => a >= b,
    }
}

/// Comparison of small ints, of floats, and equality of what is the same object.
#[inline(always)]
pub(super) fn compare(op: CompareOperator, a: Value, b: Value) -> Option<bool> {
    match (a, b) {
        (Value::Int(a), Value::Int(b)) => Some(compare_ordered(op, a, b)),
        (Value::Float(a), Value::Float(b)) => Some(compare_ordered(op, a.get(), b.get())),
        (Value::Str(a), Value::Str(b)) if a == b => match op {
            CompareOperator::Eq => Some(true),
            CompareOperator::Ne => Some(false),
            _ => None,
        },
        _ => None,
    }
}
