"""Attacks on scopes: authority is in force where the design says, for as long, and nowhere else.

The tables go through every line of the list of techniques about scopes; each case runs in four ways that must not
matter.
`scope_model.py` has the property test.
"""

from __future__ import annotations

import asyncio
import io
import json
import pickle
from dataclasses import dataclass
from typing import Any

import pytest
import scope_model

import npython
from npython.audit import AuditLog, AuditRecord, JsonLines, digest, printable
from npython.security import Grant, StaticGatekeeper

GOOD, OTHER = "good-token-7c1f", "other-token-99ab"
SECRET = "sealed-secret-51d0"


class Calls(list[str]):
    """What the host functions were called with."""


def make(calls: Calls, **options: Any) -> npython.Sandbox:
    """A sandbox with a function of every kind: scoped, strict, unscoped."""
    keeper = StaticGatekeeper({"X": [GOOD, SECRET], "Y": [OTHER, SECRET]})
    sandbox = npython.Sandbox(**{"gatekeeper": keeper, "audit": True, **options})

    @sandbox.tool(scope="X")
    def use(value: Any = 0, **more: Any) -> Any:
        """Needs X."""
        calls.append(f"use {value}")
        return value

    @sandbox.tool(scope="Y")
    def use_y(value: Any = 0) -> Any:
        """Needs Y."""
        calls.append(f"use_y {value}")
        return value

    @sandbox.tool(scope="X", strict=True)
    def strictly(value: Any = 0) -> Any:
        """Needs X, opened by the block that calls it."""
        calls.append(f"strictly {value}")
        return value

    @sandbox.tool
    def note(value: Any = 0) -> Any:
        """Needs nothing."""
        calls.append(f"note {value}")
        return value

    return sandbox


@dataclass(frozen=True)
class Case:
    """`ends` is the line of the violation, the type of the exception, or "ok"; `calls` those that were made."""

    technique: int
    name: str
    ends: int | str
    source: str
    calls: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.technique}-{self.name}"


INPUTS = {"good": GOOD, "other": OTHER, "sealed": npython.Token(SECRET)}
ALLOWED = ("use 1",)

