//! The items of memoryviews: from bytes to values and back.

use num_bigint::BigInt;
use num_traits::ToPrimitive;

use crate::fault::Fault;
use crate::machine::Machine;
use crate::names;
use crate::objects::ItemFormat;
use crate::value::Value;

/// Numbers from here on are beyond the largest one of 16 bits, also when rounded.
const HALF_LIMIT: f64 = 65520.0;

/// An item before it is a value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Item {
    Int(i128),
    Float(f64),
    Truth(bool),
    Byte(u8),
}

impl Item {
    /// Reads an item of a format from its bytes.
    pub(super) fn read(format: ItemFormat, data: &[u8]) -> Self {
        let mut unsigned = 0_u64;
        for byte in data.iter().rev().take(8) {
            unsigned = unsigned << 8 | u64::from(*byte);
        }
        match format.code {
            b'c' => Self::Byte(unsigned as u8),
            b'?' => Self::Truth(unsigned != 0),
            b'b' => Self::Int((unsigned as i8).into()),
            b'h' => Self::Int((unsigned as i16).into()),
            b'i' => Self::Int((unsigned as i32).into()),
            b'l' | b'q' | b'n' => Self::Int((unsigned as i64).into()),
            b'd' => Self::Float(f64::from_bits(unsigned)),
            b'f' => Self::Float(f32::from_bits(unsigned as u32).into()),
            b'e' => Self::Float(from_half(unsigned as u16)),
            _ => Self::Int(unsigned.into()),
        }
    }

    /// Whether two items are equal as values.
    pub(super) fn equals(self, other: Self) -> bool {
        match (self.number(), other.number()) {
            (Some(left), Some(right)) => left == right,
            _ => self == other,
        }
    }

    fn number(self) -> Option<Self> {
        match self {
            Self::Truth(truth) => Some(Self::Int(truth.into())),
            // A float is compared as an int where it is one, so that both kinds meet.
            Self::Float(number) if number.fract() == 0.0 && number.abs() < 1e30 => Some(Self::Int(number as i128)),
            Self::Byte(_) => None,
            other => Some(other),
        }
    }

    /// The item as the guest sees it.
    pub(super) fn value(self, m: &mut Machine) -> Result<Value, Fault> {
        match self {
            Self::Int(number) => m.heap.new_int(BigInt::from(number)),
            Self::Float(number) => Ok(Value::float(number)),
            Self::Truth(truth) => Ok(Value::bool(truth)),
            Self::Byte(byte) => m.heap.new_bytes(vec![byte]),
        }
    }
}

/// The bytes of a value as an item of a format, lowest first.
///
/// # Errors
/// TypeError and ValueError as CPython words them; `Fallback` when a guest conversion has to run.
pub(super) fn packed(m: &mut Machine, format: ItemFormat, value: Value) -> Result<[u8; 8], Fault> {
    let bits = match format.code {
        b'c' => match m.unwrap(value) {
            Value::Bytes(id) => match *m.heap.bytes.get(id).data {
                [byte] => u64::from(byte),
                _ => return Err(wrong_value(m, format)),
            },
            _ => return Err(wrong_type(m, format)),
        },
        b'?' => match m.truth(value) {
            Err(Fault::Call) => return Err(Fault::Fallback),
            truth => u64::from(truth?),
        },
        b'e' | b'f' | b'd' => packed_float(m, format, value)?,
        _ => packed_int(m, format, value)?,
    };
    Ok(bits.to_le_bytes())
}

fn packed_float(m: &mut Machine, format: ItemFormat, value: Value) -> Result<u64, Fault> {
    let number = match m.to_float(value) {
        Err(Fault::Raise) => {
            m.raised = Value::Undef;
            return Err(wrong_type(m, format));
        }
        number => number?,
    };
    Ok(match format.code {
        b'd' => number.to_bits(),
        b'e' if number.is_finite() && number.abs() >= HALF_LIMIT => return Err(wrong_value(m, format)),
        b'f' => u64::from((number as f32).to_bits()),
        _ => u64::from(to_half(number)),
    })
}

fn packed_int(m: &mut Machine, format: ItemFormat, value: Value) -> Result<u64, Fault> {
    let number: i128 = match m.unwrap(value) {
        Value::Int(number) => number.into(),
        Value::True => 1,
        Value::False => 0,
        Value::BigInt(id) => m.heap.big_ints.get(id).to_i128().unwrap_or(i128::MAX),
        _ if m.special(value, names::INDEX).is_some() => return Err(Fault::Fallback),
        _ => return Err(wrong_type(m, format)),
    };
    let bits = format.item_size() as u32 * 8;
    let (least, most) = match format.code {
        b'b' | b'h' | b'i' | b'l' | b'q' | b'n' => (-(1_i128 << (bits - 1)), (1_i128 << (bits - 1)) - 1),
        // A pointer may be written as a negative number.
        b'P' => (-(1_i128 << 63), (1_i128 << 64) - 1),
        _ => (0, (1_i128 << bits) - 1),
    };
    if (least..=most).contains(&number) { Ok(number as u64) } else { Err(wrong_value(m, format)) }
}

#[cold]
fn wrong_type(m: &mut Machine, format: ItemFormat) -> Fault {
    m.type_error(format!("memoryview: invalid type for format '{}'", char::from(format.code)))
}

#[cold]
fn wrong_value(m: &mut Machine, format: ItemFormat) -> Fault {
    m.value_error(format!("memoryview: invalid value for format '{}'", char::from(format.code)))
}

/// A number of 16 bits (IEEE 754 binary16).
fn from_half(bits: u16) -> f64 {
    let exponent = i32::from(bits >> 10 & 0x1F);
    let fraction = f64::from(bits & 0x3FF);
    let magnitude = match exponent {
        0 => fraction * 2_f64.powi(-24),
        0x1F if fraction == 0.0 => f64::INFINITY,
        0x1F => f64::NAN,
        _ => (1024.0 + fraction) * 2_f64.powi(exponent - 25),
    };
    if bits & 0x8000 != 0 { -magnitude } else { magnitude }
}

/// The nearest number of 16 bits, of two equally near ones the even one.
fn to_half(number: f64) -> u16 {
    let sign = if number.is_sign_negative() { 0x8000 } else { 0 };
    let magnitude = number.abs();
    if magnitude.is_nan() {
        return sign | 0x7E00;
    }
    if magnitude >= HALF_LIMIT {
        return sign | 0x7C00;
    }
    let exponent = (magnitude.to_bits() >> 52) as i32 - 1023;
    let unit = exponent.max(-14) - 10;
    let steps = (magnitude * 2_f64.powi(-unit)).round_ties_even() as u16;
    if exponent < -14 { sign | steps } else { sign | ((exponent + 14) as u16 * 1024 + steps) }
}

#[cfg(test)]
mod tests {
    use super::{from_half, to_half};

    #[test]
    fn halves_survive() {
        for bits in (0..=0x7C00_u16).chain(0x8000..=0xFC00) {
            assert_eq!(to_half(from_half(bits)), bits);
        }
        assert_eq!(to_half(1e9), 0x7C00);
        assert!(from_half(0x7E00).is_nan());
    }
}
