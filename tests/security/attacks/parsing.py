"""Source made to break the compiler: nesting, size, strange text. None may take the native stack with it."""

from __future__ import annotations

from redteam import L, R, S


def indented(header: str, levels: int, body: str = "pass") -> str:
    """A statement inside a statement inside a statement."""
    return "".join(f"{' ' * level}{header}\n" for level in range(levels)) + " " * levels + body


CASES = (
    R(48, "CompileError", "(" * 100_000 + ")" * 100_000, wraps=False),
    R(48, "CompileError", "(" * 100_000, wraps=False),
    R(48, "CompileError", "[" * 100_000 + "]" * 100_000, wraps=False),
    R(48, "CompileError", "{" * 100_000 + "}" * 100_000, wraps=False),
    R(48, "CompileError", "{1:" * 50_000 + "1" + "}" * 50_000, wraps=False),
    R(48, "CompileError", "f(" * 50_000 + ")" * 50_000, wraps=False),
    R(48, "CompileError", "x[" * 50_000 + "0" + "]" * 50_000, wraps=False),
    R(48, "CompileError", "lambda: " * 50_000 + "1", wraps=False),
    R(48, "CompileError", "1 if x else " * 50_000 + "1", wraps=False),
    R(48, "CompileError", "-" * 100_000 + "1", wraps=False),
    R(48, "CompileError", "~" * 100_000 + "1", wraps=False),
    R(48, "CompileError", "not " * 100_000 + "1", wraps=False),
    R(48, "CompileError", "await " * 100_000 + "1", wraps=False),
    R(48, "CompileError", "1 ** " * 50_000 + "1", wraps=False),
    R(48, "CompileError", "f'{" * 20_000 + "1" + "}'" * 20_000, wraps=False),
    R(48, "CompileError", "f'{1:" + "{1:" * 20_000, wraps=False),
    R(48, "CompileError", "[x for x in " * 20_000 + "y" + "]" * 20_000, wraps=False),
    R(48, "CompileError", indented("if 1:", 2_000), wraps=False),
    R(48, "CompileError", indented("def f():", 2_000), wraps=False),
    R(48, "CompileError", indented("class A:", 2_000), wraps=False),
    R(48, "CompileError", indented("try:", 2_000), wraps=False),
    R(48, "CompileError", indented("with x:", 2_000), wraps=False),
    R(48, "CompileError", indented("for x in y:", 2_000), wraps=False),
    R(48, "CompileError", indented("while x:", 2_000), wraps=False),
    R(48, "CompileError", "match 1:\n case " + "[" * 50_000 + "x" + "]" * 50_000 + ": pass", wraps=False),
    R(48, "CompileError", "match 1:\n case " + "A(" * 50_000 + ")" * 50_000 + ": pass", wraps=False),
    R(48, "CompileError", "x = " * 100 + "(" * 100_000, wraps=False),
    R(48, "CompileError", "((((" * 20_000 + "]", wraps=False),
    R(48, "CompileError", "'" * 99_999, wraps=False),
    R(48, "CompileError", '"""' + "a" * 100_000, wraps=False),
    R(48, "CompileError", "\\\n" * 100_000, wraps=False),
    R(49, "CompileError", "def f(" + ", ".join(f"a{i}" for i in range(1_000)) + ", a1): pass", wraps=False),
    S(49, "2000\n", "print(" + " + ".join(["1"] * 2_000) + ")", wraps=False),
    S(49, "20000\n", "print(len([" + "0," * 20_000 + "]))", wraps=False),
    S(49, "20000\n", "print(len({" + "".join(f"{i}:0," for i in range(20_000)) + "}))", wraps=False),
    S(49, "1000\n", "def f(*a): return len(a)\nprint(f(" + "0," * 1_000 + "))", wraps=False),
    S(49, "19999\n", "\n".join(f"n{i} = {i}" for i in range(20_000)) + "\nprint(n19999)", wraps=False),
    S(
        49,
        "5000\n",
        "def f():\n" + "\n".join(f"    n{i} = {i}" for i in range(5_001)) + "\n    print(n5000)\nf()",
        wraps=False,
    ),
    S(49, "1000000\n", f"print(len('{'a' * 1_000_000}'))", wraps=False),
    L(49, "MemoryLimitExceeded", "x = 2 ** 10 ** 9"),
    L(49, "GasExhausted", "x = 'a' * 10 ** 9"),
    L(49, "GasExhausted", "x = (0,) * 10 ** 9"),
    L(49, "MemoryLimitExceeded", "x = 1 << 10 ** 10"),
    L(49, "MemoryLimitExceeded", "if 0: x = 10 ** 10 ** 10\nelse: x = 10 ** 10 ** 10"),
    S(49, "ok\n", "if 0: x = 10 ** 10 ** 10\nprint('ok')"),
    R(30, "CompileError", "x = 1\0", wraps=False),
    R(30, "CompileError", "\0", wraps=False),
    R(30, "CompileError", "x = $y", wraps=False),
    R(30, "CompileError", "x = ?", wraps=False),
    # Unicode 15.1, as in CPython 3.13, counts the joiners as parts of names: another name, as with any other letter.
    R(29, "NameError", "a\u200db = 1\nab", wraps=False),
    R(29, "CompileError", "x\u202e = 1", wraps=False),
    R(30, "CompileError", "x = 1 \\ 2", wraps=False),
    S(30, "1\n", "\ufeffprint(1)", wraps=False),
    S(30, "1\n", "x = 1\rprint(x)", wraps=False),
    S(30, "1\n", "\fx = 1\nprint(x)", wraps=False),
    R(32, "CompileError", "print 1", wraps=False),
    R(32, "CompileError", "return 1", wraps=False),
    R(32, "CompileError", "yield 1", wraps=False),
    R(32, "CompileError", "await x", wraps=False),
    R(32, "CompileError", "from __future__ import braces", wraps=False),
    R(32, "CompileError", "nonlocal x", wraps=False),
    R(32, "CompileError", "t'{x}'", wraps=False),
)
