//! State is plain data: a machine stored at any host call, or between any two slices, and loaded again, in another process
//! too, goes on to the same result, output and gas. And forged snapshots do no harm.
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "the tests are a host: they start processes and keep files"
)]

mod attacks;
mod forged;
mod programs;

use std::path::{Path, PathBuf};
use std::process::Command;

use npython_vm::{HostCall, HostError, Machine, MachineLimits, MachineOptions, Outcome, PlainValue, SnapshotError};

use programs::PROGRAMS;

pub(crate) const FUNCTIONS: &[&str] = &["ask", "fail"];
/// Names the directory of a child process.
const DIRECTORY: &str = "NPYTHON_SNAPSHOT_DIRECTORY";

pub(crate) fn limits() -> MachineLimits {
    MachineLimits { gas: 50_000_000, memory: 64 << 20, ..MachineLimits::default() }
}

pub(crate) fn start(source: &str, options: MachineOptions) -> Machine {
    let code = npython_compiler::compile(source, "<program>", &npython_compiler::CompileOptions::default());
    let code = code.unwrap_or_else(|error| panic!("{}", error.to_traceback()));
    let mut machine = Machine::new(limits(), options);
    for (number, name) in (0..).zip(FUNCTIONS) {
        machine.define_host_function(name, number);
    }
    assert_eq!(machine.start(&code), Ok(()));
    machine
}

pub(crate) fn restore(bytes: &[u8]) -> Result<Machine, SnapshotError> {
    Machine::restore(bytes, limits(), FUNCTIONS)
}

/// What the host functions do.
pub(crate) fn answer(call: &HostCall) -> Result<PlainValue, HostError> {
    let text = |at: usize| match call.args.get(at) {
        Some(PlainValue::Str(text)) => text.clone(),
        _ => String::new(),
    };
    if call.function == 1 {
        return Err(HostError { type_name: text(0), message: text(1) });
    }
    let last = call.kwargs.last().map(|(_, value)| value).or(call.args.last());
    Ok(last.cloned().unwrap_or(PlainValue::None))
}

/// Everything a host can see of a run that ended.
fn report(machine: &mut Machine, outcome: &Outcome) -> String {
    let ended = match outcome {
        Outcome::Raised(error) => format!("raised {error:?}"),
        other => format!("{other:?}"),
    };
    let (result, stdout, stderr) = (machine.result(), machine.take_stdout(), machine.take_stderr());
    format!("{ended}\nresult {result:?}\ngas {}\n--- stdout\n{stdout}--- stderr\n{stderr}", machine.gas_used())
}

/// Runs on without answering, up to the next host call or the end.
fn run_on(machine: &mut Machine) -> Outcome {
    loop {
        match machine.run(1_000_000) {
            Outcome::SliceUsedUp => {}
            outcome => return outcome,
        }
    }
}

/// The report of an undisturbed run, and how many host calls it made.
fn straight(source: &str, options: MachineOptions) -> (String, usize) {
    let mut machine = start(source, options);
    let mut calls = 0;
    loop {
        match run_on(&mut machine) {
            Outcome::HostCall(call) => {
                calls += 1;
                assert_eq!(machine.resume(answer(&call)), Ok(()));
            }
            outcome => return (report(&mut machine, &outcome), calls),
        }
    }
}

