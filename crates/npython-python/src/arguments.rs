//! Arguments of the public functions: what an embedder is told who gives something else.

use npython_compiler::{CompileError, SyntaxErrorKind};
use pyo3::exceptions::{PyTypeError, PyUnicodeEncodeError};
use pyo3::prelude::*;
use pyo3::types::PyString;

use crate::cancel::CancelToken;
use crate::errors;

/// Text given as `name`.
///
/// # Errors
/// TypeError for anything else.
pub(crate) fn text<'value, 'py>(
    name: &str,
    value: &'value Bound<'py, PyAny>,
) -> PyResult<&'value Bound<'py, PyString>> {
    value.cast::<PyString>().map_err(|_| wrong_type(name, "str", value))
}

/// A name for tracebacks, given as `filename`.
///
/// # Errors
/// TypeError if it is no text, ValueError if it is no Unicode.
pub(crate) fn filename<'value>(value: &'value Bound<'_, PyAny>) -> PyResult<&'value str> {
    text("filename", value)?.to_str()
}

/// The text of a program; one with lone surrogates, of which UTF-8 has no form, is no valid program.
///
/// # Errors
/// `CompileError` at the first surrogate.
pub(crate) fn source_text<'value>(source: &'value Bound<'_, PyString>, filename: &str) -> PyResult<&'value str> {
    source.to_str().map_err(|error| {
        let py = source.py();
        if !error.is_instance_of::<PyUnicodeEncodeError>(py) {
            return error;
        }
        surrogate_error(source, filename, &error).unwrap_or(error)
    })
}

fn surrogate_error(source: &Bound<'_, PyString>, filename: &str, error: &PyErr) -> PyResult<PyErr> {
    let py = source.py();
    let place: usize = error.value(py).getattr("start")?.extract()?;
    let before: String = source
        .call_method1("__getitem__", (pyo3::types::PySlice::new(py, 0, isize::try_from(place)?, 1),))?
        .extract()?;
    let line_start = before.rfind('\n').map_or(0, |newline| newline.saturating_add(1));
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let line = number(before.matches('\n').count().saturating_add(1));
    let column = number(before.get(line_start..).unwrap_or_default().chars().count().saturating_add(1));
    let error = CompileError {
        kind: SyntaxErrorKind::SyntaxError,
        message: format!("(unicode error) {}", error.value(py).str()?.to_string_lossy()),
        filename: filename.into(),
        line,
        column,
        end_line: line,
        end_column: column.saturating_add(1),
        is_nowhere: false,
        source_line: None,
    };
    Ok(errors::compile_error(py, &error))
}

/// The token that cancels a run, given as `cancel`.
///
/// # Errors
/// TypeError for anything else.
pub(crate) fn cancel_token<'value, 'py>(
    value: Option<&'value Bound<'py, PyAny>>,
) -> PyResult<Option<&'value Bound<'py, CancelToken>>> {
    value
        .map(|value| value.cast::<CancelToken>().map_err(|_| wrong_type("cancel", "an npython.CancelToken", value)))
        .transpose()
}

/// What is called with what the program prints, given as `on_output`.
///
/// # Errors
/// TypeError if it cannot be called.
pub(crate) fn output_callback(value: Option<Bound<'_, PyAny>>) -> PyResult<Option<Py<PyAny>>> {
    match value {
        Some(callback) if !callback.is_callable() => Err(wrong_type("on_output", "callable", &callback)),
        callback => Ok(callback.map(Bound::unbind)),
    }
}

/// `name must be expected, not int`.
pub(crate) fn wrong_type(name: &str, expected: &str, value: &Bound<'_, PyAny>) -> PyErr {
    match value.get_type().qualname() {
        Ok(found) => PyTypeError::new_err(format!("{name} must be {expected}, not {}", found.to_string_lossy())),
        Err(error) => error,
    }
}
