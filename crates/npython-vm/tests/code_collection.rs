//! Programs that compile without end what they run run in constant memory, and code that something still refers to stays.

use npython_compiler::CompileOptions;
use npython_vm::{Machine, MachineLimits, MachineOptions, Outcome, PlainValue};

const MEMORY: u64 = 2 << 20;

/// Programs that compile something new in each of TURNS turns, none of which they keep. Each prints what it has checked.
const ENDLESS: &[(&str, &str)] = &[
    ("expressions", "print(sum(eval(f'{i} * 2 + 1') for i in range(TURNS)) == TURNS ** 2)"),
    ("assignments", "for i in range(TURNS): exec(f'x = {i}; y = x + 1')\nprint(y == TURNS)"),
    (
        "attributes",
        "class A:\n    x = 1\n    def get(self): return self.x\na = A()\nprint(sum(eval(f'a.get() + a.x + {i} - {i}') for i in range(TURNS)) == 2 * TURNS)",
    ),
    (
        "comprehensions",
        "print(sum(sum(eval(f'[x for x in range(3) if x != {i}]')) for i in range(3, TURNS)) == 3 * (TURNS - 3))",
    ),
    ("lambdas", "print(all(eval(f'lambda x, y={i}: x + y + {i}')(1) == 2 * i + 1 for i in range(TURNS)))"),
    (
        "functions that use one another",
        "for i in range(TURNS // 2):\n    names = {}\n    exec(f'def f(n): return g(n - 1) if n else {i}\\ndef g(n): return f(n)\\nr = f(3)', names)\nprint(names['r'] == TURNS // 2 - 1)",
    ),
    (
        "exceptions",
        "n = 0\nfor i in range(TURNS):\n    try: eval(f'{i} / 0')\n    except ZeroDivisionError: n += 1\nprint(n == TURNS)",
    ),
    (
        "what does not compile",
        "n = 0\nfor i in range(TURNS // 10):\n    try: eval(f'{i} +')\n    except SyntaxError: n += 1\nprint(n == TURNS // 10)",
    ),
    ("nested", "print(all(eval(f'eval(\"{i} + 1\") + eval(\"{i} - 1\")') == 2 * i for i in range(TURNS // 2)))"),
    (
        "code objects",
        "for i in range(TURNS):\n    code = compile(f'{i} + n', 'made', 'eval')\n    n = 1\n    r = eval(code) + eval(code)\nprint(r == 2 * TURNS)",
    ),
    (
        "generators",
        "def numbers():\n    for i in range(TURNS): yield eval(f'{i} + 1')\nprint(sum(numbers()) == TURNS * (TURNS + 1) // 2)",
    ),
    (
        "every hundredth kept",
        "kept = []\nfor i in range(TURNS):\n    f = eval(f'lambda: {i}')\n    if i % 100 == 0: kept.append(f)\nprint([f() for f in kept] == list(range(0, TURNS, 100)))",
    ),
    (
        "sizes that differ",
        "for i in range(TURNS // 4):\n    r = eval(' + '.join([str(i)] * (i % 23 + 1)))\n    assert r == i * (i % 23 + 1)\nprint(True)",
    ),
    (
        "a few kept for a while",
        "kept = [None] * 50\nfor i in range(TURNS // 2):\n    exec(f'def f(x=1):\\n    return x.real + {i}' + '\\n    x += 1' * (i % 7))\n    kept[i * 7919 % 50] = f\n    if i > 100: assert kept[i % 50]() == kept[i % 50](1)\nprint(True)",
    ),
    ("the same text", "print(sum(eval('1 + 1') for i in range(TURNS)) == 2 * TURNS)"),
];

fn limits() -> MachineLimits {
    MachineLimits { gas: 40_000_000_000, memory: MEMORY, ..MachineLimits::default() }
}

fn started(source: &str, turns: u32, options: MachineOptions) -> Machine {
    let source = source.replace("TURNS", &turns.to_string());
    let code = npython_compiler::compile(&source, "<program>", &CompileOptions::default());
    let code = code.unwrap_or_else(|error| panic!("{}", error.to_traceback()));
    let mut machine = Machine::new(limits(), options);
    assert_eq!(machine.start(&code), Ok(()));
    machine
}

fn finish(name: &str, machine: &mut Machine) -> String {
    match machine.run(u64::MAX) {
        Outcome::Finished => machine.take_stdout(),
        outcome => panic!("{name}: {outcome:?}"),
    }
}

