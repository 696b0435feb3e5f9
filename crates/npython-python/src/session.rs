//! A machine that Python drives step by step: sessions (one program after another) and async runs.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use pyo3::IntoPyObjectExt;
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

use crate::arguments;
use crate::cancel::{CancelCount, CancelWatch};
use crate::driver::{Driver, PendingCall, PendingScope, RunOptions, Step};
use crate::engine::{code_of, discard};
use crate::errors::Allowance;
use crate::nesting::NestingGuard;

/// One machine, one meter. After a guest exception it can go on; after a halt or an interruption it is over.
#[pyclass(module = "npython._npython", frozen)]
pub(crate) struct Machine {
    state: Mutex<State>,
    allowance: Allowance,
    sandbox_cancel: CancelCount,
    machine_cancel: CancelCount,
}

enum State {
    Ready(Box<Driver>),
    /// Some thread is in it, or it waits for the answer to a host call.
    Busy,
    Waiting(Box<Driver>, u32),
    /// It waits to enter a scope.
    AtScope(Box<Driver>),
    /// It waits for a host call that is under way.
    AtCalls(Box<Driver>),
    Over,
}

/// A call of a host function that the driver of the machine must make.
#[pyclass(module = "npython._npython", frozen, get_all)]
pub(crate) struct HostCall {
    /// Index of the function.
    function: u32,
    args: Py<PyTuple>,
    kwargs: Option<Py<PyDict>>,
    /// Line of the call in the guest program.
    line: u32,
    /// The grants in force for the function's scope, outermost block first.
    grants: Py<PyTuple>,
    /// Gas used so far.
    gas: u64,
    /// The number of a call that the program goes on without: begin it and say `begun`.
    concurrent: Option<u32>,
}

/// The program waits for a host call that is under way: answer with `ended` or `failed`, or with `waited`.
#[pyclass(module = "npython._npython", frozen, get_all)]
pub(crate) struct HostWait {
    /// How long at most; None without an end.
    seconds: Option<f64>,
}

/// The program wants to enter a scope: answer with `enter`.
#[pyclass(module = "npython._npython", frozen, get_all)]
pub(crate) struct ScopeRequest {
    scope: String,
    /// The token's text, of a sealed one too; None if it is sealed and unknown here.
    token: Option<String>,
    /// Line of the `with` statement.
    line: u32,
}

impl Machine {
    pub(crate) fn new(driver: Driver, allowance: Allowance, sandbox_cancel: CancelCount) -> Self {
        let machine_cancel = CancelCount::default();
        Self { state: Mutex::new(State::Ready(Box::new(driver))), allowance, sandbox_cancel, machine_cancel }
    }

    fn replace(&self, state: State) -> State {
        std::mem::replace(&mut *self.state.lock().unwrap_or_else(PoisonError::into_inner), state)
    }

    /// Takes the machine out for as long as a thread works with it.
    fn take_ready(&self) -> PyResult<Box<Driver>> {
        match self.replace(State::Busy) {
            State::Ready(driver) => Ok(driver),
            other => {
                let reason = match other {
                    State::Over => "this session is over: its machine was halted or interrupted",
                    _ => "this session is already running a program",
                };
                self.replace(other);
                Err(PyRuntimeError::new_err(reason))
            }
        }
    }

    fn take_waiting(&self) -> PyResult<(Box<Driver>, u32)> {
        match self.replace(State::Busy) {
            State::Waiting(driver, function) => Ok((driver, function)),
            other => {
                self.replace(other);
                Err(PyRuntimeError::new_err("no host call is waiting for an answer"))
            }
        }
    }

    fn take_at_calls(&self) -> PyResult<Box<Driver>> {
        match self.replace(State::Busy) {
            State::AtCalls(driver) => Ok(driver),
            other => {
                self.replace(other);
                Err(PyRuntimeError::new_err("the program does not wait for host calls"))
            }
        }
    }

