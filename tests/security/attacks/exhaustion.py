"""Limits again, by the ways in which they are usually got around: recursion, huge operands, floods, swallowing."""

from __future__ import annotations

from redteam import L, R, S

EITHER = "GasExhausted|MemoryLimitExceeded"

CASES = (
    L(36, "GasExhausted", "for _ in iter(int, 1): pass"),
    L(36, "GasExhausted", "while True: continue"),
    R(37, "RecursionError", "def f(): return f()\nf()"),
    R(37, "RecursionError", "def f(): return g()\ndef g(): return f()\nf()"),
    R(37, "RecursionError", "class A:\n    def __getattr__(self, name): return getattr(self, name + 'x')\nA().x"),
    R(37, "RecursionError", "def f(x): return sorted([x], key=f)\nf(1)"),
    R(37, "RecursionError", "def f(x): return list(map(f, [x]))\nf(1)"),
    R(37, "RecursionError", "class A:\n    def __repr__(self): return repr(self)\nrepr(A())"),
    R(37, "RecursionError", "class A:\n    def __str__(self): return str(self)\nprint(A())"),
    R(37, "RecursionError", "import functools\n@functools.cache\ndef f(n): return f(n+1)\nf(0)"),
    R(37, "RecursionError", "import functools\nf=functools.lru_cache(0)(lambda: f())\nf()"),
    R(
        37,
        "RecursionError",
        "import functools\nclass A:\n    def __hash__(self): return f(A())\nf=functools.cache(hash)\nf(A())",
    ),
    R(37, "RecursionError", "import functools\np=functools.partial(len)\np.func=p\np()"),
    R(37, "RecursionError", "import functools\nf=functools.partial(lambda: f())\nf()"),
    R(37, "RecursionError", "import functools\nf=len\nfor _ in range(300): f=functools.partial(f).__call__\nf('ab')"),
    R(37, "RecursionError", "def f(): yield from f()\nnext(f())"),
    R(37, "RecursionError", "async def f(): await f()\nf().send(None)"),
    R(37, "RecursionError", "def d(f): return d(lambda: f)\n@d\ndef f(): pass"),
    L(38, EITHER, "10**10**10"),
    L(38, EITHER, "pow(2, 10**10)"),
    L(38, EITHER, "2**2**40"),
    L(38, EITHER, "1 << 10**12"),
    L(38, EITHER, "import math\nx = 1\nfor n in range(1, 10**6): x = math.lcm(x, n)"),
    L(38, EITHER, "x = 3\nwhile True: x *= x"),
    S(38, "1", "pow(3, 10**10, 2)"),
    R(39, "ValueError", "int('9' * 10**6)"),
    L(39, EITHER, "str(10**10**6)"),
    R(39, "ModuleNotFoundError", "from fractions import Fraction"),
    R(39, "ModuleNotFoundError", "from decimal import Decimal"),
    S(39, "1.0", "round(1.0, 10**9)"),
    S(39, "1", "round(1, 10**9)"),
    S(39, "0", "round(1, -(10**9))"),
    L(40, EITHER, "'a' * 10**10"),
    L(40, EITHER, "[0] * 10**10"),
    L(40, EITHER, "b'a' * 10**10"),
    L(40, EITHER, "(0,) * 10**10"),
    L(40, EITHER, "bytearray(10**10)"),
    L(40, EITHER, "list(range(10**18))"),
    R(42, "ValueError", "('a' * 10**6).split('')"),
    L(42, EITHER, "import textwrap\nwhile True: textwrap.wrap('a ' * 10**5, 1)"),
    L(42, EITHER, "import textwrap\ntextwrap.indent('\\n' * 10**5, 'a' * 10**6, lambda line: True)"),
    L(45, EITHER, "d = {}\ni = 0\nwhile True:\n    i += 1\n    d.setdefault(i, []).append(i)"),
    L(45, EITHER, "s = set()\ni = 0\nwhile True:\n    i += 1\n    s.add(i)"),
    S(46, "True", "s = [t for t in map(str, range(20_000)) if hash(t) & 255 == 0]\nlen(dict.fromkeys(s)) == len(s)"),
    L(46, EITHER, "class A:\n    def __hash__(self): return 1\nd = {}\nwhile True: d[A()] = 1"),
    S(47, "", "import re\nre.search('(?<=a{60000})b', 'ab')"),
    L(47, "GasExhausted", "import re\nwhile True: re.search('(?<=' + 'a' * 1_000 + ')b', 'a' * 10**4 + 'b')"),
    # 49: what makes the compiler write much
    S(
        49,
        "1\n",
        "def f():\n"
        + "".join(f"{' ' * (n + 1)}try:\n" for n in range(15))
        + " " * 16
        + "return 1\n"
        + "".join(f"{' ' * (n + 1)}finally: x = {n}\n" for n in reversed(range(15)))
        + "print(f())",
        wraps=False,
    ),
    S(49, "70000\n", "x = 0\nwhile x < 70_000:\n" + "    x += 1\n" * 20_000 + "print(70_000)", wraps=False),
    S(
        49,
        "50\n",
        "x = " + "(" * 50 + "1," + "),".join([""] * 50) + ")\nn = 0\nwhile x != 1: x, = x; n += 1\nprint(n)",
        wraps=False,
    ),
    S(49, "5000\n", "print(len({" + ",".join(map(str, range(5_000))) + "}))", wraps=False),
    R(51, "RecursionError", "a = []\nb = []\na.append(a)\nb.append(b)\nsorted([a, b])"),
    S(51, "True", "import copy\na = []\na.append(a)\nb = copy.deepcopy(a)\nb is not a and b[0] is b"),
    S(51, "True", "a = []\na.append(a)\nisinstance(a, list)"),
    S(51, "ok\n", "for _ in range(2_000):\n    a = []\n    a.append(a)\n    a = None\nprint('ok')"),
    R(50, "RecursionError", "import copy\na = []\nfor _ in range(20_000): a = [a]\ncopy.deepcopy(a)"),
    S(50, "False", "t = int\nfor _ in range(20_000): t = (t,)\nisinstance('x', t)"),
    S(52, "20000\n", "e = ValueError('x' * 20_000)\nprint(len(str(e)))"),
    L(52, EITHER, "e = ValueError()\nfor _ in range(10**6): e = ExceptionGroup('x', [e])"),
    S(
        53,
        "2\n",
        "import functools\nf = functools.partial(max)\nfor _ in range(500): f = functools.partial(f, 1)\nprint(f(2))",
    ),
    R(
        53,
        "RecursionError",
        "import functools\nf = abs\nfor _ in range(5_000): f = functools.partial(lambda g, x: g(x), f)\nf(1)",
    ),
    R(53, "RecursionError", "x = [1]\nfor _ in range(20_000): x = (lambda y: (z for z in y))(x)\nlist(x)"),
    R(
        53,
        "RecursionError",
        "class A:\n    def __init__(self, r): self.r = r\n"
        "    def __reversed__(self): return reversed(self.r)\nx = [1]\n"
        "for _ in range(20_000): x = A(x)\nreversed(x)",
    ),
    R(
        53,
        "RecursionError",
        "import types\nclass A:\n    def m(self, *a): return self.f(*a) if a else 1\nf = abs\n"
        "for _ in range(20_000):\n    a = A()\n    a.f = f\n    f = a.m\nf(1)",
    ),
    L(
        58,
        "OutputLimitExceeded",
        "import traceback\nwhile True:\n    try: 1 / 0\n    except ZeroDivisionError: traceback.print_exc()",
    ),
    L(58, "OutputLimitExceeded", "print('é' * 40_000)"),
    L(
        58,
        "OutputLimitExceeded",
        "class A:\n    def __repr__(self):\n        print('x' * 100)\n        return 'a'\nwhile True: repr(A())",
    ),
    R(60, "ModuleNotFoundError", "import base64"),
    R(60, "ModuleNotFoundError", "import difflib"),
    L(60, EITHER, "import hashlib\nhashlib.sha256(b'a' * 10**9)"),
    L(60, "GasExhausted", "import hashlib\nh = hashlib.sha256()\nb = bytes(10**6)\nwhile True: h.update(b)"),
    R(60, "ModuleNotFoundError", "import zlib"),
    R(61, "ModuleNotFoundError", "import time\ntime.sleep(10**9)"),
    S(61, "", "import asyncio\nasyncio.run(asyncio.sleep(10**9))"),
    L(
        61,
        "GasExhausted",
        "import asyncio\nasync def f():\n    loop = asyncio.get_running_loop()\n"
        "    while loop.time() >= 0: pass\nasyncio.run(f())",
    ),
    L(
        63,
        "GasExhausted",
        "import contextlib\nwhile True:\n    with contextlib.suppress(BaseException):\n        while True: pass",
    ),
    L(
        63,
        "GasExhausted",
        "import asyncio\nasync def f():\n    while True:\n        try: await asyncio.sleep(1)\n"
        "        except asyncio.CancelledError: pass\nasync def main():\n    t = asyncio.create_task(f())\n"
        "    await asyncio.sleep(0)\n    t.cancel()\n    await t\nasyncio.run(main())",
    ),
    L(63, "GasExhausted", "class A:\n    def __del__(self):\n        while True: pass\nwhile True: A()"),
    L(63, "GasExhausted", "def f():\n    try:\n        while True: pass\n    finally:\n        print('seen')\nf()"),
    R(65, "MemoryError", "[0] * (2**62)"),
    R(65, "OverflowError", "'ab' * (2**62)"),
    L(65, EITHER, "[0] * (2**50)"),
    L(65, EITHER, "'ab' * (2**61)"),
    L(65, EITHER, "bytes(2**62)"),
    R(65, "OverflowError", "'a' * 2**63"),
    R(65, "OverflowError", "[0] * 2**64"),
    R(65, "OverflowError", "bytes(2**63)"),
    L(65, EITHER, "range(2**62).__len__() and list(range(2**62))"),
    S(65, "0", "[1] * -(2**63) == [] and len('a' * -(2**62))"),
    L(65, "GasExhausted", "while True:\n    x = bytearray(10**6)\n    x.clear()\n    x = [0] * 10**5\n    del x[:]"),
    L(66, EITHER, "'a'.join(' ' * (10**7))"),
    L(66, EITHER, "x = {1: 1}\nwhile True: x |= {len(x) + 1: x.copy()}"),
)
