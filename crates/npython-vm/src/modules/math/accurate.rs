//! Float algorithms that keep track of rounding errors.

/// A number as the sum of two floats, the second much smaller than the first.
#[derive(Clone, Copy, Default)]
pub(super) struct Pair {
    pub(super) high: f64,
    pub(super) low: f64,
}

/// `a + b` without error (Knuth's two-sum).
pub(super) fn exact_sum(a: f64, b: f64) -> Pair {
    let high = a + b;
    let second = high - a;
    Pair { high, low: (a - (high - second)) + (b - second) }
}

/// `a + b` without error where `a` is not smaller than `b` (Dekker's fast two-sum).
fn exact_sum_ordered(a: f64, b: f64) -> Pair {
    let high = a + b;
    Pair { high, low: (a - high) + b }
}

/// `a * b` without error.
pub(super) fn exact_product(a: f64, b: f64) -> Pair {
    let high = a * b;
    Pair { high, low: a.mul_add(b, -high) }
}

/// The length of a vector, with an error below one unit in the last place.
pub(super) fn vector_norm(coordinates: &[f64]) -> f64 {
    if coordinates.iter().any(|coordinate| coordinate.is_infinite()) {
        return f64::INFINITY;
    }
    if coordinates.iter().any(|coordinate| coordinate.is_nan()) {
        return f64::NAN;
    }
    let largest = coordinates.iter().fold(0.0_f64, |largest, coordinate| largest.max(coordinate.abs()));
    if largest == 0.0 || coordinates.len() == 1 {
        return largest;
    }
    if largest < f64::MIN_POSITIVE {
        // Subnormal numbers are brought into the range of normal ones first.
        let scaled: Vec<f64> = coordinates.iter().map(|coordinate| coordinate / f64::MIN_POSITIVE).collect();
        return f64::MIN_POSITIVE * vector_norm(&scaled);
    }
    let exponent = split(largest).1;
    let scale = power_of_two(-exponent);
    // The sum of squares starts at one so that no square is larger than the sum so far.
    let mut sum = 1.0;
    let (mut lost_in_products, mut lost_in_sums) = (0.0, 0.0);
    for coordinate in coordinates {
        let scaled = coordinate * scale;
        let square = exact_product(scaled, scaled);
        let total = exact_sum_ordered(sum, square.high);
        sum = total.high;
        lost_in_products += square.low;
        lost_in_sums += total.low;
    }
    let root = (sum - 1.0 + (lost_in_products + lost_in_sums)).sqrt();
    // One step of Newton's method, with the residue computed exactly.
    let square = exact_product(-root, root);
    let total = exact_sum_ordered(sum, square.high);
    let residue = total.high - 1.0 + (lost_in_products + square.low + (lost_in_sums + total.low));
    (root + residue / (2.0 * root)) / scale
}

/// A finite float as a fraction of at least a half and below one, and a power of two.
pub(super) fn split(value: f64) -> (f64, i32) {
    if value == 0.0 || !value.is_finite() {
        return (value, 0);
    }
    let (scaled, offset) = if value.abs() < f64::MIN_POSITIVE { (value * power_of_two(64), -64) } else { (value, 0) };
    let bits = scaled.to_bits();
    let exponent = ((bits >> 52) & 0x7FF) as i32 - 1022;
    (f64::from_bits((bits & !(0x7FF << 52)) | (1022 << 52)), exponent + offset)
}

/// Two to a power between the exponents of normal floats; clamped outside.
fn power_of_two(exponent: i32) -> f64 {
    f64::from_bits(((exponent.clamp(-1022, 1023) + 1023) as u64) << 52)
}

/// `value * 2**exponent`, rounded once.
pub(super) fn scale(value: f64, exponent: i64) -> f64 {
    libm::ldexp(value, exponent.clamp(-5000, 5000) as i32)
}

/// The remainder of IEEE 754: of the division rounded to the nearest integer; `None` outside its domain.
pub(super) fn remainder(left: f64, right: f64) -> Option<f64> {
    if left.is_nan() || right.is_nan() {
        return Some(left + right);
    }
    if left.is_infinite() || right == 0.0 {
        return None;
    }
    if right.is_infinite() {
        return Some(left);
    }
    let (size, divisor) = (left.abs(), right.abs());
    let rest = size % divisor;
    let complement = divisor - rest;
    let magnitude = if rest < complement {
        rest
    } else if rest > complement {
        -complement
    } else {
        // Half way: to the even multiple.
        rest - 2.0 * ((0.5 * (size - rest)) % divisor)
    };
    Some(1.0_f64.copysign(left) * magnitude)
}

/// The value of the lowest bit.
pub(super) fn ulp(value: f64) -> f64 {
    let size = value.abs();
    if !size.is_finite() {
        return size;
    }
    let above = next(size, f64::INFINITY);
    if above.is_infinite() { size - next(size, 0.0) } else { above - size }
}

/// The float next to `value` on the way to `target`.
pub(super) fn next(value: f64, target: f64) -> f64 {
    walk(value, target, 1)
}

