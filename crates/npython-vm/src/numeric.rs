//! Arithmetic and hashing of numbers, apart from the heap.

pub mod hash;
