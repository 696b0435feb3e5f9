"""Iterators without an end, of every kind, in everything that reads an iterator to its end: gas runs in there too."""

from __future__ import annotations

from redteam import Case, L

#: What never ends, and gives VALUE each time.
SOURCES = {
    "a generator": "def source():\n    while True: yield VALUE\nx = source()\n",
    "count": "import itertools\nx = map(lambda n: VALUE, itertools.count())\n",
    "cycle": "import itertools\nx = itertools.cycle([VALUE])\n",
    "repeat": "import itertools\nx = itertools.repeat(VALUE)\n",
}
#: What reads it, and the value with which it never stops by itself.
CONSUMERS = {
    "sum(x)": "1",
    "max(x)": "1",
    "min(x)": "1",
    "list(x)": "1",
    "tuple(x)": "1",
    "set(x)": "1",
    "dict(x)": "(1, 1)",
    "sorted(x)": "1",
    "any(x)": "0",
    "all(x)": "1",
    "list(zip(x, x))": "1",
    "','.join(x)": "'a'",
    "2 in x": "1",
    "print(*x)": "1",
    "(lambda **k: 0)(**{'a': 0, **dict(x)})": "('a', 1)",
    "a, *b = x": "1",
    "[*x]": "1",
    "{*x}": "1",
    "from collections import deque\ndeque(x, maxlen=0)": "1",
    "from collections import Counter\nCounter(x)": "1",
    "import functools\nfunctools.reduce(lambda a, b: a, x)": "1",
    "bytes(x)": "1",
    "bytearray().extend(x)": "1",
    "[].extend(x)": "1",
    "y = []\ny[:] = x": "1",
    "y = []\ny += x": "1",
    "set().update(x)": "1",
    "{1} & set(x)": "1",
    "{1}.isdisjoint(x)": "2",
    "dict.fromkeys(x)": "1",
    "{}.update(x)": "(1, 1)",
    "import math\nmath.fsum(x)": "1",
    "import math\nmath.prod(x)": "1",
    "import statistics\nstatistics.mean(x)": "1",
    "import heapq\nheapq.nlargest(1, x)": "1",
    "for _ in filter(None, x): pass": "0",
    "[y for y in x if not y]": "1",
}

CASES: tuple[Case, ...] = tuple(
    L(43, "GasExhausted|MemoryLimitExceeded|OutputLimitExceeded", source.replace("VALUE", value) + use, wraps=False)
    for use, value in CONSUMERS.items()
    for source in SOURCES.values()
)
