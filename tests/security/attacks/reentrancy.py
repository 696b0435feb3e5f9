"""Code of the program that is called in the middle of an operation, and changes what the operation works on."""

from __future__ import annotations

from redteam import L, R, S

CASES = (
    # json, whose default= changes what is being written: all of it was read before, so nothing of that shows
    S(
        56,
        "[0, 1, 2, 3]\n",
        """
import json
class A: pass
data = [0, A(), 2, 3]
def default(o):
    del data[2:]
    return 1
print(json.dumps(data, default=default))
""",
    ),
    S(
        56,
        "[0, 0, 0]\n",
        """
import json
class A: pass
data = [A(), A(), A()]
def default(o):
    data.clear()
    return 0
print(json.dumps(data, default=default))
""",
    ),
    S(
        56,
        "'[0]'",
        """
import json
class A: pass
data = [A()]
def default(o):
    data.append(A())
    return 0
json.dumps(data, default=default)
""",
    ),
    S(
        56,
        '\'{"a": 0, "b": 1}\'',
        """
import json
class A: pass
data = {'a': A(), 'b': 1}
def default(o):
    data['c'] = 1
    return 0
json.dumps(data, default=default)
""",
    ),
    S(
        56,
        '\'{"a": 0, "b": 1}\'',
        """
import json
class A: pass
data = {'a': A(), 'b': 1}
def default(o):
    data.clear()
    return 0
json.dumps(data, default=default)
""",
    ),
    R(
        56,
        "ValueError",
        """
import json
class A: pass
data = [A()]
def default(o):
    return data
json.dumps(data, default=default)
""",
    ),
    R(
        56,
        "RecursionError",
        """
import json
class A: pass
def default(o):
    return json.dumps(A(), default=default)
json.dumps(A(), default=default)
""",
    ),
    R(
        56,
        "RecursionError",
        """
import json
class A: pass
json.dumps(A(), default=lambda o: [A()], check_circular=False)
""",
    ),
    S(
        56,
        "[{'a': 1}, {'b': 2}] 2\n",
        """
import json
seen = []
def hook(d):
    seen.append(d)
    json.loads('{"x": 1}')
    return d
print(json.loads('[{"a": 1}, {"b": 2}]', object_hook=hook), len(seen))
""",
    ),
    R(56, "StopIteration", "import functools\ndef f(a, b): raise StopIteration\nfunctools.reduce(f, [1, 2, 3])"),
    R(56, "StopIteration", "def f(x): raise StopIteration\nsorted([1, 2], key=f)"),
    S(56, "[]\n", "def f(x): raise StopIteration\nprint(list(map(f, [1, 2])))"),
    R(
        56,
        "RecursionError",
        "import functools\ndef f(a, b): return functools.reduce(f, [1, 2])\nfunctools.reduce(f, [1, 2])",
    ),
    R(56, "RecursionError", "def f(x): return min(map(f, [x]))\nf(1)"),
    L(56, "GasExhausted", "def f(x):\n    while True: pass\nmax([1, 2], key=f)"),
    S(
        56,
        "[1, 2, 3, 9] 4\n",
        """
data = [1, 2, 3]
class A:
    def __eq__(self, other):
        if len(data) < 4: data.append(9)
        return False
print([x for x in data if not (A() in data)], len(data))
""",
    ),
    # 54: sorting
    R(54, "ValueError", "l = [3, 2, 1]\ndef key(x):\n    l.clear()\n    l.append(1)\n    return x\nl.sort(key=key)"),
    L(
        54,
        "GasExhausted|MemoryLimitExceeded",
        "l = [x * 7919 % 1_000_003 for x in range(10**6)]\nl.sort()\nl.sort(key=lambda x: -x)",
    ),
    L(54, "GasExhausted", "l = list(range(10**4))\nwhile True:\n    l.sort(reverse=True)\n    l.sort()"),
    # 55: mutation during iteration
    S(
        55,
        "[0, 2, 4, 6, 8] [1, 3, 5, 7, 9]\n",
        "a = list(range(10))\nb = [a.pop(i) for i, _ in enumerate(a)]\nprint(b, a)",
    ),
    S(
        55,
        "[] [0, 1, 2]\n",
        "a = [0, 1, 2, 3]\nb = [x for x in a if a.__delitem__(slice(0, 99)) is None]\n"
        "print(a, [0, 1, 2] if b == [0] else b)",
    ),
    S(
        55,
        "(0, 1, 2) []\n",
        """
data = [9, 9]
def items():
    for n in range(3):
        data.clear()
        yield n
def f(*args): return args
print(f(*items()), data)
""",
    ),
    S(
        55,
        "(9, 9, 0, 1)\n",
        """
data = [9, 9]
def items():
    for n in range(2):
        data.clear()
        yield n
def f(*args): return args
print(f(*data, *items()))
""",
    ),
    R(55, "RuntimeError", "d = {1: 1}\ndef f(**k): return k\nfor _ in d:\n    d.setdefault(len(d) + 1)"),
)
