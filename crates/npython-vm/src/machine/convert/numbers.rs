//! Arguments as machine numbers.

use num_bigint::{BigInt, Sign};

use crate::fault::Fault;
use crate::names;
use crate::numeric::integer::{self, Integer};
use crate::types;
use crate::value::Value;

use super::super::operators::IntOperand;
use super::super::returning::METHOD_INDEX;
use super::super::{Machine, OnReturn};

impl Machine {
    /// An int argument as an int value of any size (`operator.index`).
    ///
    /// # Errors
    /// TypeError; `Fault::Fallback` when a guest `__index__` has to run.
    #[inline]
    pub(crate) fn to_int_value(&mut self, value: Value) -> Result<Value, Fault> {
        match value {
            Value::Int(_) | Value::BigInt(_) => Ok(value),
            Value::True => Ok(Value::Int(1)),
            Value::False => Ok(Value::Int(0)),
            other => self.to_int_value_slow(other),
        }
    }

    fn to_int_value_slow(&mut self, value: Value) -> Result<Value, Fault> {
        match self.unwrap(value) {
            // An int it is, whatever `__index__` its class has.
            data @ (Value::Int(_) | Value::BigInt(_)) => Ok(data),
            _ if self.is_guest_special(value, names::INDEX).is_some() => Err(Fault::Fallback),
            _ => Err(self.not_an_integer(value)),
        }
    }

    #[cold]
    pub(crate) fn not_an_integer(&mut self, value: Value) -> Fault {
        let name = self.type_name(value);
        self.type_error(format!("'{name}' object cannot be interpreted as an integer"))
    }

    /// `operator.index(value)`: as [`Machine::to_int_value`], but a guest `__index__` is called.
    ///
    /// # Errors
    /// TypeError; `Fault::Call`.
    pub(crate) fn index_value(&mut self, value: Value) -> Result<Value, Fault> {
        match self.to_int_value(value) {
            Err(Fault::Fallback) => match self.special(value, names::INDEX) {
                Some(method) => self.call_special(method, value, &[], OnReturn::ExpectInt { method: METHOD_INDEX }),
                None => Err(self.not_an_integer(value)),
            },
            result => result,
        }
    }

    /// An int argument that has to fit 64 bits.
    ///
    /// # Errors
    /// TypeError; OverflowError; `Fault::Fallback` when a guest `__index__` has to run.
    #[inline]
    pub(crate) fn to_index(&mut self, value: Value) -> Result<i64, Fault> {
        match self.to_int_value(value)? {
            Value::Int(number) => Ok(number),
            _ => Err(self.overflow_error("cannot fit 'int' into an index-sized integer")),
        }
    }

    /// An int argument, those out of the range of 64 bits clamped to its ends.
    ///
    /// # Errors
    /// TypeError; `Fault::Fallback` when a guest `__index__` has to run.
    pub(crate) fn to_clamped_index(&mut self, value: Value) -> Result<i64, Fault> {
        match self.to_int_value(value)? {
            Value::Int(number) => Ok(number),
            Value::BigInt(id) if self.heap.big_ints.get(id).sign() == Sign::Minus => Ok(i64::MIN),
            _ => Ok(i64::MAX),
        }
    }

    /// An int argument as a big int.
    ///
    /// # Errors
    /// TypeError; `Fault::Fallback` when a guest `__index__` has to run.
    pub(crate) fn to_big_int(&mut self, value: Value) -> Result<BigInt, Fault> {
        let value = self.to_int_value(value)?;
        Ok(IntOperand::of(&self.heap, value).map(|operand| operand.big().into_owned()).unwrap_or_default())
    }

    /// A number argument as a float, as `PyFloat_AsDouble` does.
    ///
    /// # Errors
    /// TypeError; OverflowError; `Fault::Fallback` when a guest `__float__` or `__index__` has to run.
    #[inline]
    pub(crate) fn to_float(&mut self, value: Value) -> Result<f64, Fault> {
        match value {
            Value::Float(number) => Ok(number.get()),
            Value::Int(number) => Ok(number as f64),
            other => self.to_float_slow(other),
        }
    }

    fn to_float_slow(&mut self, value: Value) -> Result<f64, Fault> {
        let data = self.unwrap(value);
        if let Value::Float(number) = data {
            return Ok(number.get());
        }
        if self.is_guest_special(value, names::FLOAT).is_some() || self.is_guest_special(value, names::INDEX).is_some()
        {
            return Err(Fault::Fallback);
        }
        match data {
            Value::Int(_) | Value::True | Value::False | Value::BigInt(_) => self.real_to_float(data),
            _ => {
                let name = self.type_name(value);
                Err(self.type_error(format!("must be real number, not {name}")))
            }
        }
    }

    /// An int value from a pure result.
    pub(crate) fn integer_value(&mut self, integer: Integer) -> Result<Value, Fault> {
        match integer {
            Integer::Small(number) => Ok(Value::Int(number)),
            Integer::Big(number) => self.heap.new_int(number),
        }
    }

    /// The int part of a float.
    ///
    /// # Errors
    /// OverflowError for infinities, ValueError for NaN.
    pub(crate) fn float_to_int(&mut self, number: f64) -> Result<Value, Fault> {
        match integer::from_float(number) {
            Ok(integer) => self.integer_value(integer),
            Err(error) => Err(self.raise_guest_error(error)),
        }
    }

    /// Whether the value is an int, or of a class derived from int.
    pub(crate) fn is_int(&self, value: Value) -> bool {
        matches!(self.unwrap(value), Value::Int(_) | Value::BigInt(_) | Value::True | Value::False)
    }

    /// Checks that `class`, the first argument of a `__new__`, derives from the built-in type the method is of.
    ///
    /// # Errors
    /// TypeError as CPython words it.
    pub(crate) fn check_new_class(
        &mut self,
        class: Value,
        owner: crate::value::Id<crate::objects::TypeObject>,
    ) -> Result<crate::value::Id<crate::objects::TypeObject>, Fault> {
        let owner_name = self.class_name(owner);
        let Value::Type(class) = class else {
            let name = self.type_name(class);
            return Err(self.type_error(format!("{owner_name}.__new__(X): X is not a type object ({name})")));
        };
        if !self.is_subclass(class, owner) {
            let name = self.class_name(class);
            return Err(
                self.type_error(format!("{owner_name}.__new__({name}): {name} is not a subtype of {owner_name}"))
            );
        }
        if owner == types::INT && self.is_subclass(class, types::BOOL) {
            return Err(self.type_error("int.__new__(bool) is not safe, use bool.__new__()"));
        }
        Ok(class)
    }
}