    /// Puts the machine back, or throws it away if the outcome ended it.
    fn put_back<T>(
        &self,
        py: Python<'_>,
        driver: Box<Driver>,
        outcome: &PyResult<T>,
        goes_on: fn(&PyErr, Python<'_>) -> bool,
    ) {
        if outcome.as_ref().err().is_none_or(|error| goes_on(error, py)) {
            self.replace(State::Ready(driver));
        } else {
            self.replace(State::Over);
            discard(py, *driver);
        }
    }
}

/// After an exception left a program the next one can run.
fn is_guest_error(error: &PyErr, py: Python<'_>) -> bool {
    is_npython_error(error, py, "GuestError")
}

/// A program that was never started leaves the machine as it was.
fn is_not_started(error: &PyErr, py: Python<'_>) -> bool {
    !is_npython_error(error, py, "NpythonError")
}

fn is_npython_error(error: &PyErr, py: Python<'_>, class: &str) -> bool {
    let class = py.import("npython._errors").and_then(|errors| errors.getattr(class));
    class.is_ok_and(|class| error.is_instance(py, &class))
}

#[pymethods]
impl Machine {
    /// Puts a program into the machine; `run` or `advance` then runs it.
    #[pyo3(signature = (source, filename, inputs, on_output, cancel, warden))]
    fn start(
        &self,
        py: Python<'_>,
        source: &Bound<'_, PyAny>,
        filename: &Bound<'_, PyAny>,
        inputs: Option<&Bound<'_, PyDict>>,
        on_output: Option<Bound<'_, PyAny>>,
        cancel: Option<&Bound<'_, PyAny>>,
        warden: Option<Py<PyAny>>,
    ) -> PyResult<()> {
        let started = Instant::now();
        let cancel = arguments::cancel_token(cancel)?;
        let on_output = arguments::output_callback(on_output)?;
        let code = code_of(py, source, filename, &self.allowance)?;
        let watch = CancelWatch::new(&self.sandbox_cancel, Some(&self.machine_cancel), cancel.map(Bound::get));
        let options = RunOptions { watch, on_output, warden };
        let mut driver = self.take_ready()?;
        let outcome = driver.start(py, code, inputs, options, started);
        self.put_back(py, driver, &outcome, is_not_started);
        outcome
    }

    /// Runs the program to its end, calling `functions`.
    fn run(&self, py: Python<'_>, functions: &Bound<'_, PyTuple>) -> PyResult<crate::result::RunResult> {
        let _level = NestingGuard::enter()?;
        let mut driver = self.take_ready()?;
        let outcome = driver.finish(py, functions);
        self.put_back(py, driver, &outcome, is_guest_error);
        outcome
    }

    /// Runs until the end (the Result), a host call (a HostCall, to be answered), or for `seconds` (None).
    #[pyo3(signature = (seconds=None))]
    fn advance(&self, py: Python<'_>, seconds: Option<f64>) -> PyResult<Py<PyAny>> {
        let pause = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
        let mut driver = self.take_ready()?;
        let outcome = driver.advance(py, pause);
        match outcome {
            Ok(Step::Call(call)) => {
                let PendingCall { function, args, kwargs, line, grants, gas, concurrent } = call;
                let grants = driver.grant_tuple(py, &grants)?;
                self.replace(State::Waiting(driver, function));
                HostCall { function, args, kwargs, line, grants, gas, concurrent }.into_py_any(py)
            }
            Ok(Step::Scope(request)) => {
                let PendingScope { scope, token, line } = request;
                self.replace(State::AtScope(driver));
                ScopeRequest { scope, token, line }.into_py_any(py)
            }
            Ok(Step::Waiting(seconds)) => {
                self.replace(State::AtCalls(driver));
                HostWait { seconds }.into_py_any(py)
            }
            outcome => {
                self.put_back(py, driver, &outcome, is_guest_error);
                match outcome? {
                    Step::Done(result) => result.into_py_any(py),
                    Step::Paused | Step::Call(_) | Step::Scope(_) | Step::Waiting(_) => Ok(py.None()),
                }
            }
        }
    }

    /// Answers the waiting host call with a value.
    fn answer(&self, py: Python<'_>, value: Bound<'_, PyAny>) -> PyResult<()> {
        let (mut driver, function) = self.take_waiting()?;
        let outcome = driver.answer(py, function, Ok(value));
        self.put_back(py, driver, &outcome, is_guest_error);
        outcome
    }

