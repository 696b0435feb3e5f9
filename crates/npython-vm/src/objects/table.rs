//! Dicts, sets and modules.

use serde::{Deserialize, Serialize};

use crate::heap::HeapSize;
use crate::tables::{DictTable, SetTable};
use crate::value::{Id, Value};

/// A dict.
#[derive(Default, Clone, Serialize, Deserialize)]
pub(crate) struct Dict {
    pub table: DictTable<Value, Value>,
}

impl HeapSize for Dict {
    fn extra_bytes(&self) -> usize {
        self.table.size_in_bytes()
    }
}

/// A set or frozenset.
#[derive(Default, Clone, Serialize, Deserialize)]
pub(crate) struct Set {
    pub table: SetTable<Value>,
    /// Cached hash of a frozenset; 0 until computed.
    pub hash: i64,
}

impl HeapSize for Set {
    fn extra_bytes(&self) -> usize {
        self.table.size_in_bytes()
    }
}

/// A module: a name and a namespace.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Module {
    pub name: Value,
    pub namespace: Id<Dict>,
}

impl Default for Module {
    fn default() -> Self {
        Self { name: Value::None, namespace: Id::new(0) }
    }
}

impl HeapSize for Module {
    fn extra_bytes(&self) -> usize {
        0
    }
}
