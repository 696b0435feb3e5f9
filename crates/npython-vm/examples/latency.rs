//! How long operations run without asking whether to go on: a development aid, because a cancelled program ends at the next
//! question. For each program of a table of hostile ones prints the longest time between two questions, in milliseconds
//! of the processor.
#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a command, not the machine: it reads files and a clock"
)]

use std::sync::{Arc, Mutex};

use npython_vm::{Machine, MachineLimits, MachineOptions, Outcome};

/// Gas of a slice; the embedder looks at its clock in between.
const SLICE: u64 = 200_000;

/// What is made ready, and the operation.
const OPERATIONS: &[(&str, &str)] = &[
    ("", "[0] * 7_000_000"),
    ("", "(0,) * 3_500_000"),
    ("", "'x' * 100_000_000"),
    ("", "'xy\u{2603}' * 20_000_000"),
    ("", "b'x' * 100_000_000"),
    ("", "bytes(100_000_000)"),
    ("", "bytearray(100_000_000)"),
    ("", "'x'.ljust(100_000_000)"),
    ("", "b'x'.center(100_000_000)"),
    ("", "'x'.zfill(100_000_000)"),
    ("", "f'{1:100000000}'"),
    ("", "'%100000000d' % 1"),
    ("", "f'{1.5:.50000000f}'"),
    ("", "f'{1:050000000,}'"),
    ("t = 'a' * 30_000_000", "t.upper()"),
    ("t = 'a' * 30_000_000", "t.title()"),
    ("t = '\u{e9}' * 15_000_000", "t.upper()"),
    ("t = '\u{e9}' * 15_000_000", "t.casefold()"),
    ("t = '\u{e9}' * 15_000_000", "t.title()"),
    ("t = ' ' * 50_000_000", "t.strip()"),
    ("t = '\u{2003}' * 30_000_000", "t.strip()"),
    ("t = ' ' * 50_000_000", "t.isspace()"),
    ("t = 'a' * 50_000_000", "t.isalpha()"),
    ("t = '\u{e9}' * 30_000_000", "t.isalpha()"),
    ("t = '\u{e9}' * 30_000_000", "t.isidentifier()"),
    ("t = 'a' * 50_000_000", "t.isprintable()"),
    ("t = '\u{e9}' * 15_000_000", "t.encode()"),
    ("t = '\u{e9}' * 15_000_000", "t.encode('latin-1')"),
    ("t = '\u{e9}' * 10_000_000", "t.encode('utf-16')"),
    ("t = '\u{e9}' * 5_000_000", "t.encode('ascii', 'backslashreplace')"),
    ("b = b'a' * 30_000_000", "b.decode()"),
    ("b = b'\\xe9' * 15_000_000", "b.decode('latin-1')"),
    ("b = b'\\xc3\\xa9' * 10_000_000", "b.decode()"),
    ("b = b'\\xff' * 8_000_000", "b.decode('utf-8', 'replace')"),
    ("b = b'a' * 20_000_000", "b.decode('utf-16')"),
    ("b = b'a' * 30_000_000", "b.hex()"),
    ("b = b'a' * 30_000_000", "b.upper()"),
    ("b = b'a' * 50_000_000", "b.isalpha()"),
    ("b = b'a' * 30_000_000", "b.translate(bytes(256))"),
    ("t = '61' * 20_000_000", "bytes.fromhex(t)"),
    ("t = 'a' * 30_000_000", "t.replace('a', 'b')"),
    ("t = 'a' * 30_000_000", "t.count('a')"),
    ("t = 'a' * 30_000_000", "t.find('b')"),
    ("t = 'a' * 30_000_000; u = 'a' * 4_000_000 + 'b'", "t.find(u)"),
    ("t = 'a' * 30_000_000", "'ab' in t"),
    ("t = 'a' * 30_000_000", "t[1:]"),
    ("t = 'a' * 30_000_000", "t + 'b'"),
    ("t = 'a' * 30_000_000", "t.split()"),
    ("t = 'a' * 30_000_000", "t.rsplit('ab')"),
    ("t = 'a' * 30_000_000", "t.splitlines()"),
    ("t = 'a' * 20_000_000", "float(t)"),
    ("t = 'a' * 30_000_000 + 'b'", "t.find('a' * 1000 + 'b')"),
    ("t = 'a b ' * 700_000", "t.split()"),
    ("t = 'a\\n' * 700_000", "t.splitlines()"),
    ("t = 'a' * 2_000_000", "list(t)"),
    ("t = 'ab' * 10_000_000", "t[::-1]"),
    ("t = '\u{e9}b' * 10_000_000", "t[::-1]"),
    ("t = '\u{e9}b' * 10_000_000", "t[15_000_000]"),
    ("t = 'a' * 50_000_000; u = 'a' * 49_999_999 + 'b'", "t == u"),
    ("t = 'a' * 50_000_000; u = 'a' * 49_999_999 + 'b'", "t < u"),
    ("t = 'a' * 50_000_000", "hash(t)"),
    ("t = '\u{e9}' * 30_000_000", "hash(t)"),
    ("t = 'a' * 30_000_000", "repr(t)"),
    ("t = '\u{e9}' * 10_000_000", "repr(t)"),
    ("t = '\u{e9}' * 10_000_000", "ascii(t)"),
    ("t = 'a\\t' * 1_000_000", "t.expandtabs(50)"),
    ("t = 'ab' * 10_000_000", "t.translate({97: 'xx'})"),
    ("t = ['ab'] * 3_000_000", "''.join(t)"),
    ("n = list(range(2_000_000))", "sorted(n, key=lambda x: -x)"),
    ("n = [x * 7919 % 1_000_003 for x in range(1_000_000)]", "sorted(n)"),
    ("n = [str(x * 7919 % 1_000_003) for x in range(500_000)]", "sorted(n)"),
    ("n = [(x * 7919 % 1_003, x) for x in range(300_000)]", "sorted(n)"),
    ("n = list(range(3_000_000))", "n[::-1]"),
    ("n = list(range(3_000_000))", "n + n"),
    ("n = list(range(3_000_000))", "n.copy()"),
    ("n = list(range(3_000_000))", "n.reverse()"),
    ("n = list(range(3_000_000))", "n.index(-1)"),
    ("n = list(range(3_000_000))", "n == list(n)"),
    ("n = list(range(3_000_000))", "-1 in n"),
    ("n = list(range(3_000_000))", "sum(n)"),
    ("n = list(range(3_000_000))", "max(n)"),
    ("n = list(range(2_000_000))", "tuple(n)"),
    ("n = list(range(1_000_000))", "set(n)"),
    ("n = list(range(700_000))", "dict.fromkeys(n)"),
    ("n = dict.fromkeys(range(500_000))", "dict(n)"),
    ("n = dict.fromkeys(range(500_000))", "n | n"),
    ("n = dict.fromkeys(range(500_000))", "list(n.items())"),
    ("n = set(range(500_000))", "n & set(range(250_000))"),
    ("n = set(range(500_000))", "n.copy()"),
    ("n = set(range(600_000))", "n.add(-1)"),
    ("n = set(range(600_000))", "[n.add(x) for x in range(700_000)][0]"),
    ("n = {}", "[n.setdefault(x) for x in range(800_000)][0]"),
    ("n = list(range(1_000_000))", "repr(n)"),
    ("n = tuple(range(2_000_000))", "hash(n)"),
    ("n = list(range(6_000_000))", "n.insert(0, 1)"),
    ("n = list(range(6_000_000))", "n.pop(0)"),
    ("n = bytearray(100_000_000)", "n.insert(0, 1)"),
    ("n = bytearray(100_000_000)", "n.pop(0)"),
    ("n = bytearray(50_000_000)", "n.reverse()"),
    ("n = bytes(50_000_000)", "n[::-1]"),
    ("n = bytes(40_000_000)", "n + n"),
    ("n = bytes(50_000_000)", "n == bytes(50_000_000)"),
    ("n = bytes(50_000_000)", "hash(n)"),
    ("n = 1 << 300_000_000", "n + 1"),
    ("n = 1 << 300_000_000", "-n"),
    ("n = 1 << 300_000_000", "n >> 1"),
    ("n = 1 << 300_000_000", "n & (n - 1)"),
    ("n = (1 << 300_000_000) - 1", "n == (1 << 300_000_000) - 1"),
    ("n = (1 << 300_000_000) - 1", "hash(n)"),
    ("n = (1 << 200_000_000) - 1", "n.bit_count()"),
    ("n = (1 << 200_000_000) - 1", "n.to_bytes(25_000_000, 'big')"),
    ("b = b'a' * 25_000_000", "int.from_bytes(b, 'big')"),
    ("n = (1 << 100_000_000) - 1", "hex(n)"),
    ("n = (1 << 50_000_000) - 1", "bin(n)"),
    ("n = (1 << 50_000_000) - 1", "oct(n)"),
    ("n = (1 << 50_000_000) - 1", "f'{n:_x}'"),
    ("t = 'f' * 20_000_000", "int(t, 16)"),
    ("t = '7' * 20_000_000", "int(t, 8)"),
    ("t = '1' * 20_000_000", "int(t, 2)"),
    ("n = (1 << 3_000_000) - 1", "n * n"),
    ("n = (1 << 3_000_000) - 1", "n // ((1 << 1_500_000) + 1)"),
    ("n = (1 << 200_000) + 1; m = (1 << 200_003) - 1", "pow(n, -1, m)"),
    ("n = (1 << 20_000) + 1; m = (1 << 20_003) - 1", "pow(n, n, m)"),
    ("", "3 ** 2_000_000"),
    ("n = (1 << 200_000) + 1; m = (1 << 200_003) - 1", "math.gcd(n, m)"),
    ("n = (1 << 1_000_000) + 1", "math.isqrt(n)"),
    ("", "math.factorial(100_000)"),
    ("", "math.comb(100_000, 50_000)"),
    ("n = (1 << 300_000_000)", "float(n >> 299_999_000)"),
    ("n = (1 << 300_000_000) + 1", "n % 7"),
    ("n = (1 << 300_000_000) + 1", "n / 3 if n < 5 else 0"),
    ("n = [[] for _ in range(1_000_000)]", "[x for x in range(3_000_000) if [x]][0]"),
    ("n = [(x, str(x)) for x in range(600_000)]", "[[x] for x in range(3_000_000)][0]"),
    ("t = '[' + '1,' * 1_000_000 + '1]'", "parse_json(t)"),
    ("import re; t = 'a' * 30_000_000", "re.search('(a|b)*c', t)"),
    ("import re; t = 'a' * 30_000_000", "re.findall('b+', t)"),
    ("import re; t = 'a,' * 500_000", "re.split(',', t)"),
    ("import re; t = 'a' * 5_000_000", "re.sub('a', 'b', t)"),
    ("import json; n = list(range(500_000))", "json.dumps(n)"),
    ("import json; t = '[' + '1,' * 500_000 + '1]'", "json.loads(t)"),
    ("t = '1+' * 100_000 + '1'", "eval(t)"),
    ("t = 'x=1\\n' * 100_000", "compile(t, 'f', 'exec')"),
];

