//! Zero allocations on the hot path: a loop that runs ten times as long allocates no more often.

use npython_vm::{Machine, MachineLimits, MachineOptions, Outcome};

/// Programs whose loop runs TURNS times.
const PROGRAMS: &[(&str, &str)] = &[
    ("while", "i = 0\nwhile i < TURNS:\n    i += 1"),
    ("for range", "for i in range(TURNS): pass"),
    ("for range with step", "for i in range(TURNS, 0, -3): pass"),
    ("for list", "l = [1] * TURNS\nfor x in l: pass"),
    (
        "int arithmetic",
        "def f():\n    x = 1\n    for i in range(TURNS): x = (x * 3 + i - 7) // 2 % 1000 ^ i & 255 | 1 << 3\nf()",
    ),
    ("float arithmetic", "def f():\n    x = 1.5\n    for i in range(TURNS): x = x * 0.5 + 2.0 / (x + 1.0) - 0.25\nf()"),
    (
        "mixed arithmetic",
        "def f():\n    x = 0.0\n    for i in range(TURNS): x = x / 2 + i * 0.5 - i // 3 + -i ** 2\nf()",
    ),
    (
        "comparisons",
        "def f():\n    n = 0\n    for i in range(TURNS):\n        if 3 < i % 10 <= 7 and not i == 5 or i is None: n += 1\nf()",
    ),
    ("locals", "def f():\n    a, b, c = 1, 2, 3\n    for i in range(TURNS): a, b, c = b, c, a\nf()"),
    ("globals", "x = 1\ndef f():\n    global x\n    for i in range(TURNS): x = x + 1\nf()"),
    (
        "closures",
        "def f():\n    x = 0\n    def g():\n        nonlocal x\n        x += 1\n    for i in range(TURNS): g()\nf()",
    ),
    ("calls", "def g(a, b): return a\ndef f():\n    for i in range(TURNS): g(i, 2)\nf()"),
    ("calls with defaults", "def g(a, b=1): return b\ndef f():\n    for i in range(TURNS): g(i)\nf()"),
    ("calls with keywords", "def g(a, b): return b\ndef f():\n    for i in range(TURNS): g(a=i, b=1)\nf()"),
    ("recursion", "def r(n): return 0 if n == 0 else r(n - 1)\nfor i in range(TURNS // 10): r(20)"),
    ("list items", "def f():\n    l = [0] * 10\n    for i in range(TURNS): l[i % 10] = l[(i + 1) % 10] + 1\nf()"),
    (
        "methods and attributes",
        "class A:\n    def __init__(self): self.x = 0\n    def step(self, n): self.x += n\ndef f():\n    a = A()\n    for i in range(TURNS): a.step(1)\nf()",
    ),
    (
        "builtins",
        "def f():\n    l = [1, 2]\n    for i in range(TURNS): len(l); abs(-i); min(i, 3); isinstance(i, int)\nf()",
    ),
];

/// Programs that make an object in each turn: only the arenas grow, by doubling.
const MAKING_OBJECTS: &[(&str, &str)] = &[
    ("list iterators", "l = [1, 2, 3, 4]\ni = 0\nwhile i < TURNS:\n    for x in l: i += x"),
    ("range iterators", "def f():\n    r = range(10)\n    for i in range(TURNS):\n        for j in r: pass\nf()"),
    ("ranges", "def f():\n    for i in range(TURNS): range(10)\nf()"),
    ("nested ranges", "def f():\n    for i in range(TURNS):\n        for j in range(10): pass\nf()"),
    ("pairs", "def f():\n    for i in range(TURNS): x = (i, i)\nf()"),
    ("instances", "class A: pass\ndef f():\n    for i in range(TURNS): A()\nf()"),
    ("short strings", "def f():\n    for i in range(TURNS): x = 'ab' + 'cd'[i % 2]\nf()"),
    (
        "bound methods",
        "class A:\n    def f(self): pass\ndef f():\n    a = A()\n    for i in range(TURNS): g = a.f; g()\nf()",
    ),
];

/// Allocations and reallocations while a program with so many turns runs.
fn allocations(source: &str, turns: u64) -> u64 {
    let source = source.replace("TURNS", &turns.to_string());
    let options = npython_compiler::CompileOptions::default();
    let code = npython_compiler::compile(&source, "loop.py", &options).unwrap_or_else(|error| panic!("{error:?}"));
    let mut machine = Machine::new(MachineLimits::default(), MachineOptions::default());
    assert_eq!(machine.start(&code), Ok(()));
    let mut outcome = Outcome::SliceUsedUp;
    let counted = allocation_counter::measure(|| {
        while outcome == Outcome::SliceUsedUp {
            outcome = machine.run(50_000);
        }
    });
    assert_eq!(outcome, Outcome::Finished, "{source}");
    counted.count_total
}

#[test]
fn longer_loops_allocate_no_more() {
    // What the process makes once.
    allocations("for i in range(TURNS): pass", 10);
    let mut wrong = Vec::new();
    for (name, source) in PROGRAMS {
        let (short, long) = (allocations(source, 2_000), allocations(source, 20_000));
        if short != long {
            wrong.push(format!("{name}: {short} allocations in a short run, {long} in one ten times as long"));
        }
    }
    for (name, source) in MAKING_OBJECTS {
        let (short, long) = (allocations(source, 2_000), allocations(source, 20_000));
        if long > short + 32 {
            wrong.push(format!("{name}: {short} allocations in a short run, {long} in one ten times as long"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_counter_counts() {
    let source = "l = []\nfor i in range(TURNS): l.append([i])";
    assert!(allocations(source, 2_000) + 10_000 < allocations(source, 20_000));
}
