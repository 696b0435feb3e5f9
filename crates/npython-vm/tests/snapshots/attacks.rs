//! Attacks on limits end the same way when the machine is stored and loaded while they run: no way of storing gives anything back.

use npython_vm::MachineOptions;

use super::{interrupted, straight};

const ATTACKS: &[(&str, &str)] = &[
    ("endless loop", "while True: pass"),
    ("swallowing", "while True:\n    try:\n        while True: pass\n    except BaseException: pass"),
    (
        "finally",
        "def f():\n    while True:\n        try:\n            while True: pass\n        finally: continue\nf()",
    ),
    ("recursion", "def f(): return f()\nf()"),
    ("finally recursion", "def f():\n    try: f()\n    finally: f()\nf()"),
    ("native loop", "max(range(10**18))"),
    ("growing list", "l = []\nwhile True: l.append(l)"),
    ("growing dict", "d = {}\nwhile True: d[len(d)] = [d]"),
    ("colliding keys", "d = {i * (2**61 - 1): 1 for i in range(30_000)}"),
    ("deep list", "x = []\nfor i in range(100_000): x = [x]\nprint(len(repr(x)))"),
    ("generator chain", "g = iter([1])\nfor i in range(5_000): g = (x for x in g)\nnext(g)"),
    ("mutating sort", "l = [3, 2, 1]\ndef key(x):\n    l.append(x)\n    return x\nl.sort(key=key)"),
    ("mutating iteration", "d = {1: 1}\nfor x in d: d[x + 1] = 1"),
    (
        "exception chain",
        "e = None\nwhile True:\n    try:\n        try: raise ValueError from e\n        finally: 1 / 0\n    except ZeroDivisionError as found: e = found",
    ),
    ("large ints", "x = 3\nwhile True: x = x * x"),
    ("output", "while True: print('x' * 100)"),
    ("classes", "class A: pass\nwhile True:\n    class A(A): pass"),
    ("special methods", "class A:\n    def __eq__(self, other): return [A()] == [self]\nA() == A()"),
];

#[test]
fn storing_an_attack_half_way_changes_nothing() {
    for (name, source) in ATTACKS {
        let (expected, _) = straight(source, MachineOptions::default());
        // At its memory limit a machine may be refused by the host that loads it.
        if expected.starts_with("Halted(MemoryLimitExceeded)") {
            continue;
        }
        for slice in [3_000_001, 700_001] {
            assert_eq!(
                interrupted(name, source, MachineOptions::default(), slice),
                expected,
                "{name}, slices of {slice}"
            );
        }
    }
}
