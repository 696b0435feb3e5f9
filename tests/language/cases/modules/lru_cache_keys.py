"""What calls of a cached function count as the same."""

from functools import cache, lru_cache


@cache
def shown(*args, **kwargs):
    print("computing", args, kwargs)
    return len(args)


shown()
shown()
shown(1)
shown(1)
shown(1.0)
shown(True)
shown("1")
shown(("1",))
shown((1,))
shown(None)
shown(...)
shown(2**70)
shown(2**70)
shown(float(2**70))
shown(a=1, b=2)
shown(b=2, a=1)
shown(a=1, b=2)
shown("a", 1, "b", 2)
shown(1, b=2)
shown(*(1,), **{"b": 2})
shown(object, "b", 2)
shown(b"x")
shown(frozenset([1, 2]))
shown(frozenset([2, 1]))
shown(-1, -2)
shown(-2, -1)
shown(0.0)
shown(-0.0)
shown(range(3))
shown(range(0, 3))
print(shown.cache_info())


class Text(str):
    pass


class Number(int):
    pass


shown.cache_clear()
shown("a")
shown(Text("a"))
shown(Text("a"))
shown(7)
shown(Number(7))
shown(Number(7), Text("a"))
shown(7, "a")
print(shown.cache_info())


@lru_cache(typed=True)
def typed(*args, **kwargs):
    print("typed", args, kwargs)
    return args


typed(1)
typed(1.0)
typed(True)
typed(1)
typed(1, a=1)
typed(1, a=1.0)
typed(1, a=1)
typed((1,))
typed((1.0,))
typed("a")
typed(Text("a"))
typed()
print(typed.cache_info(), typed.cache_parameters())
print(typed((1,)), typed((1.0,)))

nan = float("nan")
shown.cache_clear()
shown(nan)
shown(nan)
shown(float("nan"))
print(shown.cache_info())

for unhashable in ([], {}, set(), ([],), bytearray()):
    for call in (
        lambda: shown(unhashable),
        lambda: shown(1, unhashable),
        lambda: shown(x=unhashable),
        lambda: typed(unhashable),
    ):
        try:
            call()
        except TypeError as error:
            print(error)
print(shown.cache_info(), typed.cache_info().currsize)


@lru_cache(maxsize=0)
def unkeyed(values):
    return len(values)


print(unkeyed([1, 2]), unkeyed([1, 2]), unkeyed.cache_info())

long = tuple(range(3000))
print(shown(*long), shown(*range(3000)), shown.cache_info())
text = "x" * 500
print(shown(text, 1), shown("x" * 250 + "x" * 250, 1), shown.cache_info())
