//! Hash tables of the machine: generic over their keys, ignorant of the heap.
//!
//! Keys are compared through a closure the caller gives, so that a table never runs guest code by itself.

pub mod dict_table;
pub mod set_operations;
pub mod set_table;

pub use dict_table::DictTable;
pub use set_table::SetTable;