/// Nanoseconds the processor has spent on this thread.
fn now() -> u64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    text.split(' ').next().and_then(|text| text.parse().ok()).unwrap_or(0)
}

/// When it was asked last, and the longest time between two questions.
#[derive(Default)]
struct Questions {
    last: u64,
    longest: u64,
}

fn ask(questions: &Mutex<Questions>) {
    if let Ok(mut questions) = questions.lock() {
        let at = now();
        let last = questions.last;
        questions.longest = questions.longest.max(at.saturating_sub(last));
        questions.last = at;
    }
}

fn longest_silence(setup: &str, operation: &str) -> (f64, String) {
    let source = format!("import math\n{setup}\ndef operation(): {operation}\noperation()\n");
    let code = match npython_compiler::compile(&source, "latency", &npython_compiler::CompileOptions::default()) {
        Ok(code) => code,
        Err(error) => return (0.0, error.to_traceback()),
    };
    let limits = MachineLimits { gas: 2_000_000_000, memory: 128 << 20, ..MachineLimits::default() };
    let mut machine = Machine::new(limits, MachineOptions::default());
    let questions = Arc::new(Mutex::new(Questions { last: now(), longest: 0 }));
    let asked = questions.clone();
    machine.set_watch(Some(Box::new(move || {
        ask(&asked);
        false
    })));
    if let Err(halt) = machine.start(&code) {
        return (0.0, format!("{halt:?}"));
    }
    let outcome = loop {
        let outcome = machine.run(SLICE);
        ask(&questions);
        if !matches!(outcome, Outcome::SliceUsedUp) {
            break outcome;
        }
    };
    let longest = questions.lock().map_or(0, |questions| questions.longest);
    let end = match outcome {
        Outcome::Finished => String::new(),
        Outcome::Raised(error) => error.traceback.lines().last().unwrap_or("").to_owned(),
        other => format!("{other:?}"),
    };
    (longest as f64 / 1e6, end)
}

fn main() {
    let only = std::env::args().nth(1).unwrap_or_default();
    let mut rows: Vec<(f64, String)> = Vec::new();
    for (setup, operation) in OPERATIONS.iter().filter(|(_, operation)| operation.contains(&*only)) {
        let (longest, end) = longest_silence(setup, operation);
        rows.push((longest, format!("{setup}; {operation}   {end}")));
    }
    rows.sort_by(|a, b| b.0.total_cmp(&a.0));
    for (longest, row) in rows {
        println!("{longest:9.2} ms  {row}");
    }
}
