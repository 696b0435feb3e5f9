"""Data nested 100,000 deep, and data that contains itself: no operation may take the native stack with it."""

from __future__ import annotations

from redteam import Case, R, S

#: Numbers of the techniques here; these programs are the same wherever they stand.
TECHNIQUES = frozenset({50})
LEVELS = 20_000
BUILDERS = {
    "list": "NAME = []\nfor _ in range(LEVELS): NAME = [NAME]\n",
    "tuple": "NAME = ()\nfor _ in range(LEVELS): NAME = (NAME,)\n",
    "dict": "NAME = {}\nfor _ in range(LEVELS): NAME = {1: NAME}\n",
}
ANYWHERE = ("list", "tuple", "dict")
TOO_DEEP = "RecursionError"
#: What to do, the containers to do it with, and the outcome. `b` is a second structure of the same shape.
OPERATIONS = (
    ("repr(a)", ANYWHERE, TOO_DEEP),
    ("str(a)", ANYWHERE, TOO_DEEP),
    ("ascii(a)", ANYWHERE, TOO_DEEP),
    ("print(a)", ANYWHERE, TOO_DEEP),
    ("f'{a!r}'", ANYWHERE, TOO_DEEP),
    ("'{}'.format(a)", ANYWHERE, TOO_DEEP),
    ("'%s' % (a,)", ANYWHERE, TOO_DEEP),
    ("a == b", ANYWHERE, TOO_DEEP),
    ("a != b", ANYWHERE, TOO_DEEP),
    ("b in [a]", ANYWHERE, TOO_DEEP),
    ("[a].index(b)", ANYWHERE, TOO_DEEP),
    ("[a].count(b)", ANYWHERE, TOO_DEEP),
    ("[a].remove(b)", ANYWHERE, TOO_DEEP),
    ("{1: a} == {1: b}", ANYWHERE, TOO_DEEP),
    ("slice(a, 1) == slice(b, 1)", ANYWHERE, TOO_DEEP),
    ("a < b", ("list", "tuple"), TOO_DEEP),
    ("sorted([a, b])", ("list", "tuple"), TOO_DEEP),
    ("max(a, b)", ("list", "tuple"), TOO_DEEP),
    ("hash(a)", ("tuple",), TOO_DEEP),
    ("{a}", ("tuple",), TOO_DEEP),
    ("{a: 1}", ("tuple",), TOO_DEEP),
    ("str(KeyError(a))", ANYWHERE, TOO_DEEP),
    ("echo(a)", ANYWHERE, "ValueError"),
    ("import json\njson.dumps(a)", ANYWHERE, TOO_DEEP),
    ("import json\njson.dumps(a, default=str, check_circular=False)", ANYWHERE, TOO_DEEP),
    # Each piece of text comes up through all levels: of dicts that takes more gas than there is.
    ("import json\nlist(json.JSONEncoder().iterencode(a))", ("list", "tuple"), TOO_DEEP),
    ("raise ValueError(a)", ANYWHERE, "ValueError"),
    ("assert False, a", ANYWHERE, "AssertionError"),
    ("type('X', a, {})", ("tuple",), "TypeError"),
    ("raise ExceptionGroup('x', a)", ("list", "tuple"), "ValueError"),
)
#: Uses of nested data that need not look inside.
HARMLESS = (
    ("a == a", ANYWHERE, "True"),
    ("a = None\nfor i in range(1000): [i] * 100\nprint('dropped')", ANYWHERE, "dropped\n"),
    ("isinstance(1, (int, a))", ("tuple",), "True"),
    ("while a: a, = a\nprint('unpacked')", ("list", "tuple"), "unpacked\n"),
    ("match a:\n    case [[[x]]]: print('matched')", ("list", "tuple"), "matched\n"),
    ("len([a] * 1000)", ANYWHERE, "1000"),
    ("z = [[i] for i in range(40_000)]\nprint(len(z))", ("list", "tuple"), "40000\n"),
)


def built(container: str, operation: str) -> str:
    """A program that builds nested data and does something to it."""
    build = BUILDERS[container].replace("LEVELS", str(LEVELS))
    programs = [build.replace("NAME", name) for name in ("a", "b")]
    return "".join(programs) + operation


