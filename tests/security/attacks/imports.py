"""Ways out through imports, `eval` and `exec`, and the names of the builtins."""

from __future__ import annotations

from redteam import R, S

CASES = (
    R(23, "ModuleNotFoundError", "__import__('os')"),
    R(23, "ModuleNotFoundError", "import importlib"),
    R(23, "ModuleNotFoundError", "import sys"),
    R(23, "ModuleNotFoundError", "import sys; sys.modules"),
    R(23, "ModuleNotFoundError", "import sys; sys._getframe()"),
    R(23, "ImportError", "from . import x"),
    S(23, "", "import builtins"),
    R(23, "AttributeError", "import builtins; builtins.open"),
    S(
        23,
        "2.0",
        """
from math import *
sqrt(4)
""",
        wraps=False,
    ),
    R(23, "ModuleNotFoundError", "from os import *", wraps=False),
    R(
        23,
        "ModuleNotFoundError",
        """
def f(): import os
f()
""",
    ),
    R(23, "ModuleNotFoundError", "class A: import subprocess"),
    R(23, "ModuleNotFoundError", "[__import__('os') for x in [1]]"),
    R(23, "AttributeError", "import math; math.__loader__, math.__spec__"),
    S(23, "dict", "import math; math.__dict__"),
    R(23, "ModuleNotFoundError", "import os.path"),
    R(23, "CompileError", "lazy import os", wraps=False),
    S(24, "1", "eval('1')"),
    S(24, "", "exec('1')"),
    R(24, "AttributeError", "compile('1','f','exec').co_code"),
    R(24, "ModuleNotFoundError", "exec('import os')"),
    R(24, "ModuleNotFoundError", "eval(\"__import__('os')\")"),
    R(24, "NameError", "eval('open', {})"),
    R(24, "NameError", "eval('len', {'__builtins__': {}})"),
    R(24, "ImportError", "exec('import math', {'__builtins__': {}})"),
    R(24, "NameError", "d = {}; exec('', d); exec('open', {'__builtins__': d['__builtins__']})"),
    R(24, "KeyError", "d = {}; exec('', d); d['__builtins__']['open']"),
    R(24, "RecursionError", "s = 'eval(s)'; eval(s)"),
    R(24, "SyntaxError", "eval('(' * 1000)"),
    R(24, "TypeError", "eval('1', 5)"),
    S(24, "['__doc__', '__name__']", "sorted(globals())", wraps=False),
    R(24, "KeyError", "globals()['__builtins__']", wraps=False),
    S(24, "True", "locals() is globals()", wraps=False),
    R(24, "NameError", "breakpoint()"),
    R(24, "NameError", "input()"),
    R(24, "NameError", "open('/etc/passwd')"),
    R(24, "NameError", "help"),
    S(24, "b'a'", "memoryview(b'a').obj"),
    S(24, "<Quitter object>", "exit"),
    R(24, "SystemExit", "quit()"),
    R(24, "AttributeError", "exit.__globals__"),
    R(24, "AttributeError", "quit.__call__.__globals__"),
    R(24, "NameError", "copyright"),
    R(25, "NameError", "__builtins__"),
    R(25, "NameError", "__builtins__['open']"),
    R(25, "NameError", "__loader__"),
    R(25, "NameError", "__spec__"),
    R(25, "NameError", "__file__"),
    R(25, "NameError", "class A: x=__builtins__"),
    S(
        25,
        "1",
        """
__builtins__ = {}
len([1])
""",
    ),
)
