//! The npython machine: values, heap, frames, interpreter loop and built-in types. No I/O, no clock, no threads.

mod base;
mod boundary;
mod builtins;
mod fault;
mod heap;
mod machine;
mod modules;
mod names;
mod native;
pub mod numeric;
mod objects;
pub mod pace;
mod prelude;
mod snapshot;
pub mod tables;
pub mod text;
mod types;
mod value;

pub use boundary::*;
pub(crate) use fault::Fault;
pub use machine::{Machine, Watch};
pub use snapshot::SnapshotError;