CASES: tuple[Case, ...] = (
    *(R(50, error, built(container, do)) for do, where, error in OPERATIONS for container in where),
    *(S(50, shown, built(container, do)) for do, where, shown in HARMLESS for container in where),
    S(51, "[[...]]\n", "a = []\na.append(a)\nprint(a)"),
    S(51, "{'d': {...}}\n", "d = {}\nd['d'] = d\nprint(d)"),
    S(51, "True", "a = []\na.append(a)\na == a"),
    S(51, "True", "a = []\na.append(a)\na in a"),
    S(51, "[[...], [...]]\n", "a = []\na.append(a)\na.append(a)\nprint(a)"),
    S(51, "([(...)],)\n", "a = []\nt = (a,)\na.append(t)\nprint(t)"),
    R(51, TOO_DEEP, "a = []\nb = []\na.append(b)\nb.append(a)\na == b"),
    R(51, TOO_DEEP, "a = []\nb = []\na.append(a)\nb.append(b)\na == b"),
    R(51, TOO_DEEP, "a = []\nb = []\na.append(a)\nb.append(b)\na < b"),
    R(51, "TypeError", "a = []\na.append(a)\nhash(a)"),
    R(51, "TypeError", "a = []\na.append(a)\nhash((a,))"),
    R(51, "ValueError", "a = []\na.append(a)\necho(a)"),
    R(51, "ValueError", "d = {}\nd['d'] = d\necho(d)"),
    R(51, "ValueError", "a = []\na.append(a)\nraise ValueError(a)"),
    R(51, "ValueError", "import json\na = []\na.append(a)\njson.dumps(a)"),
    R(51, "ValueError", "import json\nd = {}\nd['d'] = [d]\njson.dumps(d, indent=1, sort_keys=True)"),
    R(51, TOO_DEEP, "import json\na = []\na.append(a)\njson.dumps(a, check_circular=False)"),
    R(51, TOO_DEEP, "import json\njson.loads('[' * 1_000_000)"),
    R(51, TOO_DEEP, "import json\njson.loads('{\"a\":' * 100_000, object_hook=len)"),
    R(51, "ValueError", "import json\njson.loads('9' * 1_000_000)"),
    R(52, "ValueError", "a = ValueError(1)\na.__cause__ = a\nraise a"),
    R(52, "ValueError", "a = ValueError(1)\nb = ValueError(2)\na.__context__ = b\nb.__context__ = a\nraise a"),
    R(
        52,
        "ValueError",
        "e = None\nfor i in range(20_000):\n"
        "    try: raise ValueError(i) from e\n    except ValueError as x: e = x\nraise e",
    ),
    R(
        52,
        "ZeroDivisionError",
        "try: 1 / 0\nexcept Exception as x: e = x\n"
        "for i in range(20_000):\n    try: raise e\n    except Exception: pass\nraise e",
    ),
    R(
        52,
        "ValueError",
        "big = 'a' * 4_000_000\ne = None\nfor i in range(150):\n"
        "    n = ValueError(big)\n    n.__cause__ = e\n    e = n\nraise e",
    ),
    R(52, "ValueError", "big = 'a' * 4_000_000\ne = ValueError('x')\nfor i in range(900): e.add_note(big)\nraise e"),
    R(52, "ValueError", "raise ValueError(*range(100_000))"),
    R(52, "ValueError", "raise ValueError('a' * 10_000_000)"),
    R(52, "ExceptionGroup", "e = ValueError()\nfor i in range(500): e = ExceptionGroup('x', [e])\nraise e"),
    R(53, TOO_DEEP, "g = iter([1])\nfor _ in range(20_000): g = (x for x in g)\nnext(g)"),
    R(53, TOO_DEEP, "g = iter([1])\nfor _ in range(20_000): g = map(abs, g)\nnext(g)"),
    R(53, TOO_DEEP, "g = iter([1])\nfor _ in range(20_000): g = filter(None, g)\nnext(g)"),
    R(53, TOO_DEEP, "g = iter([1])\nfor _ in range(20_000): g = enumerate(g)\nnext(g)"),
    R(53, TOO_DEEP, "g = iter([1])\nfor _ in range(20_000): g = zip(g)\nnext(g)"),
    R(53, TOO_DEEP, "f = abs\nfor _ in range(20_000): f = (lambda g: lambda x: g(x))(f)\nf(1)"),
    R(
        53,
        TOO_DEEP,
        "class Wrapped:\n    def __init__(self, inner): self.inner = inner\n"
        "    def __call__(self): return self.inner()\n"
        "f = print\nfor _ in range(5_000): f = Wrapped(f)\nf()",
    ),
    R(53, "TypeError", "A = object\nfor i in range(20_000): A = type('A', (A,), {})"),
    S(53, "done\n", "f = None\nfor _ in range(20_000): f = (lambda g: lambda: g)(f)\nprint('done')"),
)