#: Techniques 69 to 79: every form of use outside the block, every way out of it, every disguise of `scope`.
CASES = [
    # 69: no scope, another scope, wrong tokens
    Case(69, "no scope", 1, "use(1)"),
    Case(69, "in a handler", 2, "try:\n    use(1)\nexcept BaseException:\n    note(1)\nfinally:\n    note(2)"),
    Case(69, "scope of another name", 2, "with scope('Y', other):\n    use(1)"),
    Case(69, "wrong token", 1, "with scope('X', 'wrong'):\n    use(1)"),
    Case(69, "token of another scope", 1, "with scope('X', other):\n    use(1)"),
    Case(69, "unknown scope", 1, "with scope('Z', good):\n    use(1)"),
    *[
        Case(69, f"token {value}", 1, f"with scope('X', {value}):\n    use(1)")
        for value in (
            "None",
            "''",
            "0",
            "1",
            "[good]",
            "(good,)",
            "{good: 1}",
            "True",
            "b'good'",
            "...",
            "print",
            "str",
        )
    ],
    *[
        Case(69, f"name {value}", 1, f"with scope({value}, good):\n    use(1)")
        for value in ("None", "''", "0", "['X']", "('X',)", "b'X'", "sealed", "print", "'\\ud800'")
    ],
    Case(
        69, "equal to everything", 3, "class A:\n    def __eq__(s, o): return True\nwith scope('X', A()):\n    use(1)"
    ),
    Case(
        69,
        "text that lies",
        6,
        "class S(str):\n    def __eq__(s, o): return True\n    def __hash__(s): return hash('X')\n"
        "    def __str__(s): return good\n    startswith = endswith = lambda *a: True\n"
        "with scope('X', S('wrong')):\n    use(1)",
    ),
    Case(69, "a subclass is its text", "ok", "class S(str): pass\nwith scope(S('X'), S(good)):\n    use(1)", ALLOWED),
    Case(69, "the right token", "ok", "with scope('X', good):\n    use(1)", ALLOWED),
    Case(69, "a sealed token", "ok", "with scope('X', sealed):\n    use(1)", ALLOWED),
    # 70: every way out
    Case(70, "end", 3, "with scope('X', good):\n    use(1)\nuse(2)", ALLOWED),
    Case(70, "return", 5, "def f():\n    with scope('X', good):\n        return use(1)\nf()\nuse(2)", ALLOWED),
    Case(70, "break", 4, "for _ in [1]:\n    with scope('X', good):\n        use(1); break\nuse(2)", ALLOWED),
    Case(70, "continue", 4, "for _ in [1]:\n    with scope('X', good):\n        use(1); continue\nuse(2)", ALLOWED),
    Case(
        70,
        "raise",
        6,
        "try:\n    with scope('X', good):\n        use(1)\n        1 / 0\nexcept ZeroDivisionError:\n    use(2)",
        ALLOWED,
    ),
    Case(
        70,
        "raise through calls",
        9,
        "def g():\n    1 / 0\ndef f():\n    with scope('X', good):\n        use(1)\n        g()\ntry:\n"
        "    f()\nexcept ZeroDivisionError: use(2)",
        ALLOWED,
    ),
    Case(
        70,
        "yield",
        6,
        "def f():\n    with scope('X', good):\n        yield use(1)\ni = f()\nnext(i)\nuse(2)",
        ALLOWED,
    ),
    Case(
        70,
        "await",
        10,
        "class P:\n    def __await__(self): yield\nasync def f():\n    with scope('X', good):\n        use(1)\n"
        "        await P()\n        use(2)\nc = f()\nc.send(None)\nuse(3)",
        ALLOWED,
    ),
    Case(
        70,
        "StopIteration",
        7,
        "def f():\n    with scope('X', good):\n        use(1)\n        raise StopIteration\ntry:\n"
        "    f()\nexcept StopIteration: use(2)",
        ALLOWED,
    ),
    Case(
        70,
        "generator closed",
        8,
        "def f():\n    with scope('X', good):\n        use(1)\n        yield\ni = f()\nnext(i)\ni.close()\nuse(2)",
        ALLOWED,
    ),
    Case(
        70,
        "generator thrown into",
        9,
        "def f():\n    with scope('X', good):\n        use(1)\n        yield\ni = f()\nnext(i)\n"
        "try: i.throw(KeyError)\n"
        "except KeyError:\n    use(2)",
        ALLOWED,
    ),
    Case(
        70,
        "in its own finally",
        7,
        "def f():\n    try:\n        with scope('X', good):\n            use(1)\n            return\n"
        "    finally:\n        use(2)\nf()",
        ALLOWED,
    ),
    Case(
        70,
        "finally inside",
        "ok",
        "try:\n    with scope('X', good):\n        try: 1 / 0\n        finally: use(1)\nexcept ZeroDivisionError: pass",
        ALLOWED,
    ),
    Case(
        70,
        "recursion error",
        7,
        "def f():\n    f()\ntry:\n    with scope('X', good):\n        use(1)\n        f()\n"
        "except RecursionError: use(2)",
        ALLOWED,
    ),
    Case(70, "while and else", 5, "while True:\n    with scope('X', good):\n        break\nelse: pass\nuse(1)"),
    Case(
        70,
        "exception group",
        6,
        "try:\n    with scope('X', good):\n        use(1)\n        raise ExceptionGroup('g', [KeyError()])\n"
        "except* KeyError:\n    use(2)",
        ALLOWED,
    ),
    Case(
        70,
        "the exit of an outer manager",
        7,
        "class M:\n    def __enter__(self): pass\n    def __exit__(self, *a):\n        note(1)\n        return True\n"
        "with M(), scope('X', good): 1 / 0\nuse(2)",
        ("note 1",),
    ),
    Case(
        70,
        "an outer manager's exit",
        3,
        "class M:\n    def __enter__(self): pass\n    def __exit__(self, *a): use(2)\n"
        "with M(), scope('X', good): use(1)",
        ALLOWED,
    ),
    # 71: what was made inside carries nothing out
    *[
        Case(71, name, line, f"{source}\n", ())
        for name, line, source in (
            ("closure", 2, "with scope('X', good):\n    def f(): return use(1)\nf()"),
            ("lambda", 2, "with scope('X', good):\n    f = lambda: use(1)\nf()"),
            (
                "bound method",
                3,
                "class A:\n    def m(self):\n        use(1)\nwith scope('X', good):\n    m = A().m\nm()",
            ),
            ("generator expression", 2, "with scope('X', good):\n    g = (use(x) for x in [1])\nlist(g)"),
            ("map", 3, "with scope('X', good):\n    g = map(use, [1])\nlist(g)"),
            (
                "decorator",
                3,
                "with scope('X', good):\n    def d(f):\n        return lambda: use(1)\n    @d\n    def f(): pass\nf()",
            ),
            (
                "class method",
                4,
                "with scope('X', good):\n    class A:\n        @classmethod\n        def m(cls): use(1)\nA.m()",
            ),
            (
                "property",
                4,
                "with scope('X', good):\n    class A:\n        @property\n        def p(self): use(1)\nA().p",
            ),
            ("the function itself", 3, "with scope('X', good):\n    f = use\nf(1)"),
            ("in a container", 3, "with scope('X', good):\n    d = {'f': use}\nd['f'](1)"),
            ("sort key", 3, "with scope('X', good):\n    k = use\nsorted([1], key=k)"),
            (
                "class called later",
                3,
                "with scope('X', good):\n    class A:\n        def __init__(self): use(1)\nA()",
            ),
        )
    ],
    Case(71, "default argument", 2, "with scope('X', good):\n    def f(g=use): return g(1)\nf()"),
    # 72: generators
    Case(
        72,
        "made inside, advanced outside",
        2,
        "def f():\n    yield use(1)\nwith scope('X', good):\n    i = f()\nnext(i)",
    ),
    Case(
        72,
        "made outside, advanced inside, then outside",
        3,
        "def f():\n    yield use(1)\n    yield use(2)\ni = f()\nwith scope('X', good): next(i)\nnext(i)",
        ALLOWED,
    ),
    Case(
        72,
        "the consumer between steps",
        6,
        "def f():\n    with scope('X', good):\n        yield use(1)\n        yield use(2)\nfor _ in f():\n    use(3)",
        ALLOWED,
    ),
    Case(
        72,
        "its own again when resumed",
        "ok",
        "def f():\n    with scope('X', good):\n        yield use(1)\n        yield use(2)\nfor _ in f():\n    note(3)",
        ("use 1", "note 3", "use 2", "note 3"),
    ),
    Case(
        72,
        "its block left between steps",
        5,
        "def f():\n    with scope('X', good):\n        yield use(1)\n    note(2)\n    use(3)\ni = f()\n"
        "next(i)\nnext(i)",
        ("use 1", "note 2"),
    ),
    Case(
        72,
        "yield from",
        8,
        "def f():\n    with scope('X', good):\n        yield use(1)\ndef g():\n    yield from f()\n"
        "i = g()\nnext(i)\nuse(2)",
        ALLOWED,
    ),
    Case(
        72,
        "advanced by another generator's block",
        7,
        "def f():\n    while True: yield note(1)\ni = f()\ndef g():\n"
        "    with scope('X', good): yield next(i)\nnext(g())\nuse(1)",
        ("note 1",),
    ),
    # 73: coroutines by hand
    Case(
        73,
        "two interleaved",
        7,
        "class P:\n    def __await__(self): yield\nasync def a():\n    with scope('X', good):\n"
        "        use(1); await P(); use(2)\n"
        "async def b():\n    await P(); use(3)\nx, y = a(), b()\nx.send(None); y.send(None)\ny.send(None)",
        ALLOWED,
    ),
    Case(
        73,
        "each with its own",
        "ok",
        "class P:\n    def __await__(self): yield\nasync def a(s, t, f):\n    with scope(s, t):\n"
        "        f(1); await P(); f(2)\n"
        "x, y = a('X', good, use), a('Y', other, use_y)\n"
        "for c in (x, y, x, y):\n    try: c.send(None)\n    except StopIteration: pass",
        ("use 1", "use_y 1", "use 2", "use_y 2"),
    ),
    Case(
        73,
        "the other's scope",
        7,
        "class P:\n    def __await__(self): yield\nasync def a(s, t, f):\n    with scope(s, t):\n        await P()\n"
        "        await P()\n        f(1)\n"
        "x, y = a('X', good, use_y), a('Y', other, use)\n"
        "x.send(None); y.send(None); x.send(None); y.send(None); x.send(None)",
    ),
    Case(
        73,
        "made inside, run outside",
        2,
        "async def f():\n    use(1)\nwith scope('X', good):\n    c = f()\nc.send(None)",
    ),
    Case(
        73,
        "awaited inside",
        "ok",
        "async def f():\n    return use(1)\nasync def g():\n    with scope('X', good):\n        await f()\n"
        "try: g().send(None)\nexcept StopIteration: pass",
        ALLOWED,
    ),
    # 73: tasks
    *[
        Case(73, name, ends, "import asyncio\n" + source, calls)
        for name, ends, source, calls in (
            (
                "a task made inside, its maker waiting",
                "ok",
                (
                    "async def f(): use(1)\nasync def main():\n    with scope('X', good):\n"
                    "        await asyncio.create_task(f())\n"
                    "asyncio.run(main())"
                ),
                ALLOWED,
            ),
            (
                "a task that outlives the block",
                5,
                (
                    "async def f():\n    use(1)\n    await asyncio.sleep(1)\n    use(2)\nasync def main():\n"
                    "    with scope('X', good):\n        t = asyncio.create_task(f())\n        await asyncio.sleep(0)\n"
                    "    await t\nasyncio.run(main())"
                ),
                ALLOWED,
            ),
            (
                "a task first run after the block",
                3,
                (
                    "async def f():\n    use(1)\nasync def main():\n    with scope('X', good):\n"
                    "        t = asyncio.create_task(f())\n    await t\nasyncio.run(main())"
                ),
                (),
            ),
            (
                "a task made before the block",
                3,
                (
                    "async def f():\n    use(1)\nasync def main():\n    t = asyncio.create_task(f())\n"
                    "    with scope('X', good):\n        await t\nasyncio.run(main())"
                ),
                (),
            ),
            (
                "a sibling",
                8,
                (
                    "async def a():\n    with scope('X', good):\n        use(1)\n"
                    "        await asyncio.sleep(1)\n        use(2)\n"
                    "async def b():\n    use(3)\nasync def main(): await asyncio.gather(a(), b())\nasyncio.run(main())"
                ),
                ALLOWED,
            ),
            (
                "siblings with scopes of their own",
                "ok",
                (
                    "async def a(s, t, f):\n    with scope(s, t):\n        f(1)\n"
                    "        await asyncio.sleep(0)\n        f(2)\n"
                    "async def main(): await asyncio.gather(a('X', good, use), a('Y', other, use_y))\n"
                    "asyncio.run(main())"
                ),
                ("use 1", "use_y 1", "use 2", "use_y 2"),
            ),
            (
                "a task of a task",
                "ok",
                (
                    "async def f(): use(1)\nasync def g(): await asyncio.create_task(f())\nasync def main():\n"
                    "    with scope('X', good):\n        await asyncio.create_task(g())\nasyncio.run(main())"
                ),
                ALLOWED,
            ),
            (
                "the block left by an exception",
                3,
                (
                    "async def f():\n    use(1)\nasync def main():\n    try:\n        with scope('X', good):\n"
                    "            t = asyncio.create_task(f())\n            1 / 0\n"
                    "    except ZeroDivisionError: await t\n"
                    "asyncio.run(main())"
                ),
                (),
            ),
            (
                "the maker cancelled",
                6,
                (
                    "async def f():\n    use(1)\n    try: await asyncio.sleep(9)\n"
                    "    finally: await asyncio.sleep(1)\n    use(2)\n"
                    "async def g():\n    with scope('X', good):\n        t = asyncio.create_task(f())\n"
                    "        tasks.append(t)\n        await asyncio.sleep(5)\ntasks = []\nasync def main():\n"
                    "    t = asyncio.create_task(g())\n    await asyncio.sleep(0.5)\n    t.cancel()\n"
                    "    try: await t\n    except asyncio.CancelledError: pass\n    await tasks[0]\nasyncio.run(main())"
                ),
                ALLOWED,
            ),
            (
                "the loop inside the block",
                "ok",
                "async def f(): use(1)\nwith scope('X', good): asyncio.run(f())",
                ALLOWED,
            ),
            (
                "a loop of its own after the block",
                3,
                "async def f():\n    use(1)\nwith scope('X', good):\n    c = f()\nasyncio.run(c)",
                (),
            ),
            (
                "a callback of the loop",
                4,
                (
                    "async def main():\n    with scope('X', good):\n"
                    "        asyncio.get_running_loop().call_soon(lambda: use(1))\n"
                    "        await asyncio.sleep(0)\nasyncio.run(main())"
                ),
                (),
            ),
            (
                "strict in a task",
                2,
                (
                    "async def f(): strictly(1)\nasync def main():\n    with scope('X', good):\n"
                    "        await asyncio.create_task(f())\nasyncio.run(main())"
                ),
                (),
            ),
            (
                "an async generator",
                7,
                (
                    "async def f():\n    with scope('X', good):\n        yield use(1)\nasync def main():\n"
                    "    async for _ in f():\n"
                    "        use(2)\nasyncio.run(main())"
                ),
                ALLOWED,
            ),
        )
    ],
    # 74: callbacks
    *[
        Case(74, f"{value} for the host", "TypeError", f"with scope('X', good):\n    note({value})")
        for value in ("use", "lambda: use(1)", "[use]", "{'f': use}", "(use(i) for i in [1])", "sealed", "[sealed]")
    ],
    # 75: the confused deputy
    Case(75, "functions called count", "ok", "def f():\n    use(1)\nwith scope('X', good):\n    f()", ALLOWED),
    Case(75, "not for a strict one", 2, "def f():\n    strictly(1)\nwith scope('X', good):\n    f()"),
    Case(75, "written in the block", "ok", "with scope('X', good):\n    strictly(1)", ("strictly 1",)),
    Case(
        75,
        "a comprehension of the block",
        "ok",
        "with scope('X', good):\n    [strictly(1) for _ in 'a']",
        ("strictly 1",),
    ),
    Case(75, "a generator of the block", 2, "with scope('X', good):\n    list(strictly(1) for _ in 'a')"),
    Case(75, "a lambda of the block", 2, "with scope('X', good):\n    (lambda: strictly(1))()"),
    Case(75, "handed to a builtin", 2, "with scope('X', good):\n    sorted([1], key=strictly)"),
    Case(
        75,
        "an operator",
        4,
        "class A:\n    __add__ = strictly\nwith scope('X', good):\n    A() + 1",
    ),
    # 76: nesting
    Case(
        76,
        "the inner is left",
        4,
        "with scope('X', good):\n    with scope('Y', other):\n        use_y(1)\n    use_y(2)",
        ("use_y 1",),
    ),
    Case(
        76,
        "the outer is restored",
        "ok",
        "with scope('X', good):\n    with scope('X', sealed): use(1)\n    use(2)",
        ("use 1", "use 2"),
    ),
    Case(76, "a wrong token inside", 2, "with scope('X', good):\n    with scope('X', 'wrong'):\n        use(1)"),
    Case(
        76,
        "two in one statement",
        "ok",
        "with scope('X', good), scope('Y', other):\n    use(1); use_y(1)",
        ("use 1", "use_y 1"),
    ),
    Case(76, "the first before the second", 1, "with scope('X', good), scope('X', use(1)):\n    pass", ("use 1",)),
    Case(76, "arguments are outside", 1, "with scope('X', good if use(1) else good):\n    pass"),
    Case(
        76,
        "an exception between two",
        4,
        "try:\n    with scope('X', good), scope('Y', 1 / 0): pass\nexcept ZeroDivisionError:\n    use(1)",
    ),
    # 77: `scope` shadowed
    *[
        Case(77, name, line, source)
        for name, line, source in (
            ("assigned", 2, "scope = lambda *a: None\nwith scope('X', 'wrong'): use(1)"),
            ("def", 2, "def scope(a, b): pass\nwith scope('X', 'wrong'): use(1)"),
            ("class", 2, "class scope: pass\nwith scope('X', 'wrong'): use(1)"),
            ("parameter", 2, "def f(scope):\n    with scope('X', 'wrong'): use(1)\nf(print)"),
            ("global", 3, "def f():\n    global scope\n    with scope('X', 'wrong'): use(1)\nf()"),
            ("import", 2, "from math import sqrt as scope\nwith scope('X', 'wrong'): use(1)"),
            ("deleted", 3, "scope = 1\ndel scope\nwith scope('X', 'wrong'): use(1)"),
            ("comprehension", 2, "[scope for scope in [print]]\nwith scope('X', 'wrong'): use(1)"),
            ("walrus", 2, "(scope := print)\nwith scope('X', 'wrong'): use(1)"),
            ("for", 2, "for scope in [print]: pass\nwith scope('X', 'wrong'): use(1)"),
            ("except", 3, "try: 1 / 0\nexcept ZeroDivisionError as scope:\n    with scope('X', 'wrong'): use(1)"),
            ("builtins", 3, "import builtins\nbuiltins.scope = print\nwith scope('X', 'wrong'): use(1)"),
            ("globals", 2, "globals()['scope'] = print\nwith scope('X', 'wrong'): use(1)"),
        )
    ],
    Case(77, "match", 3, "match print:\n    case scope:\n        with scope('X', 'wrong'): use(1)"),
    Case(77, "shadowed and still the machine's", "ok", "scope = print\nwith scope('X', good): use(1)", ALLOWED),
    Case(77, "an alias", "NameError", "s = scope\nwith s('X', good): use(1)"),
    Case(77, "an attribute", "TypeError", "class A:\n    scope = str\nwith A.scope(b'X', 'utf-8'): use(1)"),
    Case(77, "compatibility letters", "ok", "with \u017fcope('X', good): use(1)", ALLOWED),
    Case(77, "a letter that looks alike", "NameError", "with \u0455cope('X', good): use(1)"),
    # 78: `scope` outside `with`
    Case(78, "called", "NameError", "scope('X', good)\nuse(1)"),
    Case(78, "stored", "NameError", "x = scope('X', good)\nx.__enter__()\nuse(1)"),
    Case(78, "in an expression", "NameError", "with (scope('X', good) or None): use(1)"),
    Case(78, "walrus", "NameError", "with (x := scope('X', good)): use(1)"),
    Case(78, "async with", "CompileError", "async def f():\n    async with scope('X', good): use(1)"),
    Case(78, "as", "CompileError", "with scope('X', good) as t: note(t)"),
    Case(78, "one argument", "CompileError", "with scope('X'): use(1)"),
    Case(78, "three arguments", "CompileError", "with scope('X', good, good): use(1)"),
    Case(78, "keywords", "CompileError", "with scope(name='X', token=good): use(1)"),
    Case(78, "starred", "CompileError", "with scope(*['X', good]): use(1)"),
    Case(78, "parenthesised", "ok", "with (scope('X', good)): use(1)", ALLOWED),
    Case(78, "parenthesised list", 3, "with (scope('X', good), scope('Y', other),):\n    use(1)\nuse(2)", ALLOWED),
    # 77: code made at run time
    Case(77, "exec in the block", "ok", "with scope('X', good): exec('use(1)')", ALLOWED),
    Case(77, "exec of a block", 2, "exec('with scope(\"X\", good): use(1)')\nuse(2)", ALLOWED),
    Case(77, "eval after the block", 1, "with scope('X', good): c = compile('use(1)', 'c', 'eval')\neval(c)"),
    Case(77, "exec with another scope", 1, "exec('with scope(\"X\", \"wrong\"): use(1)', {'scope': print})"),
    # 79: names of scopes
    *[
        Case(79, f"name {name!a:.20}", 1, f"with scope({name!a}, good): use(1)")
        for name in (
            "X\0",
            "x",
            "X ",
            " X",
            "\uff38",
            "X\n",
            "X\u200b",
            "*",
            "X*",
            "",
            "X,Y",
            "X" * 300,
            "X" * 1_000_000,
        )
    ],
    Case(79, "made at run time", "ok", "with scope('XY'[0], good): use(1)", ALLOWED),
    # 87: the table of functions
    Case(87, "shadowed", "ok", "use = note\nuse(1)", ("note 1",)),
    Case(87, "renamed", 2, "note = use\nnote(1)"),
    Case(87, "an attribute set", "AttributeError", "use.scope = None"),
    Case(87, "its class", 1, "use.__call__(1)"),
    Case(87, "its class in the block", "ok", "with scope('X', good): use.__call__(1)", ALLOWED),
    Case(87, "star arguments", 1, "use(*[1], **{'a': 2})"),
    Case(87, "unknown keyword", "TypeError", "with scope('Y', other): use_y(1, more=2)"),
    Case(87, "too many", "TypeError", "with scope('Y', other): use_y(*range(100_000))"),
    Case(87, "a method", 3, "class A:\n    m = use\nA.m(1)"),
    Case(
        87,
        "as __getattr__",
        3,
        "class A:\n    __getattr__ = use\nA().x",
    ),
    Case(87, "as __init__", 3, "class A:\n    __init__ = use\nA()"),
    Case(87, "as a property", 3, "class A:\n    p = property(use)\nA().p"),
    Case(87, "as an iterator", 1, "list(iter(use, 1))"),
    Case(87, "as a decorator", 1, "@use\ndef f(): pass"),
    Case(87, "as __hash__", 3, "class A:\n    __hash__ = use\n{A()}"),
    Case(87, "as __exit__", 4, "class A:\n    def __enter__(self): pass\n    __exit__ = use\nwith A(): pass"),
    Case(87, "as a metaclass", 1, "class A(metaclass=use): pass"),
]


