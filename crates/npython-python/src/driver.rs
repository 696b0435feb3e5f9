//! Runs one machine in slices: the clock, cancellation, signals, streaming and host calls happen in between.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use npython_bytecode::Code;
use npython_compiler::Compiled;
use npython_vm::{
    GuestError, Halt, HostCall, HostError, HostFunction, Machine, Outcome, PlainValue, ScopeEvent, ScopeEventKind,
    ScopeRequest, ScopeToken,
};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

use crate::cancel::CancelWatch;
use crate::convert::{ExportError, Importer, export_argument, export_result};
use crate::errors::{self, Allowance, Stop};
use crate::oversight::{ATTENTION, Oversight, RunWatch};
use crate::panic::guarded;
use crate::result::RunResult;
use crate::token::TokenTable;
use crate::usage::Usage;

/// Gas between two looks at the clock and the cancel flag: well under a millisecond of work.
const SLICE: u64 = 50_000;
/// What the embedder set for one run.
pub(crate) struct RunOptions {
    pub(crate) watch: CancelWatch,
    /// Called with text and stream name as the program prints.
    pub(crate) on_output: Option<Py<PyAny>>,
    /// Decides about scopes, makes the calls that need one, keeps the audit: `npython._warden.Warden`.
    pub(crate) warden: Option<Py<PyAny>>,
}

/// A machine with a program in it, or between two programs of a session.
pub(crate) struct Driver {
    machine: Machine,
    functions: Arc<[HostFunction]>,
    /// Whether a call under a grant that only counts needs nothing but to be counted, by number.
    counted: Arc<[bool]>,
    /// Every host call goes through the warden, not only those that need a scope.
    audited: bool,
    tokens: TokenTable,
    /// Grants of the host by the numbers the machine knows them by.
    grants: HashMap<u32, HostGrant>,
    next_grant: u32,
    allowance: Allowance,
    code: Option<Arc<Code>>,
    on_output: Option<Py<PyAny>>,
    warden: Option<Py<PyAny>>,
    oversight: Option<Arc<Oversight>>,
    started: Instant,
    /// Time used by earlier programs of the session.
    spent: Duration,
    gas_before: u64,
    host_calls_before: u64,
    /// When what was printed was last passed on.
    flushed: Instant,
    stdout: String,
    stderr: String,
}

/// A grant of the host.
struct HostGrant {
    grant: Py<PyAny>,
    /// The counter of a grant that does not expire and whose calls are counted but not limited.
    counter: Option<Py<Usage>>,
}

/// What [`Driver::advance`] came back with.
pub(crate) enum Step {
    Done(RunResult),
    /// A host call that the caller must answer.
    Call(PendingCall),
    /// A scope to be entered, which the caller must decide about.
    Scope(PendingScope),
    /// Every task waits for a host call under way, at most for so many seconds.
    Waiting(Option<f64>),
    /// The time given is over; advance again.
    Paused,
}

/// A host call with its arguments converted.
pub(crate) struct PendingCall {
    pub(crate) function: u32,
    pub(crate) args: Py<PyTuple>,
    pub(crate) kwargs: Option<Py<PyDict>>,
    pub(crate) line: u32,
    /// Numbers of the grants in force for the function's scope, outermost block first.
    pub(crate) grants: Vec<u32>,
    pub(crate) gas: u64,
    /// The number of a call that the program goes on without.
    pub(crate) concurrent: Option<u32>,
}

/// A scope that the program wants to enter.
pub(crate) struct PendingScope {
    pub(crate) scope: String,
    /// Unknown here when it is sealed and belongs to another machine.
    pub(crate) token: Option<String>,
    pub(crate) line: u32,
}

enum Event {
    Finished,
    Raised(Box<GuestError>),
    Stopped(Stop),
    Call(Box<HostCall>),
    Scope(Box<ScopeRequest>),
    Waiting(Option<f64>),
    Attention,
}

