//! What has been used of a token.

use std::sync::atomic::{AtomicI64, Ordering};

use pyo3::prelude::*;

/// How often and for how many bytes a token has been used. Shared by every grant derived from that token.
#[pyclass(module = "npython.security", frozen)]
#[derive(Default)]
pub(crate) struct Usage {
    calls: AtomicI64,
    bytes: AtomicI64,
}

impl Usage {
    /// Counts one call.
    pub(crate) fn count_call(&self) {
        self.calls.fetch_add(1, Ordering::Relaxed);
    }
}

#[pymethods]
impl Usage {
    #[new]
    fn new() -> Self {
        Self::default()
    }

    /// Calls made so far.
    #[getter]
    fn calls(&self) -> i64 {
        self.calls.load(Ordering::Relaxed)
    }

    #[setter]
    fn set_calls(&self, calls: i64) {
        self.calls.store(calls, Ordering::Relaxed);
    }

    /// Bytes moved so far.
    #[getter]
    fn bytes(&self) -> i64 {
        self.bytes.load(Ordering::Relaxed)
    }

    #[setter]
    fn set_bytes(&self, bytes: i64) {
        self.bytes.store(bytes, Ordering::Relaxed);
    }

    /// Counts calls and bytes.
    #[pyo3(signature = (calls=0, bytes=0))]
    fn add(&self, calls: i64, bytes: i64) {
        self.calls.fetch_add(calls, Ordering::Relaxed);
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
    }

    fn __repr__(&self) -> String {
        format!("Usage(calls={}, bytes={})", self.calls(), self.bytes())
    }
}
