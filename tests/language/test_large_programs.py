"""Source that is large or deeply nested: it works as under CPython, or ends in an ordinary error; never in a crash."""

from __future__ import annotations

import npython
import pytest

LIMITS = npython.Limits(gas=2_000_000_000, memory="512MiB", time=60)


def run(source: str) -> npython.Result:
    return npython.Sandbox(limits=LIMITS).run(source)


WORKS = {
    "a sum of 2,000 terms": ("total = " + " + ".join(["1"] * 2_000) + "\ntotal", 2_000),
    "a comparison chain of 300": ("x = 1\n" + " == ".join(["x"] * 300), True),
    "an and chain of 2,000": ("x = 1\n" + " and ".join(["x"] * 2_000), 1),
    "a list display of 200,000 elements": (f"x = [{', '.join(['1'] * 200_000)}]\nlen(x)", 200_000),
    "a dict display of 50,000 entries": (f"x = {{{', '.join(f'{n}: {n}' for n in range(50_000))}}}\nlen(x)", 50_000),
    "a set display of 50,000 elements": (f"x = {{{', '.join(str(n) for n in range(50_000))}}}\nlen(x)", 50_000),
    "a tuple of 50,000 names": (f"n = 1\nx = ({'n, ' * 50_000})\nlen(x)", 50_000),
    "a call with 1,000 arguments": (f"def f(*a): return len(a)\nf({', '.join(['1'] * 1_000)})", 1_000),
    "a call with 1,000 keywords": (
        f"def f(**k): return len(k)\nf({', '.join(f'k{n}={n}' for n in range(1_000))})",
        1_000,
    ),
    "a function with 1,000 parameters": (
        f"def f({', '.join(f'p{n}={n}' for n in range(1_000))}): return p0 + p999\nf(1)",
        1_000,
    ),
    "a function of 20,000 statements": (
        "def f():\n    x = 0\n" + "    x += 1\n" * 20_000 + "    return x\nf()",
        20_000,
    ),
    "a jump over 20,000 statements": (
        "def f(flag):\n    x = 0\n    while flag:\n        flag -= 1\n        if flag > 5:\n"
        + "            x += 1\n" * 20_000
        + "        x += 1\n    return x\nf(3)",
        3,
    ),
    "a module with 70,000 names": (
        "".join(f"name{n} = {n}\n" for n in range(70_000)) + "name0 + name69999",
        69_999,
    ),
    "a function with 3,000 locals": (
        "def f():\n" + "".join(f"    v{n} = {n}\n" for n in range(3_000)) + "    return v0 + v2999\nf()",
        2_999,
    ),
    "70,000 different constants": (
        "x = 0\n" + "".join(f"x += {n}.5\n" for n in range(70_000)) + "x",
        sum(range(70_000)) + 35_000.0,
    ),
    "a program of 100,000 lines": ("x = 0\n" + "x += 1\n" * 100_000 + "x", 100_000),
    "an elif ladder of 500": (
        "x = 499\nif x < 0: y = 0\n" + "".join(f"elif x == {n}: y = {n}\n" for n in range(500)) + "y",
        499,
    ),
    "a string of a million characters": (f"len('{'a' * 1_000_000}')", 1_000_000),
    "an integer of 4,000 digits": (f"({'9' * 4_000} + 1) % 1000", 0),
    "an f-string of 5,000 fields": ("x = 1\nlen(f'" + "{x}" * 5_000 + "')", 5_000),
    "19 functions inside each other": (
        "".join(f"{'    ' * n}def f{n}():\n" for n in range(19))
        + "    " * 19
        + "return 7\n"
        + "".join(f"{'    ' * n}return f{n}()\n" for n in range(18, 0, -1))
        + "f0()",
        7,
    ),
    "brackets 90 deep": ("(" * 90 + "5" + ")" * 90, 5),
    "a list 90 deep": ("x = " + "[" * 90 + "]" * 90 + "\nlen(x)", 1),
    "19 nested loops": (
        "".join(f"{'    ' * n}for i{n} in range(1):\n" for n in range(19)) + "    " * 19 + "x = 5\nx",
        5,
    ),
    "1,000 classes": ("".join(f"class C{n}: v = {n}\n" for n in range(1_000)) + "C999.v", 999),
    "an attribute chain of 150": (
        "class C: pass\nc = C()\nc.a = c\nc.v = 3\nc" + ".a" * 150 + ".v",
        3,
    ),
    "20,000 string pieces": ("len('a' " * 1 + "'b' " * 20_000 + ")", 20_001),
}


