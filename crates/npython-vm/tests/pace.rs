//! Long operations ask the embedder whether to go on: each of a table of them at least so often for its size, and stops when
//! told so. Between two questions lie 16,384 steps, 64 KiB of text looked at or a MiB copied; see `pace.rs`.
#![allow(clippy::expect_used, reason = "tests")]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use npython_compiler::{CompileOptions, compile};
use npython_vm::{Halt, Machine, MachineLimits, MachineOptions, Outcome};

/// What is made ready, the operation, and how often it asks at least.
type Case = (&'static str, &'static str, usize);

const TEXTS: &[Case] = &[
    ("t = 'a' * 4_000_000", "t.upper()", 60),
    ("t = 'a' * 4_000_000", "t.title()", 60),
    ("t = 'a' * 4_000_000", "t.isalpha()", 60),
    ("t = 'a' * 4_000_000", "t.islower()", 60),
    ("t = 'A' * 4_000_000", "t.isupper()", 60),
    ("t = 'a' * 4_000_000", "t.isidentifier()", 60),
    ("t = 'a' * 4_000_000", "t.isprintable()", 60),
    ("t = ' ' * 4_000_000", "t.isspace()", 60),
    ("t = '\u{e9}' * 2_000_000", "t.isalpha()", 60),
    ("t = '\u{e9}' * 2_000_000", "t.isidentifier()", 60),
    ("t = '\u{e9}' * 2_000_000", "t.islower()", 60),
    ("t = '\u{c9}\u{e9} ' * 1_000_000", "t.istitle()", 60),
    ("t = ' ' * 4_000_000", "t.strip()", 60),
    ("t = '\u{2003}' * 2_000_000", "t.strip()", 100),
    ("t = 'ab' * 2_000_000", "t.strip('ba')", 200),
    ("t = 'a' * 4_000_000", "t.split()", 60),
    ("t = '\u{e9}' * 2_000_000", "t.split()", 60),
    ("t = 'a' * 4_000_000", "t.rsplit()", 200),
    ("t = 'a' * 4_000_000", "t.split('ab')", 15),
    ("t = 'a' * 4_000_000", "t.rsplit('ab')", 15),
    ("t = 'a' * 4_000_000", "t.splitlines()", 200),
    ("t = 'a' * 4_000_000", "t.partition('b')", 15),
    ("t = 'a' * 4_000_000", "t.find('b')", 15),
    ("t = 'a' * 4_000_000", "t.rfind('b' + 'a' * 100)", 15),
    ("t = 'a' * 4_000_000", "t.find('a' * 100 + 'b')", 15),
    ("t = 'a' * 4_000_000", "'ab' in t", 10),
    ("t = 'a' * 4_000_000", "t.count('ab')", 15),
    ("t = 'a' * 4_000_000", "t.count('a')", 60),
    ("t = 'a' * 4_000_000", "t.replace('ab', 'c')", 15),
    ("t = 'a\\t' * 500_000", "t.expandtabs(4)", 25),
    ("", "'x'.ljust(4_000_000)", 3),
    ("", "f'{1:4000000}'", 3),
    ("", "f'{1:04000000,}'", 180),
    ("", "'%4000000d' % 1", 3),
    ("", "b'%4000000d' % 1", 3),
    ("", "f'{1.5:.4000000f}'", 3),
    ("t = 'ab' * 2_000_000", "t[::-1]", 60),
    ("t = '\u{e9}b' * 1_000_000", "t[::-1]", 150),
    ("t = 'a' * 4_000_000", "t[1:]", 3),
    ("t = 'a' * 4_000_000", "t + 'b'", 3),
    ("t = 'a' * 4_000_000", "f'{t}{t}'", 60),
    ("t = ['ab'] * 1_000_000", "''.join(t)", 60),
    ("t = ['a' * 4_000_000] * 2", "','.join(t)", 3),
    ("t = 'a' * 4_000_000", "hash(t)", 60),
    ("t = '\u{e9}' * 2_000_000", "hash(t)", 200),
    ("t = 'a' * 4_000_000", "repr(t)", 60),
    ("t = '\u{e9}' * 2_000_000", "ascii(t)", 60),
    ("t = 'ab' * 2_000_000", "t.translate({97: 'c'})", 200),
    ("t = '1' * 4_000_000", "int(t, 2)", 400),
    ("t = '7' * 4_000_000", "int(t, 8)", 400),
    ("t = 'f' * 4_000_000", "int(t, 16)", 400),
    ("t = 'f' * 4_000_000 + 'g'", "int(t, 16)", 200),
    ("t = ' ' * 4_000_000", "float(t)", 60),
];

