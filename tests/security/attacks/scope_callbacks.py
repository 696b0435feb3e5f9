"""Functions that other functions and the language call: in the block they have its authority, after it none.

Each hook is made in the block and calls `use(1)` when something else is done, once in the block and once behind it.
"""

from __future__ import annotations

import textwrap

from attacks.scopes import ALLOWED, Case

#: What makes the hook, in which one line calls `use`, and what calls the hook.
HOOKS = {
    "accumulate": ("import itertools\nf = lambda a, b: use(1)", "list(itertools.accumulate([1, 2], f))"),
    "groupby": ("import itertools\nf = lambda n: use(1)", "list(itertools.groupby([1], f))"),
    "takewhile": ("import itertools\nf = lambda n: use(1)", "list(itertools.takewhile(f, [1]))"),
    "starmap": ("import itertools\nf = lambda n: use(1)", "list(itertools.starmap(f, [(1,)]))"),
    "filter": ("f = lambda n: use(1)", "list(filter(f, [1]))"),
    "a sort key": ("f = lambda n: use(1)", "[1].sort(key=f)"),
    "max key": ("f = lambda n: use(1)", "max([1], key=f)"),
    "cmp_to_key": (
        "import functools\nf = functools.cmp_to_key(lambda a, b: use(1))",
        "sorted([1, 2], key=f)",
    ),
    "reduce": ("import functools\nf = lambda a, b: use(1)", "functools.reduce(f, [1, 2])"),
    "lru_cache": ("import functools\nf = functools.lru_cache(lambda n: use(1))", "f(1)"),
    "cached_property": (
        "import functools\nclass A:\n    p = functools.cached_property(lambda self: use(1))\na = A()",
        "a.p",
    ),
    "singledispatch": ("import functools\nf = functools.singledispatch(lambda n: use(1))", "f(1)"),
    "sum of a generator": ("g = (use(1) for n in [1])", "sum(g)"),
    "any of a generator": ("g = (use(1) for n in [1])", "any(g)"),
    "min of a generator": ("g = (use(1) for n in [1])", "min(g)"),
    "enumerate": ("g = (use(1) for n in [1])", "for pair in enumerate(g): pass"),
    "iter until": ("f = lambda: use(1) and 5", "next(iter(f, 6), None)"),
    "defaultdict": ("import collections\nd = collections.defaultdict(lambda: use(1))", "d[1]"),
    "missing": ("class D(dict):\n    def __missing__(self, k): return use(1)\nd = D()", "d[1]"),
    "re.sub": ("import re\nf = lambda match: str(use(1))", "re.sub('a', f, 'a')"),
    "json default": ("import json\nf = lambda value: use(1)", "json.dumps(object(), default=f)"),
    "default_factory": (
        "import dataclasses as d\n@d.dataclass\nclass A:\n    n: int = d.field(default_factory=lambda: use(1))",
        "A()",
    ),
    "init_subclass": ("class A:\n    def __init_subclass__(cls): use(1)", "type('B', (A,), {})"),
    "set_name": ("class S:\n    def __set_name__(self, o, n): use(1)\ns = S()", "type('B', (), {'s': s})"),
    "a metaclass": ("class M(type):\n    def __call__(cls): use(1)\nclass A(metaclass=M): pass", "A()"),
    "a class pattern": (
        "class A:\n    __match_args__ = ('p',)\n    @property\n    def p(self): return use(1)\na = A()",
        "match a:\n    case A(x): pass",
    ),
    "a getter": ("class A:\n    @property\n    def p(self): return use(1)\na = A()", "a.p"),
    "an operator": ("class A:\n    def __add__(self, o): return use(1)\na = A()", "a + a"),
    "a subscript": ("class A:\n    def __getitem__(self, n): return use(1)\na = A()", "a[0]"),
    "an f-string": ("class A:\n    def __format__(self, spec): return str(use(1))\na = A()", "f'{a}'"),
    "a truth": ("class A:\n    def __bool__(self): return use(1) == 2\na = A()", "not a"),
    "setattr": ("class A:\n    def __setattr__(self, n, v): use(1)\na = A()", "a.x = 1"),
    "exec": ("text = 'use(1)'", "exec(text)"),
}


def _case(name: str, *, inside: bool) -> Case:
    made, called = HOOKS[name]
    block = "with scope('X', good):\n" + textwrap.indent(made, "    ") + "\n"
    source = block + (textwrap.indent(called, "    ") if inside else called)
    if inside:
        return Case(71, f"{name} in the block", "ok", source, ALLOWED)
    lines = source.splitlines()
    (line,) = (number for number, line in enumerate(lines, 1) if "use(" in line)
    # The text that `exec` runs has lines of its own.
    return Case(71, f"{name} behind the block", 1 if name == "exec" else line, source)


CASES = [_case(name, inside=inside) for name in HOOKS for inside in (True, False)]