impl Driver {
    pub(crate) fn new(
        machine: Machine,
        (functions, counted): (Arc<[HostFunction]>, Arc<[bool]>),
        audited: bool,
        allowance: Allowance,
    ) -> Self {
        let now = Instant::now();
        Self {
            machine,
            functions,
            counted,
            audited,
            tokens: TokenTable::default(),
            grants: HashMap::new(),
            next_grant: 1,
            allowance,
            code: None,
            on_output: None,
            warden: None,
            oversight: None,
            started: now,
            spent: Duration::ZERO,
            gas_before: 0,
            host_calls_before: 0,
            flushed: now,
            stdout: String::new(),
            stderr: String::new(),
        }
    }

    pub(crate) fn gas_used(&self) -> u64 {
        self.machine.gas_used()
    }

    pub(crate) fn memory_now(&self) -> u64 {
        self.machine.memory_now()
    }

    /// Puts a program and its inputs into the machine; the run's clock has been going since `started`.
    ///
    /// # Errors
    /// An input that cannot enter, or a halt.
    pub(crate) fn start(
        &mut self,
        py: Python<'_>,
        program: Compiled,
        inputs: Option<&Bound<'_, PyDict>>,
        options: RunOptions,
        started: Instant,
    ) -> PyResult<()> {
        self.started = started;
        self.flushed = started;
        self.gas_before = self.machine.gas_used();
        self.host_calls_before = self.machine.host_calls_made();
        let RunOptions { watch, on_output, warden } = options;
        if warden.is_some() {
            self.machine.record_scope_events();
        }
        self.warden = warden;
        self.on_output = on_output;
        let time = Duration::try_from_secs_f64(self.allowance.time).unwrap_or(Duration::MAX);
        let oversight = Arc::new(Oversight::new(watch, started, time.saturating_sub(self.spent)));
        self.oversight = Some(Arc::clone(&oversight));
        if let Some(warden) = &self.warden {
            warden.call_method1(py, intern!(py, "begin"), (RunWatch::new(Arc::clone(&oversight)),))?;
        }
        self.machine.set_watch(Some(Box::new(move || oversight.is_over())));
        let Compiled { code, gas } = program;
        self.code = Some(Arc::clone(&code));
        if let Some(inputs) = inputs {
            self.set_inputs(py, inputs)?;
        }
        match guarded(|| self.machine.charge_host_work(gas).and_then(|()| self.machine.start(&code))) {
            Ok(Ok(())) => Ok(()),
            Ok(Err(halt)) => Err(self.stopped(py, Stop::Machine(halt))),
            Err(panic) => Err(self.broken(py, &panic)),
        }
    }

    fn set_inputs(&mut self, py: Python<'_>, inputs: &Bound<'_, PyDict>) -> PyResult<()> {
        let mut importer = Importer::new(self.allowance.machine.memory, &mut self.tokens);
        let mut copies = Vec::with_capacity(inputs.len());
        for (name, value) in inputs.iter() {
            let name: String = name.extract()?;
            let copy = importer.import(&value).map_err(|error| error.into_py_err(&format!("inputs['{name}']")))?;
            copies.push((name, copy));
        }
        for (name, copy) in copies {
            match guarded(|| self.machine.set_global(&name, &copy)) {
                Ok(Ok(())) => {}
                Ok(Err(halt)) => return Err(self.stopped(py, Stop::Machine(halt))),
                Err(panic) => return Err(self.broken(py, &panic)),
            }
        }
        Ok(())
    }

    /// Runs the program to its end, calling `functions` as it asks for them.
    ///
    /// # Errors
    /// `GuestError`, `Halted`, `EngineError`; KeyboardInterrupt and whatever else a host function lets through that is
    /// not an Exception; what `on_output` raises.
    pub(crate) fn finish(&mut self, py: Python<'_>, functions: &Bound<'_, PyTuple>) -> PyResult<RunResult> {
        loop {
            match self.advance(py, None)? {
                Step::Done(result) => return Ok(result),
                Step::Paused => {}
                Step::Call(call) => {
                    let number = call.function;
                    let answer = self.make_call(py, call, functions)?;
                    self.answer(py, number, answer)?;
                }
                Step::Waiting(_) => return Err(self.broken(py, "a host call under way that nobody began")),
                Step::Scope(PendingScope { scope, token, line }) => {
                    let granted = match self.warden(py) {
                        Some(warden) => Some(warden.call_method1(intern!(py, "enter"), (scope, token, line))?),
                        None => None,
                    };
                    self.decide(py, granted)?;
                }
            }
        }
    }