/// The report of a run that is stored and loaded at every host call and after every `slice` units of gas.
fn interrupted(name: &str, source: &str, options: MachineOptions, slice: u64) -> String {
    let mut machine = start(source, options);
    loop {
        let outcome = machine.run(slice);
        if !matches!(outcome, Outcome::SliceUsedUp | Outcome::HostCall(_)) {
            return report(&mut machine, &outcome);
        }
        let bytes = machine.snapshot().unwrap_or_else(|error| panic!("{name}: {error}"));
        machine = restore(&bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
        if let Outcome::HostCall(call) = outcome {
            assert_eq!(machine.pending_host_call().as_ref(), Some(&*call), "{name}");
            assert_eq!(machine.resume(answer(&call)), Ok(()), "{name}");
        }
    }
}

#[test]
fn programs_make_host_calls_and_end() {
    let mut wrong = Vec::new();
    for (name, source) in PROGRAMS {
        let (report, calls) = straight(source, MachineOptions::default());
        let expected = if *name == "uncaught" { "raised" } else { "Finished" };
        if calls == 0 || !report.starts_with(expected) {
            wrong.push(format!("{name}: {calls} host calls\n{report}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn stored_and_loaded_between_slices() {
    for (name, source) in PROGRAMS {
        let (expected, _) = straight(source, MachineOptions::default());
        for slice in [u64::MAX, 1_009, 97] {
            assert_eq!(
                interrupted(name, source, MachineOptions::default(), slice),
                expected,
                "{name}, slices of {slice}"
            );
        }
    }
}

#[test]
fn stored_and_loaded_under_test_options() {
    for options in [
        MachineOptions { quicken: false, ..MachineOptions::default() },
        MachineOptions { collect_always: true, initial_stack: 16, ..MachineOptions::default() },
    ] {
        for (name, source) in PROGRAMS {
            let (expected, _) = straight(source, MachineOptions::default());
            assert_eq!(interrupted(name, source, options, 499), expected, "{name}, {options:?}");
        }
    }
}

/// Programs below `directory`, in order.
fn programs_below(directory: &Path, found: &mut Vec<PathBuf>) {
    let entries = std::fs::read_dir(directory).unwrap_or_else(|error| panic!("{}: {error}", directory.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            programs_below(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "py") {
            found.push(path);
        }
    }
}

#[test]
fn language_cases_survive_being_stored() {
    let mut paths = Vec::new();
    programs_below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/language/cases"), &mut paths);
    assert!(paths.len() > 100, "{}", paths.len());
    for path in paths {
        let source = std::fs::read_to_string(&path).expect("a program");
        let name = path.display().to_string();
        let mut machine = start(&source, MachineOptions::default());
        let outcome = run_on(&mut machine);
        let (expected, gas) = (report(&mut machine, &outcome), machine.gas_used());
        assert_eq!(interrupted(&name, &source, MachineOptions::default(), (gas / 12).max(53)), expected, "{name}");
    }
}

/// Every step between two host calls of a program is made by another process. One process makes a step of each program.
#[test]
fn stored_and_loaded_in_new_processes() {
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join("snapshots");
    let _ = std::fs::remove_dir_all(&directory);
    std::fs::create_dir_all(&directory).expect("a directory for snapshots");
    for (at, (name, source)) in PROGRAMS.iter().enumerate() {
        let mut machine = start(source, MachineOptions::default());
        let outcome = run_on(&mut machine);
        put_aside(&directory, at, machine, &outcome, name);
    }
    let waiting = || (0..PROGRAMS.len()).any(|at| directory.join(format!("{at}.snapshot")).exists());
    while waiting() {
        let child = Command::new(std::env::current_exe().expect("the test's own program"))
            .args(["--exact", "child_process", "--nocapture"])
            .env(DIRECTORY, &directory)
            .output()
            .expect("a child process");
        let (stdout, stderr) = (String::from_utf8_lossy(&child.stdout), String::from_utf8_lossy(&child.stderr));
        assert!(child.status.success(), "{stdout}{stderr}");
    }
    for (at, (name, source)) in PROGRAMS.iter().enumerate() {
        let ended = std::fs::read_to_string(directory.join(format!("{at}.end"))).expect("an end");
        assert_eq!(ended, straight(source, MachineOptions::default()).0, "{name}");
    }
}

/// Stores a machine that waits for the host, or the report of one that has ended.
fn put_aside(directory: &Path, at: usize, mut machine: Machine, outcome: &Outcome, name: &str) {
    let path = directory.join(format!("{at}.snapshot"));
    if let Outcome::HostCall(call) = outcome {
        let bytes = machine.snapshot().unwrap_or_else(|error| panic!("{name}: {error}"));
        std::fs::write(&path, bytes).expect("a snapshot written");
        std::fs::write(directory.join(format!("{at}.call")), format!("{call:?}")).expect("a call written");
    } else {
        let _ = std::fs::remove_file(&path);
        std::fs::write(directory.join(format!("{at}.end")), report(&mut machine, outcome)).expect("an end written");
    }
}

/// Not a test of its own: what the child processes of the test above do.
#[test]
fn child_process() {
    let Some(directory) = std::env::var_os(DIRECTORY) else { return };
    let directory = Path::new(&directory);
    for (at, (name, _)) in PROGRAMS.iter().enumerate() {
        let Ok(bytes) = std::fs::read(directory.join(format!("{at}.snapshot"))) else { continue };
        let mut machine = restore(&bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
        let call = machine.pending_host_call().unwrap_or_else(|| panic!("{name} waits for no host call"));
        let expected = std::fs::read_to_string(directory.join(format!("{at}.call"))).expect("a call");
        assert_eq!(format!("{call:?}"), expected, "{name}");
        assert_eq!(machine.resume(answer(&call)), Ok(()), "{name}");
        let outcome = run_on(&mut machine);
        put_aside(directory, at, machine, &outcome, name);
    }
}
