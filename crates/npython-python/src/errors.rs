//! Raising the exceptions that `npython._errors` defines.

use npython_compiler::CompileError;
use npython_vm::{GuestError, Halt, HostError, MachineLimits, TraceFrame};
use pyo3::exceptions::{PyException, PyKeyError, PyOSError, PyPermissionError};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

use crate::result::RunResult;
use crate::token::TokenTable;

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
        Stop::Machine(Halt::HostCallLimitExceeded) => {
            ("HostCallLimitExceeded", format!("the program made more than its {} host calls", limits.host_calls))
        }
        Stop::Machine(Halt::PendingCallLimitExceeded) => (
            "PendingCallLimitExceeded",
            format!("the program has more than its {} host calls under way at once", limits.pending_calls),
        ),
        Stop::Time => ("TimeLimitExceeded", format!("the program ran longer than its {} s", allowance.time)),
        Stop::Cancelled | Stop::Machine(Halt::Interrupted) => ("Cancelled", "the run was cancelled".to_owned()),
        Stop::Machine(Halt::SecurityViolation { scope, function, line, reason }) => {
            return security_violation(py, &scope, &function, line, &reason, result);
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

fn security_violation(
    py: Python<'_>,
    scope: &str,
    function: &str,
    line: u32,
    reason: &str,
    result: RunResult,
) -> PyErr {
    let attempt = || {
        fields(
            py,
            &[
                ("scope", scope.into_pyobject(py)?.into_any()),
                ("function", function.into_pyobject(py)?.into_any()),
                ("line", line.into_pyobject(py)?.into_any()),
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

/// Characters of a host exception's message that reach the guest.
const LONGEST_MESSAGE: usize = 2_000;

/// What the guest sees of an exception that a host function raised. One of Python's own keeps type and message; so does the
/// refusal of a grant, as PermissionError; any other is a `ToolError` whose message names no path of the host. Never
/// a traceback, and never the text of a sealed token.
///
/// # Errors
/// The exception itself if it is not an `Exception`: KeyboardInterrupt and its like are for the embedder.
pub(crate) fn host_error(py: Python<'_>, error: PyErr, tokens: &TokenTable) -> PyResult<HostError> {
    if !error.is_instance_of::<PyException>(py) {
        return Err(error);
    }
    let value = error.value(py);
    let class = value.get_type();
    let name = class.qualname().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let module = class.module().map(|module| module.to_string_lossy().into_owned()).unwrap_or_default();
    let message = tokens.redact(host_message(value)).chars().take(LONGEST_MESSAGE).collect::<String>();
    let (type_name, message) = match (module.as_str(), name.as_str()) {
        // A group would need the exceptions in it.
        ("builtins", kind) if kind != "ExceptionGroup" => (name, message),
        ("npython", "ToolError") => (name, message),
        // Those of npython's own packages are written for the guest.
        _ if module.starts_with("npython.") && value.is_instance_of::<PyPermissionError>() => {
            ("PermissionError".to_owned(), message)
        }
        _ if message.is_empty() => ("ToolError".to_owned(), name),
        _ => ("ToolError".to_owned(), format!("{name}: {}", without_paths(&message))),
    };
    Ok(HostError { type_name, message })
}

/// `text` with absolute paths of two or more parts, of either kind of system, replaced: the message was not written for
/// the guest.
fn without_paths(text: &str) -> String {
    let ends = |character: char| character.is_whitespace() || "'\"`<>|,;()[]{}".contains(character);
    let mut shown = String::with_capacity(text.len());
    for piece in text.split_inclusive(ends) {
        let tail = piece.chars().next_back().filter(|last| ends(*last));
        let word = piece.get(..piece.len() - tail.map_or(0, char::len_utf8)).unwrap_or(piece);
        // A path may follow a sign: `file=/etc/passwd`, `at:/srv/x`. A URL is none.
        let mut inside_word = false;
        let start = word.char_indices().find_map(|(at, character)| {
            let begins = !std::mem::replace(&mut inside_word, character.is_alphanumeric() || "._-".contains(character));
            word.get(at..).filter(|rest| begins && is_path(rest)).map(|_| at)
        });
        match start.filter(|_| !word.contains("://") || word.starts_with("file:")) {
            Some(at) => {
                shown.push_str(word.get(..at).unwrap_or_default());
                shown.push_str("<path>");
            }
            None => shown.push_str(word),
        }
        shown.extend(tail);
    }
    shown
}

fn is_path(text: &str) -> bool {
    let drive = text.get(1..3).is_some_and(|rest| rest == ":\\" || rest == ":/")
        && text.starts_with(|first: char| first.is_ascii_alphabetic());
    let unix = text.starts_with('/') && text.get(1..).is_some_and(|rest| rest.trim_end_matches('/').contains('/'));
    drive || unix || text.starts_with("\\\\") || text.starts_with("~/")
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
