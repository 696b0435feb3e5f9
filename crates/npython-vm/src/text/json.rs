//! JSON, apart from the heap.

pub mod read;
pub mod write;

pub use read::{Event, Extent, JsonError, JsonText, Reader, constant, float_of};
pub use write::{LONGEST_ESCAPE, write_json_string};
