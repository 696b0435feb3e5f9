//! A function whose results are remembered.

use serde::{Deserialize, Serialize};

use crate::value::{Id, Value};

use super::Dict;

/// The state of a `functools.lru_cache`; types/cached_function.rs has its methods, machine/call/cached.rs its calls.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub(crate) struct CachedFunction {
    pub function: Value,
    /// Results by keys, the one used last at the end. Only the machine sees it.
    pub results: Id<Dict>,
    /// The most results that are kept; `None` for all.
    pub capacity: Option<u64>,
    /// Whether arguments of different types are different.
    pub typed: bool,
    pub hits: u64,
    pub misses: u64,
    /// What `cache_info()` calls.
    pub info_type: Value,
    /// Lies in keys between positional and keyword arguments; the guest has no other way to it.
    pub mark: Value,
}

impl CachedFunction {
    /// The values it keeps alive.
    pub(crate) fn values(&self) -> [Value; 4] {
        [self.function, Value::Dict(self.results), self.info_type, self.mark]
    }
}