def ending(run: Any) -> tuple[int | str, Any]:
    """How a run ended, as `Case.ends` has it, and its result."""
    try:
        result = run()
    except npython.SecurityViolation as violation:
        return violation.line, violation
    except npython.GuestError as error:
        return error.type_name, error
    except npython.CompileError as error:
        return "CompileError", error
    return "ok", result


def run_plainly(case: Case, calls: Calls) -> Any:
    return make(calls).run(case.source, inputs=INPUTS)


def run_in_a_session(case: Case, calls: Calls) -> Any:
    session = make(calls).session()
    session.run("with scope('X', good): pass", inputs=INPUTS)
    return session.run(case.source)


def run_async(case: Case, calls: Calls) -> Any:
    return asyncio.run(make(calls).run_async(case.source, inputs=INPUTS))


def run_stressed(case: Case, calls: Calls) -> Any:
    sandbox = make(calls)
    sandbox._switches = {"collect_always": True, "quicken": False, "initial_stack": 16}
    return sandbox.run(case.source, inputs=INPUTS)


WAYS = [run_plainly, run_in_a_session, run_async, run_stressed]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
@pytest.mark.parametrize("case", CASES, ids=str)
def test_attacks(case, way):
    calls = Calls()
    ends, how = ending(lambda: way(case, calls))
    assert (ends, tuple(calls)) == (case.ends, case.calls), how


