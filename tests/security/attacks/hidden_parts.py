"""Parts of objects by less usual ways: defaults, matching, methodcaller, templates, hooks that run at odd times."""

from __future__ import annotations

from redteam import R, S

CASES = (
    S(2, "(<type object>, <type object>)", "type('x').__mro__"),
    S(4, "(1,)", "(lambda a=1: a).__defaults__"),
    R(4, "AttributeError", "len.__defaults__"),
    R(4, "AttributeError", "echo.__defaults__"),
    R(4, "AttributeError", "echo.__builtins__"),
    R(4, "AttributeError", "class A:\n    def f(self): pass\nA().f.__builtins__"),
    R(4, "AttributeError", "len.__code__"),
    S(5, "[]", "[name for name in dir(echo) if 'host' in name or name in ('func', '__wrapped__', '__closure__')]"),
    R(6, "AttributeError", "g = (x for x in [1])\ng.gi_frame.f_builtins"),
    R(6, "AttributeError", "g = (x for x in [1])\ng.gi_frame.f_locals"),
    R(7, "AttributeError", "async def f(): pass\nf().cr_code"),
    R(7, "AttributeError", "async def f(): yield\nf().ag_code"),
    S(7, "", "async def f(): yield\nf().ag_await"),
    R(8, "AttributeError", "try: 1 / 0\nexcept Exception as e: e.__traceback__.tb_frame.f_back"),
    S(10, "('k',)", "try: {}['k']\nexcept KeyError as e: args = e.args\nargs"),
    S(10, "7", "def g():\n    return 7\n    yield\ntry: next(g())\nexcept StopIteration as e: value = e.value\nvalue"),
    S(12, "\"<class 'str'>\"", "import functools\nfunctools.partial(str.format, '{0.__class__}')('x')"),
    R(
        13,
        "ValueError",
        "import string\nclass T(string.Template):\n    idpattern = r'__class__'\n    braceidpattern = r'.*'\n"
        "T('${x.__class__}').substitute({'x': 1})\nraise ValueError",
    ),
    S(
        13,
        "'%x'",
        "import string\nclass T(string.Template):\n"
        "    pattern = r'%(?P<named>\\w+)|(?P<escaped>@)|(?P<braced>!)|(?P<invalid>&)'\n"
        "T('%x').substitute(x='<class>')",
    ),
    R(15, "AttributeError", "class M:\n    def __getitem__(self, key): return print.__self__\n'%(a)s' % M()"),
    S(16, "False", "'__globals__' in dir(lambda: 1)"),
    R(16, "AttributeError", "delattr(echo, '__name__')"),
    R(16, "AttributeError", "setattr(echo, 'scope', None)"),
    R(17, "AttributeError", "import operator\noperator.methodcaller('__subclasshook__x')(object)"),
    S(
        17,
        "[]",
        "import operator\n[c for c in operator.methodcaller('__subclasses__')(object) if 'Host' in c.__name__]",
    ),
    R(17, "AttributeError", "import operator\noperator.attrgetter('__globals__.get')(lambda: 1)"),
    S(18, "__main__\n", "class A: pass\nmatch vars(A):\n    case {'__module__': m}: print(m)"),
    S(18, "no\n", "match lambda: 1:\n    case object(__globals__=g): print('yes')\n    case _: print('no')"),
    S(
        18,
        "no\n",
        "match echo:\n    case object(__self__=s) | object(__wrapped__=s): print('yes')\n    case _: print('no')",
    ),
    R(22, "TypeError", "echo.__reduce__()"),
    S(22, "True", "import copy\ncopy.copy(echo) is echo"),
    S(23, "3.14", "math = 5\nimport math\nround(math.pi, 2)"),
    R(23, "ModuleNotFoundError", "os = 5\nimport os"),
    R(23, "ModuleNotFoundError", "import ctypes"),
    R(23, "ModuleNotFoundError", "import npython"),
    R(23, "ImportError", "from .. import x", wraps=False),
    R(23, "ImportError", "from .os import path", wraps=False),
    R(24, "KeyError", "vars()['__loader__']"),
    S(26, "'__wrapped__'", "class A:\n    def __getattr__(self, name): return name\nA().__wrapped__"),
    S(
        26,
        "(1, 5)",
        "class A:\n    def __get__(self, i, o): return 1\n"
        "    def __set__(self, i, v): i.__dict__['y'] = v\nclass B: x = A()\nb = B()\nb.x = 5\nb.x, b.y",
    ),
    S(
        27,
        "end\n",
        "import weakref\nclass A: pass\na = A()\nr = weakref.ref(a, lambda r: 1 / 0)\na = None\n"
        "[[i] for i in range(50_000)]\nprint('end')",
    ),
    S(
        28,
        "(<type object>, False)",
        "class S(str):\n    def __lt__(self, other): return True\n    def __hash__(self): return 1\n"
        "    def __eq__(self, other): return True\nr = echo(S('x'))\n(type(r), r < 'a')",
    ),
    S(
        28,
        "(<type object>, 0)",
        "class B(bytes):\n    def __len__(self): return 99\nr = echo(B(b''))\n(type(r), len(r))",
    ),
    S(
        28,
        "[0]",
        "class L(list):\n    def __iter__(self): return iter([1, 2])\n    def __len__(self): return 99\necho(L([0]))",
    ),
    S(30, "1", "# coding: utf-16\nx = 1\nx", wraps=False),
    S(30, "1", "# coding: raw_unicode_escape\nx = 1\nx", wraps=False),
    S(30, "'\\\\u0041'", "# coding: unicode_escape\nx = r'\\u0041'\nx", wraps=False),
    S(31, "1 2\n", "def f(self, __npy_gas=1, _tmp=2, /): print(__npy_gas, _tmp)\nf(0)"),
    R(34, "CompileError", "def f(x): global x", wraps=False),
    R(34, "CompileError", "def f():\n    x = 1\n    nonlocal x", wraps=False),
    R(34, "CompileError", "x = 1\ndef f():\n    print(x)\n    global x", wraps=False),
    R(
        35,
        "TypeError",
        "class A:\n    def __aiter__(self): return 5\nasync def f():\n"
        "    return [x async for x in A()]\nf().send(None)",
    ),
    R(
        35,
        "TypeError",
        "class A:\n    def __aenter__(self): return 5\n    def __aexit__(self, *a): return 5\n"
        "async def f():\n    async with A(): pass\nf().send(None)",
    ),
)
