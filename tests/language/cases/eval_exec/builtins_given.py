from types import MappingProxyType


def attempt(function, *args):
    try:
        print("->", function(*args))
    except Exception as error:
        print(type(error).__name__, error)


class Custom(dict):
    def __getitem__(self, key):
        return lambda *args: (key, args)


class Plain:
    def __getitem__(self, key):
        if key == "superglobal":
            return 42
        raise KeyError(key)


class Broken:
    def __getitem__(self, key):
        raise ZeroDivisionError(key)


attempt(eval, "len('abc')", {"__builtins__": {}})
attempt(eval, "len('abc')", {"__builtins__": {"len": lambda s: "mine"}})
attempt(eval, "len('abc')", {"__builtins__": MappingProxyType({"len": len})})
attempt(eval, "superglobal", {"__builtins__": MappingProxyType({"superglobal": 1})})
attempt(eval, "nothing", {"__builtins__": MappingProxyType({})})
attempt(eval, "len('abc')", {"__builtins__": Custom()})
attempt(eval, "superglobal", {"__builtins__": Plain()})
attempt(eval, "len", {"__builtins__": Plain()})
attempt(eval, "len", {"__builtins__": Broken()})
attempt(eval, "1 + 1", {"__builtins__": None})
attempt(eval, "len", {"__builtins__": None})
attempt(eval, "len", {"__builtins__": 5})
attempt(exec, "class C: pass", {"__builtins__": {}})
attempt(exec, "import math", {"__builtins__": {}})
attempt(exec, "def f():\n    return len([1])\nprint(f())", {"__builtins__": MappingProxyType({"len": len, "print": print})})
attempt(exec, "print(superglobal)", {"__builtins__": {"print": print, "superglobal": 7}})
