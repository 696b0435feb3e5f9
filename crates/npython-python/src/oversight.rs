//! When a run has to stop: its deadline, its cancellation, and Python's signals.
//!
//! Looked at between slices, and by the machine itself during long operations.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use pyo3::intern;
use pyo3::prelude::*;

use crate::cancel::CancelWatch;
use crate::errors::Stop;

/// Time between two moments with the GIL, for signals and streamed output.
pub(crate) const ATTENTION: Duration = Duration::from_millis(4);

/// What may end one run from outside.
pub(crate) struct Oversight {
    cancel: CancelWatch,
    /// None when it is too far away to tell.
    deadline: Option<Instant>,
    /// Whether this thread is the one that Python's signal handlers run on; assumed until somebody looked.
    on_main_thread: AtomicBool,
    signals: Mutex<Signals>,
}

/// Tells host functions that wait whether their run is over, on whatever thread they do.
#[pyclass(module = "npython._npython", frozen)]
pub(crate) struct RunWatch(Arc<Oversight>);

impl RunWatch {
    pub(crate) fn new(oversight: Arc<Oversight>) -> Self {
        Self(oversight)
    }
}

#[pymethods]
impl RunWatch {
    /// Whether the run was cancelled, or its time is over.
    fn stopping(&self) -> bool {
        self.0.verdict(Instant::now()).is_some()
    }
}

struct Signals {
    looked: Instant,
    /// What a signal handler raised during a long operation.
    raised: Option<PyErr>,
}

impl Oversight {
    pub(crate) fn new(cancel: CancelWatch, started: Instant, time_left: Duration) -> Self {
        Self {
            cancel,
            deadline: started.checked_add(time_left),
            on_main_thread: AtomicBool::new(true),
            signals: Mutex::new(Signals { looked: started, raised: None }),
        }
    }

    /// Why the run has to stop now, if it has to.
    pub(crate) fn verdict(&self, now: Instant) -> Option<Stop> {
        if self.cancel.is_cancelled() {
            return Some(Stop::Cancelled);
        }
        self.deadline.is_some_and(|deadline| now >= deadline).then_some(Stop::Time)
    }

    /// Asked by the machine during long operations, without the GIL.
    pub(crate) fn is_over(&self) -> bool {
        let now = Instant::now();
        self.verdict(now).is_some()
            || self.attention_at().is_some_and(|at| now >= at)
                && Python::attach(|py| match self.attend(py, now) {
                    Ok(()) => false,
                    Err(error) => {
                        self.signals().raised = Some(error);
                        true
                    }
                })
    }

    /// When the next look for signals is due; None on threads that get none.
    pub(crate) fn attention_at(&self) -> Option<Instant> {
        self.on_main_thread.load(Ordering::Relaxed).then(|| self.signals().looked + ATTENTION)
    }

    /// Lets Python's signal handlers run if this is the main thread and some time has passed.
    ///
    /// # Errors
    /// What a handler raises: KeyboardInterrupt for Ctrl-C.
    pub(crate) fn attend(&self, py: Python<'_>, now: Instant) -> PyResult<()> {
        if now.saturating_duration_since(self.signals().looked) < ATTENTION {
            return Ok(());
        }
        self.signals().looked = now;
        let on_main_thread = on_main_thread(py)?;
        self.on_main_thread.store(on_main_thread, Ordering::Relaxed);
        if on_main_thread { py.check_signals() } else { Ok(()) }
    }

    /// The run goes on in a thread that may be another one.
    pub(crate) fn forget_thread(&self) {
        self.on_main_thread.store(true, Ordering::Relaxed);
    }

    /// What a signal handler raised while the machine was in a long operation.
    pub(crate) fn take_raised(&self) -> Option<PyErr> {
        self.signals().raised.take()
    }

    fn signals(&self) -> std::sync::MutexGuard<'_, Signals> {
        self.signals.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether this is the thread on which Python handles signals. Any other need not wait for the GIL to look for them.
fn on_main_thread(py: Python<'_>) -> PyResult<bool> {
    let modules = py.import(intern!(py, "sys"))?.getattr(intern!(py, "modules"))?;
    let Ok(threading) = modules.get_item(intern!(py, "threading")) else {
        return Ok(true);
    };
    let main = threading.call_method0(intern!(py, "main_thread"))?.getattr(intern!(py, "ident"))?;
    threading.call_method0(intern!(py, "get_ident"))?.eq(main)
}
