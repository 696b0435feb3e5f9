"""Arguments with `__eq__` and `__hash__` of their own."""

from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache


class Key:
    def __init__(self, name, group=0):
        self.name = name
        self.group = group

    def __hash__(self):
        log.append(f"hash {self.name}")
        return self.group

    def __eq__(self, other):
        log.append(f"{self.name}=={getattr(other, 'name', other)}")
        return isinstance(other, Key) and self.name == other.name

    def __repr__(self):
        return self.name


log = []
compared = True


def flush(*what):
    # Which other keys with the same hash a bounded cache looks at is a matter of how it is stored.
    print(*what, [entry for entry in log if compared or "==" not in entry])
    log.clear()


for size in (None, 2):
    compared = size is None

    @lru_cache(maxsize=size)
    def function(key, *more):
        log.append(f"call {key}")
        return key, more

    a, b = Key("a"), Key("b")
    flush(function(a))
    flush(function(a))
    flush(function(Key("a"))[0] is a)
    flush(function(b))
    flush(function(a))
    flush(function(Key("c")))
    flush(function(Key("b")))
    flush(function(a, 1), function(a, 1))
    flush(function.cache_info())


class Failing:
    def __init__(self, fails):
        self.fails = fails

    def __hash__(self):
        if self.fails == "hash":
            raise KeyError("hash")
        return 5

    def __eq__(self, other):
        if self.fails == "eq":
            raise IndexError("eq")
        return self is other


for size in (None, 1, 2):

    @lru_cache(maxsize=size)
    def tried(x):
        return "tried"

    print(tried(5), tried((5,)), tried(Failing("no")))
    for what in ("hash", "eq", "no", "eq", "eq"):
        try:
            print(tried(Failing(what)))
        except LookupError as error:
            print(type(error).__name__, error)
    print(tried.cache_info())


class Recursive:
    """Calls the cache while it is being hashed or compared."""

    def __init__(self, number):
        self.number = number

    def __hash__(self):
        if self.number < 3:
            reached.append(called(Recursive(self.number + 1)))
        return 1

    def __eq__(self, other):
        if self.number == 1:
            called(8)
        return self.number == other.number


reached = []


@cache
def called(x):
    return getattr(x, "number", x)


print(called(Recursive(0)), called(Recursive(1)), called(Recursive(1)), reached, called.cache_info()[2:])


class Clearing:
    def __init__(self, number):
        self.number = number

    def __hash__(self):
        return 3

    def __eq__(self, other):
        cleared.cache_clear()
        return self.number == other.number


@lru_cache(maxsize=4)
def cleared(x):
    return x.number


print([cleared(Clearing(n % 3)) for n in range(9)], cleared.cache_info().maxsize)


@dataclass(frozen=True)
class Point:
    x: int
    y: int


class Color(Enum):
    RED = 1
    BLUE = 2


@cache
def norm(point, color=Color.RED):
    log.append("norm")
    return point.x + point.y, color.name


flush(norm(Point(1, 2)), norm(Point(1, 2)), norm(Point(2, 1)), norm(Point(1, 2), Color.BLUE))
flush(norm(Point(1, 2), color=Color.BLUE), norm(Point(1, 2), color=Color.BLUE), norm.cache_info())


@cache
def depth(point):
    return 0 if point.x == 0 else depth(Point(point.x - 1, 0)) + 1


print(depth(Point(50, 0)), depth.cache_info())
