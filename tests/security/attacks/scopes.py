"""Every use of a scope outside its block, every way out of it, every disguise of `scope`: techniques 69 to 79, 87."""

from __future__ import annotations

from dataclasses import dataclass


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


ALLOWED = ("use 1",)

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
    # What a built-in function has to ask the program between two items runs outside of the generator's blocks.
    *(
        Case(
            72,
            f"a method that {function} calls between the items of a generator",
            3,
            f"class A:\n    def {method}(self, *other):\n        use(2)\ndef f():\n    with scope('X', good):\n"
            f"        yield use({first})\n        yield A()\n{function}(f())",
            (f"use {first}",),
        )
        for function, method, first in [
            ("sum", "__radd__", 1),
            ("any", "__bool__", 0),
            ("all", "__bool__", 1),
            ("max", "__gt__", 1),
            ("min", "__lt__", 1),
        ]
    ),
    Case(
        72,
        "a generator that is summed up",
        "ok",
        "def f():\n    with scope('X', good):\n        yield use(1)\n        yield use(2)\n"
        "assert (sum(f()), any(f()), max(f()), list(enumerate(f()))) == (3, True, 2, [(0, 1), (1, 2)])",
        ("use 1", "use 2", "use 1", "use 1", "use 2", "use 1", "use 2"),
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
