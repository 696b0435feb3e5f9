//! Summation of floats that keeps track of what rounding loses, as the built-in `sum` does.

use serde::{Deserialize, Serialize};

/// A running sum with its compensation (Neumaier's variant of Kahan's method).
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FloatSum {
    total: f64,
    lost: f64,
}

impl FloatSum {
    /// A sum that starts with a value.
    #[must_use]
    pub const fn new(start: f64) -> Self {
        Self { total: start, lost: 0.0 }
    }

    /// Adds a float.
    #[inline]
    pub fn add(&mut self, value: f64) {
        let total = self.total + value;
        self.lost +=
            if self.total.abs() >= value.abs() { (self.total - total) + value } else { (value - total) + self.total };
        self.total = total;
    }

    /// Adds an int, which `sum` does without compensation.
    #[inline]
    pub fn add_integer(&mut self, value: i64) {
        self.total += value as f64;
    }

    /// The sum.
    #[must_use]
    pub fn finish(self) -> f64 {
        if self.lost != 0.0 && self.lost.is_finite() { self.total + self.lost } else { self.total }
    }
}
