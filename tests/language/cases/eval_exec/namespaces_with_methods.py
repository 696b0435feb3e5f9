from collections import ChainMap, UserDict, defaultdict, OrderedDict
from types import MappingProxyType


class Missing(dict):
    def __missing__(self, key):
        return f"<{key}>"


class Logged(dict):
    def __getitem__(self, key):
        print("get", key)
        return super().__getitem__(key)

    def __setitem__(self, key, value):
        print("set", key)
        super().__setitem__(key, value)


class Upper(dict):
    def __getitem__(self, key):
        if key.islower():
            raise KeyError(key)
        return key.lower()


def attempt(function, *args):
    try:
        print("->", function(*args))
    except Exception as error:
        print(type(error).__name__, error)


attempt(eval, "a + b", {}, Missing())
attempt(eval, "a + b", {}, Missing(a="x"))
attempt(eval, "a + b", Missing(), {})
attempt(eval, "a + b", Missing())
attempt(eval, "len(a)", Missing())
attempt(eval, "a + b", Logged(a=1, b=2))
attempt(eval, "a + b", {}, Logged(a=1, b=2))
attempt(eval, "len('abc')", Logged(a=1, b=2))
attempt(eval, "c", Logged(a=1, b=2))
attempt(exec, "c = a + b\nprint(c)", Logged(a=1, b=2))
attempt(exec, "c = a + b\nprint(c)", {}, Logged(a=1, b=2))
attempt(exec, "def f():\n    return a\nprint(f())", Logged(a=1))
attempt(exec, "global g\ng = a\nprint(g)", Logged(a=1))
attempt(exec, "del a\nprint('a' in globals())", Logged(a=1))
attempt(eval, "A + B", Upper())
attempt(eval, "a", Upper())
attempt(eval, "a", {}, ChainMap({"b": 1}, {"a": 2}))
attempt(eval, "a", {}, UserDict(a=5))
attempt(eval, "a", {}, MappingProxyType({"a": 6}))
attempt(eval, "a.append(1) or a", {}, defaultdict(list))
attempt(eval, "a.append(1) or a", defaultdict(list))
attempt(eval, "a", OrderedDict(a=1))
attempt(exec, "x = 1", {}, MappingProxyType({}))
attempt(eval, "a", MappingProxyType({"a": 6}))
attempt(eval, "a", ChainMap({"a": 6}))

namespace = Missing()
exec("def f(): return zzz\nvalue = f()", namespace)
print(namespace["value"])
namespace = Missing(a=1)
exec("class C:\n    x = a\n    def m(self): return a, q\nvalue = C.x, C().m()", namespace)
print(namespace["value"])
print([eval("x * 2", {"x": x}) for x in range(3)])
print(eval("[y for y in range(3) if y != skip]", {"skip": 1}))
print(eval("(lambda: zed)()", Missing()))

namespace = Missing()
exec("type Alias = undefined\nclass A:\n    type Inner = unknown", namespace)
print(namespace["Alias"].__value__, namespace["A"].Inner.__value__)