    /// Answers the waiting host call, which has a number: it is under way.
    fn begun(&self, py: Python<'_>) -> PyResult<()> {
        let (mut driver, _) = self.take_waiting()?;
        let outcome = driver.call_begun(py);
        self.put_back(py, driver, &outcome, is_guest_error);
        outcome
    }

    /// Tells the waiting program that call `number` of host function `function` ended with a value.
    fn ended(&self, py: Python<'_>, number: u32, function: u32, value: Bound<'_, PyAny>) -> PyResult<()> {
        let mut driver = self.take_at_calls()?;
        let outcome = driver.call_ended(py, number, function, Ok(value));
        self.put_back(py, driver, &outcome, is_guest_error);
        outcome
    }

    /// Tells the waiting program that call `number` ended with an exception.
    fn failed(&self, py: Python<'_>, number: u32, function: u32, error: Bound<'_, PyAny>) -> PyResult<()> {
        let mut driver = self.take_at_calls()?;
        let outcome = driver.call_ended(py, number, function, Err(PyErr::from_value(error)));
        self.put_back(py, driver, &outcome, is_guest_error);
        outcome
    }

    /// Tells the waiting program that the time is over.
    fn waited(&self, py: Python<'_>) -> PyResult<()> {
        let mut driver = self.take_at_calls()?;
        let outcome = driver.waited(py);
        self.put_back(py, driver, &outcome, is_guest_error);
        outcome
    }

    /// Numbers of the calls that the program gave up since the last time.
    fn take_given_up(&self) -> Vec<u32> {
        match &mut *self.state.lock().unwrap_or_else(PoisonError::into_inner) {
            State::Ready(driver) | State::Waiting(driver, _) | State::AtScope(driver) | State::AtCalls(driver) => {
                driver.take_given_up()
            }
            State::Busy | State::Over => Vec::new(),
        }
    }

    /// Whether the program has to stop: it was cancelled, or its time is over.
    #[getter]
    fn stopping(&self) -> bool {
        match &*self.state.lock().unwrap_or_else(PoisonError::into_inner) {
            State::Ready(driver) | State::Waiting(driver, _) | State::AtScope(driver) | State::AtCalls(driver) => {
                driver.is_stopping()
            }
            State::Busy | State::Over => false,
        }
    }

    /// Lets the program enter the scope it asked for with this grant; None, or text that says why, refuses.
    fn enter(&self, py: Python<'_>, grant: Bound<'_, PyAny>) -> PyResult<()> {
        let mut driver = match self.replace(State::Busy) {
            State::AtScope(driver) => driver,
            other => {
                self.replace(other);
                return Err(PyRuntimeError::new_err("no scope is waiting to be entered"));
            }
        };
        let outcome = driver.decide(py, Some(grant));
        self.put_back(py, driver, &outcome, is_guest_error);
        outcome
    }

    /// Answers the waiting host call with an exception.
    fn fail(&self, py: Python<'_>, error: Bound<'_, PyAny>) -> PyResult<()> {
        let (mut driver, function) = self.take_waiting()?;
        let outcome = driver.answer(py, function, Err(PyErr::from_value(error)));
        self.put_back(py, driver, &outcome, is_guest_error);
        outcome
    }

    /// Cancels the program that runs on it.
    fn cancel(&self) {
        self.machine_cancel.cancel_all();
    }

    /// Gas units used by all programs of the machine together; None while it runs or when it is over.
    #[getter]
    fn gas_used(&self) -> Option<u64> {
        match &*self.state.lock().unwrap_or_else(PoisonError::into_inner) {
            State::Ready(driver) | State::Waiting(driver, _) | State::AtScope(driver) | State::AtCalls(driver) => {
                Some(driver.gas_used())
            }
            State::Busy | State::Over => None,
        }
    }

    /// Bytes the machine holds now; None while it runs or when it is over.
    #[getter]
    fn memory_now(&self) -> Option<u64> {
        match &*self.state.lock().unwrap_or_else(PoisonError::into_inner) {
            State::Ready(driver) | State::Waiting(driver, _) | State::AtScope(driver) | State::AtCalls(driver) => {
                Some(driver.memory_now())
            }
            State::Busy | State::Over => None,
        }
    }
}