/// The float `steps` floats from `value` on the way to `target`, at most the target.
pub(super) fn walk(value: f64, target: f64, steps: u64) -> f64 {
    if value.is_nan() || target.is_nan() {
        return value + target;
    }
    if value == target || steps == 0 {
        return if steps == 0 { value } else { target };
    }
    let (from, to) = (ordinal(value), ordinal(target));
    let distance = from.abs_diff(to);
    if steps >= distance {
        return target;
    }
    let reached = if to > from { from + steps as i64 } else { from - steps as i64 };
    let magnitude = f64::from_bits(reached.unsigned_abs());
    if reached < 0 || (reached == 0 && value.is_sign_negative()) { -magnitude } else { magnitude }
}

/// Floats numbered in their order; both zeros are number 0.
fn ordinal(value: f64) -> i64 {
    let magnitude = (value.to_bits() & !(1 << 63)) as i64;
    if value.is_sign_negative() { -magnitude } else { magnitude }
}

/// The exact sum of floats, rounded once (Shewchuk's algorithm).
pub(super) fn exact_total(items: &[f64]) -> Result<f64, SumFailure> {
    let mut parts: Vec<f64> = Vec::new();
    let (mut special, mut infinities) = (0.0, 0.0);
    for item in items {
        let mut carry = *item;
        let mut kept = 0;
        for at in 0..parts.len() {
            let part = parts.get(at).copied().unwrap_or(0.0);
            let (large, small) = if carry.abs() < part.abs() { (part, carry) } else { (carry, part) };
            let sum = exact_sum_ordered(large, small);
            if sum.low != 0.0 {
                if let Some(slot) = parts.get_mut(kept) {
                    *slot = sum.low;
                }
                kept += 1;
            }
            carry = sum.high;
        }
        parts.truncate(kept);
        if carry.is_finite() {
            if carry != 0.0 {
                parts.push(carry);
            }
        } else if item.is_finite() {
            return Err(SumFailure::Overflow);
        } else {
            if item.is_infinite() {
                infinities += item;
            }
            special += item;
            parts.clear();
        }
    }
    if special != 0.0 {
        return if infinities.is_nan() { Err(SumFailure::OppositeInfinities) } else { Ok(special) };
    }
    Ok(round_parts(&parts))
}

/// Why an exact sum has no value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum SumFailure {
    Overflow,
    OppositeInfinities,
}

/// The sum of parts that do not overlap, in increasing order of size, rounded half to even.
fn round_parts(parts: &[f64]) -> f64 {
    let mut rest = parts.iter().rev().copied();
    let Some(mut high) = rest.next() else { return 0.0 };
    let mut low = 0.0;
    for part in rest.by_ref() {
        let sum = exact_sum_ordered(high, part);
        high = sum.high;
        low = sum.low;
        if low != 0.0 {
            break;
        }
    }
    // Exactly half way, what lies below decides.
    if let Some(below) = rest.next()
        && ((low < 0.0 && below < 0.0) || (low > 0.0 && below > 0.0))
    {
        let doubled = low * 2.0;
        let rounded = high + doubled;
        if doubled == rounded - high {
            high = rounded;
        }
    }
    high
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_and_scales() {
        assert_eq!(split(8.0), (0.5, 4));
        assert_eq!(split(-0.75), (-0.75, 0));
        assert_eq!(split(5e-324), (0.5, -1073));
        assert_eq!(scale(0.5, 4), 8.0);
        assert_eq!(scale(1.0, -1074), 5e-324);
    }

    #[test]
    fn remainders_round_half_to_even() {
        assert_eq!(remainder(5.0, 3.0), Some(-1.0));
        assert_eq!(remainder(3.0, 2.0), Some(-1.0));
        assert_eq!(remainder(1.0, 2.0), Some(1.0));
        assert_eq!(remainder(1.0, 0.0), None);
        assert_eq!(remainder(1.0, f64::INFINITY), Some(1.0));
    }

    #[test]
    fn walks_over_floats() {
        assert_eq!(next(1.0, 2.0), 1.000_000_000_000_000_2);
        assert_eq!(next(0.0, -1.0), -5e-324);
        assert_eq!(walk(1.0, 2.0, u64::MAX), 2.0);
        assert_eq!(walk(-5e-324, 5e-324, 2), 5e-324);
        assert_eq!(ulp(1.0), f64::EPSILON);
        assert_eq!(ulp(f64::MAX), 1.995_840_309_534_72e292);
    }

    #[test]
    fn sums_exactly() {
        assert_eq!(exact_total(&[0.1; 10]), Ok(1.0));
        assert_eq!(exact_total(&[1e16, 1.0, 1e-16]), Ok(1e16 + 2.0));
        assert_eq!(exact_total(&[1e308, 1e308]), Err(SumFailure::Overflow));
        assert_eq!(exact_total(&[f64::INFINITY, f64::NEG_INFINITY]), Err(SumFailure::OppositeInfinities));
        assert_eq!(exact_total(&[]), Ok(0.0));
    }

    #[test]
    fn norms() {
        assert_eq!(vector_norm(&[3.0, 4.0]), 5.0);
        assert_eq!(vector_norm(&[1e308, 1e308]), 1.414_213_562_373_095_1e308);
        assert_eq!(vector_norm(&[1e-320, 1e-320]), 1.414e-320);
        assert_eq!(vector_norm(&[]), 0.0);
    }
}
