"""Changing data while the machine is busy with it: sorting, iterating, looking up, slicing."""

from __future__ import annotations

from redteam import L, R, S

GREEDY = """
class Greedy:
    def __init__(self, number): self.number = number
    def __index__(self):
        data.clear()
        return self.number
"""

CASES = (
    R(54, "ValueError", "l = [3, 2, 1]\ndef key(x):\n    l.append(x)\n    return x\nl.sort(key=key)"),
    R(54, "ZeroDivisionError", "l = list(range(1000))\nl.sort(key=lambda x: 1 / (x - 500))"),
    R(54, "TypeError", "[1, 'a', None].sort()"),
    S(
        54,
        "[3, 1, 2]\n",
        "l = [1, 3, 2]\ntry: l.sort(key=lambda x: [][x] if x == 2 else -x)\nexcept IndexError: pass\n"
        "print([3, 1, 2] if sorted(l) == [1, 2, 3] else l)",
    ),
    R(
        54,
        "ValueError",
        """
l = []
class A:
    def __lt__(self, other):
        l.clear()
        l.append(1)
        return True
l.extend(A() for _ in range(10))
l.sort()
""",
        wraps=False,
    ),
    S(
        54,
        "1000\n",
        """
class A:
    count = 0
    def __lt__(self, other):
        A.count += 1
        return A.count % 3 == 0
l = [A() for _ in range(1000)]
l.sort()
print(len(l))
""",
        wraps=False,
    ),
    L(55, "GasExhausted|MemoryLimitExceeded", "a = [1]\nfor x in a: a.append(x)"),
    S(55, "0\n", "a = list(range(1000))\nfor x in a: a.clear()\nprint(len(a))"),
    R(55, "RuntimeError", "d = {1: 1}\nfor x in d: d[x + 1] = 1"),
    R(55, "RuntimeError", "d = dict.fromkeys(range(100))\nfor x in d: d.clear()"),
    R(55, "RuntimeError", "s = {1}\nfor x in s: s.add(x + 1)"),
    S(
        55,
        "1\n",
        """
d = {}
class A:
    def __hash__(self): return 1
    def __eq__(self, other):
        d.clear()
        return False
for i in range(10): d[A()] = i
print(len(d))
""",
        wraps=False,
    ),
    R(
        55,
        "RecursionError",
        """
d = {}
class A:
    def __hash__(self): return 1
    def __eq__(self, other):
        for i in range(100): d[i * 8 + 1] = 1
        return False
for i in range(10): d[A()] = i
""",
        wraps=False,
    ),
    S(
        56,
        "1\n",
        """
d = {}
class A:
    def __hash__(self): return 1
    def __eq__(self, other):
        d.pop(self, None)
        if d: d.popitem()
        return True
for i in range(10): d[A()] = i
print(len(d))
""",
        wraps=False,
    ),
    S(
        55,
        "ok\n",
        """
s = set()
class A:
    def __hash__(self): return 1
    def __eq__(self, other):
        s.clear()
        return False
for i in range(10): s.add(A())
s | {A(), A()}, s & {A()}, s - {A()}, s ^ {A()}
print('ok')
""",
        wraps=False,
    ),
    S(
        55,
        "ok\n",
        """
s = set()
class A:
    def __hash__(self):
        s.add(len(s))
        return 1
s.update([A() for _ in range(10)])
s.intersection([A()])
s.difference_update([A()])
print('ok')
""",
        wraps=False,
    ),
    R(
        55,
        "ValueError",
        """
a = []
class A:
    def __eq__(self, other):
        a.clear()
        return False
a.extend([A() for _ in range(10)])
a.index(3)
""",
        wraps=False,
    ),
    R(55, "IndexError", "data = list(range(100))" + GREEDY + "data[Greedy(50)]", wraps=False),
    R(55, "IndexError", "data = list(range(100))" + GREEDY + "data.pop(Greedy(50))", wraps=False),
    S(55, "[]\n", "data = list(range(100))" + GREEDY + "print(data[Greedy(10):Greedy(90)])", wraps=False),
    S(
        55,
        "[]\n",
        "data = list(range(100))" + GREEDY + "del data[Greedy(10):Greedy(90):Greedy(3)]\nprint(data)",
        wraps=False,
    ),
    S(55, "[1]\n", "data = list(range(100))" + GREEDY + "data.insert(Greedy(50), 1)\nprint(data)", wraps=False),
    R(55, "IndexError", "data = bytearray(100)" + GREEDY + "data[Greedy(50)] = 1", wraps=False),
    R(55, "ValueError", "data = bytearray(100)" + GREEDY + "data[Greedy(50):90:3] = b'a' * 14", wraps=False),
    R(55, "BufferError", "b = bytearray(10)\nm = memoryview(b)\nb.extend(b'x')"),
    R(55, "BufferError", "b = bytearray(10)\nm = memoryview(b)\nb.clear()\nm[5]"),
    S(
        55,
        "200\n",
        """
a = list(range(100))
def items():
    for i in range(200):
        a.clear()
        yield i
a[10:50] = items()
print(len(a))
""",
        wraps=False,
    ),
    S(55, "31\n", "a = [1, 2]\na.extend(a)\na += a\na[1:2] = a\na *= 2\nprint(len(a) + 1)"),
    L(55, "GasExhausted|MemoryLimitExceeded", "a = [1]\na.extend(x for x in a)", wraps=False),
    S(56, "[1, 2, 3]\n", "l = [3, 2, 1]\ndef key(x):\n    l.sort(key=key)\n    return x\nl.sort(key=key)\nprint(l)"),
    R(56, "RecursionError", "def key(x): return max([x, x], key=key)\nmax([1, 2], key=key)", wraps=False),
    R(56, "RecursionError", "def f(x): return sorted([x, x], key=f)\nf(1)", wraps=False),
    R(57, "ValueError", "def g(): yield next(x)\nx = g()\nnext(x)", wraps=False),
    R(57, "ValueError", "def g(): yield from x\nx = g()\nnext(x)", wraps=False),
    R(57, "RuntimeError", "def g():\n    try: yield 1\n    finally: yield 2\nx = g()\nnext(x)\nx.close()"),
    L(
        57,
        "GasExhausted",
        """
def g():
    try: yield 1
    finally:
        while True: pass
x = g()
next(x)
x.close()
""",
    ),
    S(
        57,
        "done\n",
        """
def g():
    try: yield 1
    finally:
        while True: pass
x = g()
next(x)
del x
print('done')
""",
    ),
    R(57, "RuntimeError", "def g():\n    raise StopIteration\n    yield\nnext(g())"),
    R(57, "TypeError", "def g(): yield\ng().send(1)"),
    L(
        57,
        "GasExhausted",
        """
def g():
    while True:
        try: yield 1
        except BaseException: pass
x = g()
next(x)
while True: x.throw(ValueError)
""",
    ),
)
