//! Inverse hyperbolic functions, by formulas that lose no digits for small and large arguments.

use std::f64::consts::LN_2;

/// Above this, the square of a number swallows the one that is added to it.
const LARGE: f64 = 268_435_456.0;
/// Below this, the function is its argument.
const SMALL: f64 = 1.0 / LARGE;

/// `math.asinh`
pub(super) fn inverse_sinh(x: f64) -> f64 {
    let size = x.abs();
    if !x.is_finite() || size < SMALL {
        return x;
    }
    let magnitude = if size > LARGE {
        size.ln() + LN_2
    } else if size > 2.0 {
        (2.0 * size + 1.0 / ((x * x + 1.0).sqrt() + size)).ln()
    } else {
        let square = x * x;
        (size + square / (1.0 + (1.0 + square).sqrt())).ln_1p()
    };
    magnitude.copysign(x)
}

/// `math.acosh`; NaN below one.
pub(super) fn inverse_cosh(x: f64) -> f64 {
    if x.is_nan() || x < 1.0 {
        return f64::NAN;
    }
    if x >= LARGE {
        return x.ln() + LN_2;
    }
    if x > 2.0 {
        return (2.0 * x - 1.0 / (x + (x * x - 1.0).sqrt())).ln();
    }
    let above = x - 1.0;
    (above + (2.0 * above + above * above).sqrt()).ln_1p()
}

/// `math.atanh`; infinite at one, NaN beyond.
pub(super) fn inverse_tanh(x: f64) -> f64 {
    let size = x.abs();
    if x.is_nan() || size > 1.0 {
        return f64::NAN;
    }
    if size == 1.0 {
        return f64::INFINITY.copysign(x);
    }
    if size < SMALL {
        return x;
    }
    let twice = size + size;
    let magnitude = if size < 0.5 {
        0.5 * (twice + twice * size / (1.0 - size)).ln_1p()
    } else {
        0.5 * (twice / (1.0 - size)).ln_1p()
    };
    magnitude.copysign(x)
}

#[cfg(test)]
mod tests {
    use super::*;

    // Values printed by CPython 3.13.
    #[test]
    fn values() {
        assert_eq!(inverse_sinh(0.3), 0.295_673_047_563_422_44);
        assert_eq!(inverse_cosh(3.0), 1.762_747_174_039_086);
        assert_eq!(inverse_cosh(1.7), 1.123_230_982_587_296);
        assert_eq!(inverse_tanh(0.4), 0.423_648_930_193_601_84);
        assert!(inverse_cosh(0.5).is_nan());
        assert_eq!(inverse_tanh(-1.0), f64::NEG_INFINITY);
    }
}
