//! Programs by grammar: bytes are the choices, so that the fuzzer's changes of them are changes of the program.
//!
//! Names are few, so that they meet: most of what is generated runs, and runs into each other.

/// More nesting than this tells nothing new.
const DEEPEST: u32 = 5;
/// A program ends here even if there are choices left.
const LONGEST: usize = 4_000;

const NAMES: &[&str] = &["a", "b", "c", "f", "g", "A", "B", "x"];
const ATTRIBUTES: &[&str] =
    &["x", "y", "append", "items", "__class__", "__dict__", "f", "__init__", "pop", "send", "join"];
const LITERALS: &[&str] = &[
    "0",
    "1",
    "-1",
    "2**63",
    "10**30",
    "1.5",
    "1e308",
    "True",
    "None",
    "''",
    "'ab'",
    "'é\\u4e2d'",
    "'\\ud800'",
    "'x + 1'",
    "'{0!r:>{1}}'",
    "'%5.2f%s'",
    "b'xy'",
    "[]",
    "()",
    "{}",
    "{1}",
    "[1, 2, 3]",
    "{'a': 1}",
    "range(5)",
    "...",
    "1j",
    "float('nan')",
    "bytearray(b'q')",
    "slice(1, 2)",
];
const BINARY: &[&str] = &[
    "+", "-", "*", "//", "/", "%", "**", "<<", ">>", "&", "|", "^", "==", "<", "in", "is", "and", "or", "not in", "@",
    "!=", ">=",
];
const FUNCTIONS: &[&str] = &[
    "len",
    "repr",
    "str",
    "int",
    "list",
    "tuple",
    "sorted",
    "iter",
    "next",
    "sum",
    "max",
    "hash",
    "type",
    "dict",
    "set",
    "bool",
    "abs",
    "reversed",
    "enumerate",
    "zip",
    "map",
    "filter",
    "isinstance",
    "getattr",
    "setattr",
    "print",
    "id",
    "divmod",
    "pow",
    "format",
    "bytes",
    "frozenset",
    "super",
    "vars",
    "dir",
    "callable",
    "any",
    "all",
    "round",
    "echo",
    "eval",
    "exec",
    "memoryview",
    "bytearray",
    "complex",
    "property",
    "classmethod",
    "hasattr",
    "delattr",
    "issubclass",
    "ExceptionGroup",
    "aiter",
    "anext",
    "globals",
    "locals",
    "ascii",
    "chr",
    "min",
];
const MODULES: &[&str] = &[
    "import asyncio as a",
    "import weakref as b",
    "from collections import deque as c, Counter as A",
    "from functools import partial as f, reduce as g",
    "from itertools import chain as a, groupby as f",
    "from copy import deepcopy as g",
    "from contextlib import contextmanager as f, ExitStack as A",
    "import math as x",
];
const EXCEPTIONS: &[&str] =
    &["Exception", "BaseException", "(TypeError, ValueError)", "KeyError", "StopIteration", "RecursionError"];
const SPECIAL: &[&str] = &[
    "__eq__",
    "__hash__",
    "__len__",
    "__iter__",
    "__next__",
    "__getattr__",
    "__add__",
    "__radd__",
    "__call__",
    "__repr__",
    "__bool__",
    "__getitem__",
    "__setitem__",
    "__contains__",
    "__enter__",
    "__exit__",
    "__lt__",
    "__index__",
    "__get__",
    "__set__",
    "__init_subclass__",
    "__set_name__",
    "__new__",
    "__del__",
    "__format__",
    "__missing__",
    "__await__",
    "__aiter__",
    "__anext__",
    "__aenter__",
    "__aexit__",
    "__class_getitem__",
    "__setattr__",
    "__getattribute__",
    "__delattr__",
    "__prepare__",
    "__mro_entries__",
    "__instancecheck__",
    "__length_hint__",
    "__reversed__",
    "__iadd__",
];

struct Writer<'choices> {
    choices: &'choices [u8],
    program: String,
}

/// The program that the choices stand for.
pub(crate) fn program(choices: &[u8]) -> String {
    let mut writer = Writer { choices, program: String::new() };
    while !writer.choices.is_empty() && writer.program.len() < LONGEST {
        writer.statement(0, 0, false);
    }
    writer.program
}

