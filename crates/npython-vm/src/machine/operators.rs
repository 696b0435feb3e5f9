//! Arithmetic and bitwise operators.

mod candidates;
mod integers;
mod reals;
mod sequences;
mod unary;

use npython_bytecode::BinaryOperator;

use crate::fault::Fault;
use crate::value::Value;

use super::Machine;

pub(super) use candidates::LEFT as LEFT_METHOD;
pub(crate) use integers::IntOperand;
pub(crate) use sequences::Repetitions;

/// What kind of number a value is, in the order of Python's numeric tower.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum NumberKind {
    Int,
    Float,
    Complex,
}

/// The kind of a built-in number; `None` for other values.
#[inline]
pub(crate) fn number_kind(value: Value) -> Option<NumberKind> {
    Some(match value {
        Value::Int(_) | Value::BigInt(_) | Value::False | Value::True => NumberKind::Int,
        Value::Float(_) => NumberKind::Float,
        Value::Complex(_) => NumberKind::Complex,
        _ => return None,
    })
}

/// Whether floats or complex numbers have an operator; ints have all but one.
fn has_operator(kind: NumberKind, op: BinaryOperator) -> bool {
    use BinaryOperator as B;
    match op {
        B::Add | B::Sub | B::Mul | B::TrueDiv | B::Pow => true,
        B::FloorDiv | B::Mod => kind != NumberKind::Complex,
        _ => false,
    }
}

/// Whether classes have a say in the operation: instances, and types for their metaclasses.
fn needs_class_lookup(value: Value) -> bool {
    matches!(value, Value::Instance(_) | Value::Type(_))
}

impl Machine {
    /// `a op b`
    ///
    /// # Errors
    /// What the operation raises; `Fault::Call` when a guest method has to tell.
    #[inline]
    pub(crate) fn binary(&mut self, op: BinaryOperator, a: Value, b: Value) -> Result<Value, Fault> {
        match (a, b) {
            (Value::Int(left), Value::Int(right)) => self.small_int_binary(op, left, right),
            (Value::Float(left), Value::Float(right)) => match self.float_binary(op, left.get(), right.get())? {
                Some(result) => Ok(result),
                None => Err(self.unsupported_operands(op, false, a, b)),
            },
            (Value::Str(left), Value::Str(right)) if op == BinaryOperator::Add => self.heap_concat(left, right),
            _ => self.binary_general(op, false, a, b),
        }
    }

    /// `a op= b`: the value to store.
    ///
    /// # Errors
    /// As for [`Machine::binary`].
    #[inline]
    pub(crate) fn inplace(&mut self, op: BinaryOperator, a: Value, b: Value) -> Result<Value, Fault> {
        match (a, b) {
            (Value::Int(left), Value::Int(right)) if op != BinaryOperator::MatMul => {
                self.small_int_binary(op, left, right)
            }
            (Value::Str(left), Value::Str(right)) if op == BinaryOperator::Add => self.heap_concat(left, right),
            _ => self.binary_general(op, true, a, b),
        }
    }

    #[inline(never)]
    fn binary_general(&mut self, op: BinaryOperator, inplace: bool, a: Value, b: Value) -> Result<Value, Fault> {
        if !needs_class_lookup(a) && !needs_class_lookup(b) {
            if let Some(result) = self.number_binary(op, a, b)? {
                return Ok(result);
            }
            if let Some(result) = self.sequence_binary(op, inplace, a, b)? {
                return Ok(result);
            }
        }
        self.binary_stage(op, inplace, a, b, 0)
    }

    /// `a op b` of two built-in numbers; `None` when one of them is none or the operator is not defined for them.
    pub(crate) fn number_binary(&mut self, op: BinaryOperator, a: Value, b: Value) -> Result<Option<Value>, Fault> {
        let (Some(left), Some(right)) = (number_kind(a), number_kind(b)) else { return Ok(None) };
        match left.max(right) {
            NumberKind::Int => self.int_binary(op, a, b),
            kind if !has_operator(kind, op) => Ok(None),
            NumberKind::Float => {
                let (left, right) = (self.real_to_float(a)?, self.real_to_float(b)?);
                self.float_binary(op, left, right)
            }
            NumberKind::Complex => {
                let (left, right) = (self.number_to_complex(a)?, self.number_to_complex(b)?);
                self.complex_binary(op, left, right)
            }
        }
    }

    /// The answer of an operator method of a built-in number, as `int.__add__` gives it: NotImplemented for operands of kinds that
    /// `kind` does not know.
    pub(crate) fn number_method_result(
        &mut self,
        op: BinaryOperator,
        kind: NumberKind,
        reflected: bool,
        receiver: Value,
        other: Value,
    ) -> Result<Value, Fault> {
        let (data, operand) = (self.unwrap(receiver), self.unwrap(other));
        match number_kind(operand) {
            Some(found) if found <= kind => {}
            _ => return Ok(Value::NotImplemented),
        }
        // A method of a float computes with floats even when both operands are ints.
        let promoted = match kind {
            NumberKind::Int => data,
            NumberKind::Float => Value::float(self.real_to_float(data)?),
            NumberKind::Complex => data,
        };
        let (left, right) = if reflected { (operand, promoted) } else { (promoted, operand) };
        Ok(self.number_binary(op, left, right)?.unwrap_or(Value::NotImplemented))
    }

    /// TypeError for operands nobody knows how to combine.
    #[cold]
    pub(crate) fn unsupported_operands(&mut self, op: BinaryOperator, inplace: bool, a: Value, b: Value) -> Fault {
        let (left, right) = (self.type_name(a), self.type_name(b));
        let symbol = match (op, inplace) {
            (BinaryOperator::Pow, false) => "** or pow()".to_owned(),
            (_, true) => format!("{}=", op.symbol()),
            (_, false) => op.symbol().to_owned(),
        };
        let is_print = match a {
            Value::Native(id) => self.base.natives[id.index()].def.name == "print",
            _ => false,
        };
        let hint = if op == BinaryOperator::Rshift && !inplace && is_print {
            ". Did you mean \"print(<message>, file=<output_stream>)\"?"
        } else {
            ""
        };
        self.type_error(format!("unsupported operand type(s) for {symbol}: '{left}' and '{right}'{hint}"))
    }
}
