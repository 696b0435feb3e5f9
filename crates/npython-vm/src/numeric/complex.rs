//! Complex numbers: arithmetic, powers, text.

use serde::{Deserialize, Serialize};

use crate::pace::GoOn;
use crate::text::GuestError;
use crate::text::float_repr::{float_prefix, write_float_without_point};
use crate::text::numeric_text::{has_valid_underscores, is_ascii_space, to_ascii_digits};
use crate::text::string_repr::string_repr;

/// Integer exponents up to this are computed by multiplication.
const LARGEST_MULTIPLIED_EXPONENT: f64 = 100.0;

/// A complex number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Complex {
    pub real: f64,
    pub imaginary: f64,
}

impl std::ops::Add for Complex {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self::new(self.real + other.real, self.imaginary + other.imaginary)
    }
}

impl std::ops::Sub for Complex {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self::new(self.real - other.real, self.imaginary - other.imaginary)
    }
}

impl std::ops::Mul for Complex {
    type Output = Self;

    fn mul(self, other: Self) -> Self {
        Self::new(
            self.real * other.real - self.imaginary * other.imaginary,
            self.real * other.imaginary + self.imaginary * other.real,
        )
    }
}

impl std::ops::Neg for Complex {
    type Output = Self;

    fn neg(self) -> Self {
        Self::new(-self.real, -self.imaginary)
    }
}

impl Complex {
    const ONE: Self = Self::new(1.0, 0.0);

    /// A number of its parts.
    #[must_use]
    pub const fn new(real: f64, imaginary: f64) -> Self {
        Self { real, imaginary }
    }

    /// `self / other`.
    ///
    /// # Errors
    /// `ZeroDivisionError`.
    pub fn divide(self, other: Self) -> Result<Self, GuestError> {
        self.quotient(other).ok_or_else(|| GuestError::zero_division("complex division by zero"))
    }

    /// The quotient, scaled so that intermediate results do not overflow; `None` for a division by zero.
    fn quotient(self, other: Self) -> Option<Self> {
        let (real_size, imaginary_size) = (other.real.abs(), other.imaginary.abs());
        if real_size >= imaginary_size {
            if real_size == 0.0 {
                return None;
            }
            let ratio = other.imaginary / other.real;
            let denominator = other.real + other.imaginary * ratio;
            return Some(Self::new(
                (self.real + self.imaginary * ratio) / denominator,
                (self.imaginary - self.real * ratio) / denominator,
            ));
        }
        if imaginary_size >= real_size {
            let ratio = other.real / other.imaginary;
            let denominator = other.real * ratio + other.imaginary;
            return Some(Self::new(
                (self.real * ratio + self.imaginary) / denominator,
                (self.imaginary * ratio - self.real) / denominator,
            ));
        }
        Some(Self::new(f64::NAN, f64::NAN))
    }

    /// `self ** exponent`.
    ///
    /// # Errors
    /// `ZeroDivisionError` for zero to a negative or complex power, `OverflowError` when the result is infinite.
    pub fn power(self, exponent: Self) -> Result<Self, GuestError> {
        let is_small_integer = exponent.imaginary == 0.0
            && exponent.real == exponent.real.floor()
            && exponent.real.abs() <= LARGEST_MULTIPLIED_EXPONENT;
        let result =
            if is_small_integer { self.integer_power(exponent.real as i32) } else { self.general_power(exponent) };
        let result = result.ok_or_else(|| GuestError::zero_division("0.0 to a negative or complex power"))?;
        if result.real.is_infinite() || result.imaginary.is_infinite() {
            return Err(GuestError::overflow("complex exponentiation"));
        }
        Ok(result)
    }

    fn integer_power(self, exponent: i32) -> Option<Self> {
        let mut remaining = exponent.unsigned_abs();
        let (mut result, mut factor) = (Self::ONE, self);
        while remaining > 0 {
            if remaining % 2 == 1 {
                result = result * factor;
            }
            remaining /= 2;
            factor = factor * factor;
        }
        if exponent > 0 { Some(result) } else { Self::ONE.quotient(result) }
    }

