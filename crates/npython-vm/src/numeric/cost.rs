//! What arithmetic on large ints costs, in gas: to be charged before it is done.
//!
//! Sizes are in limbs of 64 bits ([`limbs`]). One unit stands for about as much time as one simple instruction. The figures follow
//! the algorithms of the big int library: schoolbook and Karatsuba multiplication, schoolbook division. All
//! arithmetic saturates.

use num_bigint::BigInt;

/// Steps on single limbs that take as long as a simple instruction.
const LIMB_STEPS_PER_UNIT: u64 = 4;
/// From this size on, multiplication splits its operands.
const KARATSUBA_LIMBS: u64 = 32;

/// The number of limbs of an int; at least one.
#[must_use]
pub fn limbs(value: &BigInt) -> u64 {
    limbs_of_bits(value.bits())
}

/// The number of limbs of an int with this many bits; at least one.
#[must_use]
pub fn limbs_of_bits(bits: u64) -> u64 {
    bits.div_ceil(64).max(1)
}

fn units(limb_steps: u64) -> u64 {
    limb_steps / LIMB_STEPS_PER_UNIT
}

/// Adding, subtracting, negating, comparing, shifting and the bitwise operations.
#[must_use]
pub fn linear(left: u64, right: u64) -> u64 {
    units(left.saturating_add(right))
}

fn multiply_steps(left: u64, right: u64) -> u64 {
    let (small, large) = (left.min(right).max(1), left.max(right));
    if small < KARATSUBA_LIMBS {
        return small.saturating_mul(large);
    }
    let (mut size, mut factor) = (small, 1_u64);
    while size >= KARATSUBA_LIMBS {
        size = size.div_ceil(2);
        factor = factor.saturating_mul(3);
    }
    let square = factor.saturating_mul(size.saturating_mul(size));
    square.saturating_mul(large.div_ceil(small))
}

/// Multiplication.
#[must_use]
pub fn multiply(left: u64, right: u64) -> u64 {
    units(multiply_steps(left, right))
}

/// Division, modulo and `divmod`.
#[must_use]
pub fn divide(dividend: u64, divisor: u64) -> u64 {
    let quotient = dividend.saturating_sub(divisor).saturating_add(1);
    units(quotient.saturating_mul(divisor).saturating_add(dividend))
}

/// `base ** exponent` with a result of this many limbs.
#[must_use]
pub fn power(result: u64) -> u64 {
    // The last squaring is of half the size; those before add up to no more than itself.
    units(multiply_steps(result.div_ceil(2), result.div_ceil(2)).saturating_mul(3).saturating_add(result))
}

/// `pow(base, exponent, modulus)`: a squaring and at most one multiplication for each bit of the exponent, each reduced.
#[must_use]
pub fn modular_power(base: u64, exponent_bits: u64, modulus: u64) -> u64 {
    let step = modulus.saturating_mul(modulus).saturating_mul(2).saturating_add(modulus);
    units(step.saturating_mul(2).saturating_mul(exponent_bits.max(1))).saturating_add(divide(base, modulus))
}

/// The inverse in `pow(base, -1, modulus)`, and `gcd`.
#[must_use]
pub fn euclid(left: u64, right: u64) -> u64 {
    let size = left.max(right);
    units(size.saturating_mul(size).saturating_mul(12).saturating_add(size.saturating_mul(1000)))
}

/// `math.isqrt`.
#[must_use]
pub fn square_root(value: u64) -> u64 {
    // One or two divisions at full size; those before add up to a third of that.
    divide(value, value.div_ceil(2)).saturating_mul(3).saturating_add(50)
}

/// Reading this many digits; only bases that are powers of two are read in linear time.
#[must_use]
pub fn parse(digits: u64, base: u32) -> u64 {
    let bits_per_digit = u64::from(u32::BITS - base.saturating_sub(1).leading_zeros());
    let size = limbs_of_bits(digits.saturating_mul(bits_per_digit));
    units(if base.is_power_of_two() { digits } else { (size.saturating_mul(size) / 2).saturating_add(digits) })
}

/// Writing in a base; only bases that are powers of two are written in linear time.
#[must_use]
pub fn print(value: u64, base: u32) -> u64 {
    let digits = value.saturating_mul(64);
    units(if base.is_power_of_two() { digits } else { value.saturating_mul(value).saturating_add(digits) })
}

/// So many digits of a float: beyond what any float has, zeros are written.
#[must_use]
pub fn float_digits(precision: usize) -> u64 {
    precision.min(1_100) as u64 * 2
}