@pytest.mark.parametrize("case", [case for case in CASES if isinstance(case.ends, int)], ids=str)
def test_what_is_denied_is_in_the_audit(case):
    sandbox = make(Calls())
    with pytest.raises(npython.SecurityViolation) as caught:
        sandbox.run(case.source, inputs=INPUTS)
    record = caught.value.result.audit[-1]
    assert (record.event, record.line, record.result) in (
        ("violation", case.ends, "refused"),
        ("refuse", case.ends, "refused"),
    )
    assert record.scope == printable(caught.value.scope) or len(record.scope) > 100
    assert record.function == caught.value.function


def test_a_violation_says_scope_function_and_line():
    with pytest.raises(npython.SecurityViolation) as caught:
        make(Calls()).run("note(1)\n\nuse(1)")
    violation = caught.value
    assert (violation.scope, violation.function, violation.line) == ("X", "use", 3)
    assert str(violation) == "use() needs scope 'X', which is not open (line 3)"
    assert pickle.loads(pickle.dumps(violation)).line == 3


def test_a_session_is_over_after_a_violation():
    session = make(Calls()).session()
    with pytest.raises(npython.SecurityViolation):
        session.run("use(1)")
    with pytest.raises(RuntimeError, match="over"):
        session.run("1")


def test_a_scope_does_not_outlive_its_program():
    session = make(Calls()).session()
    with pytest.raises(npython.GuestError):
        session.run("with scope('X', good):\n    1 / 0", inputs=INPUTS)
    with pytest.raises(npython.SecurityViolation):
        session.run("use(1)")


