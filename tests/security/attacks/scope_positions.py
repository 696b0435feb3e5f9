"""Uses of a scope from odd places: partials, exit stacks, functions deleted, blocks in every kind of code."""

from __future__ import annotations

from attacks.scopes import ALLOWED, Case

CASES = [
    # 71: what was made inside carries nothing out
    Case(71, "partial", 4, "import functools\nwith scope('X', good):\n    f = functools.partial(use, 1)\nf()"),
    Case(
        71,
        "partial of a method",
        4,
        "import functools\nclass A:\n    def m(self, n):\n        use(n)\n"
        "with scope('X', good): f = functools.partial(A().m, 1)\nf()",
    ),
    Case(71, "cached", 4, "import functools\n@functools.cache\ndef f():\n    use(1)\nwith scope('X', good): pass\nf()"),
    Case(
        71,
        "methodcaller",
        5,
        "import operator\nclass A:\n    def m(self):\n        note(1)\n        use(1)\n"
        "with scope('X', good): f = operator.methodcaller('m')\nf(A())",
        ("note 1",),
    ),
    Case(
        71,
        "a static method",
        4,
        "with scope('X', good):\n    class A:\n        @staticmethod\n        def m(): use(1)\nA.m()",
    ),
    Case(
        71,
        "a descriptor",
        4,
        "with scope('X', good):\n    class D:\n        def __get__(self, i, o):\n            use(1)\n"
        "class A: d = D()\nA.d",
    ),
    # 76: what raises while a block is opened leaves nothing open
    Case(76, "the name raises", 3, "try:\n    with scope(1 / 0, good): pass\nexcept ZeroDivisionError: use(1)"),
    Case(76, "the token raises", 3, "try:\n    with scope('X', [][0]): pass\nexcept IndexError: use(1)"),
    Case(
        76,
        "the same token twice",
        4,
        "with scope('X', good):\n    with scope('X', good): use(1)\n    use(2)\nuse(3)",
        ("use 1", "use 2"),
    ),
    # 78: `scope` outside of a with statement
    Case(78, "returned", "NameError", "def f():\n    return scope('X', good)\nwith f(): use(1)"),
    Case(
        78,
        "on an exit stack",
        "NameError",
        "import contextlib\nwith contextlib.ExitStack() as s:\n    s.enter_context(scope('X', good))\n    use(1)",
    ),
    Case(78, "entered twice", "NameError", "s = scope('X', good)\nwith s, s: use(1)"),
    Case(78, "left early", "NameError", "with scope('X', good):\n    scope.__exit__(None, None, None)\n    use(1)"),
    Case(78, "in a lambda", "NameError", "f = lambda: scope('X', good)\nf().__enter__()"),
    Case(78, "as a decorator", "NameError", "@scope('X', good)\ndef f(): use(1)\nf()"),
    Case(78, "starred", "NameError", "with (*[scope('X', good)],)[0]: use(1)"),
    # 79: the text of a subclass is what counts
    Case(
        79,
        "a subclass that says another name",
        6,
        "class S(str):\n    def __eq__(s, o): return True\n    def __hash__(s): return hash('X')\n"
        "    def upper(s): return 'X'\n    def __str__(s): return 'X'\nwith scope(S('Z'), good): use(1)",
    ),
    # 87: the table of functions
    Case(87, "deleted", "NameError", "del use\nuse(1)"),
    Case(87, "deleted from globals", 2, "globals().pop('use', None)\nuse(1)"),
    Case(87, "put into builtins", "TypeError", "import builtins\nbuiltins.len = use\nlen(1)"),
    Case(87, "wrapped", 3, "import functools\n@functools.wraps(use)\ndef f(): use(1)\nf()"),
    Case(87, "in every kind of code", "ok", "with scope('X', good):\n    class A:\n        x = use(1)", ALLOWED),
    Case(87, "a class body left", 4, "with scope('X', good):\n    class A:\n        x = use(1)\nuse(2)", ALLOWED),
]
