//! Operations on ints that fit `i64`; `None` where the result does not.

/// `left // right`; `None` when it overflows or `right` is zero.
#[inline]
#[must_use]
pub fn floor_divide_small(left: i64, right: i64) -> Option<i64> {
    let quotient = left.checked_div(right)?;
    Some(if (left ^ right) < 0 && quotient * right != left { quotient - 1 } else { quotient })
}

/// `left % right`, with the sign of `right`; `None` when `right` is zero.
#[inline]
#[must_use]
pub fn floor_modulo_small(left: i64, right: i64) -> Option<i64> {
    if right == 0 {
        return None;
    }
    // Wraps only for the division by -1, whose remainder is 0.
    let remainder = left.wrapping_rem(right);
    Some(if remainder != 0 && (remainder ^ right) < 0 { remainder + right } else { remainder })
}

/// `base ** exponent` for an exponent that is not negative; `None` when the result overflows.
#[inline]
#[must_use]
pub fn power_small(base: i64, exponent: i64) -> Option<i64> {
    match (base, u32::try_from(exponent)) {
        (_, Ok(exponent)) => base.checked_pow(exponent),
        (_, Err(_)) if exponent < 0 => None,
        (0 | 1, _) => Some(base),
        (-1, _) => Some(if exponent % 2 == 0 { 1 } else { -1 }),
        _ => None,
    }
}

/// `value << count`; `None` when the result overflows or the count is negative.
#[inline]
#[must_use]
pub fn shift_left_small(value: i64, count: i64) -> Option<i64> {
    if value == 0 && count >= 0 {
        return Some(0);
    }
    let count = u32::try_from(count).ok().filter(|count| *count < i64::BITS)?;
    let shifted = value << count;
    (shifted >> count == value).then_some(shifted)
}

/// `value >> count`; `None` when the count is negative.
#[inline]
#[must_use]
pub fn shift_right_small(value: i64, count: i64) -> Option<i64> {
    (count >= 0).then(|| value >> count.min(63))
}

/// `math.isqrt(value)`; `None` when the value is negative.
#[must_use]
pub fn square_root_small(value: i64) -> Option<i64> {
    (value >= 0).then(|| value.isqrt())
}
