"""__new__ before __init__, singletons, immutable subclasses."""
class Single:
    _instance = None
    def __new__(cls, *args):
        print("new", args)
        if cls._instance is None:
            cls._instance = super().__new__(cls)
        return cls._instance
    def __init__(self, *args): print("init", args)
print(Single(1) is Single(2))
class Upper(str):
    def __new__(cls, value): return super().__new__(cls, value.upper())
    def shout(self): return self + "!"
class Pair(tuple):
    def __new__(cls, a, b): return tuple.__new__(cls, (a, b))
    @property
    def a(self): return self[0]
class Other:
    def __new__(cls): return 5
    def __init__(self): print("never")
u = Upper("abc")
print(u, u.shout(), type(u), type(u + "x"), Pair(1, 2), Pair(1, 2).a, Other(), isinstance(u, str), len(u))
class BadInit:
    def __init__(self): return 5
class Args:
    def __new__(cls): return object.__new__(cls)
for call in (lambda: BadInit(), lambda: Args(1), lambda: object.__new__(5), lambda: object.__new__(int), lambda: int.__new__(str)):
    try:
        call()
    except TypeError as error:
        print(error)
