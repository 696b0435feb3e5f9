//! Hash values, equal to those of 64-bit CPython 3.13 (`PYTHONHASHSEED=0` for [`HashKey::default`]).
//!
//! Numbers hash by their residue modulo the prime 2**61 - 1, so equal numbers of different types hash alike
//! (documented under "Hashing of numeric types"); strings and bytes by SipHash-1-3.

use std::hash::Hasher;

use num_bigint::{BigInt, Sign};
use serde::{Deserialize, Serialize};
use siphasher::sip::SipHasher13;

use crate::pace::{GoOn, Interrupted, STEPS_PER_QUESTION, UNASKED, ask_now_and_then, pieces};

const MODULUS_BITS: u32 = 61;
const MODULUS: u64 = (1 << MODULUS_BITS) - 1;
const INFINITY_HASH: i64 = 314_159;
const IMAGINARY_FACTOR: i64 = 1_000_003;

const TUPLE_PRIME_1: u64 = 11_400_714_785_074_694_791;
const TUPLE_PRIME_2: u64 = 14_029_467_366_897_019_727;
const TUPLE_PRIME_5: u64 = 2_870_177_450_012_600_261;
const TUPLE_LENGTH_SALT: u64 = 3_527_539;
/// What sequence hashes become instead of -1.
const TUPLE_MINUS_ONE: i64 = 1_546_275_796;

/// `hash(None)`.
pub const NONE: i64 = 0xFCA8_6420;

/// The key of the hashes of strings and bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HashKey {
    pub k0: u64,
    pub k1: u64,
}

impl HashKey {
    /// The key CPython derives from `PYTHONHASHSEED`.
    #[must_use]
    pub fn from_seed(seed: u32) -> Self {
        if seed == 0 {
            return Self::default();
        }
        let mut state = seed;
        let mut next_byte = || {
            state = state.wrapping_mul(214_013).wrapping_add(2_531_011);
            (state >> 16) as u8
        };
        let mut next_word = || u64::from_le_bytes(std::array::from_fn(|_| next_byte()));
        Self { k0: next_word(), k1: next_word() }
    }
}

/// -1 means failure in CPython's interfaces, so no hash has that value.
#[inline]
fn without_minus_one(hash: i64) -> i64 {
    if hash == -1 { -2 } else { hash }
}

/// `hash` of an int or a bool.
#[inline]
#[must_use]
pub fn int(value: i64) -> i64 {
    let magnitude = value.unsigned_abs();
    let residue = if magnitude < MODULUS { magnitude } else { magnitude % MODULUS } as i64;
    without_minus_one(if value < 0 { -residue } else { residue })
}

/// `hash` of an int of any size.
#[must_use]
pub fn big_int(value: &BigInt) -> i64 {
    let mut residue = 0_u64;
    for limb in value.iter_u64_digits().rev() {
        // 2**64 is 8 modulo the prime.
        residue = ((u128::from(residue) * 8 + u128::from(limb)) % u128::from(MODULUS)) as u64;
    }
    let residue = residue as i64;
    without_minus_one(if value.sign() == Sign::Minus { -residue } else { residue })
}

/// `hash` of a float. That of a NaN depends on the object's identity, so there is none here.
#[inline]
#[must_use]
pub fn float(value: f64) -> Option<i64> {
    if value.is_nan() {
        return None;
    }
    if value.is_infinite() {
        return Some(if value > 0.0 { INFINITY_HASH } else { -INFINITY_HASH });
    }
    if value == value.trunc() && value.abs() < 9.0e15 {
        return Some(int(value as i64));
    }
    let bits = value.to_bits();
    let biased_exponent = ((bits >> 52) & 0x7FF) as i32;
    let fraction = bits & ((1 << 52) - 1);
    let (mantissa, exponent) =
        if biased_exponent == 0 { (fraction, -1074) } else { (fraction | 1 << 52, biased_exponent - 1075) };
    // Multiplying by two rotates a residue by one bit.
    let shift = exponent.rem_euclid(MODULUS_BITS as i32) as u32;
    let residue = ((mantissa << shift) & MODULUS) | (mantissa >> (MODULUS_BITS - shift));
    let residue = if residue == MODULUS { 0 } else { residue as i64 };
    Some(without_minus_one(if value < 0.0 { -residue } else { residue }))
}

/// `hash` of a complex number from the hashes of its parts.
#[must_use]
pub fn complex(real_hash: i64, imaginary_hash: i64) -> i64 {
    without_minus_one(real_hash.wrapping_add(imaginary_hash.wrapping_mul(IMAGINARY_FACTOR)))
}

/// `hash` of bytes.
#[must_use]
pub fn bytes(value: &[u8], key: HashKey) -> i64 {
    if value.is_empty() {
        return 0;
    }
    without_minus_one(SipHasher13::new_with_keys(key.k0, key.k1).hash(value) as i64)
}

/// As [`bytes`], of data of any length.
///
/// # Errors
/// `Interrupted` when `go_on` says so.
pub fn long_bytes(value: &[u8], key: HashKey, go_on: GoOn<'_>) -> Result<i64, Interrupted> {
    if value.len() <= STEPS_PER_QUESTION {
        return Ok(bytes(value, key));
    }
    let mut hasher = SipHasher13::new_with_keys(key.k0, key.k1);
    for piece in pieces(value, go_on) {
        hasher.write(piece?);
    }
    Ok(without_minus_one(hasher.finish() as i64))
}

/// `hash` of a string: of its characters in the narrowest of one, two or four bytes that holds them all.
#[must_use]
pub fn string(value: &str, key: HashKey) -> i64 {
    if value.is_ascii() {
        return bytes(value.as_bytes(), key);
    }
    code_points(value.chars().map(u32::from), key, UNASKED).unwrap_or(0)
}

