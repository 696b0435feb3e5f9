"""What `functools.lru_cache` makes: its type, attributes and behaviour as a descriptor."""

import copy
import functools
import inspect
import weakref
from functools import cache, lru_cache


@lru_cache(maxsize=5, typed=True)
def function(a, /, b: int = 2, *, c=3) -> str:
    """The docstring."""
    return f"{a} {b} {c}"


kind = type(function)
print(kind, kind.__name__, kind.__qualname__, kind.__module__, kind is functools._lru_cache_wrapper)
print(sorted(name for name in kind.__dict__ if name not in ("__new__", "__doc__", "__module__")))
print(list(function.__dict__), function.__name__, function.__qualname__, function.__doc__, function.__module__)
print(function.__wrapped__(1), function.__annotations__, inspect.signature(function), callable(function))
print(repr(function).split(" at ")[0], repr(function.cache_info).split(" at ")[0], kind.cache_info, kind.__call__)
print(function(1), function(1, 2), function(1, b=2), function(1, c=5), function.cache_info(), function.cache_parameters())
print(function.__call__(1), kind.__call__(function, 1), kind.cache_info(function), function.cache_clear())
print(copy.copy(function) is function, copy.deepcopy([function])[0] is function, function.__reduce__())
print(weakref.ref(function)() is function, bool(function), function == function, hash(function) == hash(function))
function.extra = 1
print(function.extra, vars(function)["extra"])
del function.extra
print(hasattr(function, "extra"), "cache_info" in dir(function), "extra" in dir(function))
function.cache_info = "mine"
print(function.cache_info)
function.__dict__ = {"other": 2}
print(function.other, function.__dict__, function(1))


def attempt(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


def subclass():
    class Derived(kind):
        pass


def set_on_type():
    kind.x = 1


attempt(subclass)
attempt(set_on_type)
attempt(lambda: function.missing)
attempt(lambda: function.__reduce__())
attempt(lambda: setattr(function, "__dict__", 3))
attempt(lambda: function < 1)
attempt(lambda: function + 1)
attempt(lambda: kind.__call__())
attempt(lambda: kind.__call__(3))
attempt(lambda: kind.cache_info(3))
attempt(lambda: function.cache_clear(1))
attempt(lambda: function.__get__(None))
attempt(lambda: function.__get__(None, None))
attempt(lambda: function())
attempt(lambda: function(1, d=4))
attempt(lambda: function(1, 2, 3))
attempt(lambda: lru_cache(2.5))
attempt(lambda: lru_cache(3)(4))
attempt(lambda: lru_cache(lambda: 1, 5))
attempt(lambda: lru_cache(10**30)(len))
attempt(lambda: lru_cache(-(10**30))(len).cache_info())
attempt(lambda: kind(len, "x", False, tuple))
attempt(lambda: kind(3, None, False, tuple))
attempt(lambda: kind(len, 1, False, print).cache_info())
attempt(lambda: kind(user_function=len, maxsize=None, typed=[], cache_info_type=lambda *numbers: numbers).cache_info())


class Undecided:
    def __bool__(self):
        raise KeyError("undecided")


attempt(lambda: lru_cache(3, Undecided())(len))


class Typed:
    def __bool__(self):
        return True


made = lru_cache(3, Typed())(abs)
print(made(1), made(1.0), made(True), made.cache_info(), type(made.cache_parameters()["typed"]).__name__)


class Methods:
    def __init__(self, name):
        self.name = name

    @lru_cache(maxsize=None)
    def plain(self, x=0):
        return f"{self.name} {x}"

    @classmethod
    @cache
    def of_class(cls, x):
        return cls.__name__, x

    @staticmethod
    @cache
    def static(x):
        return x * 2

    @property
    @cache
    def computed(self):
        print("computing for", self.name)
        return self.name * 2

    @cache
    def __len__(self):
        return len(self.name)

    @cache
    def __eq__(self, other):
        return self.name == other.name

    __hash__ = object.__hash__

    @cache
    def __getitem__(self, key):
        return key + 1

    @cache
    def __iter__(self):
        return iter(self.name)

    @cache
    def __bool__(self):
        return self.name != "no"

    @cache
    def __contains__(self, item):
        return item in self.name

    @cache
    def __repr__(self):
        return f"Methods({self.name})"


class Derived(Methods):
    def plain(self, x=0):
        return "derived " + super().plain(x)


one, two, no = Methods("one"), Methods("two"), Methods("no")
for _ in range(2):
    print(one.plain(), one.plain(1), two.plain(x=1), Methods.plain(one), Derived("d").plain(2))
    print(Methods.of_class(1), one.of_class(1), Derived.of_class(1), Methods.static(4), one.static(4))
    print(one.computed, two.computed, len(one), one == two, one != one, one[3], "n" in one, one, [*zip(one)])
    print([bool(item) for item in (one, two, no)], not no, no and 1)
print(Methods.plain.cache_info(), Methods.static.cache_info(), Methods.__len__.cache_info())
bound = one.plain
print(type(bound).__name__, repr(bound), bound.__self__ is one, bound.__func__ is Methods.plain)
print(bound(1), bound.cache_info().hits, one.plain == bound, bound.__name__, Methods.plain.__get__(two)(1))
print(Methods.plain is Methods.__dict__["plain"], Methods.plain.__get__(None, Methods) is Methods.plain)
print(list(map(Methods.plain, [one, two])), sorted([3, 1, 2], key=cache(lambda x: -x)), max("ab", key=cache(ord)))


@lru_cache
class Single:
    def __init__(self, x):
        self.x = x


print(Single(3) is Single(3), Single(4).x, Single.__name__, Single.cache_info())
for builtin in (len, str.upper, "a-b".split, int, [1, 2].count, type, dict):
    wrapped = cache(builtin)
    argument = "a" if builtin not in ([1, 2].count, type, dict) else ()
    if builtin is int:
        argument = "7"
    print(wrapped(argument), wrapped(argument), wrapped.cache_info())