    fn general_power(self, exponent: Self) -> Option<Self> {
        if exponent.real == 0.0 && exponent.imaginary == 0.0 {
            return Some(Self::ONE);
        }
        if self.real == 0.0 && self.imaginary == 0.0 {
            let defined = exponent.imaginary == 0.0 && exponent.real >= 0.0;
            return defined.then_some(Self::default());
        }
        let size = self.real.hypot(self.imaginary);
        let angle = self.imaginary.atan2(self.real);
        let (mut length, mut phase) = (size.powf(exponent.real), angle * exponent.real);
        if exponent.imaginary != 0.0 {
            length /= (angle * exponent.imaginary).exp();
            phase += exponent.imaginary * size.ln();
        }
        if phase.is_infinite() {
            // There is no sine of infinity; CPython reports that as it does a power of zero.
            return None;
        }
        Some(Self::new(length * phase.cos(), length * phase.sin()))
    }

    /// `abs(self)`.
    ///
    /// # Errors
    /// `OverflowError` when finite parts have an infinite size.
    pub fn absolute(self) -> Result<f64, GuestError> {
        let size = self.real.hypot(self.imaginary);
        if size.is_infinite() && self.real.is_finite() && self.imaginary.is_finite() {
            return Err(GuestError::overflow("absolute value too large"));
        }
        Ok(size)
    }

    /// `repr(self)`, which is also its `str`.
    #[must_use]
    pub fn repr(self) -> String {
        let mut output = String::new();
        if self.real == 0.0 && self.real.is_sign_positive() {
            write_float_without_point(self.imaginary, &mut output);
            output.push('j');
            return output;
        }
        output.push('(');
        write_float_without_point(self.real, &mut output);
        if self.imaginary.is_nan() || self.imaginary.is_sign_positive() {
            output.push('+');
        }
        write_float_without_point(self.imaginary, &mut output);
        output.push_str("j)");
        output
    }

    /// `complex(text)`.
    ///
    /// # Errors
    /// `ValueError` when the text is not a complex number.
    pub fn parse(text: &str, go_on: GoOn<'_>) -> Result<Self, GuestError> {
        let ascii = to_ascii_digits(text, go_on)?;
        let plain = if ascii.contains(&b'_') {
            if !has_valid_underscores(&ascii, go_on)? {
                let shown = string_repr(text);
                return Err(GuestError::value(format!("could not convert string to complex: {shown}")));
            }
            ascii.iter().copied().filter(|byte| *byte != b'_').collect()
        } else {
            ascii.into_owned()
        };
        let mut reader = Reader { rest: &plain };
        reader.number().ok_or_else(|| GuestError::value("complex() arg is a malformed string"))
    }
}

/// Reads a complex number from the front of a text.
struct Reader<'text> {
    rest: &'text [u8],
}

impl Reader<'_> {
    fn number(&mut self) -> Option<Complex> {
        self.skip_space();
        let bracket = self.take(b"(").is_some();
        if bracket {
            self.skip_space();
        }
        let number = self.parts()?;
        self.skip_space();
        if bracket {
            self.take(b")")?;
            self.skip_space();
        }
        self.rest.is_empty().then_some(number)
    }

    /// A real part, an imaginary part, or both.
    fn parts(&mut self) -> Option<Complex> {
        let Some(first) = self.float() else {
            let imaginary = self.sign().unwrap_or(1.0);
            self.take(b"jJ")?;
            return Some(Complex::new(0.0, imaginary));
        };
        if matches!(self.rest.first(), Some(b'+' | b'-')) {
            let imaginary = self.float().or_else(|| self.sign())?;
            self.take(b"jJ")?;
            return Some(Complex::new(first, imaginary));
        }
        Some(if self.take(b"jJ").is_some() { Complex::new(0.0, first) } else { Complex::new(first, 0.0) })
    }

    fn float(&mut self) -> Option<f64> {
        let (number, rest) = self.rest.split_at_checked(float_prefix(self.rest))?;
        let value = std::str::from_utf8(number).ok()?.parse().ok()?;
        self.rest = rest;
        Some(value)
    }

    fn sign(&mut self) -> Option<f64> {
        self.take(b"+-").map(|sign| if sign == b'-' { -1.0 } else { 1.0 })
    }

    fn take(&mut self, accepted: &[u8]) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        accepted.contains(first).then(|| {
            self.rest = rest;
            *first
        })
    }

    fn skip_space(&mut self) {
        let count = self.rest.iter().take_while(|byte| is_ascii_space(**byte)).count();
        self.rest = self.rest.get(count..).unwrap_or_default();
    }
}

#[cfg(test)]
mod tests;
