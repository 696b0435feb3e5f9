//! Arithmetic on ints so large that one operation takes long: done in parts, with a question between them whether to go on.
//!
//! Parts are sized to take a few milliseconds at most. Below that size everything is left to the big int library.

use num_bigint::{BigInt, BigUint, Sign};
use num_integer::Integer as _;
use num_traits::{One, Signed, ToPrimitive, Zero};

use crate::pace::{GoOn, Interrupted};

/// Limbs of 64 bits whose product with as many is one part of a multiplication.
const PART_LIMBS: usize = 4096;
/// Steps on single limbs in one part of schoolbook arithmetic.
const PART_STEPS: usize = 4_000_000;
/// Digits the library hands out and takes, in a limb.
const DIGITS_PER_LIMB: usize = 2;

fn limbs(value: &BigUint) -> usize {
    usize::try_from(value.bits().div_ceil(64)).unwrap_or(usize::MAX)
}

/// `left * right`
///
/// # Errors
/// `Interrupted` when `go_on` says so.
pub fn multiply(left: &BigInt, right: &BigInt, go_on: GoOn<'_>) -> Result<BigInt, Interrupted> {
    let product = multiply_magnitudes(left.magnitude(), right.magnitude(), go_on)?;
    let sign = if left.sign() == right.sign() { Sign::Plus } else { Sign::Minus };
    Ok(BigInt::from_biguint(sign, product))
}

fn multiply_magnitudes(left: &BigUint, right: &BigUint, go_on: GoOn<'_>) -> Result<BigUint, Interrupted> {
    let (small, large) = if limbs(left) <= limbs(right) { (left, right) } else { (right, left) };
    let (few, many) = (limbs(small), limbs(large));
    if few.saturating_mul(many) <= PART_LIMBS * PART_LIMBS {
        return Ok(small * large);
    }
    go_on()?;
    if few <= PART_LIMBS || many >= few.saturating_mul(2) {
        return multiply_in_pieces(small, few, large, go_on);
    }
    // Karatsuba: three products of half the size. The depth is the logarithm of the size.
    let half = many.div_ceil(2);
    let (small_low, small_high) = split(small, half);
    let (large_low, large_high) = split(large, half);
    let low = multiply_magnitudes(&small_low, &large_low, go_on)?;
    let high = multiply_magnitudes(&small_high, &large_high, go_on)?;
    let crossed = multiply_magnitudes(&(small_low + small_high), &(large_low + large_high), go_on)?;
    let middle = crossed - &low - &high;
    go_on()?;
    Ok((high << (128 * half)) + (middle << (64 * half)) + low)
}

/// The product with each of the pieces of the larger factor, added up.
fn multiply_in_pieces(small: &BigUint, few: usize, large: &BigUint, go_on: GoOn<'_>) -> Result<BigUint, Interrupted> {
    let piece = if few <= PART_LIMBS { (PART_STEPS / few.max(1)).max(PART_LIMBS) } else { few };
    let digits = large.to_u32_digits();
    let mut result: Vec<u32> = Vec::with_capacity(digits.len() + few * DIGITS_PER_LIMB + 1);
    // What belongs above the digits that are settled.
    let mut carried = BigUint::zero();
    for part in digits.chunks(piece * DIGITS_PER_LIMB) {
        go_on()?;
        carried += multiply_magnitudes(small, &BigUint::from_slice(part), go_on)?;
        let mut settled = carried.to_u32_digits();
        let above = settled.split_off(settled.len().min(part.len()));
        settled.resize(part.len(), 0);
        result.extend(settled);
        carried = BigUint::new(above);
    }
    result.extend(carried.to_u32_digits());
    Ok(BigUint::new(result))
}

/// The lowest limbs, and the rest.
fn split(value: &BigUint, at: usize) -> (BigUint, BigUint) {
    let digits = value.to_u32_digits();
    let (low, high) = digits.split_at(digits.len().min(at * DIGITS_PER_LIMB));
    (BigUint::from_slice(low), BigUint::from_slice(high))
}

