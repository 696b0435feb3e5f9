//! Any bytes as a program, or as the choices of a grammar of programs: no panic, no hang, limits hold, and the switches that
//! must change nothing change nothing.

#![no_main]

mod grammar;

use libfuzzer_sys::fuzz_target;
use npython_compiler::CompileOptions;
use npython_vm::{HostError, Machine, MachineLimits, MachineOptions, Outcome};

const LIMITS: MachineLimits =
    MachineLimits { gas: 300_000, memory: 8 << 20, depth: 100, output: 16 << 10, stack: 1 << 16, host_calls: 10_000, pending_calls: 100 };
const SLICE: u64 = 10_000;
/// One operation may be paid for in one piece after the slice is over.
const MAXIMUM_SLICES: u64 = LIMITS.gas;

/// A collection at each instruction takes gas times memory: above this product (instructions times bytes, a fraction of a second) the
/// stressed run collects when it must.
const LARGEST_STRESS: u64 = 3_000_000_000;

/// Everything about a run that must not depend on how the machine goes about it.
#[derive(PartialEq, Debug)]
struct Observed {
    outcome: String,
    stdout: String,
    stderr: String,
    gas: u64,
}

/// In front of choices; no text begins with it.
const GRAMMAR: u8 = 0xFF;

fuzz_target!(|data: &[u8]| {
    let written;
    let source = match data {
        [GRAMMAR, choices @ ..] => {
            written = grammar::program(choices);
            written.as_bytes()
        }
        bytes => bytes,
    };
    let Ok(compiled) = npython_compiler::compile_bytes(source, "fuzz.py", &CompileOptions::default()) else { return };
    let code = compiled.code;
    npython_bytecode::verify(&code).expect("the compiler's code passes the verifier");
    let plain = MachineOptions::default();
    let (expected, peak) = observe(&code, plain);
    let collect_always = expected.gas.saturating_mul(peak) <= LARGEST_STRESS;
    let stressed = MachineOptions { quicken: false, collect_always, initial_stack: 1 };
    let (found, _) = observe(&code, stressed);
    // Garbage counts until it is collected, so when memory runs out depends on when that is.
    let out_of_memory = "MemoryLimitExceeded";
    if expected.outcome != out_of_memory && found.outcome != out_of_memory {
        assert_eq!(expected, found, "how the machine runs a program shows in the program");
    }
});

/// What can be observed of a run, and the most memory it held.
fn observe(code: &std::sync::Arc<npython_bytecode::Code>, options: MachineOptions) -> (Observed, u64) {
    let mut machine = Machine::new(LIMITS, options);
    machine.define_host_function("echo", 0);
    let outcome = run(&mut machine, code);
    assert!(machine.gas_used() <= LIMITS.gas, "more gas used than allowed");
    assert!(machine.memory_peak() <= LIMITS.memory, "more memory held than allowed");
    let stdout = machine.take_stdout();
    let stderr = machine.take_stderr();
    assert!((stdout.len() + stderr.len()) as u64 <= LIMITS.output, "more printed than allowed");
    (Observed { outcome, stdout, stderr, gas: machine.gas_used() }, machine.memory_peak())
}

fn run(machine: &mut Machine, code: &std::sync::Arc<npython_bytecode::Code>) -> String {
    if let Err(halt) = machine.start(code) {
        return format!("{halt:?}");
    }
    for _ in 0..MAXIMUM_SLICES {
        match machine.run(SLICE) {
            Outcome::SliceUsedUp => {}
            Outcome::Finished => return format!("{:?}", machine.result()),
            Outcome::Halted(npython_vm::Halt::Engine(defect)) => panic!("{defect}"),
            Outcome::Halted(halt) => return format!("{halt:?}"),
            Outcome::Raised(error) => return error.traceback,
            Outcome::EnterScope(_) => {
                if let Err(halt) = machine.answer_scope(Ok(1)) {
                    return format!("{halt:?}");
                }
            }
            Outcome::Waiting { .. } => {
                if let Err(halt) = machine.call_ended(None) {
                    return format!("{halt:?}");
                }
            }
            Outcome::HostCall(call) => {
                let answer = call.args.into_iter().next().ok_or_else(no_argument);
                if let Err(halt) = machine.resume(answer) {
                    return format!("{halt:?}");
                }
            }
        }
    }
    panic!("the machine never ends");
}

fn no_argument() -> HostError {
    HostError { type_name: "ValueError".to_owned(), message: "nothing to echo".to_owned() }
}
