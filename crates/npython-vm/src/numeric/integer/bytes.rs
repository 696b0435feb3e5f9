//! `int.to_bytes` and `int.from_bytes`.

use num_bigint::{BigInt, BigUint, Sign};
use num_traits::Signed;

use super::Integer;
use crate::pace::{GoOn, Interrupted, Room, ask_now_and_then, push_bytes, reverse, steps};
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
/// `ValueError` for a negative length, `OverflowError` when the value does not fit, `OutputLimit` beyond the room.
pub fn to_bytes(
    value: &BigInt,
    length: i64,
    order: ByteOrder,
    signed: bool,
    room: Room<'_>,
) -> Result<Vec<u8>, GuestError> {
    let length = usize::try_from(length).map_err(|_| GuestError::value("length argument must be non-negative"))?;
    if value.is_negative() && !signed {
        return Err(GuestError::overflow("can't convert negative int to unsigned"));
    }
    let available = (length as u64).saturating_mul(8);
    // In two's complement the most negative value has the bits of one less than its magnitude.
    let needed = match (signed, value.is_negative()) {
        (false, _) => value.bits(),
        (true, false) if value.sign() == Sign::NoSign => 0,
        (true, false) => value.bits() + 1,
        (true, true) => (value + 1_u8).bits() + 1,
    };
    if needed > available {
        return Err(GuestError::overflow("int too big to convert"));
    }
    check_length(length, room.bytes)?;
    let mut bytes = Vec::with_capacity(length + 8);
    // The two's complement of a negative value: its bits turned over, and one more.
    let mut carry = true;
    for limb in steps(value.magnitude().iter_u64_digits(), room.go_on) {
        let mut limb = limb?;
        if value.is_negative() {
            let (complement, overflows) = (!limb).overflowing_add(u64::from(carry));
            carry = carry && overflows;
            limb = complement;
        }
        bytes.extend_from_slice(&limb.to_le_bytes());
    }
    bytes.truncate(length);
    let missing = length - bytes.len();
    push_bytes(&mut bytes, if value.is_negative() { 0xFF } else { 0 }, missing, room.go_on)?;
    if order == ByteOrder::Big {
        reverse(&mut bytes, room.go_on)?;
    }
    Ok(bytes)
}

/// `int.from_bytes`.
///
/// # Errors
/// `Interrupted` when `go_on` says so.
pub fn from_bytes(bytes: &[u8], order: ByteOrder, signed: bool, go_on: GoOn<'_>) -> Result<Integer, Interrupted> {
    let top = match order {
        ByteOrder::Little => bytes.last(),
        ByteOrder::Big => bytes.first(),
    };
    let negative = signed && top.is_some_and(|byte| *byte >= 0x80);
    let mut limbs = Vec::with_capacity(bytes.len() / 4 + 1);
    let limb_of = |chunk: &[u8]| {
        let mut limb = if negative { [0xFF; 4] } else { [0; 4] };
        for (place, byte) in chunk.iter().enumerate() {
            let place = if order == ByteOrder::Little { place } else { chunk.len() - 1 - place };
            if let Some(slot) = limb.get_mut(place) {
                *slot = *byte;
            }
        }
        u32::from_le_bytes(limb)
    };
    match order {
        ByteOrder::Little => {
            for chunk in steps(bytes.chunks(4), go_on) {
                limbs.push(limb_of(chunk?));
            }
        }
        ByteOrder::Big => {
            for chunk in steps(bytes.rchunks(4), go_on) {
                limbs.push(limb_of(chunk?));
            }
        }
    }
    if !negative {
        return Ok(Integer::from(BigInt::from_biguint(Sign::Plus, BigUint::new(limbs))));
    }
    for (step, limb) in limbs.iter_mut().enumerate() {
        ask_now_and_then(step, go_on)?;
        *limb = !*limb;
    }
    // The magnitude is one more than the bits turned over.
    Ok(Integer::from(-BigInt::from_biguint(Sign::Plus, BigUint::new(limbs)) - 1_u8))
}
