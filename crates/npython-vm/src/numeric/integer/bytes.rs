//! `int.to_bytes` and `int.from_bytes`.

use num_bigint::{BigInt, Sign};
use num_traits::Signed;

use super::Integer;
use crate::text::{GuestError, check_length};

/// The order of the bytes of an int.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ByteOrder {
    Little,
    Big,
}

impl ByteOrder {
    /// The order of a name.
    ///
    /// # Errors
    /// `ValueError` for names other than `little` and `big`.
    pub fn from_name(name: &str) -> Result<Self, GuestError> {
        match name {
            "little" => Ok(Self::Little),
            "big" => Ok(Self::Big),
            _ => Err(GuestError::value("byteorder must be either 'little' or 'big'")),
        }
    }
}

/// `int.to_bytes`.
///
/// # Errors
/// `ValueError` for a negative length, `OverflowError` when the value does not fit, `OutputLimit` beyond `max_len`.
pub fn to_bytes(
    value: &BigInt,
    length: i64,
    order: ByteOrder,
    signed: bool,
    max_len: usize,
) -> Result<Vec<u8>, GuestError> {
    let length = usize::try_from(length).map_err(|_| GuestError::value("length argument must be non-negative"))?;
    if value.is_negative() && !signed {
        return Err(GuestError::overflow("can't convert negative int to unsigned"));
    }
    let room = (length as u64).saturating_mul(8);
    // In two's complement the most negative value has the bits of one less than its magnitude.
    let needed = match (signed, value.is_negative()) {
        (false, _) => value.bits(),
        (true, false) if value.sign() == Sign::NoSign => 0,
        (true, false) => value.bits() + 1,
        (true, true) => (value + 1_u8).bits() + 1,
    };
    if needed > room {
        return Err(GuestError::overflow("int too big to convert"));
    }
    check_length(length, max_len)?;
    let filler = if value.is_negative() { 0xFF } else { 0 };
    let mut bytes = if signed { value.to_signed_bytes_le() } else { value.magnitude().to_bytes_le() };
    bytes.resize(length, filler);
    if order == ByteOrder::Big {
        bytes.reverse();
    }
    Ok(bytes)
}

/// `int.from_bytes`.
#[must_use]
pub fn from_bytes(bytes: &[u8], order: ByteOrder, signed: bool) -> Integer {
    Integer::from(match (order, signed) {
        (ByteOrder::Little, true) => BigInt::from_signed_bytes_le(bytes),
        (ByteOrder::Big, true) => BigInt::from_signed_bytes_be(bytes),
        (ByteOrder::Little, false) => BigInt::from_bytes_le(Sign::Plus, bytes),
        (ByteOrder::Big, false) => BigInt::from_bytes_be(Sign::Plus, bytes),
    })
}
