//! Raising the exceptions that `npython._errors` defines.

use npython_compiler::CompileError;
use npython_vm::{GuestError, Halt, HostError, MachineLimits, TraceFrame};
use pyo3::exceptions::{PyException, PyKeyError, PyOSError};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

use crate::result::RunResult;

/// One entry of a guest traceback, outermost first.
#[pyclass(module = "npython", frozen, get_all, eq)]
#[derive(Clone, PartialEq)]
pub(crate) struct Frame {
    /// The file name given to `compile` or `run`.
    filename: String,
    /// The function, or `<module>`.
    function: String,
    /// 1-based line.
    line: u32,
    /// 1-based last line of the expression.
    end_line: u32,
    /// 1-based column of the first character, in characters.
    column: u32,
    /// 1-based column after the last character.
    end_column: u32,
    /// The source line as written, without its line end.
    source_line: String,
}

#[pymethods]
impl Frame {
    #[new]
    fn new(
        filename: String,
        function: String,
        line: u32,
        end_line: u32,
        column: u32,
        end_column: u32,
        source_line: String,
    ) -> Self {
        Self { filename, function, line, end_line, column, end_column, source_line }
    }

    fn __repr__(&self) -> String {
        format!("<Frame {}:{} in {}>", self.filename, self.line, self.function)
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyTuple>)> {
        let this = slf.get();
        let fields = (
            this.filename.as_str(),
            this.function.as_str(),
            this.line,
            this.end_line,
            this.column,
            this.end_column,
            this.source_line.as_str(),
        );
        Ok((slf.get_type().into_any(), fields.into_pyobject(slf.py())?))
    }
}

impl From<TraceFrame> for Frame {
    fn from(frame: TraceFrame) -> Self {
        Self {
            filename: frame.filename,
            function: frame.function,
            line: frame.line,
            end_line: frame.end_line,
            column: frame.column.saturating_add(1),
            end_column: frame.end_column.saturating_add(1),
            source_line: frame.source_line,
        }
    }
}

/// Why the driver stopped a run; the machine's own reasons and the driver's.
pub(crate) enum Stop {
    Machine(Halt),
    Time,
    Cancelled,
}

/// What a run was allowed, for the words of its halt.
#[derive(Clone, Copy)]
pub(crate) struct Allowance {
    pub(crate) machine: MachineLimits,
    /// Seconds.
    pub(crate) time: f64,
}

/// Makes an exception of `npython._errors.<class>`; a failure to do so is the exception instead.
fn make<'py>(
    py: Python<'py>,
    class: &str,
    args: impl IntoPyObject<'py, Target = PyTuple, Output = Bound<'py, PyTuple>, Error = PyErr>,
    fields: &Bound<'py, PyDict>,
) -> PyErr {
    let attempt = || -> PyResult<Bound<'py, PyAny>> {
        let class = py.import(intern!(py, "npython._errors"))?.getattr(class)?;
        class.call(args.into_pyobject(py)?, Some(fields))
    };
    attempt().map_or_else(|error| error, PyErr::from_value)
}

fn fields<'py>(py: Python<'py>, entries: &[(&str, Bound<'py, PyAny>)]) -> PyResult<Bound<'py, PyDict>> {
    let fields = PyDict::new(py);
    for (name, value) in entries {
        fields.set_item(name, value)?;
    }
    Ok(fields)
}

fn result_object<'py>(py: Python<'py>, result: Option<RunResult>) -> PyResult<Bound<'py, PyAny>> {
    result.into_pyobject(py)
}

/// A `CompileError`: a SyntaxError that CPython's own `traceback` module can print.
pub(crate) fn compile_error(py: Python<'_>, error: &CompileError) -> PyErr {
    let attempt = || {
        fields(
            py,
            &[
                ("kind", error.kind.name().into_pyobject(py)?.into_any()),
                ("filename", error.filename.into_pyobject(py)?.into_any()),
                ("line", error.line.into_pyobject(py)?.into_any()),
                ("column", error.column.into_pyobject(py)?.into_any()),
                ("end_line", error.end_line.into_pyobject(py)?.into_any()),
                ("end_column", error.end_column.into_pyobject(py)?.into_any()),
                ("source_line", error.source_line.as_deref().into_pyobject(py)?.into_any()),
                ("traceback", error.to_traceback().into_pyobject(py)?.into_any()),
            ],
        )
    };
    match attempt() {
        Ok(fields) => make(py, "CompileError", (error.message.as_str(),), &fields),
        Err(error) => error,
    }
}