/// `divmod(left, right)` for a divisor that is not zero.
///
/// # Errors
/// `Interrupted` when `go_on` says so.
pub fn floor_divmod(left: &BigInt, right: &BigInt, go_on: GoOn<'_>) -> Result<(BigInt, BigInt), Interrupted> {
    let (quotient, rest) = divide_magnitudes(left.magnitude(), right.magnitude(), go_on)?;
    let same_sign = (left.sign() == Sign::Minus) == (right.sign() == Sign::Minus);
    let (quotient, rest) = (BigInt::from(quotient), BigInt::from(rest));
    Ok(match (same_sign, rest.is_zero()) {
        (true, _) => (quotient, if right.is_negative() { -rest } else { rest }),
        (false, true) => (-quotient, rest),
        (false, false) => (-quotient - 1, if right.is_negative() { right + rest } else { right - rest }),
    })
}

fn divide_magnitudes(
    dividend: &BigUint,
    divisor: &BigUint,
    go_on: GoOn<'_>,
) -> Result<(BigUint, BigUint), Interrupted> {
    let (length, size) = (limbs(dividend), limbs(divisor).max(1));
    if length < size || (length - size + 1).saturating_mul(size) <= PART_STEPS {
        return Ok(dividend.div_rem(divisor));
    }
    let digits = dividend.to_u32_digits();
    let mut rest_from = (length - size) * DIGITS_PER_LIMB;
    let (mut quotient, mut rest) = BigUint::from_slice(digits.get(rest_from..).unwrap_or(&[])).div_rem(divisor);
    let mut quotients = Vec::new();
    let piece = (PART_STEPS / size).max(4) * DIGITS_PER_LIMB;
    while rest_from > 0 {
        go_on()?;
        // So that the last piece ends at the lowest digit.
        let count = if rest_from.is_multiple_of(piece) { piece } else { rest_from % piece };
        rest_from -= count;
        let mut joined = digits.get(rest_from..rest_from + count).unwrap_or(&[]).to_vec();
        joined.extend(rest.to_u32_digits());
        let (part, left) = BigUint::new(joined).div_rem(divisor);
        rest = left;
        let mut part = part.to_u32_digits();
        part.resize(count, 0);
        quotients.push(part);
    }
    if !quotients.is_empty() {
        let top = quotient.to_u32_digits();
        quotient = BigUint::new(quotients.into_iter().rev().flatten().chain(top).collect());
    }
    Ok((quotient, rest))
}

/// `base ** exponent`
///
/// # Errors
/// `Interrupted` when `go_on` says so.
pub fn power(base: &BigInt, exponent: u32, go_on: GoOn<'_>) -> Result<BigInt, Interrupted> {
    if base.bits().saturating_mul(u64::from(exponent)) <= 64 * PART_LIMBS as u64 {
        return Ok(base.pow(exponent));
    }
    let mut result = BigInt::one();
    for bit in (0..u32::BITS - exponent.leading_zeros()).rev() {
        result = multiply(&result, &result, go_on)?;
        if exponent >> bit & 1 == 1 {
            result = multiply(&result, base, go_on)?;
        }
    }
    Ok(result)
}

/// `pow(base, exponent, modulus)` of numbers that are not negative, for a modulus above one.
///
/// # Errors
/// `Interrupted` when `go_on` says so.
pub fn power_modulo(
    base: &BigInt,
    exponent: &BigInt,
    modulus: &BigInt,
    go_on: GoOn<'_>,
) -> Result<BigInt, Interrupted> {
    let size = limbs(modulus.magnitude());
    let bits = exponent.bits();
    let steps = size.saturating_mul(size).saturating_mul(usize::try_from(bits).unwrap_or(usize::MAX));
    if steps <= PART_STEPS {
        return Ok(base.modpow(exponent, modulus));
    }
    let mut result = BigInt::one();
    let mut since_asked = 0;
    for bit in (0..bits).rev() {
        since_asked += 4 * size * size;
        if since_asked > PART_STEPS {
            since_asked = 0;
            go_on()?;
        }
        let square = multiply(&result, &result, go_on)?;
        result = floor_divmod(&square, modulus, go_on)?.1;
        if exponent.bit(bit) {
            let product = multiply(&result, base, go_on)?;
            result = floor_divmod(&product, modulus, go_on)?.1;
        }
    }
    Ok(result)
}