impl Writer<'_> {
    fn choose(&mut self, count: usize) -> usize {
        match self.choices.split_first() {
            Some((choice, rest)) => {
                self.choices = rest;
                usize::from(*choice) % count
            }
            None => 0,
        }
    }

    fn pick(&mut self, from: &[&str]) {
        let at = self.choose(from.len());
        self.program.push_str(from[at]);
    }

    fn write(&mut self, text: &str) {
        self.program.push_str(text);
    }

    fn expression(&mut self, depth: u32) {
        if depth >= DEEPEST {
            return self.pick(NAMES);
        }
        match self.choose(16) {
            0..=2 => self.pick(NAMES),
            3 | 4 => self.pick(LITERALS),
            5 | 6 => {
                self.write("(");
                self.expression(depth + 1);
                self.write(" ");
                self.pick(BINARY);
                self.write(" ");
                self.expression(depth + 1);
                self.write(")");
            }
            7 => {
                self.expression(depth + 1);
                self.write(".");
                self.pick(ATTRIBUTES);
            }
            8 => {
                self.expression(depth + 1);
                self.write("[");
                self.expression(depth + 1);
                self.pick(&["]", ":]", "::-1]"]);
            }
            9 | 10 => {
                self.pick(FUNCTIONS);
                self.arguments(depth);
            }
            11 => {
                self.pick(NAMES);
                self.arguments(depth);
            }
            12 => {
                let (open, close) =
                    [("[", "]"), ("(", ")"), ("{", "}"), ("{1: ", "}"), ("list(", ")"), ("sum(", ")")][self.choose(6)];
                self.write(open);
                self.expression(depth + 1);
                self.write(" for x in ");
                self.expression(depth + 1);
                if self.choose(2) == 1 {
                    self.write(" if ");
                    self.expression(depth + 1);
                }
                self.write(close);
            }
            13 => {
                self.write("(lambda x=1, *a: ");
                self.expression(depth + 1);
                self.write(")");
            }
            14 => {
                self.write("f'{");
                self.pick(NAMES);
                self.pick(&["}", "!r}", ":>10}", "=}", ":{x}}"]);
                self.write("'");
            }
            _ => {
                self.pick(&["(x := ", "(yield ", "[*", "{**", "(not ", "(- ", "(await ", "(1 if 1 else "]);
                let close = if self.program.ends_with("[*") {
                    "]"
                } else if self.program.ends_with("{**") {
                    "}"
                } else {
                    ")"
                };
                self.expression(depth + 1);
                self.write(close);
            }
        }
    }

    fn arguments(&mut self, depth: u32) {
        self.write("(");
        for at in 0..self.choose(4) {
            if at > 0 {
                self.write(", ");
            }
            self.pick(&["", "", "", "*", "x="]);
            self.expression(depth + 1);
        }
        self.write(")");
    }

    fn line(&mut self, level: usize) {
        self.write(&"    ".repeat(level));
    }

    fn block(&mut self, level: usize, depth: u32, in_class: bool) {
        self.write(":\n");
        for _ in 0..=self.choose(3) {
            self.statement(level + 1, depth + 1, in_class);
        }
    }

    fn statement(&mut self, level: usize, depth: u32, in_class: bool) {
        self.line(level);
        let kinds = if depth >= DEEPEST { 8 } else { 22 };
        match self.choose(kinds) {
            0 | 1 => {
                self.pick(NAMES);
                self.pick(&[" = ", " += ", ", *b = ", ".x = ", "[0] = ", " *= "]);
                self.expression(0);
            }
            2 | 3 => self.expression(0),
            4 => {
                self.write("print(");
                self.expression(0);
                self.write(")");
            }
            5 => self.pick(&[
                "pass",
                "break",
                "continue",
                "return",
                "raise",
                "yield",
                "global c",
                "nonlocal a",
                "del a",
                "del b[0]",
            ]),
            6 => {
                self.pick(&["return ", "raise ", "yield ", "yield from ", "assert ", "await "]);
                self.expression(0);
            }
            7 => {
                self.pick(NAMES);
                self.arguments(1);
            }
            8 | 9 => {
                self.pick(&[
                    "def f(a, b=1, *c)",
                    "def g(*a, **b)",
                    "async def f(x)",
                    "@staticmethod\n",
                    "@property\n",
                    "@classmethod\n",
                    "@f\n",
                    "def f(x)",
                    "def f(a, /, b, *, c=2)",
                    "def f[T: int, *B](x: T) -> B",
                ]);
                if self.program.ends_with('\n') {
                    self.line(level);
                    self.write("def g(a)");
                }
                self.block(level, depth, false);
                return;
            }
            10 | 11 => {
                self.pick(&[
                    "class A",
                    "class B(A)",
                    "class A(list)",
                    "class B(Exception)",
                    "class A(int)",
                    "class B(dict)",
                    "class A(type)",
                    "class B(metaclass=A)",
                    "class A[T](B)",
                    "class B(A, f=1)",
                ]);
                self.block(level, depth, true);
                return;
            }
            12 => {
                self.write("for x in ");
                self.expression(0);
                self.block(level, depth, in_class);
                return;
            }
            13 => {
                self.pick(&["while ", "if "]);
                self.expression(0);
                self.block(level, depth, in_class);
                return;
            }
            14 | 15 => {
                self.write("try");
                self.block(level, depth, in_class);
                self.line(level);
                if self.choose(3) == 0 {
                    self.write("finally");
                } else {
                    self.pick(&["except ", "except* "]);
                    self.pick(EXCEPTIONS);
                    self.write(" as a");
                }
                self.block(level, depth, in_class);
                return;
            }
            16 | 17 => {
                self.pick(&["def ", "def ", "async def "]);
                self.pick(SPECIAL);
                self.write("(self, *a)");
                self.block(level, depth, false);
                return;
            }
            18 => {
                self.pick(&["async with ", "async for x in ", "with scope('S', 't') as a, "]);
                self.expression(0);
                self.block(level, depth, in_class);
                return;
            }
            19 => self.pick(MODULES),
            20 => {
                self.pick(&["a: ", "__slots__ = ", "type A[T] = ", "__match_args__ = ", "x: int = ", "a, (b, *c) = "]);
                self.expression(0);
            }
            _ => {
                self.pick(&["with ", "match "]);
                let is_match = self.program.ends_with("match ");
                self.expression(0);
                if is_match {
                    self.write(":\n");
                    self.line(level + 1);
                    self.pick(&[
                        "case [a, *b]",
                        "case {'a': x, **b}",
                        "case A(x=1)",
                        "case int() | str()",
                        "case x if x",
                        "case (1, _)",
                    ]);
                    self.block(level + 1, depth, in_class);
                } else {
                    self.block(level, depth, in_class);
                }
                return;
            }
        }
        self.write("\n");
    }
}
