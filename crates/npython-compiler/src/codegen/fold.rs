//! Constant folding, with results bounded so that source cannot make the compiler work (CPython has the same limits).

use std::sync::Arc;

use npython_bytecode::{BinaryOperator, Constant};
use ruff_python_ast::UnaryOp;

/// Bytes of text and items of tuples that a folded constant may have.
const MAX_ITEMS: usize = 4_096;
/// Largest float with exact integers below it.
const EXACT_FLOAT: i128 = 1 << 53;

/// `left operator right`, or `None` if it is to be computed when the program runs.
pub(super) fn binary(operator: BinaryOperator, left: &Constant, right: &Constant) -> Option<Constant> {
    match (left, right) {
        (Constant::Str(left), Constant::Str(right)) if operator == BinaryOperator::Add => {
            (left.len() + right.len() <= MAX_ITEMS).then(|| Constant::Str(Arc::from([&**left, &**right].concat())))
        }
        (Constant::Bytes(left), Constant::Bytes(right)) if operator == BinaryOperator::Add => {
            (left.len() + right.len() <= MAX_ITEMS).then(|| Constant::Bytes([&**left, &**right].concat().into()))
        }
        (Constant::Str(text), count) | (count, Constant::Str(text)) if operator == BinaryOperator::Mul => {
            let count = repetition(text.len(), count)?;
            Some(Constant::Str(Arc::from(text.repeat(count))))
        }
        (Constant::Bytes(bytes), count) | (count, Constant::Bytes(bytes)) if operator == BinaryOperator::Mul => {
            let count = repetition(bytes.len(), count)?;
            Some(Constant::Bytes(bytes.repeat(count).into()))
        }
        _ => number(operator, left, right),
    }
}

fn repetition(length: usize, count: &Constant) -> Option<usize> {
    let count = usize::try_from(small_int(count)?.max(0)).ok()?;
    (length.checked_mul(count)? <= MAX_ITEMS).then_some(count)
}

fn number(operator: BinaryOperator, left: &Constant, right: &Constant) -> Option<Constant> {
    if let (Constant::Bool(left), Constant::Bool(right)) = (left, right) {
        match operator {
            BinaryOperator::And => return Some(Constant::Bool(left & right)),
            BinaryOperator::Or => return Some(Constant::Bool(left | right)),
            BinaryOperator::Xor => return Some(Constant::Bool(left ^ right)),
            _ => {}
        }
    }
    if let (Some(left), Some(right)) = (int(left), int(right)) {
        return int_operation(operator, left, right);
    }
    if let (Some(left), Some(right)) = (float(left), float(right)) {
        return float_operation(operator, left, right);
    }
    let ((a, b), (c, d)) = (complex(left)?, complex(right)?);
    match operator {
        BinaryOperator::Add => Some(Constant::Complex { real: a + c, imaginary: b + d }),
        BinaryOperator::Sub => Some(Constant::Complex { real: a - c, imaginary: b - d }),
        _ => None,
    }
}

fn int_operation(operator: BinaryOperator, left: i128, right: i128) -> Option<Constant> {
    let value = match operator {
        BinaryOperator::Add => left.checked_add(right)?,
        BinaryOperator::Sub => left.checked_sub(right)?,
        BinaryOperator::Mul => left.checked_mul(right)?,
        BinaryOperator::And => left & right,
        BinaryOperator::Or => left | right,
        BinaryOperator::Xor => left ^ right,
        BinaryOperator::Pow => left.checked_pow(u32::try_from(right).ok()?)?,
        BinaryOperator::Lshift => {
            let shift = u32::try_from(right).ok()?;
            if left != 0 && shift >= left.unsigned_abs().leading_zeros() - 1 {
                return None;
            }
            if left == 0 { 0 } else { left << shift }
        }
        BinaryOperator::Rshift => left >> u32::try_from(right).ok()?.min(127),
        BinaryOperator::FloorDiv => floor_division(left, right)?.0,
        BinaryOperator::Mod => floor_division(left, right)?.1,
        BinaryOperator::TrueDiv => {
            let exact = left.abs() <= EXACT_FLOAT && right.abs() <= EXACT_FLOAT;
            return (exact && right != 0).then(|| Constant::Float(left as f64 / right as f64));
        }
        BinaryOperator::MatMul => return None,
    };
    Some(from_int(value))
}