/// The largest number whose square is not above `value`, which is not negative.
///
/// Found from its leading bits on: a root of so many bits gives, by one division, one of nearly twice as many.
///
/// # Errors
/// `Interrupted` when `go_on` says so.
pub fn square_root(value: &BigInt, go_on: GoOn<'_>) -> Result<BigInt, Interrupted> {
    if limbs(value.magnitude()) <= 64 {
        return Ok(value.sqrt());
    }
    let bits = value.bits();
    // An even number of bits is left away, so that the root of the rest is the leading half of the root.
    let dropped = (bits - bits / 2) / 2 * 2;
    let leading = square_root(&(value >> dropped), go_on)?;
    // Newton's step from above: the guess is at least the root.
    let mut guess = (leading + 1) << (dropped / 2);
    loop {
        go_on()?;
        let (quotient, _) = floor_divmod(value, &guess, go_on)?;
        if quotient >= guess {
            return Ok(guess);
        }
        guess = (guess + quotient) >> 1;
    }
}

/// The greatest common divisor of two numbers that are not negative, by Lehmer's method: quotients are found from the
/// leading bits, and many are applied to the whole numbers at once.
///
/// # Errors
/// `Interrupted` when `go_on` says so.
pub fn greatest_common_divisor(left: &BigInt, right: &BigInt, go_on: GoOn<'_>) -> Result<BigInt, Interrupted> {
    let (mut large, mut small) =
        if left >= right { (left.clone(), right.clone()) } else { (right.clone(), left.clone()) };
    let mut since_asked = 0;
    while small.bits() > 64 {
        since_asked += 16 * limbs(large.magnitude());
        if since_asked > PART_STEPS {
            since_asked = 0;
            go_on()?;
        }
        let [a, b, c, d] = leading_quotients(&large, &small);
        if b == 0 {
            let (_, rest) = floor_divmod(&large, &small, go_on)?;
            (large, small) = (small, rest);
        } else {
            let next = &large * a + &small * b;
            small = &large * c + &small * d;
            large = next;
        }
    }
    if small.is_zero() {
        return Ok(large);
    }
    // The library's method takes a step for each bit in which the two differ in length.
    let (_, rest) = floor_divmod(&large, &small, go_on)?;
    Ok(small.gcd(&rest))
}

/// The inverse of a number modulo another one that is larger; `None` when there is none. Euclid's algorithm as in
/// [`greatest_common_divisor`], with the factor that makes each number of the value.
///
/// # Errors
/// `Interrupted` when `go_on` says so.
pub fn inverse(value: &BigInt, modulus: &BigInt, go_on: GoOn<'_>) -> Result<Option<BigInt>, Interrupted> {
    let (mut large, mut small) = (modulus.clone(), value.clone());
    let (mut of_large, mut of_small) = (BigInt::zero(), BigInt::one());
    let mut since_asked = 0;
    while !small.is_zero() {
        since_asked += 32 * limbs(modulus.magnitude());
        if since_asked > PART_STEPS {
            since_asked = 0;
            go_on()?;
        }
        let [a, b, c, d] = if small.bits() > 64 { leading_quotients(&large, &small) } else { [1, 0, 0, 1] };
        if b == 0 {
            let (quotient, rest) = floor_divmod(&large, &small, go_on)?;
            let next = of_large - multiply(&quotient, &of_small, go_on)?;
            (large, small) = (small, rest);
            (of_large, of_small) = (of_small, next);
        } else {
            let next = &large * a + &small * b;
            small = &large * c + &small * d;
            large = next;
            let next = &of_large * a + &of_small * b;
            of_small = &of_large * c + &of_small * d;
            of_large = next;
        }
    }
    Ok(large.is_one().then(|| of_large.mod_floor(modulus)))
}

/// What several steps of Euclid's algorithm make of two numbers, as far as their leading bits tell: the factors of the
/// first and the second in the new first, and in the new second.
fn leading_quotients(large: &BigInt, small: &BigInt) -> [i64; 4] {
    let shift = large.bits().saturating_sub(62);
    let mut top = i128::from((large >> shift).to_i64().unwrap_or(0));
    let mut bottom = i128::from((small >> shift).to_i64().unwrap_or(0));
    let [mut a, mut b, mut c, mut d] = [1_i128, 0, 0, 1];
    while bottom + c != 0 && bottom + d != 0 {
        // The true quotient lies between these.
        let quotient = (top + a) / (bottom + c);
        if quotient != (top + b) / (bottom + d) {
            break;
        }
        (a, c) = (c, a - quotient * c);
        (b, d) = (d, b - quotient * d);
        (top, bottom) = (bottom, top - quotient * bottom);
    }
    [a, b, c, d].map(|factor| i64::try_from(factor).unwrap_or(0))
}

#[cfg(test)]
mod tests;
