import builtins
from types import MappingProxyType


def attempt(function, *args):
    try:
        print("->", function(*args))
    except Exception as error:
        print(type(error).__name__, error)


def guarded(name, globals=None, locals=None, fromlist=(), level=0):
    print("import", name, sorted(globals)[:1], fromlist, level)
    if name not in ("math", "collections.abc"):
        raise ImportError(f"{name} is not allowed")
    return __import__(name, globals, locals, fromlist, level)


allowed = {"__builtins__": {"__import__": guarded, "print": print}}
attempt(exec, "import math\nprint(math.sqrt(9))", dict(allowed))
attempt(exec, "from math import floor as f, ceil\nprint(f(1.5), ceil(1.5))", dict(allowed))
attempt(exec, "import collections.abc as abc\nprint(abc.__name__)", dict(allowed))
attempt(exec, "import os", dict(allowed))
attempt(exec, "from subprocess import run", dict(allowed))
attempt(exec, "def f():\n    import json\nf()", dict(allowed))
attempt(exec, "import math", {"__builtins__": {}})
attempt(exec, "import math", {"__builtins__": MappingProxyType({"__import__": lambda *args: args[0]})})
attempt(exec, "import math\nprint(math)", {"__builtins__": {"__import__": lambda *args: "mine", "print": print}})
attempt(exec, "import math", {"__builtins__": MappingProxyType({})})
attempt(exec, "import math\nprint(math.__name__)", {"__builtins__": {"__import__": builtins.__import__, "print": print}})
attempt(exec, "import math\nprint(math.__name__)", {"__builtins__": vars(builtins)})
attempt(exec, "import math\nprint(math.__name__)", {"__builtins__": {**vars(builtins)}})
attempt(exec, "import math", {"__builtins__": {"__import__": 5}})