def test_a_generator_left_suspended_holds_nothing_for_the_next_program():
    calls = Calls()
    session = make(calls).session()
    session.run(
        "def f():\n    with scope('X', good):\n        yield use(1)\n        yield use(2)\ni = f(); next(i)",
        inputs=INPUTS,
    )
    session.run("next(i)")
    assert calls == ["use 1", "use 2"]
    with pytest.raises(npython.SecurityViolation):
        session.run("use(3)")


# 76 and 82 to 84: what a grant allows


def granting(**grants: Grant) -> tuple[npython.Sandbox, list[Grant]]:
    """A sandbox in which token t stands for the grant of that name."""
    seen: list[Grant] = []

    class Keeper:
        def grant(self, scope: str, token: str) -> Grant | None:
            return grants.get(token)

    sandbox = npython.Sandbox(gatekeeper=Keeper())

    @sandbox.tool(scope="X")
    def look(path: str, grant: Grant) -> str:
        grant.check_path(path)
        seen.append(grant)
        return path

    @sandbox.tool(scope="X")
    def count() -> int:
        return 1

    return sandbox, seen


def test_a_weaker_token_inside_narrows_and_a_stronger_one_does_not_widen():
    sandbox, _ = granting(wide=Grant("X"), narrow=Grant("X", paths=("/a",)))
    for first, second in (("wide", "narrow"), ("narrow", "wide")):
        source = (
            f"with scope('X', '{first}'):\n    with scope('X', '{second}'):\n        look('/a/b')\n        look('/c')"
        )
        with pytest.raises(npython.GuestError, match="PermissionError: the grant for X does not cover the path '/c'"):
            sandbox.run(source)
    sandbox.run("with scope('X', 'wide'):\n    with scope('X', 'narrow'): look('/a')\n    look('/c')")


