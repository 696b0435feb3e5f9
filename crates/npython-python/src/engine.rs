//! What the runs of one sandbox share, and the shortest way from source to result.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use npython_bytecode::Code;
use npython_compiler::Compiled;
use npython_vm::{HostFunction, Machine, MachineLimits, MachineOptions, Outcome};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString, PyTuple};

use crate::arguments;
use crate::cancel::{CancelCount, CancelWatch};
use crate::compile::{Program, check_size, compile_source};
use crate::driver::{Driver, RunOptions};
use crate::errors::{Allowance, engine_error};
use crate::nesting::NestingGuard;
use crate::panic::guarded;
use crate::result::RunResult;
use crate::session;

/// Limits, names of host functions and switches: everything but the functions themselves, which Python keeps (and its
/// garbage collector sees). Immutable, so any number of threads may run programs through it at the same time.
#[pyclass(module = "npython._npython", frozen)]
pub(crate) struct Engine {
    functions: Arc<[HostFunction]>,
    libraries: Vec<Library>,
    /// Whether a call under a grant that only counts needs nothing but to be counted, by number.
    counted: Arc<[bool]>,
    /// The machine after the libraries ran, to be copied.
    template: Mutex<Option<Box<Machine>>>,
    audited: bool,
    allowance: Allowance,
    options: MachineOptions,
    cancel: CancelCount,
}

/// Guest code of the host that every machine runs before its program: its public names become builtins.
struct Library {
    code: Arc<Code>,
    /// The host functions it sees, by number.
    functions: Vec<u32>,
}

/// A host function: name, scope, strict, hidden, signature, docstring, asynchronous, counted.
type FunctionRow = (String, Option<String>, bool, bool, String, Option<String>, bool, bool);

#[pymethods]
impl Engine {
    /// `functions` are rows of name, scope, strict, hidden, signature, docstring, asynchronous, counted; `limits` is (gas, memory, depth,
    /// output, host calls, pending calls, time in seconds), already validated; `libraries` are pairs of a Program and the functions it sees.
    #[new]
    #[pyo3(signature = (
        functions, limits, *, libraries=Vec::new(), audited=false, quicken=true, collect_always=false, initial_stack=None
    ))]
    fn new(
        functions: Vec<FunctionRow>,
        limits: (u64, u64, u32, u64, u64, u32, f64),
        libraries: Vec<(PyRef<'_, Program>, Vec<u32>)>,
        audited: bool,
        quicken: bool,
        collect_always: bool,
        initial_stack: Option<u32>,
    ) -> Self {
        let (gas, memory, depth, output, host_calls, pending_calls, time) = limits;
        let defaults = MachineOptions::default();
        let counted = functions.iter().map(|row| row.7).collect();
        Self {
            counted,
            template: Mutex::new(None),
            functions: functions
                .into_iter()
                .map(|(name, scope, strict, hidden, signature, doc, asynchronous, _)| HostFunction {
                    name,
                    scope,
                    strict,
                    hidden,
                    asynchronous,
                    signature,
                    doc,
                })
                .collect(),
            libraries: libraries
                .into_iter()
                .map(|(program, functions)| Library { code: Arc::clone(&program.code), functions })
                .collect(),
            audited,
            allowance: Allowance {
                machine: MachineLimits {
                    gas,
                    memory,
                    depth,
                    output,
                    host_calls,
                    pending_calls,
                    ..MachineLimits::default()
                },
                time,
            },
            options: MachineOptions {
                quicken,
                collect_always,
                initial_stack: initial_stack.unwrap_or(defaults.initial_stack),
            },
            cancel: CancelCount::default(),
        }
    }

    /// Runs `source` (text or Program) on a new machine to its end. `functions` go by the order of the names.
    #[pyo3(signature = (source, functions, filename, inputs, on_output, cancel, warden))]
    fn run(
        &self,
        py: Python<'_>,
        source: &Bound<'_, PyAny>,
        functions: &Bound<'_, PyTuple>,
        filename: &Bound<'_, PyAny>,
        inputs: Option<&Bound<'_, PyDict>>,
        on_output: Option<Bound<'_, PyAny>>,
        cancel: Option<&Bound<'_, PyAny>>,
        warden: Option<Py<PyAny>>,
    ) -> PyResult<RunResult> {
        let _level = NestingGuard::enter()?;
        let started = Instant::now();
        let cancel = arguments::cancel_token(cancel)?;
        let watch = CancelWatch::new(&self.cancel, None, cancel.map(Bound::get));
        let options = RunOptions { watch, on_output: arguments::output_callback(on_output)?, warden };
        let code = code_of(py, source, filename, &self.allowance)?;
        let mut driver = self.new_driver(py)?;
        let outcome = driver.start(py, code, inputs, options, started).and_then(|()| driver.finish(py, functions));
        discard(py, driver);
        outcome
    }

    /// A machine to be driven step by step: sessions and async runs.
    fn machine(&self, py: Python<'_>) -> PyResult<session::Machine> {
        Ok(session::Machine::new(self.new_driver(py)?, self.allowance, self.cancel.clone()))
    }

    /// Cancels every run in progress on this engine.
    fn cancel(&self) {
        self.cancel.cancel_all();
    }
}

