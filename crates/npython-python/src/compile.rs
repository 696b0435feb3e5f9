//! Source to `Program`.

use std::sync::Arc;

use npython_bytecode::Code;
use npython_compiler::{CompileOptions, Compiled};
use pyo3::prelude::*;
use pyo3::types::{PyString, PyTuple};

use crate::arguments;
use crate::errors::{self, Allowance};
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

/// Compile a program once to run it many times.
///
/// Args:
///     source: Python source.
///     filename: The name shown in tracebacks.
///
/// Raises:
///     CompileError: The source is not valid.
#[pyfunction]
#[pyo3(signature = (source, filename=None), text_signature = "(source, filename='<agent>')")]
pub(crate) fn compile(
    py: Python<'_>,
    source: &Bound<'_, PyAny>,
    filename: Option<&Bound<'_, PyAny>>,
) -> PyResult<Program> {
    let filename = filename.map_or(Ok("<agent>"), arguments::filename)?;
    let source = arguments::source_text(arguments::text("source", source)?, filename)?;
    Ok(Program { code: compile_source(py, source, filename)?.code })
}

/// Compiles `source` with the GIL free.
///
/// # Errors
/// `CompileError`, or `EngineError` for a defect of the compiler.
pub(crate) fn compile_source(py: Python<'_>, source: &str, filename: &str) -> PyResult<Compiled> {
    let compiled =
        py.detach(|| guarded(|| npython_compiler::compile_metered(source, filename, &CompileOptions::default())));
    match compiled {
        Ok(Ok(compiled)) => Ok(compiled),
        Ok(Err(error)) => Err(errors::compile_error(py, &error)),
        Err(panic) => Err(errors::engine_error(py, &panic, source, None)),
    }
}

/// Bytes that compiling takes for a word or sign of the source, tree and tables together: between 40 and 110 by
/// measurement.
const BYTES_PER_TOKEN: u64 = 64;

/// Checks that compiling `source` stays within a run's limits, which the compiler itself knows nothing of.
///
/// # Errors
/// `GasExhausted` or `MemoryLimitExceeded`.
pub(crate) fn check_size(py: Python<'_>, source: &str, allowance: &Allowance) -> PyResult<()> {
    // No source has more words and signs than bytes; most need no closer look.
    let bytes = source.len() as u64;
    if bytes > allowance.machine.gas {
        return Err(errors::never_started(py, npython_vm::Halt::GasExhausted, allowance));
    }
    if bytes.saturating_mul(BYTES_PER_TOKEN) > allowance.machine.memory
        && estimated_tokens(source).saturating_mul(BYTES_PER_TOKEN) > allowance.machine.memory
    {
        return Err(errors::never_started(py, npython_vm::Halt::MemoryLimitExceeded, allowance));
    }
    Ok(())
}

/// Words (with the numbers among them) and signs, each of which becomes a token at most.
fn estimated_tokens(source: &str) -> u64 {
    let mut tokens = 0;
    let mut in_word = false;
    for byte in source.bytes() {
        let is_word = byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80;
        if !(is_word && in_word || byte == b' ') {
            tokens += 1;
        }
        in_word = is_word;
    }
    tokens
}
