//! Runs a program in a machine without limits of time and prints what it printed: a development aid.
//!
//! Environment: `NPYTHON_USAGE` prints gas and memory at the end, `NPYTHON_COLLECT` collects at every safepoint,
//! `NPYTHON_GAS` and `NPYTHON_MEMORY` are limits.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::exit,
    clippy::disallowed_methods,
    reason = "a command, not the machine"
)]

use npython_vm::{Machine, MachineLimits, MachineOptions, Outcome};

fn main() {
    let path = std::env::args().nth(1).unwrap_or_default();
    let source = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let code = match npython_compiler::compile(&source, &path, &npython_compiler::CompileOptions::default()) {
        Ok(code) => code,
        Err(error) => {
            eprint!("{}", error.to_traceback());
            std::process::exit(3);
        }
    };
    let limits = MachineLimits {
        gas: limit("NPYTHON_GAS", 1 << 60),
        memory: limit("NPYTHON_MEMORY", 4 << 30),
        output: 1 << 30,
        ..MachineLimits::default()
    };
    let collect_always = std::env::var_os("NPYTHON_COLLECT").is_some();
    let mut machine = Machine::new(limits, MachineOptions { collect_always, ..MachineOptions::default() });
    if let Err(halt) = machine.start(&code) {
        eprintln!("{halt:?}");
        std::process::exit(4);
    }
    let status = loop {
        let outcome = machine.run(50_000_000);
        print!("{}", machine.take_stdout());
        eprint!("{}", machine.take_stderr());
        match outcome {
            Outcome::Finished => break 0,
            Outcome::Raised(error) => {
                eprint!("{}", error.traceback);
                break error.exit_status.unwrap_or(1);
            }
            Outcome::Halted(halt) => {
                eprintln!("{halt:?}");
                break 4;
            }
            Outcome::HostCall(call) => {
                eprintln!("host call {call:?}");
                break 5;
            }
            Outcome::EnterScope(request) => {
                let _ = machine.answer_scope(Err(format!("there is no gatekeeper for {}", request.scope)));
            }
            Outcome::Waiting { .. } => {
                let _ = machine.call_ended(None);
            }
            Outcome::SliceUsedUp => {}
        }
    };
    if std::env::var_os("NPYTHON_USAGE").is_some() {
        eprintln!("gas {} memory peak {}", machine.gas_used(), machine.memory_peak());
    }
    std::process::exit(status);
}

fn limit(variable: &str, otherwise: u64) -> u64 {
    std::env::var(variable).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}
