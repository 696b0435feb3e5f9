//! `-x`, `+x`, `~x` and `abs(x)`.

use crate::fault::Fault;
use crate::names;
use crate::numeric::cost;
use crate::objects::Str;
use crate::value::{Id, Value};

use super::super::{Machine, OnReturn};
use super::integers::IntOperand;

impl Machine {
    /// `-value`
    pub(crate) fn negative(&mut self, value: Value) -> Result<Value, Fault> {
        match value {
            Value::Int(number) => self.heap.new_i128(-i128::from(number)),
            Value::Float(number) => Ok(Value::float(-number.get())),
            Value::True => Ok(Value::Int(-1)),
            Value::False => Ok(Value::Int(0)),
            Value::BigInt(id) => {
                let limbs = cost::limbs(self.heap.big_ints.get(id));
                self.charge(cost::linear(limbs, 0))?;
                self.reserve_briefly(limbs)?;
                let result = -self.heap.big_ints.get(id);
                self.heap.new_int(result)
            }
            Value::Complex(id) => {
                let number = *self.heap.complexes.get(id);
                self.heap.new_complex(-number.real, -number.imaginary)
            }
            other => self.unary_by_class(other, names::NEG, "unary -"),
        }
    }

    /// `+value`
    pub(crate) fn positive(&mut self, value: Value) -> Result<Value, Fault> {
        match value {
            Value::Int(_) | Value::Float(_) | Value::BigInt(_) | Value::Complex(_) => Ok(value),
            Value::True => Ok(Value::Int(1)),
            Value::False => Ok(Value::Int(0)),
            other => self.unary_by_class(other, names::POS, "unary +"),
        }
    }

    /// `~value`
    pub(crate) fn invert(&mut self, value: Value) -> Result<Value, Fault> {
        match value {
            Value::Int(number) => Ok(Value::Int(!number)),
            Value::True => Ok(Value::Int(-2)),
            Value::False => Ok(Value::Int(-1)),
            Value::BigInt(id) => {
                let limbs = cost::limbs(self.heap.big_ints.get(id));
                self.charge(cost::linear(limbs, 0))?;
                self.reserve_briefly(limbs)?;
                let result = !self.heap.big_ints.get(id);
                self.heap.new_int(result)
            }
            other => self.unary_by_class(other, names::INVERT, "unary ~"),
        }
    }

    /// `abs(value)`
    pub(crate) fn absolute(&mut self, value: Value) -> Result<Value, Fault> {
        match value {
            Value::Int(number) => self.heap.new_i128(i128::from(number).abs()),
            Value::Float(number) => Ok(Value::float(number.get().abs())),
            Value::True => Ok(Value::Int(1)),
            Value::False => Ok(Value::Int(0)),
            Value::BigInt(id) => match IntOperand::of(&self.heap, value) {
                Some(IntOperand::Big(number)) if number.sign() == num_bigint::Sign::Minus => {
                    self.negative(Value::BigInt(id))
                }
                _ => Ok(value),
            },
            Value::Complex(_) => {
                let number = self.number_to_complex(value)?;
                let size = number.absolute();
                self.float_result(size)
            }
            other => self.unary_by_class(other, names::ABS, "abs()"),
        }
    }

    /// Makes sure that a big int of so many limbs fits, before it is computed.
    fn reserve_briefly(&mut self, limbs: u64) -> Result<(), Fault> {
        let bytes = (limbs * 8) as usize;
        self.heap.reserve(bytes)?;
        self.heap.release(bytes);
        Ok(())
    }

    fn unary_by_class(&mut self, value: Value, name: Id<Str>, what: &str) -> Result<Value, Fault> {
        match self.special(value, name) {
            Some(method) => self.call_special(method, value, &[], OnReturn::Push),
            None => {
                let found = self.type_name(value);
                Err(self.type_error(format!("bad operand type for {what}: '{found}'")))
            }
        }
    }
}
