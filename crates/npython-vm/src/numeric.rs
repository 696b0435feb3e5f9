//! Arithmetic and hashing of numbers, apart from the heap.

pub mod cost;
pub mod hash;
pub mod integer;
