//! Operators on floats and complex numbers.

use npython_bytecode::BinaryOperator;

use crate::fault::Fault;
use crate::numeric::complex::Complex;
use crate::numeric::{float, integer};
use crate::text::GuestError;
use crate::value::Value;

use super::super::Machine;

impl Machine {
    /// A real number (int of any size, bool or float) as a float; NaN for other values, which callers rule out.
    pub(crate) fn real_to_float(&mut self, value: Value) -> Result<f64, Fault> {
        match value {
            Value::Float(number) => Ok(number.get()),
            Value::Int(number) => Ok(number as f64),
            Value::True => Ok(1.0),
            Value::False => Ok(0.0),
            Value::BigInt(id) => match integer::big_to_float(self.heap.big_ints.get(id)) {
                Ok(number) => Ok(number),
                Err(error) => Err(self.raise_guest_error(error)),
            },
            _ => Ok(f64::NAN),
        }
    }

    /// Any built-in number as a complex number.
    pub(crate) fn number_to_complex(&mut self, value: Value) -> Result<Complex, Fault> {
        match value {
            Value::Complex(id) => {
                let number = self.heap.complexes.get(id);
                Ok(Complex::new(number.real, number.imaginary))
            }
            other => Ok(Complex::new(self.real_to_float(other)?, 0.0)),
        }
    }

    /// `left op right`; `None` for operators floats do not have.
    #[inline]
    pub(crate) fn float_binary(&mut self, op: BinaryOperator, left: f64, right: f64) -> Result<Option<Value>, Fault> {
        use BinaryOperator as B;
        let result = match op {
            B::Add => Ok(left + right),
            B::Sub => Ok(left - right),
            B::Mul => Ok(left * right),
            B::TrueDiv => float::divide(left, right),
            B::FloorDiv => float::floor_divide(left, right),
            B::Mod => float::modulo(left, right),
            B::Pow => return self.float_power(left, right).map(Some),
            _ => return Ok(None),
        };
        self.float_result(result).map(Some)
    }

    /// A float, or the error its computation ended with.
    #[inline]
    pub(crate) fn float_result(&mut self, result: Result<f64, GuestError>) -> Result<Value, Fault> {
        match result {
            Ok(number) => Ok(Value::float(number)),
            Err(error) => Err(self.raise_guest_error(error)),
        }
    }

    /// `base ** exponent`, which is complex for fractional powers of negative numbers.
    pub(crate) fn float_power(&mut self, base: f64, exponent: f64) -> Result<Value, Fault> {
        match float::power(base, exponent) {
            Ok(float::Power::Float(number)) => Ok(Value::float(number)),
            Ok(float::Power::Complex(number)) => self.heap.new_complex(number.real, number.imaginary),
            Err(error) => Err(self.raise_guest_error(error)),
        }
    }

    /// `divmod(left, right)` of floats.
    pub(crate) fn float_divmod(&mut self, left: f64, right: f64) -> Result<Value, Fault> {
        match float::floor_divmod(left, right) {
            Ok((quotient, rest)) => self.heap.new_tuple(&[Value::float(quotient), Value::float(rest)]),
            Err(error) => Err(self.raise_guest_error(error)),
        }
    }

    /// `left op right`; `None` for operators complex numbers do not have.
    pub(crate) fn complex_binary(
        &mut self,
        op: BinaryOperator,
        left: Complex,
        right: Complex,
    ) -> Result<Option<Value>, Fault> {
        use BinaryOperator as B;
        let result = match op {
            B::Add => Ok(left + right),
            B::Sub => Ok(left - right),
            B::Mul => Ok(left * right),
            B::TrueDiv => left.divide(right),
            B::Pow => left.power(right),
            _ => return Ok(None),
        };
        match result {
            Ok(number) => self.heap.new_complex(number.real, number.imaginary).map(Some),
            Err(error) => Err(self.raise_guest_error(error)),
        }
    }
}