impl Engine {
    fn new_driver(&self, py: Python<'_>) -> PyResult<Driver> {
        let machine = guarded(|| self.new_machine());
        match machine {
            Ok(Ok(machine)) => {
                let functions = (Arc::clone(&self.functions), Arc::clone(&self.counted));
                Ok(Driver::new(machine, functions, self.audited, self.allowance))
            }
            Ok(Err(defect)) => Err(engine_error(py, &defect, "", None)),
            Err(panic) => Err(engine_error(py, &panic, "", None)),
        }
    }
}

impl Engine {
    /// A machine with the host's functions and libraries, which run only once.
    fn new_machine(&self) -> Result<Machine, String> {
        if self.libraries.is_empty() {
            let mut machine = Machine::new(self.allowance.machine, self.options);
            machine.define_host_functions(&self.functions);
            return Ok(machine);
        }
        let mut template = self.template.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(template) = &*template {
            return Ok(template.copied());
        }
        let mut machine = Machine::new(self.allowance.machine, self.options);
        machine.define_host_functions(&self.functions);
        for library in &self.libraries {
            install(&mut machine, library)?;
        }
        Ok(template.insert(Box::new(machine)).copied())
    }
}

/// Runs a library to its end.
///
/// # Errors
/// What went wrong: it raised, or did not end within the limits.
fn install(machine: &mut Machine, library: &Library) -> Result<(), String> {
    let name = &library.code.source.filename;
    machine.start_library(&library.code, &library.functions).map_err(|halt| format!("{name}: {halt:?}"))?;
    match machine.run(u64::MAX) {
        Outcome::Finished => {
            machine.publish_library();
            Ok(())
        }
        Outcome::Raised(error) => Err(error.traceback),
        other => Err(format!("{name} cannot be set up: {other:?}")),
    }
}

/// The code of a Program, which costs nothing, or of text compiled now, with what that costs.
pub(crate) fn code_of(
    py: Python<'_>,
    source: &Bound<'_, PyAny>,
    filename: &Bound<'_, PyAny>,
    allowance: &Allowance,
) -> PyResult<Compiled> {
    let filename = arguments::filename(filename)?;
    if let Ok(text) = source.cast::<PyString>() {
        let text = arguments::source_text(text, filename)?;
        check_size(py, text, allowance)?;
        return compile_source(py, text, filename);
    }
    if let Ok(program) = source.cast::<Program>() {
        return Ok(Compiled { code: Arc::clone(&program.get().code), gas: 0 });
    }
    Err(arguments::wrong_type("source", "str or Program", source))
}

/// Frees a machine without the GIL: a large heap takes a while.
pub(crate) fn discard(py: Python<'_>, driver: Driver) {
    let _ = py.detach(|| guarded(|| drop(driver)));
}