#[test]
fn code_that_is_not_kept_takes_no_memory() {
    for (name, source) in ENDLESS {
        let mut machine = started(source, 10_000, MachineOptions::default());
        assert_eq!(finish(name, &mut machine), "True\n", "{name}");
    }
}

#[test]
fn gas_does_not_depend_on_collections() {
    for (name, source) in ENDLESS {
        let used = |options: MachineOptions, memory: u64| {
            let mut machine = started(source, 110, options);
            assert_eq!(finish(name, &mut machine), "True\n", "{name} within {memory}");
            machine.gas_used()
        };
        let expected = used(MachineOptions::default(), MEMORY);
        let stressed = MachineOptions { collect_always: true, ..MachineOptions::default() };
        assert_eq!(used(stressed, MEMORY), expected, "{name}");
        let plain = MachineOptions { quicken: false, collect_always: true, initial_stack: 16 };
        assert_eq!(used(plain, MEMORY), expected, "{name}");
    }
}

/// Stores and loads the machine after every `slice` units of gas.
fn interrupted(name: &str, source: &str, turns: u32, options: MachineOptions, slice: u64) -> (String, u64) {
    let mut machine = started(source, turns, options);
    loop {
        match machine.run(slice) {
            Outcome::SliceUsedUp => {
                let bytes = machine.snapshot().unwrap_or_else(|error| panic!("{name}: {error}"));
                let none: &[&str] = &[];
                machine = Machine::restore(&bytes, limits(), none).unwrap_or_else(|error| panic!("{name}: {error}"));
                assert_eq!(machine.snapshot().as_ref(), Ok(&bytes), "{name}");
            }
            Outcome::Finished => return (machine.take_stdout(), machine.gas_used()),
            outcome => panic!("{name}: {outcome:?}"),
        }
    }
}

#[test]
fn snapshots_have_gaps_where_code_was() {
    for (name, source) in ENDLESS {
        let mut machine = started(source, 110, MachineOptions::default());
        let expected = (finish(name, &mut machine), machine.gas_used());
        let stressed = MachineOptions { collect_always: true, ..MachineOptions::default() };
        assert_eq!(interrupted(name, source, 110, stressed, 1_997), expected, "{name}");
        let mut machine = started(source, 2_000, MachineOptions::default());
        let expected = (finish(name, &mut machine), machine.gas_used());
        assert_eq!(interrupted(name, source, 2_000, MachineOptions::default(), 400_009), expected, "{name}");
    }
}

/// Gaps are used again before the tables grow, although there is room.
#[test]
fn the_memory_that_is_used_does_not_depend_on_the_limit() {
    let peak = |turns: u32| {
        let source = "for i in range(TURNS): exec(f'def f(x): return x + {i}\\ny = f({i})')\nprint(y == 2 * TURNS - 2)";
        let code = npython_compiler::compile(
            &source.replace("TURNS", &turns.to_string()),
            "<program>",
            &CompileOptions::default(),
        );
        let limits = MachineLimits { gas: 40_000_000_000, memory: 64 << 20, ..MachineLimits::default() };
        let mut machine = Machine::new(limits, MachineOptions::default());
        assert_eq!(machine.start(&code.unwrap_or_else(|error| panic!("{}", error.to_traceback()))), Ok(()));
        assert_eq!(
            finish("peak", &mut machine),
            "True
"
        );
        machine.memory_peak()
    };
    let (few, many) = (peak(10_000), peak(60_000));
    assert!(many < few + few / 2, "{few} bytes, then {many}");
}

#[test]
fn programs_one_after_the_other_take_no_memory() {
    let mut machine = Machine::new(limits(), MachineOptions::default());
    for turn in 0..20_000 {
        let source = match turn % 3 {
            0 => format!("def f(x): return x + {turn}\ndef g(x=f): return x(1)\ng()"),
            1 => format!("kept = [f(i) for i in range(3)] if {turn} else []\nsum(kept)"),
            _ => format!("total = {turn} + f(1)\ntotal"),
        };
        let options = CompileOptions { last_expression_is_result: true, ..CompileOptions::default() };
        let code = npython_compiler::compile(&source, "<session>", &options);
        assert_eq!(machine.start(&code.unwrap_or_else(|error| panic!("{}", error.to_traceback()))), Ok(()), "{turn}");
        assert_eq!(machine.run(u64::MAX), Outcome::Finished, "{turn}");
    }
    assert_eq!(machine.result(), PlainValue::Int(3 * 19_998 + 3));
}