/// A `GuestError`: an exception left the program.
pub(crate) fn guest_error(py: Python<'_>, error: GuestError, result: RunResult) -> PyErr {
    let GuestError { type_name, message, frames, traceback, exit_status } = error;
    let attempt = || {
        let frames =
            frames.into_iter().map(|frame| Bound::new(py, Frame::from(frame))).collect::<PyResult<Vec<_>>>()?;
        fields(
            py,
            &[
                ("type_name", type_name.into_pyobject(py)?.into_any()),
                ("frames", PyTuple::new(py, frames)?.into_any()),
                ("traceback", traceback.into_pyobject(py)?.into_any()),
                ("exit_status", exit_status.into_pyobject(py)?.into_any()),
                ("result", result_object(py, Some(result))?),
            ],
        )
    };
    match attempt() {
        Ok(fields) => make(py, "GuestError", (message,), &fields),
        Err(error) => error,
    }
}

/// A kind of `Halted`, or `EngineError`.
pub(crate) fn halted(py: Python<'_>, stop: Stop, allowance: &Allowance, source: &str, result: RunResult) -> PyErr {
    let limits = &allowance.machine;
    let (class, message) = match stop {
        Stop::Machine(Halt::GasExhausted) => {
            ("GasExhausted", format!("the program used up its gas ({} units)", limits.gas))
        }
        Stop::Machine(Halt::MemoryLimitExceeded) => {
            ("MemoryLimitExceeded", format!("the program needs more than its {} bytes of memory", limits.memory))
        }
        Stop::Machine(Halt::OutputLimitExceeded) => {
            ("OutputLimitExceeded", format!("the program printed more than its {} bytes of output", limits.output))
        }
        Stop::Machine(Halt::StackOverflow) => {
            ("StackOverflow", "the program needs more operand stack than a machine has".to_owned())
        }
        Stop::Time => ("TimeLimitExceeded", format!("the program ran longer than its {} s", allowance.time)),
        Stop::Cancelled => ("Cancelled", "the run was cancelled".to_owned()),
        Stop::Machine(Halt::SecurityViolation { scope, function, reason }) => {
            return security_violation(py, &scope, &function, &reason, result);
        }
        Stop::Machine(Halt::Engine(defect)) => return engine_error(py, &defect, source, Some(result)),
    };
    match result_object(py, Some(result)).and_then(|result| fields(py, &[("result", result)])) {
        Ok(fields) => make(py, class, (message,), &fields),
        Err(error) => error,
    }
}

/// A halt before the program's first instruction.
pub(crate) fn never_started(py: Python<'_>, halt: Halt, allowance: &Allowance) -> PyErr {
    halted(py, Stop::Machine(halt), allowance, "", RunResult::of_nothing(py))
}

fn security_violation(py: Python<'_>, scope: &str, function: &str, reason: &str, result: RunResult) -> PyErr {
    let attempt = || {
        fields(
            py,
            &[
                ("scope", scope.into_pyobject(py)?.into_any()),
                ("function", function.into_pyobject(py)?.into_any()),
                ("result", result_object(py, Some(result))?),
            ],
        )
    };
    match attempt() {
        Ok(fields) => make(py, "SecurityViolation", (reason,), &fields),
        Err(error) => error,
    }
}

/// An `EngineError`: a defect of npython, with the program that shows it.
pub(crate) fn engine_error(py: Python<'_>, defect: &str, source: &str, result: Option<RunResult>) -> PyErr {
    let attempt =
        || fields(py, &[("source", source.into_pyobject(py)?.into_any()), ("result", result_object(py, result)?)]);
    match attempt() {
        Ok(fields) => make(py, "EngineError", (defect,), &fields),
        Err(error) => error,
    }
}

/// What the guest sees of an exception that a host function raised: the type if it is a built-in one, else RuntimeError
/// with the type's name in the message; and the message. Never a traceback or a path of the host.
///
/// # Errors
/// The exception itself if it is not an `Exception`: KeyboardInterrupt and its like are for the embedder.
pub(crate) fn host_error(py: Python<'_>, error: PyErr) -> PyResult<HostError> {
    if !error.is_instance_of::<PyException>(py) {
        return Err(error);
    }
    let value = error.value(py);
    let class = value.get_type();
    let name = class.qualname().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let message = host_message(value);
    let builtin = class.module().is_ok_and(|module| module.to_string_lossy() == "builtins");
    Ok(if builtin {
        HostError { type_name: name, message }
    } else {
        let message = if message.is_empty() { name } else { format!("{name}: {message}") };
        HostError { type_name: "RuntimeError".to_owned(), message }
    })
}

fn host_message(value: &Bound<'_, pyo3::exceptions::PyBaseException>) -> String {
    if value.is_instance_of::<PyOSError>() {
        // `str()` of these names the host's file.
        let part = |name| value.getattr(name).ok().filter(|part| !part.is_none());
        if let (Some(number), Some(words)) = (part("errno"), part("strerror")) {
            return format!("[Errno {number}] {words}");
        }
    }
    if value.is_instance_of::<PyKeyError>() {
        // `str()` of these is a repr, which the guest's own KeyError would quote once more.
        let argument = value.getattr("args").and_then(|args| args.extract::<(String,)>());
        if let Ok((argument,)) = argument {
            return argument;
        }
    }
    value.str().map(|text| text.to_string_lossy().into_owned()).unwrap_or_default()
}