def test_nested_grants_that_have_nothing_in_common_allow_nothing():
    sandbox, _ = granting(one=Grant("X", paths=("/a",)), other=Grant("X", paths=("/b",)))
    for path in ("/a", "/b"):
        with pytest.raises(npython.GuestError, match="PermissionError"):
            sandbox.run(f"with scope('X', 'one'), scope('X', 'other'): look('{path}')")


def test_calls_are_counted_over_blocks_runs_and_failures():
    sandbox, _ = granting(two=Grant("X", max_calls=2))
    source = "with scope('X', 'two'):\n    try: count(1)\n    except TypeError: pass\nwith scope('X', 'two'): count()"
    sandbox.run(source)
    with pytest.raises(npython.GuestError, match="PermissionError: the grant for X allows no more than 2 calls"):
        sandbox.run("with scope('X', 'two'): count()")


def test_a_grant_that_expires_in_the_block_ends_there():
    now = [100.0]
    sandbox, _ = granting(brief=Grant("X", expires_at=101.0, clock=lambda: now[0]))

    @sandbox.tool
    def wait() -> None:
        now[0] += 5

    for call in ("count()", "look('/a')"):
        now[0] = 100.0
        with pytest.raises(npython.GuestError, match="PermissionError: the grant for X has expired"):
            sandbox.run(f"with scope('X', 'brief'):\n    {call}\n    wait()\n    {call}")
    with pytest.raises(npython.SecurityViolation):
        sandbox.run("with scope('X', 'brief'): pass")


# 80: tokens do not leak