/// As [`string`], of a text of any length.
///
/// # Errors
/// `Interrupted` when `go_on` says so.
pub fn long_string(value: &str, key: HashKey, go_on: GoOn<'_>) -> Result<i64, Interrupted> {
    if value.is_ascii() {
        return long_bytes(value.as_bytes(), key, go_on);
    }
    code_points(value.chars().map(u32::from), key, go_on)
}

/// `hash` of a string given by its code points, which may be lone surrogates.
///
/// # Errors
/// `Interrupted` when `go_on` says so.
pub fn code_points(
    value: impl Iterator<Item = u32> + Clone,
    key: HashKey,
    go_on: GoOn<'_>,
) -> Result<i64, Interrupted> {
    let mut hasher = SipHasher13::new_with_keys(key.k0, key.k1);
    let mut widest = None;
    for (step, code) in value.clone().enumerate() {
        ask_now_and_then(step, go_on)?;
        widest = widest.max(Some(code));
    }
    match widest {
        None => return Ok(0),
        Some(0..=0xFF) => write_chunks(&mut hasher, value, |code, buffer| buffer.push(code as u8), go_on)?,
        Some(0x100..=0xFFFF) => {
            let encode = |code: u32, buffer: &mut Vec<u8>| buffer.extend_from_slice(&(code as u16).to_le_bytes());
            write_chunks(&mut hasher, value, encode, go_on)?;
        }
        Some(_) => {
            let encode = |code: u32, buffer: &mut Vec<u8>| buffer.extend_from_slice(&code.to_le_bytes());
            write_chunks(&mut hasher, value, encode, go_on)?;
        }
    }
    Ok(without_minus_one(hasher.finish() as i64))
}

/// Feeds code points to the hasher by way of a buffer, which is faster than one by one.
fn write_chunks(
    hasher: &mut SipHasher13,
    value: impl Iterator<Item = u32>,
    encode: impl Fn(u32, &mut Vec<u8>),
    go_on: GoOn<'_>,
) -> Result<(), Interrupted> {
    const CHUNK: usize = 256;
    let mut buffer = Vec::with_capacity(CHUNK + 4);
    for (step, code) in value.enumerate() {
        ask_now_and_then(step, go_on)?;
        encode(code, &mut buffer);
        if buffer.len() >= CHUNK {
            hasher.write(&buffer);
            buffer.clear();
        }
    }
    hasher.write(&buffer);
    Ok(())
}

/// Gathers the hashes of the elements of a sequence, in order.
#[derive(Clone, Copy, Debug)]
pub struct SequenceHasher {
    state: u64,
    length: u64,
}

impl Default for SequenceHasher {
    fn default() -> Self {
        Self { state: TUPLE_PRIME_5, length: 0 }
    }
}

impl SequenceHasher {
    /// Adds the hash of the next element.
    #[inline]
    pub fn add(&mut self, hash: i64) {
        let state = self.state.wrapping_add((hash as u64).wrapping_mul(TUPLE_PRIME_2));
        self.state = state.rotate_left(31).wrapping_mul(TUPLE_PRIME_1);
        self.length += 1;
    }

    /// The hash of a tuple of these elements.
    #[must_use]
    pub fn finish_tuple(self) -> i64 {
        let salted = self.state.wrapping_add(self.length ^ (TUPLE_PRIME_5 ^ TUPLE_LENGTH_SALT)) as i64;
        if salted == -1 { TUPLE_MINUS_ONE } else { salted }
    }

    /// The hash of a slice of these three elements (start, stop, step).
    #[must_use]
    pub fn finish_slice(self) -> i64 {
        let state = self.state as i64;
        if state == -1 { TUPLE_MINUS_ONE } else { state }
    }
}

/// `hash` of a tuple from the hashes of its elements.
#[must_use]
pub fn tuple(hashes: impl IntoIterator<Item = i64>) -> i64 {
    let mut hasher = SequenceHasher::default();
    hashes.into_iter().for_each(|hash| hasher.add(hash));
    hasher.finish_tuple()
}

/// `hash` of a slice from the hashes of its start, stop and step.
#[must_use]
pub fn slice(start: i64, stop: i64, step: i64) -> i64 {
    let mut hasher = SequenceHasher::default();
    [start, stop, step].into_iter().for_each(|hash| hasher.add(hash));
    hasher.finish_slice()
}

/// `hash` of a range: that of the tuple of its length, its start and its step, where they matter.
#[must_use]
pub fn range(length: i64, start_hash: i64, step_hash: i64) -> i64 {
    let (start_hash, step_hash) = match length {
        0 => (NONE, NONE),
        1 => (start_hash, NONE),
        _ => (start_hash, step_hash),
    };
    tuple([int(length), start_hash, step_hash])
}

/// `hash` of a frozenset from the hashes of its elements, in any order.
#[must_use]
pub fn frozen_set(hashes: impl IntoIterator<Item = i64>) -> i64 {
    let mut gathered = 0_u64;
    let mut length = 0_u64;
    for hash in hashes {
        let hash = hash as u64;
        gathered ^= ((hash ^ 89_869_747) ^ (hash << 16)).wrapping_mul(3_644_798_167);
        length += 1;
    }
    gathered ^= (length + 1).wrapping_mul(1_927_868_237);
    gathered ^= (gathered >> 11) ^ (gathered >> 25);
    gathered = gathered.wrapping_mul(69_069).wrapping_add(907_133_923);
    if gathered == u64::MAX { 590_923_713 } else { gathered as i64 }
}

#[cfg(test)]
mod tests;
