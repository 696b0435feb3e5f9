//! Source to `Program`.

use std::sync::Arc;

use npython_bytecode::Code;
use npython_compiler::CompileOptions;
use pyo3::prelude::*;
use pyo3::types::{PyString, PyTuple};

use crate::errors;
use crate::panic::guarded;

/// A compiled program: immutable, reusable, shared between threads. Made by `npython.compile`.
#[pyclass(module = "npython", frozen)]
pub(crate) struct Program {
    pub(crate) code: Arc<Code>,
}

#[pymethods]
impl Program {
    /// The name shown in tracebacks.
    #[getter]
    fn filename(&self) -> &str {
        &self.code.source.filename
    }

    /// The source text it was compiled from.
    #[getter]
    fn source(&self) -> &str {
        &self.code.source.text
    }

    /// A readable listing of the bytecode with source lines.
    fn disassemble(&self) -> String {
        npython_bytecode::disassemble(&self.code)
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("<Program {}>", PyString::new(py, self.filename()).repr()?))
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyTuple>)> {
        let compile = slf.py().import("npython._npython")?.getattr("compile")?;
        Ok((compile, (slf.get().source(), slf.get().filename()).into_pyobject(slf.py())?))
    }
}

/// Compiles `source`; the Python package documents it.
#[pyfunction]
#[pyo3(signature = (source, filename="<agent>"))]
pub(crate) fn compile(py: Python<'_>, source: &str, filename: &str) -> PyResult<Program> {
    Ok(Program { code: compile_source(py, source, filename)? })
}

/// Compiles `source` with the GIL free.
///
/// # Errors
/// `CompileError`, or `EngineError` for a defect of the compiler.
pub(crate) fn compile_source(py: Python<'_>, source: &str, filename: &str) -> PyResult<Arc<Code>> {
    let compiled = py.detach(|| guarded(|| npython_compiler::compile(source, filename, &CompileOptions::default())));
    match compiled {
        Ok(Ok(code)) => Ok(code),
        Ok(Err(error)) => Err(errors::compile_error(py, &error)),
        Err(panic) => Err(errors::engine_error(py, &panic, source, None)),
    }
}
