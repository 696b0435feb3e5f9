import types


class Plain:
    pass


class Module(types.ModuleType, Plain):
    pass


def attempt(what, function):
    try:
        print(what, function())
    except Exception as error:
        print(what, type(error).__name__, error)


def delete(obj):
    del obj.__dict__
    return obj.__dict__


def assign(obj, value):
    obj.__dict__ = value
    return obj.__dict__


p = Plain()
p.a = 1
attempt("plain", lambda: delete(p))
attempt("plain none", lambda: assign(p, None))
attempt("plain list", lambda: assign(p, []))
attempt("plain dict", lambda: assign(p, {"b": 2}))
attempt("function", lambda: delete(lambda: 1))
attempt("function assign", lambda: assign(lambda: 1, {"x": 1}))
attempt("function assign", lambda: assign(lambda: 1, 5))
attempt("class", lambda: delete(Plain))
attempt("class assign", lambda: assign(Plain, {}))
attempt("module", lambda: assign(types.ModuleType("m"), {}))
attempt("module delete", lambda: delete(types.ModuleType("m")))
attempt("derived module", lambda: assign(Module("m"), {}))
attempt("derived module delete", lambda: delete(Module("m")))


class Slotted:
    __slots__ = ("a", "__dict__")


s = Slotted()
s.a, s.b = 1, 2
print(s.__dict__)
attempt("slotted", lambda: delete(s))
print(s.a, hasattr(s, "b"))


class Error(Exception):
    pass


e = Error(1)
e.note = 5
attempt("exception", lambda: delete(e))
attempt("exception assign", lambda: assign(e, {"z": 1}))
print(e.z)
