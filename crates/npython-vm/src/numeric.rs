//! Arithmetic and hashing of numbers, apart from the heap.

pub mod complex;
pub mod cost;
pub mod float;
pub mod hash;
pub mod integer;
