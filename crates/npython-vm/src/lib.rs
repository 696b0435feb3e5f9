//! The npython machine: values, heap, frames, interpreter loop and built-in types. No I/O, no clock, no threads.

mod boundary;
pub mod numeric;
pub mod tables;
pub mod text;

pub use boundary::*;