const BYTES: &[Case] = &[
    ("t = '\u{e9}' * 2_000_000", "t.encode()", 3),
    ("t = 'a' * 4_000_000", "t.encode('latin-1')", 3),
    ("t = '\u{e9}' * 2_000_000", "t.encode('latin-1')", 100),
    ("t = '\u{e9}' * 2_000_000", "t.encode('utf-16')", 100),
    ("t = '\u{e9}' * 2_000_000", "t.encode('utf-7')", 100),
    ("t = '\u{e9}' * 1_000_000", "t.encode('ascii', 'backslashreplace')", 50),
    ("b = b'a' * 4_000_000", "b.decode()", 15),
    ("b = b'a' * 4_000_000", "b.decode('latin-1')", 15),
    ("b = b'\\xe9' * 2_000_000", "b.decode('latin-1')", 100),
    ("b = b'\\xff' * 2_000_000", "b.decode('utf-8', 'replace')", 100),
    ("b = b'ab' * 1_000_000", "b.decode('utf-16')", 50),
    ("b = b'a' * 2_000_000", "b.decode('unicode_escape')", 100),
    ("b = b'a' * 2_000_000", "b.decode('utf-7')", 100),
    ("b = b'a' * 4_000_000", "b.hex()", 200),
    ("t = '61' * 2_000_000", "bytes.fromhex(t)", 100),
    ("b = b'a' * 4_000_000", "b.upper()", 60),
    ("b = b'a' * 4_000_000", "b.isalpha()", 60),
    ("b = b'a' * 4_000_000", "b.translate(bytes(256))", 60),
    ("b = b'a' * 4_000_000", "b.find(b'b')", 15),
    ("b = b'a' * 4_000_000", "b.split(b'b')", 15),
    ("b = b'a' * 4_000_000", "b.split()", 60),
    ("b = b' ' * 4_000_000", "b.strip()", 60),
    ("b = b'a' * 4_000_000", "repr(b)", 60),
    ("b = b'a' * 4_000_000", "hash(b)", 60),
    ("b = b'a' * 4_000_000", "b[::-1]", 60),
    ("b = b'a' * 4_000_000", "b[1:]", 3),
    ("b = bytearray(4_000_000)", "b.pop(0)", 3),
    ("b = bytearray(4_000_000)", "b.insert(0, 1)", 3),
    ("b = bytearray(4_000_000)", "b.remove(0)", 3),
    ("b = bytearray(4_000_000)", "b.reverse()", 25),
    ("b = bytearray(4_000_000)", "b.copy()", 3),
    ("b = b'a' * 4_000_000", "int.from_bytes(b, 'big')", 50),
    ("n = (1 << 32_000_000) - 1", "n.to_bytes(4_000_000, 'big')", 25),
    ("n = (1 << 16_000_000) - 1", "hex(n)", 10),
    ("n = (1 << 16_000_000) - 1", "bin(n)", 10),
    ("n = (1 << 16_000_000) - 1", "f'{n:x}'", 10),
];

const CONTAINERS: &[Case] = &[
    ("n = [0] * 500_000", "n.pop(0)", 5),
    ("n = [0] * 500_000", "n.insert(0, 1)", 5),
    ("n = [0] * 500_000", "n.remove(0)", 5),
    ("n = [0] * 500_000", "n.reverse()", 2),
    ("n = [0] * 500_000", "n.copy()", 5),
    ("n = [0] * 500_000", "n[1:]", 5),
    ("n = [0] * 500_000", "n[::-1]", 100),
    ("n = [0] * 500_000", "n[::2]", 10),
    ("n = [0] * 500_000", "n + n", 10),
    ("n = [0] * 500_000", "tuple(n)", 5),
    ("n = list(range(500_000)); m = n[:-1] + [0.5]", "n == m", 5),
    ("n = [x * 7919 % 1_000_003 for x in range(200_000)]", "sorted(n)", 50),
    ("n = [x * 7919 % 1_000_003 / 2 for x in range(200_000)]", "n.sort(reverse=True)", 50),
    ("n = [str(x * 7919 % 1_000_003) for x in range(200_000)]", "sorted(n)", 50),
    ("n = [str(x * 7919 % 1_000_003) for x in range(200_000)]", "sorted(n, key=len)", 50),
    ("n = dict.fromkeys(range(200_000))", "list(n.items())", 10),
    ("n = dict.fromkeys(range(200_000))", "n.copy()", 10),
    ("n = dict.fromkeys(range(200_000))", "n | n", 10),
    ("n = list(range(200_000))", "set(n)", 10),
    ("n = list(range(200_000))", "dict.fromkeys(n)", 10),
    ("from collections import deque; n = deque(range(500_000))", "n.rotate(250_000)", 3),
    ("from collections import deque; n = deque(range(500_000))", "n.insert(250_000, 1)", 5),
    ("from collections import deque; n = deque(range(500_000))", "del n[250_000]", 5),
    ("from collections import deque; n = deque(range(500_000))", "n.reverse()", 10),
    ("from collections import deque; n = deque(range(500_000))", "n.copy()", 5),
    ("from collections import deque; n = deque(range(500_000))", "list(n)", 5),
    ("from collections import deque; n = deque(range(500_000))", "n.extend(n)", 25),
    ("from collections import deque; n = deque(range(500_000))", "n * 2", 25),
];

