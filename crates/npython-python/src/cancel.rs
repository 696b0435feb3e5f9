//! Asking a running machine, from anywhere, to stop.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use pyo3::prelude::*;

/// Cancels the runs it was given to: `run(..., cancel=token)`, then `token.cancel()` from any thread or signal handler.
///
/// A cancelled token stays cancelled: a run that gets it later stops before its first instruction.
#[pyclass(module = "npython", frozen)]
#[derive(Default)]
pub(crate) struct CancelToken {
    flag: Arc<AtomicBool>,
}

#[pymethods]
impl CancelToken {
    #[new]
    fn new() -> Self {
        Self::default()
    }

    /// Stop every run that has this token; they raise `Cancelled` within 10 ms.
    fn cancel(&self) {
        self.flag.store(true, Ordering::Relaxed);
    }

    /// Whether `cancel()` was called.
    #[getter]
    fn cancelled(&self) -> bool {
        self.flag.load(Ordering::Relaxed)
    }

    fn __repr__(&self) -> &'static str {
        if self.cancelled() { "<CancelToken cancelled>" } else { "<CancelToken>" }
    }
}

/// Counts calls of `cancel()` on what may have several runs: a run is cancelled when the count moves on from where it
/// was when the run started.
#[derive(Clone, Default)]
pub(crate) struct CancelCount(Arc<AtomicU64>);

impl CancelCount {
    pub(crate) fn cancel_all(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    fn now(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// What one run looks at between slices.
pub(crate) struct CancelWatch {
    sandbox: (CancelCount, u64),
    machine: Option<(CancelCount, u64)>,
    flag: Option<Arc<AtomicBool>>,
}

impl CancelWatch {
    pub(crate) fn new(sandbox: &CancelCount, machine: Option<&CancelCount>, token: Option<&CancelToken>) -> Self {
        Self {
            sandbox: (sandbox.clone(), sandbox.now()),
            machine: machine.map(|count| (count.clone(), count.now())),
            flag: token.map(|token| Arc::clone(&token.flag)),
        }
    }

    pub(crate) fn is_cancelled(&self) -> bool {
        let moved_on = |(count, at_start): &(CancelCount, u64)| count.now() != *at_start;
        moved_on(&self.sandbox)
            || self.machine.as_ref().is_some_and(moved_on)
            || self.flag.as_ref().is_some_and(|flag| flag.load(Ordering::Relaxed))
    }
}
