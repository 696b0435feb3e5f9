//! Text of numbers and strings, apart from the heap.

mod guest_error;
pub mod unicode;

pub use guest_error::{ErrorKind, GuestError, check_length};
