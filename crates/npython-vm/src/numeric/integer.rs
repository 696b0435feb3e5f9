//! Integers as Python has them: `i64` where they fit, [`BigInt`] beyond.

mod big;
mod bytes;
mod convert;
pub mod large;
mod parse;
mod print;
mod small;

use num_bigint::BigInt;
use num_traits::ToPrimitive;

pub use big::{
    add, bit_count, floor_divide, floor_divmod, floor_modulo, gcd, integer_square_root, multiply, power,
    power_result_bits, power_with_modulus, shift_left, shift_right, subtract,
};
pub use bytes::{ByteOrder, from_bytes, to_bytes};
pub(crate) use convert::scale_to_float;
pub use convert::{
    big_to_float, compare_big_with_float, compare_small_with_float, divide_big, divide_small, from_float,
};
pub use parse::{DEFAULT_DIGIT_LIMIT, SHOWN_CHARACTERS, invalid_literal, parse_integer, parse_integer_bytes};
pub use print::{big_to_decimal, decimal_length_bound, digit_limit_error, to_base, to_prefixed_base};
pub use small::{
    floor_divide_small, floor_modulo_small, power_small, shift_left_small, shift_right_small, square_root_small,
};

/// An int in the form the machine keeps it in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Integer {
    Small(i64),
    /// Does not fit `i64`, when made by [`Integer::from`].
    Big(BigInt),
}

impl From<BigInt> for Integer {
    fn from(value: BigInt) -> Self {
        value.to_i64().map_or(Self::Big(value), Self::Small)
    }
}

impl From<i64> for Integer {
    fn from(value: i64) -> Self {
        Self::Small(value)
    }
}

impl Integer {
    /// The value as a [`BigInt`].
    #[must_use]
    pub fn into_big(self) -> BigInt {
        match self {
            Self::Small(value) => BigInt::from(value),
            Self::Big(value) => value,
        }
    }
}

#[cfg(test)]
mod tests;