LEAKS = [
    "print(t)",
    "print(repr(t), str(t), f'{t}', f'{t!r}', f'{t!a}', '{}'.format(t), '%s %r' % (t, t), format(t))",
    "print([t], {t: t}, (t,), {'a': t}, {t})",
    "print(t == 'x', t == t, 'x' == t, t in ['x'], t is t)",
    "t < t",
    "t < 'x'",
    "len(t)",
    "list(t)",
    "t[0]",
    "t[:3]",
    "t + ''",
    "'' + t",
    "t * 2",
    "'x' in t",
    "t in 'x'",
    "sorted([t, 'x'])",
    "print(hash(t) == hash(t))",
    "raise ValueError(t)",
    "raise KeyError(t)",
    "raise t",
    "print(dir(t), t.__class__, t.__doc__)",
    "t.text",
    "t.__dict__",
    "print(vars(), globals().keys(), locals().keys())",
    "bytes(t)",
    "int(t)",
    "str(t, 'utf-8')",
    "''.join([t])",
    "t.encode()",
    "type(t)('x')",
    "class T(type(t)): pass",
    "print(t.__reduce__)",
    "print(t.__sizeof__() if hasattr(t, '__sizeof__') else 0)",
    "note(t)",
    "note([t])",
    "match t:\n    case str(): print(t)\n    case object(text=x): print(x)",
    "with scope('X', t): raise ValueError('inside', t)",
    "with scope('wrong', t): pass",
    "with scope(t, t): pass",
    "assert not t, t",
    "open(t)",
    "t\n1 / 0",
    "[t]",
    "import json; json.dumps(t)",
    "fail(1)",
]


@pytest.mark.parametrize("source", LEAKS)
def test_the_text_of_a_sealed_token_is_nowhere(source):
    records: list[AuditRecord] = []
    calls = Calls()
    sandbox = make(calls, audit=records)

    @sandbox.tool
    def fail(value: int) -> None:
        raise RuntimeError(f"the host is careless: {SECRET} {value}")

    _, how = ending(lambda: sandbox.run(source, inputs={"t": npython.Token(SECRET)}))
    shown = [repr(how), str(how), getattr(how, "traceback", ""), str(getattr(how, "value", ""))]
    result = getattr(how, "result", None) or how
    shown += [getattr(result, "stdout", ""), getattr(result, "stderr", ""), str(calls)]
    shown += [record.to_json() for record in records]
    for text in shown:
        assert SECRET not in text
        assert not any(SECRET[at : at + 8] in text for at in range(len(SECRET) - 8))


def test_a_sealed_token_shows_nothing_to_the_host_either():
    token = npython.Token(SECRET)
    assert SECRET not in f"{token} {token!r} {[token]} {dir(token)}"
    assert repr(token) == "<Token>"
    assert token != npython.Token(SECRET)
    with pytest.raises(TypeError):
        pickle.dumps(token)
    with pytest.raises(ValueError, match="empty"):
        npython.Token("")


def test_a_sealed_token_comes_out_as_an_opaque_value():
    result = npython.run("[t]", inputs={"t": npython.Token(SECRET)})
    assert result.value == [npython.Opaque("Token", "<Token object>")]


def test_a_plain_token_is_not_in_the_audit():
    records: list[AuditRecord] = []
    make(Calls(), audit=records).run("with scope('X', good): use(good)", inputs=INPUTS)
    assert len(records) == 3
    assert not any(GOOD in record.to_json() for record in records)


# 81: forged tokens


@pytest.mark.parametrize(
    "token",
    [
        GOOD[:-1],
        GOOD + "a",
        GOOD.upper(),
        " " + GOOD,
        GOOD + "\n",
        GOOD + "\0",
        GOOD.replace("-", "\u2010"),
        "g" * 1_000_000,
        "",
        "\ud800",
        GOOD.encode().hex(),
    ],
    ids=range(11),
)
def test_a_token_that_is_not_exactly_the_one_is_refused(token):
    with pytest.raises(npython.SecurityViolation):
        make(Calls()).run("with scope('X', token): use(1)", inputs={"token": token})


# 86: fail closed


class Raises:
    def validate(self, scope, token):
        raise RuntimeError("the database is down")


class Truthy:
    def validate(self, scope, token):
        return 1


class Words:
    def validate(self, scope, token):
        return "yes"


class Nothing:
    def validate(self, scope, token):
        return None


class Forgets:
    def validate(self, scope, token):
        async def later():
            return True

        return later()


class Later:
    async def validate(self, scope, token):
        await asyncio.sleep(0)
        return token == GOOD


class LaterTruthy:
    async def validate(self, scope, token):
        return 1


class LaterRaises:
    async def validate(self, scope, token):
        raise RuntimeError("the database is down")


class LaterAnother:
    async def grant(self, scope, token):
        return Grant("Y")


class NeverAnswers:
    async def validate(self, scope, token):
        await asyncio.Event().wait()


class GrantsTrue:
    def grant(self, scope, token):
        return True


class GrantsAnother:
    def grant(self, scope, token):
        return Grant("Y")


class Exits:
    def validate(self, scope, token):
        raise SystemExit


@pytest.mark.parametrize(
    "keeper",
    [
        None,
        Raises(),
        Truthy(),
        Words(),
        Nothing(),
        Forgets(),
        GrantsTrue(),
        GrantsAnother(),
        Exits(),
        object(),
        LaterTruthy(),
        LaterRaises(),
        LaterAnother(),
    ],
)
@pytest.mark.parametrize("asynchronous", [False, True])
def test_anything_but_a_plain_yes_is_a_refusal(keeper, asynchronous):
    calls = Calls()
    sandbox = make(calls, gatekeeper=keeper)
    source = "with scope('X', good): use(1)"
    with pytest.raises(npython.SecurityViolation, match="scope 'X' was refused"):
        if asynchronous:
            asyncio.run(sandbox.run_async(source, inputs=INPUTS))
        else:
            sandbox.run(source, inputs=INPUTS)
    assert not calls


