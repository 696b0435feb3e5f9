//! A bound on runs inside host functions of runs inside host functions...

use std::cell::Cell;

use pyo3::exceptions::PyRecursionError;
use pyo3::prelude::*;

/// Each level uses native stack of the calling thread (CPython's and ours), which no guest limit counts.
const MAXIMUM: u32 = 32;

thread_local! {
    static LEVEL: Cell<u32> = const { Cell::new(0) };
}

/// One level of nesting, for as long as it lives.
pub(crate) struct NestingGuard(());

impl NestingGuard {
    /// Enters one level.
    ///
    /// # Errors
    /// RecursionError when sandboxes run inside each other's host functions too deeply on this thread.
    pub(crate) fn enter() -> PyResult<Self> {
        LEVEL.with(|level| {
            let now = level.get();
            if now >= MAXIMUM {
                return Err(PyRecursionError::new_err(format!(
                    "more than {MAXIMUM} sandboxes running inside each other's host functions"
                )));
            }
            level.set(now + 1);
            Ok(Self(()))
        })
    }
}

impl Drop for NestingGuard {
    fn drop(&mut self) {
        LEVEL.with(|level| level.set(level.get().saturating_sub(1)));
    }
}
