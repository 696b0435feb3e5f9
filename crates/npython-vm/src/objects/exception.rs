//! The built-in part of exception instances.

use serde::{Deserialize, Serialize};

use crate::heap::HeapSize;
use crate::value::{Id, Value};

use super::Tuple;

/// One frame an exception passed through, innermost first as they are added.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) struct TraceEntry {
    /// Linked code number.
    pub code: u32,
    /// Instruction within the code.
    pub at: u32,
}

/// What every exception carries besides its attributes.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct ExceptionState {
    pub args: Id<Tuple>,
    pub cause: Value,
    pub context: Value,
    pub suppress_context: bool,
    pub traceback: Vec<TraceEntry>,
    /// Further built-in attributes by exception type: `value` of StopIteration, `name`/`obj` of NameError and AttributeError,
    /// `code` of SystemExit, message and exceptions of a group...
    pub fields: Vec<(crate::value::Id<super::Str>, Value)>,
}

impl Default for ExceptionState {
    fn default() -> Self {
        Self {
            args: Id::new(0),
            cause: Value::None,
            context: Value::None,
            suppress_context: false,
            traceback: Vec::new(),
            fields: Vec::new(),
        }
    }
}

impl HeapSize for ExceptionState {
    fn extra_bytes(&self) -> usize {
        self.traceback.capacity() * size_of::<TraceEntry>() + self.fields.capacity() * 24
    }
}
