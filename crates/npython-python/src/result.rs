//! What a run gives back.

use std::sync::{Mutex, PoisonError};

use pyo3::prelude::*;
use pyo3::sync::MutexExt;
use pyo3::types::PyTuple;

/// What a run produced and used. `value` is the value of the program's last expression statement.
#[pyclass(name = "Result", module = "npython", frozen)]
pub(crate) struct RunResult {
    /// Plain Python data, or None if the program does not end in an expression.
    #[pyo3(get)]
    pub(crate) value: Py<PyAny>,
    /// What the program printed.
    #[pyo3(get)]
    pub(crate) stdout: String,
    /// What the program printed to standard error.
    #[pyo3(get)]
    pub(crate) stderr: String,
    /// Gas units used, of `Limits.gas`.
    #[pyo3(get)]
    pub(crate) gas_used: u64,
    /// The most bytes the machine held, of `Limits.memory`.
    #[pyo3(get)]
    pub(crate) memory_peak: u64,
    /// Host calls made, of `Limits.host_calls`.
    #[pyo3(get)]
    pub(crate) host_calls: u64,
    /// The most host calls that were under way at once, of `Limits.pending_calls`.
    #[pyo3(get)]
    pub(crate) pending_calls_peak: u32,
    /// Seconds from start to end, host functions included.
    #[pyo3(get)]
    pub(crate) duration: f64,
    /// What was changed in memory instead of on the disk, or None.
    #[pyo3(get)]
    pub(crate) changes: Py<PyAny>,
    /// Records of `npython.audit`, or a function that makes them.
    pub(crate) audit: Mutex<Py<PyAny>>,
}

impl RunResult {
    /// The result of a run that never started.
    pub(crate) fn of_nothing(py: Python<'_>) -> Self {
        let (stdout, stderr) = (String::new(), String::new());
        Self {
            value: py.None(),
            stdout,
            stderr,
            gas_used: 0,
            memory_peak: 0,
            host_calls: 0,
            pending_calls_peak: 0,
            duration: 0.0,
            changes: py.None(),
            audit: Mutex::new(PyTuple::empty(py).into_any().unbind()),
        }
    }
}

#[pymethods]
impl RunResult {
    /// A result made by hand, for tests of code that handles results.
    #[new]
    #[pyo3(signature = (
        value=None, stdout="", stderr="", gas_used=0, memory_peak=0, duration=0.0, audit=None, host_calls=0,
        pending_calls_peak=0, changes=None
    ))]
    #[expect(clippy::too_many_arguments, reason = "the fields of a result")]
    fn new(
        py: Python<'_>,
        value: Option<Py<PyAny>>,
        stdout: &str,
        stderr: &str,
        gas_used: u64,
        memory_peak: u64,
        duration: f64,
        audit: Option<Py<PyAny>>,
        host_calls: u64,
        pending_calls_peak: u32,
        changes: Option<Py<PyAny>>,
    ) -> Self {
        Self {
            value: value.unwrap_or_else(|| py.None()),
            stdout: stdout.to_owned(),
            stderr: stderr.to_owned(),
            gas_used,
            memory_peak,
            host_calls,
            pending_calls_peak,
            duration,
            changes: changes.unwrap_or_else(|| py.None()),
            audit: Mutex::new(audit.unwrap_or_else(|| PyTuple::empty(py).into_any().unbind())),
        }
    }

    /// What the program did with scopes and host functions, in order, if the sandbox audits.
    #[getter]
    fn audit<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let held = self.audit.lock_py_attached(py).unwrap_or_else(PoisonError::into_inner).clone_ref(py).into_bound(py);
        if !held.is_callable() {
            return Ok(held);
        }
        let records = held.call0()?;
        *self.audit.lock_py_attached(py).unwrap_or_else(PoisonError::into_inner) = records.clone().unbind();
        Ok(records)
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!(
            "Result(value={}, stdout={}, stderr={}, gas_used={}, memory_peak={}, duration={:.6})",
            self.value.bind(py).repr()?,
            self.stdout.as_str().into_pyobject(py)?.repr()?,
            self.stderr.as_str().into_pyobject(py)?.repr()?,
            self.gas_used,
            self.memory_peak,
            self.duration
        ))
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyTuple>)> {
        let this = slf.get();
        let fields = (
            this.value.bind(slf.py()),
            this.stdout.as_str(),
            this.stderr.as_str(),
            this.gas_used,
            this.memory_peak,
            this.duration,
            this.audit(slf.py())?,
            this.host_calls,
            this.pending_calls_peak,
            this.changes.bind(slf.py()),
        );
        Ok((slf.get_type().into_any(), fields.into_pyobject(slf.py())?))
    }
}
