//! JSON, apart from the heap.

pub mod read;

pub use read::{Event, JsonError, JsonText, Reader};
