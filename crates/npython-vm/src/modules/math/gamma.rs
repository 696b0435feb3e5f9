//! The gamma function by Lanczos' approximation (C. Lanczos, SIAM J. Numer. Anal. 1, 1964) with the thirteen-term coefficients
//! for g = 6.0246800407767296, in the order of operations that gives CPython's last digits.

use super::Failure;

const G: f64 = 6.024_680_040_776_73;
const G_MINUS_HALF: f64 = 5.524_680_040_776_73;
const LOG_PI: f64 = 1.144_729_885_849_400_174_143_427_351_353_058_711_647_294_812_915_311;

/// Coefficients of the numerator and the denominator, lowest power first.
const NUMERATOR: [f64; 13] = [
    23_531_376_880.410_76,
    42_919_803_642.649_1,
    35_711_959_237.355_67,
    17_921_034_426.037_21,
    6_039_542_586.352_028,
    1_439_720_407.311_721_6,
    248_874_557.862_054_17,
    31_426_415.585_400_194,
    2_876_370.628_935_372_5,
    186_056.265_395_223_48,
    8_071.672_002_365_816,
    210.824_277_751_579_36,
    2.506_628_274_631_000_2,
];
const DENOMINATOR: [f64; 13] = [
    0.0,
    39_916_800.0,
    120_543_840.0,
    150_917_976.0,
    105_258_076.0,
    45_995_730.0,
    13_339_535.0,
    2_637_558.0,
    357_423.0,
    32_670.0,
    1_925.0,
    66.0,
    1.0,
];

/// Factorials of 0 to 22, which are floats exactly.
const FACTORIALS: [f64; 23] = {
    let mut table = [1.0; 23];
    let mut at = 1;
    while at < 23 {
        table[at] = table[at - 1] * at as f64;
        at += 1;
    }
    table
};

/// The Lanczos sum for a positive argument.
fn lanczos_sum(x: f64) -> f64 {
    let (mut numerator, mut denominator) = (0.0, 0.0);
    if x < 5.0 {
        for (above, below) in NUMERATOR.iter().zip(&DENOMINATOR).rev() {
            numerator = numerator * x + above;
            denominator = denominator * x + below;
        }
    } else {
        // In powers of 1/x, which do not overflow.
        for (above, below) in NUMERATOR.iter().zip(&DENOMINATOR) {
            numerator = numerator / x + above;
            denominator = denominator / x + below;
        }
    }
    numerator / denominator
}

/// `sin(pi * x)`, exact at the zeros.
fn sin_pi(x: f64) -> f64 {
    use std::f64::consts::PI;
    let reduced = x.abs() % 2.0;
    let magnitude = match (2.0 * reduced).round() as i32 {
        0 => (PI * reduced).sin(),
        1 => (PI * (reduced - 0.5)).cos(),
        2 => (PI * (1.0 - reduced)).sin(),
        3 => -(PI * (reduced - 1.5)).cos(),
        _ => (PI * (reduced - 2.0)).sin(),
    };
    1.0_f64.copysign(x) * magnitude
}

/// `math.gamma`
pub(super) fn gamma(x: f64) -> Result<f64, Failure> {
    if !x.is_finite() {
        return if x == f64::NEG_INFINITY { Err(Failure::Domain) } else { Ok(x) };
    }
    if x == 0.0 {
        return Err(Failure::Domain);
    }
    if x == x.floor() {
        if x < 0.0 {
            return Err(Failure::Domain);
        }
        if let Some(known) = FACTORIALS.get(x as usize - 1).filter(|_| x <= 23.0) {
            return Ok(*known);
        }
    }
    let size = x.abs();
    if size < 1e-20 {
        return finite(1.0 / x);
    }
    if size > 200.0 {
        return if x < 0.0 { Ok(0.0 / sin_pi(x)) } else { Err(Failure::Range) };
    }
    let base = size + G_MINUS_HALF;
    // The error of `base`, relative.
    let error =
        if size > G_MINUS_HALF { (base - size) - G_MINUS_HALF } else { (base - G_MINUS_HALF) - size } * G / base;
    let large = size >= 140.0;
    let power = if large { base.powf(size / 2.0 - 0.25) } else { base.powf(size - 0.5) };
    let mut result;
    if x < 0.0 {
        result = -std::f64::consts::PI / sin_pi(size) / size * base.exp() / lanczos_sum(size);
        result -= error * result;
        result /= power;
        if large {
            result /= power;
        }
    } else {
        result = lanczos_sum(size) / base.exp();
        result += error * result;
        result *= power;
        if large {
            result *= power;
        }
    }
    finite(result)
}

fn finite(result: f64) -> Result<f64, Failure> {
    if result.is_infinite() { Err(Failure::Range) } else { Ok(result) }
}

/// `math.lgamma`
pub(super) fn log_gamma(x: f64) -> Result<f64, Failure> {
    if !x.is_finite() {
        return Ok(if x.is_nan() { x } else { f64::INFINITY });
    }
    if x == x.floor() && x <= 2.0 {
        return if x <= 0.0 { Err(Failure::Domain) } else { Ok(0.0) };
    }
    let size = x.abs();
    if size < 1e-20 {
        return Ok(-size.ln());
    }
    let mut result = lanczos_sum(size).ln() - G;
    result += (size - 0.5) * ((size + G - 0.5).ln() - 1.0);
    if x < 0.0 {
        result = LOG_PI - sin_pi(size).abs().ln() - size.ln() - result;
    }
    finite(result)
}

#[cfg(test)]
mod tests {
    use super::*;

    // Values printed by CPython 3.13.
    #[test]
    fn gamma_values() {
        assert_eq!(gamma(0.5), Ok(1.772_453_850_905_515_9));
        assert_eq!(gamma(171.5), Ok(9.483_367_566_824_801e307));
        assert_eq!(gamma(-170.6), Ok(-2.082_900_836_150_299_5e-308));
        assert_eq!(gamma(5.0), Ok(24.0));
        assert_eq!(gamma(-1.0), Err(Failure::Domain));
        assert_eq!(gamma(500.0), Err(Failure::Range));
    }

    #[test]
    fn log_gamma_values() {
        assert_eq!(log_gamma(-1.5), Ok(0.860_047_015_376_481_2));
        assert_eq!(log_gamma(3.7), Ok(1.428_072_326_665_388_3));
        assert_eq!(log_gamma(1e306), Err(Failure::Range));
        assert_eq!(log_gamma(0.0), Err(Failure::Domain));
    }
}
