//! Lists, tuples, bytes, ranges, slices and complex numbers.

use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

use crate::heap::HeapSize;
use crate::value::Value;

/// A list.
#[derive(Default, Clone, Serialize, Deserialize)]
pub(crate) struct List {
    pub items: Vec<Value>,
    /// Set while `sort` works on the items, so that a change by the key function is noticed.
    pub sorting: bool,
}

impl HeapSize for List {
    fn extra_bytes(&self) -> usize {
        self.items.capacity() * size_of::<Value>()
    }
}

/// A tuple; up to three items are stored in place.
#[derive(Default, Clone, Serialize, Deserialize)]
pub(crate) struct Tuple {
    pub items: SmallVec<[Value; 3]>,
}

impl HeapSize for Tuple {
    fn extra_bytes(&self) -> usize {
        if self.items.spilled() { self.items.capacity() * size_of::<Value>() } else { 0 }
    }
}

/// Immutable bytes.
#[derive(Default, Clone, Serialize, Deserialize)]
pub(crate) struct Bytes {
    pub data: Box<[u8]>,
}

impl HeapSize for Bytes {
    fn extra_bytes(&self) -> usize {
        self.data.len()
    }
}

/// Mutable bytes.
#[derive(Default, Clone, Serialize, Deserialize)]
pub(crate) struct ByteArray {
    pub data: Vec<u8>,
    /// Live memoryviews; resizing is an error while there are any.
    pub exports: u32,
}

impl HeapSize for ByteArray {
    fn extra_bytes(&self) -> usize {
        self.data.capacity()
    }
}

/// A range; bounds are ints of any size, `length` is set when all fit i64.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Range {
    pub start: i64,
    pub stop: i64,
    pub step: i64,
    /// Bounds as int values when one of them does not fit i64, else `Undef`.
    pub wide: [Value; 3],
}

impl Default for Range {
    fn default() -> Self {
        Self { start: 0, stop: 0, step: 1, wide: [Value::Undef; 3] }
    }
}

impl Range {
    /// A range with bounds that fit.
    pub(crate) const fn narrow(start: i64, stop: i64, step: i64) -> Self {
        Self { start, stop, step, wide: [Value::Undef; 3] }
    }

    /// Whether a bound is a big int.
    pub(crate) const fn is_wide(&self) -> bool {
        !self.wide[0].is_undef()
    }

    /// Number of items of a narrow range.
    pub(crate) fn length(&self) -> u64 {
        let (low, high, step) = if self.step > 0 {
            (self.start, self.stop, self.step.unsigned_abs())
        } else {
            (self.stop, self.start, self.step.unsigned_abs())
        };
        if low >= high || step == 0 { 0 } else { (high.abs_diff(low) - 1) / step + 1 }
    }

    /// Item `index` of a narrow range; the caller checked `index < length`.
    pub(crate) fn item(&self, index: u64) -> i64 {
        self.start.wrapping_add(self.step.wrapping_mul(index as i64))
    }
}

impl HeapSize for Range {
    fn extra_bytes(&self) -> usize {
        0
    }
}

/// A slice object.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Slice {
    pub start: Value,
    pub stop: Value,
    pub step: Value,
}

impl Default for Slice {
    fn default() -> Self {
        Self { start: Value::None, stop: Value::None, step: Value::None }
    }
}

impl HeapSize for Slice {
    fn extra_bytes(&self) -> usize {
        0
    }
}

/// A complex number.
#[derive(Default, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Complex {
    pub real: f64,
    pub imaginary: f64,
}

impl HeapSize for Complex {
    fn extra_bytes(&self) -> usize {
        0
    }
}

impl HeapSize for num_bigint::BigInt {
    fn extra_bytes(&self) -> usize {
        self.bits() as usize / 8 + 8
    }
}
