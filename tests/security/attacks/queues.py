"""Deques: grown past the limits, of themselves, changed while the machine is busy with them."""

from __future__ import annotations

from redteam import L, R, S

IMPORT = "from collections import deque\n"

GREEDY = (
    IMPORT
    + """
class Greedy:
    def __init__(self, number=0): self.number = number
    def __index__(self):
        queue.clear()
        return self.number
    def __eq__(self, other):
        queue.clear()
        return NotImplemented
    def __repr__(self):
        queue.clear()
        return 'greedy'
    def __iter__(self):
        queue.clear()
        return iter('abc')
"""
)

CASES = (
    L(40, "MemoryLimitExceeded", IMPORT + "q = deque([0])\nwhile True: q += q"),
    L(40, "MemoryLimitExceeded", IMPORT + "q = deque([0])\nwhile True: q *= 2"),
    L(40, "MemoryLimitExceeded", IMPORT + "q = deque([0])\nwhile True: q.extendleft(q)"),
    L(40, "MemoryLimitExceeded|GasExhausted", IMPORT + "q = deque()\nwhile True: q.append(q)"),
    L(40, "MemoryLimitExceeded|GasExhausted", IMPORT + "q = deque()\nwhile True: q.insert(1, q)"),
    L(40, "MemoryLimitExceeded|GasExhausted", IMPORT + "l = []\nwhile True: l.append(deque([1]))"),
    L(40, "MemoryLimitExceeded|GasExhausted", IMPORT + "deque([0]) * 10**12"),
    L(40, "MemoryLimitExceeded|GasExhausted", IMPORT + "deque([0], 10**12) * 10**15"),
    R(40, "MemoryError", IMPORT + "deque([0, 1]) * (1 << 62)"),
    L(40, "MemoryLimitExceeded|GasExhausted", IMPORT + "deque(range(10**12))"),
    L(40, "GasExhausted", IMPORT + "deque(range(10**12), 3)"),
    L(40, "GasExhausted", IMPORT + "deque(range(10**12), 0)"),
    S(40, "deque([], maxlen=9223372036854775807)\n", IMPORT + "print(deque([], (1 << 63) - 1))"),
    L(43, "MemoryLimitExceeded|GasExhausted", IMPORT + "import itertools\ndeque().extendleft(itertools.count())"),
    L(43, "GasExhausted", IMPORT + "import itertools\ndeque([], 5).extendleft(itertools.repeat(1))"),
    L(43, "GasExhausted", IMPORT + "import itertools\nq = deque([], 5)\nq += itertools.cycle('ab')"),
    R(43, "RuntimeError", IMPORT + "q = deque('ab')\nq.extend(iter(q))"),
    R(43, "RuntimeError", IMPORT + "q = deque('ab')\nfor x in q: q.append(x)"),
    R(43, "RuntimeError", IMPORT + "q = deque('ab', 2)\nfor x in q: q.append(x)"),
    L(
        43,
        "GasExhausted|MemoryLimitExceeded",
        IMPORT + "class D(deque):\n    def __iter__(self):\n        while True: yield 1\nd = D()\nd.extend(d)",
    ),
    L(60, "GasExhausted", IMPORT + "q = deque(range(10**5))\nwhile True: q.rotate(50_000)"),
    L(60, "GasExhausted", IMPORT + "q = deque(range(10**5))\nwhile True: q.reverse()"),
    L(60, "GasExhausted", IMPORT + "q = deque(range(10**5))\nwhile True: -1 in q"),
    L(60, "GasExhausted", IMPORT + "q = deque(range(10**5))\nwhile True: q == deque(q)"),
    L(60, "GasExhausted", IMPORT + "q = deque(range(10**5))\nwhile True: q.insert(50_000, q.pop())"),
    L(60, "GasExhausted", IMPORT + "q = deque(range(10**5))\nwhile True: q.remove(50_000); q.insert(50_000, 50_000)"),
    L(60, "GasExhausted", IMPORT + "q = deque(range(10**5))\nwhile True: q.copy()"),
    L(60, "GasExhausted", IMPORT + "q = deque(range(10**5))\nwhile True: q.count(1); q.index(99_999)"),
    L(60, "GasExhausted", IMPORT + "q = deque(range(10**4))\nwhile True: repr(q)"),
    S(51, "deque([[...]])\n", IMPORT + "q = deque()\nq.append(q)\nprint(q)"),
    R(51, "RecursionError", IMPORT + "a, b = deque(), deque()\na.append(a)\nb.append(b)\na == b"),
    R(51, "RecursionError", IMPORT + "a, b = deque(), deque()\na.append(a)\nb.append(b)\nsorted([a, b])"),
    R(51, "RecursionError", IMPORT + "q = deque()\nfor _ in range(20_000): q = deque([q])\nrepr(q)"),
    R(
        51,
        "RecursionError",
        IMPORT + "p, q = deque(), deque()\nfor _ in range(20_000): p, q = deque([p]), deque([q])\np == q",
    ),
    S(51, "ok\n", IMPORT + "q = deque()\nfor _ in range(200_000): q = deque([q])\ndel q\nprint('ok')", wraps=False),
    R(54, "IndexError", GREEDY + "queue = deque('abc')\nqueue[Greedy(1)]"),
    R(54, "IndexError", GREEDY + "queue = deque('abc')\nqueue[Greedy(1)] = 2"),
    R(54, "IndexError", GREEDY + "queue = deque('abc')\ndel queue[Greedy(1)]"),
    S(54, "deque(['x'])\n", GREEDY + "queue = deque('abc')\nqueue.insert(Greedy(2), 'x')\nprint(queue)"),
    S(54, "deque([])\n", GREEDY + "queue = deque('abc')\nqueue.rotate(Greedy(2))\nprint(queue)"),
    S(54, "deque([])\n", GREEDY + "queue = deque('abc')\nqueue *= Greedy(3)\nprint(queue)"),
    S(54, "deque(['a', 'b', 'c'])\n", GREEDY + "queue = deque('xy')\nqueue.extend(Greedy())\nprint(queue)"),
    R(54, "ValueError", GREEDY + "queue = deque('abc')\nqueue.index('z', Greedy())"),
    S(
        54,
        "True\n",
        GREEDY + "queue = deque([Greedy(), 1])\ntry: 5 in queue\nexcept RuntimeError: print(queue == deque())",
    ),
    S(
        54,
        "True\n",
        GREEDY + "queue = deque([Greedy(), 1])\ntry: queue.count(5)\nexcept RuntimeError: print(queue == deque())",
    ),
    R(54, "RuntimeError", GREEDY + "queue = deque([Greedy(), 1])\nqueue.index(5)"),
    R(54, "IndexError", GREEDY + "queue = deque([Greedy(), 1])\nqueue.remove(5)"),
    S(54, "False", GREEDY + "queue = deque([Greedy(), 1])\nqueue == deque([2, 3])"),
    S(
        54,
        "True\n",
        GREEDY + "queue = deque([Greedy(), 1])\ntry: queue < deque([2, 3])\nexcept TypeError: print(queue == deque())",
    ),
    S(54, "True\n", GREEDY + "queue = deque([Greedy(), 1])\nprint('greedy' in repr(queue))"),
    R(54, "TypeError", IMPORT + "deque.append([], 1)"),
    R(54, "TypeError", IMPORT + "deque.__init__(object.__new__(deque))"),
    R(54, "TypeError", IMPORT + "deque.append.__get__([])(1)"),
    R(54, "TypeError", IMPORT + "class L(list): pass\nL.__bases__ = (deque,)"),
    R(54, "TypeError", IMPORT + "class X(list, deque): pass"),
    R(54, "TypeError", IMPORT + "deque.append = None"),
)