/// Runs a program in a machine to its end.
fn run(machine: &mut Machine, source: &str) -> Outcome {
    let code = compile(source, "pace", &CompileOptions::default()).expect("a program");
    machine.start(&code).expect("room for the program");
    // One slice for the whole program, so that nobody is asked between slices.
    machine.run(u64::MAX)
}

/// A machine that has run the setup, and the operation as a program.
fn prepared(setup: &str, operation: &str) -> (Machine, String) {
    let limits = MachineLimits { gas: 1 << 40, memory: 256 << 20, ..MachineLimits::default() };
    let mut machine = Machine::new(limits, MachineOptions::default());
    let outcome = run(&mut machine, setup);
    assert!(matches!(outcome, Outcome::Finished), "{setup}: {outcome:?}");
    let program = format!("try:\n    {operation}\nexcept ValueError:\n    pass\n");
    (machine, program)
}

fn check(cases: &[Case]) {
    let mut silent = Vec::new();
    for (setup, operation, least) in cases {
        let (mut machine, program) = prepared(setup, operation);
        let asked = Arc::new(AtomicUsize::new(0));
        let count = asked.clone();
        machine.set_watch(Some(Box::new(move || {
            count.fetch_add(1, Ordering::Relaxed);
            false
        })));
        let outcome = run(&mut machine, &program);
        assert!(matches!(outcome, Outcome::Finished), "{setup}; {operation}: {outcome:?}");
        let asked = asked.load(Ordering::Relaxed);
        if asked < *least {
            silent.push(format!("{setup}; {operation}: asked {asked} times, not {least}"));
        }
        // Told to stop in the middle, it stops.
        let (mut machine, program) = prepared(setup, operation);
        let left = AtomicUsize::new(least / 2);
        machine.set_watch(Some(Box::new(move || left.fetch_sub(1, Ordering::Relaxed) <= 1)));
        let outcome = run(&mut machine, &program);
        if asked >= *least && !matches!(outcome, Outcome::Halted(Halt::Interrupted)) {
            silent.push(format!("{setup}; {operation}: not stopped but {outcome:?}"));
        }
    }
    assert!(silent.is_empty(), "{}", silent.join("\n"));
}

#[test]
fn operations_on_texts_ask() {
    check(TEXTS);
}

#[test]
fn operations_on_bytes_ask() {
    check(BYTES);
}

#[test]
fn operations_on_containers_ask() {
    check(CONTAINERS);
}

#[test]
fn collections_ask() {
    // The second of the large objects fits only when the first is freed; making it asks nothing.
    let setup = "n = [[] for _ in range(300_000)]\nb = bytes(28_000_000)\nb = None\n";
    let limits = MachineLimits { gas: 1 << 40, memory: 64 << 20, ..MachineLimits::default() };
    // What is garbage is swept, what is not is marked and swept over.
    for (more, least) in [("n = None", 30), ("pass", 40)] {
        let mut machine = Machine::new(limits, MachineOptions::default());
        assert!(matches!(run(&mut machine, &format!("{setup}{more}")), Outcome::Finished));
        let asked = Arc::new(AtomicUsize::new(0));
        let count = asked.clone();
        machine.set_watch(Some(Box::new(move || {
            count.fetch_add(1, Ordering::Relaxed);
            false
        })));
        assert!(matches!(run(&mut machine, "b = bytes(28_000_000)"), Outcome::Finished));
        assert!(asked.load(Ordering::Relaxed) >= least, "{more}: asked {asked:?} times");
        let mut machine = Machine::new(limits, MachineOptions::default());
        assert!(matches!(run(&mut machine, &format!("{setup}{more}")), Outcome::Finished));
        let left = AtomicUsize::new(least / 2);
        machine.set_watch(Some(Box::new(move || left.fetch_sub(1, Ordering::Relaxed) <= 1)));
        let outcome = run(&mut machine, "b = bytes(28_000_000)");
        assert!(matches!(outcome, Outcome::Halted(Halt::Interrupted)), "{more}: {outcome:?}");
    }
}
