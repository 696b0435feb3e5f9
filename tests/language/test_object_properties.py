"""Random class hierarchies behave under npython as under the CPython that runs this test."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_properties import assert_same

EXAMPLES = 150

NAMES = ["A", "B", "C", "D", "E"]
METHODS = {
    "__init__": [
        "def __init__(self, v=0): self.v = v",
        "def __init__(self, v=1):\n    super().__init__()\n    self.v = v * 2",
    ],
    "__repr__": ["def __repr__(self): return f'<{type(self).__name__} {vars(self)}>'", "def __repr__(self): return 5"],
    "__add__": [
        "def __add__(self, o): return ('add', type(o).__name__)",
        "def __add__(self, o): return NotImplemented",
    ],
    "__radd__": [
        "def __radd__(self, o): return ('radd', type(o).__name__)",
        "def __radd__(self, o): return super().__radd__(o)",
    ],
    "__iadd__": ["def __iadd__(self, o):\n    self.v = o\n    return self", "__iadd__ = None"],
    "__eq__": ["def __eq__(self, o): return isinstance(o, A)", "def __eq__(self, o): return NotImplemented"],
    "__lt__": ["def __lt__(self, o): return True", "def __lt__(self, o): return NotImplemented"],
    "__hash__": ["def __hash__(self): return 7", "__hash__ = None"],
    "__len__": ["def __len__(self): return 2", "def __len__(self): return -1"],
    "__bool__": ["def __bool__(self): return False", "def __bool__(self): return 3"],
    "__getitem__": [
        "def __getitem__(self, k):\n    if k == 3: raise IndexError\n    return k",
        "def __getitem__(self, k): raise KeyError(k)",
    ],
    "__contains__": ["def __contains__(self, k): return k == 1", "__contains__ = None"],
    "__iter__": [
        "def __iter__(self): return iter('xy')",
        "def __iter__(self): yield from super().__iter__()",
        "__iter__ = None",
    ],
    "__call__": ["def __call__(self, *a): return a", "__call__ = 5"],
    "__getattr__": ["def __getattr__(self, n): return 'got ' + n if n[0] != '_' else object.__getattribute__(self, n)"],
    "__enter__": ["def __enter__(self): return 'entered'"],
    "__exit__": [
        "def __exit__(self, *a):\n    print('exit', a[0])\n    return True",
        "def __exit__(self, *a): raise ValueError('exit')",
    ],
    "method": ["def method(self): return 'method'", "def method(self): return super().method() + '+'"],
    "static": ["@staticmethod\ndef static(*a): return a", "@classmethod\ndef static(cls, *a): return cls.__name__, a"],
    "prop": [
        "@property\ndef prop(self): return 'prop'",
        "@property\ndef prop(self): return super().prop + '!'",
        "prop = 'plain'",
    ],
    "slot": ["x = 1", "x = []", "__slots__ = ('q',)", "__slots__ = ()"],
}
PROBES = [
    "repr(o)", "o + 1", "1 + o", "o + o", "o == o", "o == 1", "o != o", "o < o", "o > 1", "hash(o) == hash(o)", "len(o)", "bool(o)", "o[0]",
    "1 in o", "list(o)", "o(1)", "o.method()", "type(o).static(1)", "o.static()", "o.prop", "o.missing", "o.x", "o.v", "sorted(vars(o))",
    "isinstance(o, A)", "[c.__name__ for c in type(o).__mro__]", "{o: 1}", "o in [o]", "not o", "f'{o}'", "setattr(o, 'q', 5)",
    "getattr(o, 'q', 'none')", "hasattr(o, '__dict__')", "super(type(o), o).method()", "iter(o)", "o.__class__.__name__", "str(o)",
    "max(o, o)", "sum(o)", "dict(a=o)['a'] is o", "delattr(o, 'v')", "o.__dict__", "type(o)(5).v", "callable(o)", "len({o, o})",
]  # fmt: skip


@st.composite
def classes(draw: st.DrawFn) -> str:
    """The source of up to five classes, each with some special methods and bases among those before it."""
    lines: list[str] = []
    for number in range(draw(st.integers(1, len(NAMES)))):
        bases = draw(st.lists(st.sampled_from(NAMES[:number]), max_size=2, unique=True)) if number else []
        if not bases and draw(st.integers(0, 5)) == 0:
            bases = [draw(st.sampled_from(["list", "dict", "int", "str", "Exception", "tuple"]))]
        body = [
            draw(st.sampled_from(METHODS[name]))
            for name in draw(st.lists(st.sampled_from(sorted(METHODS)), max_size=5, unique=True))
        ]
        lines.append(f"class {NAMES[number]}({', '.join(bases)}):")
        lines += [f"    {line}" for part in body or ["pass"] for line in part.split("\n")]
    return "\n".join(lines)


def probe(expression: str) -> str:
    """Print what an expression over `o` gives or raises; text with an address in it tells nothing."""
    return (
        f"try:\n    r = {expression}\n    t = repr(r)\n    print({expression!r}, t if ' at 0x' not in t else type(r).__name__)\n"
        f"except Exception as e:\n    print({expression!r}, type(e).__name__, str(e) if ' at 0x' not in str(e) else '')\n"
    )


@settings(max_examples=EXAMPLES)
@given(classes(), st.lists(st.sampled_from(PROBES), min_size=3, max_size=12))
def test_instances_of_random_classes(source: str, probes: list[str]) -> None:
    names = [name for name in NAMES if f"class {name}(" in source]
    made = "".join(
        f"print('--', {name!r})\ntry:\n    o = {name}()\nexcept Exception as e:\n    o = None\n    print(type(e).__name__, e)\n"
        + "".join(map(probe, probes))
        for name in names
    )
    assert_same(f"try:\n{indent(source)}\nexcept TypeError as e:\n    print(e)\n    A = B = C = D = E = object\n{made}")


def indent(source: str) -> str:
    return "\n".join(f"    {line}" for line in source.split("\n"))


@settings(max_examples=EXAMPLES)
@given(classes(), st.sampled_from(["pass", "raise KeyError('k')", "1 / 0", "print(o)"]))
def test_with_statements_over_random_classes(source: str, body: str) -> None:
    assert_same(
        f"try:\n{indent(source)}\nexcept TypeError as e:\n    print(e)\n    A = object\n"
        f"try:\n    with A() as o:\n        {body.replace('print(o)', 'print(type(o).__name__)')}\n    print('after')\n"
        "except Exception as e:\n    print(type(e).__name__, e)\n"
    )


@pytest.mark.skipif(sys.version_info < (3, 11), reason="this Python has no exception groups")
@settings(max_examples=EXAMPLES)
@given(
    st.lists(st.sampled_from(["value", "key", "type", "group"]), min_size=1, max_size=4),
    st.lists(
        st.sampled_from(["ValueError", "KeyError", "TypeError", "(ValueError, KeyError)", "Exception"]),
        min_size=1,
        max_size=3,
    ),
    st.sampled_from(["pass", "raise", "raise RuntimeError('new')", "print(g.exceptions)"]),
)
def test_exception_groups(members: list[str], handlers: list[str], action: str) -> None:
    made = {
        "value": "ValueError(1)",
        "key": "KeyError('k')",
        "type": "TypeError('t')",
        "group": "ExceptionGroup('in', [ValueError(2), OSError(3)])",
    }
    lines = [
        "try:",
        "    try:",
        f"        raise ExceptionGroup('out', [{', '.join(made[member] for member in members)}])",
    ]
    for handler in handlers:
        lines += [f"    except* {handler} as g:", f"        print(repr(g))\n        {action}"]
    lines += ["except BaseException as e:", "    print(repr(e), repr(e.__context__), repr(e.__cause__))", ""]
    assert_same("\n".join(lines))


@settings(max_examples=EXAMPLES)
@given(
    st.lists(
        st.sampled_from(
            [
                "next(g)",
                "g.send(5)",
                "g.send(None)",
                "g.throw(ValueError('v'))",
                "g.throw(KeyError)",
                "g.close()",
                "next(g, 'end')",
            ]
        ),
        min_size=1,
        max_size=8,
    ),
    st.integers(0, 3),
)
def test_driving_generators(steps: list[str], variant: int) -> None:
    inner = [
        "x = yield 1\n        print('got', x)\n        yield x\n        return 'r'",
        "yield from [1, 2]\n        yield 3",
        "while True:\n            yield (yield 1)",
        "yield 1\n        raise StopIteration('s')",
    ][variant]
    source = f"def h():\n    try:\n        {inner}\n    except ValueError as e:\n        yield repr(e)\n    finally:\n        print('finally')\n"
    source += "def outer():\n    r = yield from h()\n    print('r', r)\n    yield 'tail'\ng = outer()\n"
    for step in steps:
        source += f"try:\n    print({step!r}, {step})\nexcept BaseException as e:\n    print({step!r}, repr(e), repr(e.__cause__))\n"
    # CPython finishes a generator that is dropped at once, npython never: it must not be left suspended.
    source += "try:\n    g.close()\nexcept BaseException as e:\n    print(repr(e))\n"
    assert_same(source)