@pytest.mark.parametrize(("source", "value"), WORKS.values(), ids=WORKS.keys())
def test_large_source_works(source: str, value: object) -> None:
    assert run(source).value == value


HOSTILE = {
    "200,000 open brackets": "(" * 200_000,
    "200,000 matched brackets": "(" * 200_000 + ")" * 200_000,
    "200,000 nested lists": "[" * 200_000 + "]" * 200_000,
    "200,000 nested dicts": "{1:" * 200_000 + "1" + "}" * 200_000,
    "mixed brackets": "([{" * 60_000,
    "a sum of 300,000 terms": "+".join(["1"] * 300_000),
    "300,000 unary minuses": "-" * 300_000 + "1",
    "300,000 nots": "not " * 300_000 + "1",
    "100,000 awaits": "async def f():\n    return " + "await " * 100_000 + "f()",
    "100,000 powers": "**".join(["1"] * 100_000),
    "100,000 nested f-strings": "f'{" * 100_000,
    "100,000 nested f-strings, closed": "f'{" * 100_000 + "1" + "}'" * 100_000,
    "nested format specifications": "f'" + "{1:" * 100_000 + "}" * 100_000 + "'",
    "an elif ladder of 50,000": "if 0: pass\n" + "elif 0: pass\n" * 50_000,
    "100,000 nested conditionals": "1 if 1 else " * 100_000 + "1",
    "100,000 lambdas": "lambda: " * 100_000 + "1",
    "100,000 attributes": "x" + ".a" * 100_000,
    "100,000 calls": "x" + "()" * 100_000,
    "100,000 subscripts": "x" + "[0]" * 100_000,
    "100,000 comparisons": "<".join(["1"] * 100_000),
    "100,000 ands": " and ".join(["1"] * 100_000),
    "1,000 nested blocks": "".join(" " * n + "if 1:\n" for n in range(1_000)) + " " * 1_000 + "pass",
    "1,000 nested functions": "".join(" " * n + "def f():\n" for n in range(1_000)) + " " * 1_000 + "pass",
    "1,000 nested classes": "".join(" " * n + "class C:\n" for n in range(1_000)) + " " * 1_000 + "pass",
    "100,000 decorators": "@f\n" * 100_000 + "def g(): pass",
    "100,000 assignment targets": "x = " * 100_000 + "1",
    "100,000 walruses": "(x := " * 100_000 + "1" + ")" * 100_000,
    "nested comprehensions": "[x for x in " * 50_000 + "[]" + "]" * 50_000,
    "a comprehension with 20,000 fors": "[x " + "for x in [1] " * 20_000 + "]",
    "nested stars": "print(" + "*" * 100_000 + "x)",
    "100,000 or patterns": "match 1:\n    case " + " | ".join(["0"] * 100_000) + ": pass",
    "100,000 nested patterns": "match 1:\n    case " + "[" * 100_000 + "]" * 100_000 + ": pass",
    "100,000 nested subscripts": "x[" * 100_000 + "0" + "]" * 100_000,
    "a huge exponent": "10 ** 10 ** 10",
    "a huge constant string": "'a' * 10 ** 12",
    "a huge shift": "1 << 10 ** 12",
    "a huge tuple": "(0,) * 10 ** 12",
    "an integer of a million digits": "9" * 1_000_000,
    "null bytes": "x = 1\0",
    "a byte order mark inside": "x = 1 \ufeff",
    "only backslashes": "\\\n" * 100_000,
    "100,000 semicolons": "pass;" * 100_000,
    "100,000 blank lines and an error": "\n" * 100_000 + "x = = 1",
    "an open triple quote": "'''" + "a\n" * 100_000,
    "a line of a million spaces": " " * 1_000_000 + "x",
    "100,000 dedents": "if 1:\n" + " " * 4 + "pass\n" + "if 1:\n    pass\n" * 50_000,
    "global statements": "def f():\n" + "".join(f"    global g{n}\n" for n in range(20_000)) + "    pass",
    "deeply nested type parameters": "type X = " + "list[" * 100_000 + "int" + "]" * 100_000,
    "100,000 imports": "import nothing_here, " + ", ".join(f"n{n}" for n in range(100_000)),
}


@pytest.mark.parametrize("source", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_source_ends_in_an_ordinary_way(source: str) -> None:
    try:
        npython.run(source)
    except (npython.CompileError, npython.GuestError, npython.Halted):
        pass
    assert npython.run("1 + 1").value == 2