    /// Makes a host call: as it is, if nothing has to be checked or recorded, else through the warden.
    fn make_call<'py>(
        &mut self,
        py: Python<'py>,
        call: PendingCall,
        functions: &Bound<'py, PyTuple>,
    ) -> PyResult<PyResult<Bound<'py, PyAny>>> {
        let PendingCall { function, args, kwargs, line, grants, gas, .. } = call;
        if self.is_free(function, &grants) {
            let function = functions.get_borrowed_item(function as usize)?;
            return Ok(function.call(args.bind(py), kwargs.as_ref().map(|kwargs| kwargs.bind(py))));
        }
        let Some(warden) = self.warden(py) else {
            return Err(self.broken(py, "a call under a grant without a warden"));
        };
        let grants = self.grant_tuple(py, &grants)?;
        Ok(if self.audited {
            warden.call_method1(intern!(py, "call"), (function, grants, line, gas, args, kwargs))
        } else {
            warden.call_method1(intern!(py, "call_quietly"), (function, grants, args, kwargs))
        })
    }

    /// Whether a call needs neither a check nor a record; one that only has to be counted is counted.
    fn is_free(&self, function: u32, grants: &[u32]) -> bool {
        let number = function as usize;
        if self.audited && self.warden.is_some() {
            return false;
        }
        match (self.functions.get(number).and_then(|function| function.scope.as_ref()), grants) {
            (None, _) => true,
            (Some(_), [grant]) if self.counted.get(number) == Some(&true) => {
                let counter = self.grants.get(grant).and_then(|held| held.counter.as_ref());
                counter.inspect(|counter| counter.get().count_call()).is_some()
            }
            _ => false,
        }
    }

    /// The host's grants by their numbers.
    ///
    /// # Errors
    /// When there is no grant for a number, which is a defect.
    pub(crate) fn grant_tuple(&mut self, py: Python<'_>, numbers: &[u32]) -> PyResult<Py<PyTuple>> {
        let held = numbers.iter().map(|number| self.grants.get(number).map(|held| held.grant.clone_ref(py)));
        match held.collect::<Option<Vec<_>>>() {
            Some(held) => Ok(PyTuple::new(py, held)?.unbind()),
            None => Err(self.broken(py, "a grant that the host does not know")),
        }
    }

    /// Runs until the program ends, needs a host call answered, or `pause` has passed.
    ///
    /// # Errors
    /// As [`Self::finish`].
    pub(crate) fn advance(&mut self, py: Python<'_>, pause: Option<Duration>) -> PyResult<Step> {
        let pause_at = pause.and_then(|pause| Instant::now().checked_add(pause));
        if let Some(oversight) = &self.oversight {
            oversight.forget_thread();
        }
        loop {
            let event = match py.detach(|| guarded(|| self.run_slices(pause_at))) {
                Ok(event) => event,
                Err(panic) => return Err(self.broken(py, &panic)),
            };
            match event {
                Event::Finished => return self.finished(py).map(Step::Done),
                Event::Raised(error) => {
                    self.flush(py)?;
                    self.report(py)?;
                    let result = self.take_result(py, py.None());
                    return Err(errors::guest_error(py, *error, result));
                }
                Event::Stopped(stop) => {
                    self.flush(py)?;
                    self.report(py)?;
                    return Err(self.stopped(py, stop));
                }
                Event::Call(call) => {
                    self.attend(py, Instant::now())?;
                    self.report(py)?;
                    if let Some(call) = self.convert_call(py, *call)? {
                        return Ok(Step::Call(call));
                    }
                }
                Event::Scope(request) => {
                    self.attend(py, Instant::now())?;
                    self.report(py)?;
                    let ScopeRequest { scope, token, line } = *request;
                    let token = match token {
                        ScopeToken::Plain(text) => Some(text),
                        ScopeToken::Sealed(number) => self.tokens.text(number).map(|text| text.as_ref().to_owned()),
                    };
                    return Ok(Step::Scope(PendingScope { scope, token, line }));
                }
                Event::Waiting(seconds) => {
                    self.attend(py, Instant::now())?;
                    self.report(py)?;
                    return Ok(Step::Waiting(seconds));
                }
                Event::Attention => {
                    self.attend(py, Instant::now())?;
                    if pause_at.is_some_and(|at| Instant::now() >= at) {
                        return Ok(Step::Paused);
                    }
                }
            }
        }
    }

    /// Runs slice after slice without the GIL until there is something to do with it.
    fn run_slices(&mut self, pause_at: Option<Instant>) -> Event {
        let signals_at = self.oversight.as_ref().and_then(|oversight| oversight.attention_at());
        let flush_at = self.on_output.is_some().then(|| self.flushed + ATTENTION);
        let attention_at = signals_at.into_iter().chain(flush_at).chain(pause_at).min();
        loop {
            let now = Instant::now();
            if let Some(stop) = self.oversight.as_ref().and_then(|oversight| oversight.verdict(now)) {
                return Event::Stopped(stop);
            }
            if attention_at.is_some_and(|at| now >= at) {
                return Event::Attention;
            }
            match self.machine.run(SLICE) {
                Outcome::SliceUsedUp => {}
                Outcome::Finished => return Event::Finished,
                Outcome::Raised(error) => return Event::Raised(error),
                Outcome::Halted(halt) => return Event::Stopped(Stop::Machine(halt)),
                Outcome::HostCall(call) => return Event::Call(call),
                Outcome::EnterScope(request) => return Event::Scope(request),
                Outcome::Waiting { seconds } => return Event::Waiting(seconds),
            }
        }
    }

    /// Streams what was printed; lets Python's signal handlers run if this is the main thread and some time has passed.
    fn attend(&mut self, py: Python<'_>, now: Instant) -> PyResult<()> {
        self.flush(py)?;
        self.flushed = now;
        match &self.oversight {
            Some(oversight) => oversight.attend(py, now),
            None => Ok(()),
        }
    }

    /// Moves what the program printed since the last time to the result, and to the embedder if it wants it at once.
    fn flush(&mut self, py: Python<'_>) -> PyResult<()> {
        let Some(callback) = &self.on_output else { return Ok(()) };
        for (stream, piece, kept) in [
            ("stdout", self.machine.take_stdout(), &mut self.stdout),
            ("stderr", self.machine.take_stderr(), &mut self.stderr),
        ] {
            if !piece.is_empty() {
                kept.push_str(&piece);
                callback.call1(py, (piece, stream))?;
            }
        }
        Ok(())
    }

    fn convert_call(&mut self, py: Python<'_>, call: HostCall) -> PyResult<Option<PendingCall>> {
        let HostCall { function, args, kwargs, line, grants, concurrent } = call;
        let gas = self.machine.gas_used();
        let mut place = 0;
        let mut keyword = None;
        let convert = || -> Result<PendingCall, ExportError> {
            let mut positional = Vec::with_capacity(args.len());
            for value in args {
                place += 1;
                positional.push(export_argument(py, value)?);
            }
            let kwargs = if kwargs.is_empty() {
                None
            } else {
                let dict = PyDict::new(py);
                for (name, value) in kwargs {
                    let value = export_argument(py, value);
                    if value.is_err() {
                        keyword = Some(name.clone());
                    }
                    dict.set_item(name, value?)?;
                }
                Some(dict.unbind())
            };
            let args = PyTuple::new(py, positional)?.unbind();
            Ok(PendingCall { function, args, kwargs, line, grants, gas, concurrent })
        };
        match convert() {
            Ok(call) => Ok(Some(call)),
            Err(ExportError::Failed(error)) => Err(error),
            Err(ExportError::Refused(sentence)) => {
                let argument = keyword.map_or_else(|| place.to_string(), |name| format!("'{name}'"));
                let message = format!("{}() argument {argument} {sentence}", self.function_name(function));
                self.resume(py, Err(HostError { type_name: "TypeError".to_owned(), message }))?;
                Ok(None)
            }
        }
    }

    /// Answers the pending host call with what the function returned or raised.
    ///
    /// # Errors
    /// An exception that is not an `Exception` (KeyboardInterrupt, SystemExit, ...) is the embedder's, not the guest's.
    pub(crate) fn answer(&mut self, py: Python<'_>, function: u32, answer: PyResult<Bound<'_, PyAny>>) -> PyResult<()> {
        let answer = match answer {
            Ok(value) => self.import_answer(function, &value),
            Err(error) => Err(errors::host_error(py, error, &self.tokens)?),
        };
        self.resume(py, answer)
    }

    /// Lets the program go on while the pending host call is made.
    pub(crate) fn call_begun(&mut self, py: Python<'_>) -> PyResult<()> {
        let begun = guarded(|| self.machine.call_begun());
        self.went_on(py, begun)
    }

    /// Tells the waiting program that a call ended.
    ///
    /// # Errors
    /// As [`Self::answer`].
    pub(crate) fn call_ended(
        &mut self,
        py: Python<'_>,
        number: u32,
        function: u32,
        answer: PyResult<Bound<'_, PyAny>>,
    ) -> PyResult<()> {
        let answer = match answer {
            Ok(value) => self.import_answer(function, &value),
            Err(error) => Err(errors::host_error(py, error, &self.tokens)?),
        };
        let told = guarded(|| self.machine.call_ended(Some((number, answer))));
        self.went_on(py, told)
    }

    /// Tells the waiting program that the time is over.
    pub(crate) fn waited(&mut self, py: Python<'_>) -> PyResult<()> {
        let told = guarded(|| self.machine.call_ended(None));
        self.went_on(py, told)
    }

    /// Numbers of the calls that the program gave up since the last time.
    pub(crate) fn take_given_up(&mut self) -> Vec<u32> {
        self.machine.take_given_up_calls()
    }

    /// Whether the program has to stop.
    pub(crate) fn is_stopping(&self) -> bool {
        self.oversight.as_ref().is_some_and(|oversight| oversight.verdict(Instant::now()).is_some())
    }

    /// Lets the program enter the scope it asked for, or not: None, or text that says why, refuses.
    ///
    /// # Errors
    /// `SecurityViolation` when it is refused.
    pub(crate) fn decide(&mut self, py: Python<'_>, grant: Option<Bound<'_, PyAny>>) -> PyResult<()> {
        let answer = match grant {
            None => Err("this sandbox has no gatekeeper".to_owned()),
            Some(grant) if grant.is_none() => Err("the gatekeeper did not grant it".to_owned()),
            Some(grant) => match grant.extract::<String>() {
                Ok(reason) => Err(reason),
                Err(_) => {
                    let number = self.next_grant;
                    self.next_grant = number.wrapping_add(1);
                    let counter = grant.getattr(intern!(py, "_counter")).ok();
                    let counter = counter.and_then(|counter| counter.cast_into::<Usage>().ok()).map(Bound::unbind);
                    self.grants.insert(number, HostGrant { grant: grant.unbind(), counter });
                    Ok(number)
                }
            },
        };
        match guarded(|| self.machine.answer_scope(answer)) {
            Ok(Ok(())) => Ok(()),
            Ok(Err(halt)) => {
                self.flush(py)?;
                self.report(py)?;
                Err(self.stopped(py, Stop::Machine(halt)))
            }
            Err(panic) => Err(self.broken(py, &panic)),
        }
    }

    /// Tells the warden what happened to scopes since the last time, and lets go of grants that ended.
    fn report(&mut self, py: Python<'_>) -> PyResult<()> {
        for event in self.machine.take_scope_events() {
            let ScopeEvent { kind, scope, grant, function, line, gas, reason } = event;
            let (held, kind) = match kind {
                ScopeEventKind::Entered => {
                    (grant.and_then(|number| self.grants.get(&number)).map(|held| held.grant.clone_ref(py)), "enter")
                }
                ScopeEventKind::Left => {
                    (grant.and_then(|number| self.grants.remove(&number)).map(|held| held.grant), "leave")
                }
                ScopeEventKind::Refused => (None, "refuse"),
                ScopeEventKind::Violated => (None, "violation"),
            };
            if let Some(warden) = self.warden(py).filter(|_| self.audited) {
                warden.call_method1(intern!(py, "event"), (kind, scope, held, function, line, gas, reason))?;
            }
        }
        Ok(())
    }

    fn warden<'py>(&self, py: Python<'py>) -> Option<Bound<'py, PyAny>> {
        self.warden.as_ref().map(|warden| warden.bind(py).clone())
    }

    fn import_answer(&mut self, function: u32, value: &Bound<'_, PyAny>) -> Result<PlainValue, HostError> {
        let imported = Importer::new(self.allowance.machine.memory, &mut self.tokens).import(value);
        imported.map_err(|error| {
            let name = self.function_name(function);
            let is_coroutine = value.get_type().name().is_ok_and(|class| class.to_string_lossy() == "coroutine");
            let message = if is_coroutine {
                // Closed, or Python warns that it was never awaited.
                let _ = value.call_method0(intern!(value.py(), "close"));
                format!("{name}() is an async host function, which needs run_async()")
            } else {
                error.message(&format!("the value returned by {name}()"))
            };
            HostError { type_name: error.guest_type().to_owned(), message }
        })
    }

    fn resume(&mut self, py: Python<'_>, answer: Result<PlainValue, HostError>) -> PyResult<()> {
        let resumed = guarded(|| self.machine.resume(answer));
        self.went_on(py, resumed)
    }

    fn went_on(&mut self, py: Python<'_>, answered: Result<Result<(), Halt>, String>) -> PyResult<()> {
        match answered {
            Ok(Ok(())) => Ok(()),
            Ok(Err(halt)) => Err(self.stopped(py, Stop::Machine(halt))),
            Err(panic) => Err(self.broken(py, &panic)),
        }
    }

    pub(crate) fn function_name(&self, function: u32) -> &str {
        self.functions.get(function as usize).map_or("?", |function| &function.name)
    }

    fn finished(&mut self, py: Python<'_>) -> PyResult<RunResult> {
        self.flush(py)?;
        self.report(py)?;
        let value = match guarded(|| self.machine.result()) {
            Ok(value) => export_result(py, value)?.unbind(),
            Err(panic) => return Err(self.broken(py, &panic)),
        };
        Ok(self.take_result(py, value))
    }

    fn take_result(&mut self, py: Python<'_>, value: Py<PyAny>) -> RunResult {
        let duration = self.started.elapsed();
        self.spent = self.spent.saturating_add(duration);
        let mut stdout = std::mem::take(&mut self.stdout);
        let mut stderr = std::mem::take(&mut self.stderr);
        append(&mut stdout, self.machine.take_stdout());
        append(&mut stderr, self.machine.take_stderr());
        let records = self.warden(py).filter(|_| self.audited);
        let records = records.and_then(|warden| warden.call_method0(intern!(py, "take_records")).ok());
        let audit = records.unwrap_or_else(|| PyTuple::empty(py).into_any()).unbind();
        let changes = self.warden(py).and_then(|warden| warden.call_method0(intern!(py, "changes")).ok());
        RunResult {
            audit: Mutex::new(audit),
            value,
            stdout,
            stderr,
            gas_used: self.machine.gas_used().saturating_sub(self.gas_before),
            memory_peak: self.machine.memory_peak(),
            host_calls: self.machine.host_calls_made().saturating_sub(self.host_calls_before),
            pending_calls_peak: self.machine.pending_calls_peak(),
            changes: changes.map_or_else(|| py.None(), Bound::unbind),
            duration: duration.as_secs_f64(),
        }
    }

    fn source(&self) -> String {
        self.code.as_ref().map(|code| code.source.text.to_string()).unwrap_or_default()
    }

    fn stopped(&mut self, py: Python<'_>, stop: Stop) -> PyErr {
        let stop = match (stop, &self.oversight) {
            (Stop::Machine(Halt::Interrupted), Some(oversight)) => {
                if let Some(error) = oversight.take_raised() {
                    return error;
                }
                oversight.verdict(Instant::now()).unwrap_or(Stop::Cancelled)
            }
            (stop, _) => stop,
        };
        let result = self.take_result(py, py.None());
        errors::halted(py, stop, &self.allowance, &self.source(), result)
    }

    /// The machine panicked: whatever can still be read of it goes into the report.
    fn broken(&mut self, py: Python<'_>, panic: &str) -> PyErr {
        let result = guarded(|| self.take_result(py, py.None())).ok();
        errors::engine_error(py, panic, &self.source(), result)
    }
}

/// Appends `piece`, without copying when nothing came before it.
fn append(text: &mut String, piece: String) {
    if text.is_empty() {
        *text = piece;
    } else {
        text.push_str(&piece);
    }
}