def test_an_async_gatekeeper_is_awaited_by_run_async():
    calls = Calls()
    sandbox = make(calls, gatekeeper=Later())
    asyncio.run(sandbox.run_async("with scope('X', good): use(1)", inputs=INPUTS))
    assert calls == ["use 1"]
    with pytest.raises(npython.SecurityViolation, match="did not grant"):
        asyncio.run(sandbox.run_async("with scope('X', other): use(2)", inputs=INPUTS))
    with pytest.raises(npython.SecurityViolation, match="is async, which needs run_async"):
        sandbox.run("with scope('X', good): use(2)", inputs=INPUTS)
    assert calls == ["use 1"]


def test_an_async_gatekeeper_that_never_answers_ends_with_the_run():
    sandbox = make(Calls(), gatekeeper=NeverAnswers(), limits=npython.Limits(time="20ms"))
    with pytest.raises((npython.SecurityViolation, npython.TimeLimitExceeded)):
        asyncio.run(sandbox.run_async("with scope('X', good): use(1)", inputs=INPUTS))


def test_without_any_setting_scopes_are_refused():
    with pytest.raises(npython.SecurityViolation, match="no gatekeeper"):
        npython.run("with scope('X', 'token'): pass")
    with pytest.raises(npython.SecurityViolation, match="no gatekeeper"):
        asyncio.run(npython.Sandbox().run_async("with scope('X', 'token'): pass"))


def test_unknown_options_are_refused():
    with pytest.raises(TypeError):
        npython.Sandbox(gatekeepr=None)
    with pytest.raises(TypeError):
        npython.Sandbox().tool(scopes="X")
    with pytest.raises(TypeError):
        npython.Sandbox(audit=5)


# 101: the audit cannot be used


def test_what_the_guest_writes_cannot_forge_the_audit():
    out = io.StringIO()
    sandbox = make(Calls(), audit=JsonLines(out))
    name = 'X\n{"event":"call"}\r\x1b[2J\u202e\x07' + "x" * 10_000
    with pytest.raises(npython.SecurityViolation) as caught:
        sandbox.run(f"with scope({name!a}, good): pass", inputs=INPUTS)
    (line,) = out.getvalue().splitlines()
    assert json.loads(line)["event"] == "refuse"
    assert line.isascii()
    assert line.isprintable()
    assert len(line) < 1500
    (record,) = caught.value.result.audit
    assert record.scope.isprintable()
    assert str(caught.value).isprintable()


def test_floods_are_counted_not_repeated():
    records: list[AuditRecord] = []
    log = AuditLog(records)
    record = AuditRecord(time=1000.5, run="r", event="call", line=1, function="f", result="ok")
    for _ in range(10_000):
        log.add(record)
    log.flush()
    assert len(records) == 101
    assert sum(record.count for record in records) == 10_000


def test_many_kinds_are_counted_too():
    records: list[AuditRecord] = []
    log = AuditLog(records)
    for line in range(5_000):
        log.add(AuditRecord(time=1000.5, run="r", event="call", line=line, function="f", result="ok"))
    log.flush()
    assert len(records) < 1_200
    assert sum(record.count for record in records) == 5_000


def test_a_flood_of_calls_in_one_run():
    records: list[AuditRecord] = []
    result = make(Calls(), audit=records).run("for i in range(20_000): note(i)")
    assert sum(record.count for record in result.audit) == 20_000
    assert len(result.audit) < 11_000
    assert sum(record.count for record in records) == 20_000


def test_the_audit_tells_the_story():
    result = make(Calls()).run(
        "with scope('X', good):\n    use(1)\n    try: use(1, 2, 3)\n    except TypeError: pass\nnote(2)", inputs=INPUTS
    )
    story = [(record.event, record.line, record.scope, record.function, record.result) for record in result.audit]
    assert story == [
        ("enter", 1, "X", "", "granted"),
        ("call", 2, "X", "use", "ok"),
        ("call", 3, "X", "use", "TypeError"),
        ("leave", 1, "X", "", "ended"),
        ("call", 5, "", "note", "ok"),
    ]
    assert result.audit[1].arguments == digest((1,), None)
    assert result.audit[0].token_id.startswith("static-")
    assert [record.gas for record in result.audit] == sorted(record.gas for record in result.audit)
    assert pickle.loads(pickle.dumps(result)).audit == result.audit


def test_records_cannot_be_changed():
    record = make(Calls()).run("note(1)").audit[0]
    with pytest.raises(AttributeError):
        record.event = "nothing"


def test_a_sink_that_fails_stops_the_run():
    def sink(record: AuditRecord) -> None:
        raise OSError("disk full")

    with pytest.raises((OSError, npython.GuestError)):
        make(Calls(), audit=sink).run("note(1)")


# The property


@pytest.mark.parametrize("first", range(0, 2_500, 500))
def test_random_programs_do_what_the_model_allows(first):
    subject = scope_model.Subject()
    for seed in range(first, first + 500):
        assert scope_model.difference(seed, subject) == ""


def test_random_programs_under_stress():
    subject = scope_model.Subject(collect_always=True, quicken=False, initial_stack=16)
    for seed in range(5_000, 5_200):
        assert scope_model.difference(seed, subject) == ""