/// Quotient and remainder rounded towards negative infinity.
fn floor_division(left: i128, right: i128) -> Option<(i128, i128)> {
    let (quotient, remainder) = (left.checked_div(right)?, left.checked_rem(right)?);
    if remainder != 0 && (remainder < 0) != (right < 0) {
        Some((quotient - 1, remainder + right))
    } else {
        Some((quotient, remainder))
    }
}

fn float_operation(operator: BinaryOperator, left: f64, right: f64) -> Option<Constant> {
    let value = match operator {
        BinaryOperator::Add => left + right,
        BinaryOperator::Sub => left - right,
        BinaryOperator::Mul => left * right,
        BinaryOperator::TrueDiv if right != 0.0 => left / right,
        _ => return None,
    };
    Some(Constant::Float(value))
}

/// The operator applied to a constant, or `None`.
pub(super) fn unary(operator: UnaryOp, operand: &Constant) -> Option<Constant> {
    match operator {
        UnaryOp::Not => Some(Constant::Bool(!truth(operand)?)),
        UnaryOp::USub => match operand {
            Constant::Float(value) => Some(Constant::Float(-value)),
            Constant::Complex { real, imaginary } => Some(Constant::Complex { real: -real, imaginary: -imaginary }),
            Constant::BigInt { negative, magnitude } if int(operand).is_none() => {
                Some(Constant::BigInt { negative: !negative, magnitude: magnitude.clone() })
            }
            _ => Some(from_int(int(operand)?.checked_neg()?)),
        },
        UnaryOp::UAdd => match operand {
            Constant::Float(_) | Constant::Complex { .. } | Constant::Int(_) | Constant::BigInt { .. } => {
                Some(operand.clone())
            }
            _ => Some(from_int(int(operand)?)),
        },
        // `~True` is deprecated and warns when it runs.
        UnaryOp::Invert => match operand {
            Constant::Int(_) | Constant::BigInt { .. } => Some(from_int(!int(operand)?)),
            _ => None,
        },
    }
}

fn truth(constant: &Constant) -> Option<bool> {
    Some(match constant {
        Constant::None => false,
        Constant::Ellipsis | Constant::BigInt { .. } => true,
        Constant::Bool(value) => *value,
        Constant::Int(value) => *value != 0,
        Constant::Float(value) => *value != 0.0,
        Constant::Complex { real, imaginary } => *real != 0.0 || *imaginary != 0.0,
        Constant::Str(text) => !text.is_empty(),
        Constant::WideStr(points) => !points.is_empty(),
        Constant::Bytes(bytes) => !bytes.is_empty(),
        Constant::Tuple(items) | Constant::FrozenSet(items) => !items.is_empty(),
        Constant::Code(_) => return None,
    })
}

fn small_int(constant: &Constant) -> Option<i64> {
    match constant {
        Constant::Int(value) => Some(*value),
        Constant::Bool(value) => Some(i64::from(*value)),
        _ => None,
    }
}

fn int(constant: &Constant) -> Option<i128> {
    match constant {
        Constant::BigInt { negative, magnitude } => {
            let mut bytes = [0; 16];
            bytes.get_mut(..magnitude.len())?.copy_from_slice(magnitude);
            let value = i128::try_from(u128::from_le_bytes(bytes)).ok()?;
            Some(if *negative { -value } else { value })
        }
        _ => small_int(constant).map(i128::from),
    }
}

fn from_int(value: i128) -> Constant {
    if let Ok(small) = i64::try_from(value) {
        return Constant::Int(small);
    }
    let bytes = value.unsigned_abs().to_le_bytes();
    let length = bytes.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
    Constant::BigInt { negative: value < 0, magnitude: bytes.iter().take(length).copied().collect() }
}

fn float(constant: &Constant) -> Option<f64> {
    match constant {
        Constant::Float(value) => Some(*value),
        _ => int(constant).map(|value| value as f64),
    }
}

fn complex(constant: &Constant) -> Option<(f64, f64)> {
    match constant {
        Constant::Complex { real, imaginary } => Some((*real, *imaginary)),
        _ => float(constant).map(|value| (value, 0.0)),
    }
}
