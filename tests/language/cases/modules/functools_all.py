"""functools in detail."""
from functools import *
import functools

@lru_cache(maxsize=2)
def square(x, *, y=0):
    print("computing", x, y)
    return x * x + y
print(square(2), square(2), square(3), square(2), square(4), square(3), square.cache_info(), square.cache_parameters())
square.cache_clear()
print(square.cache_info(), square.__name__, square.__wrapped__(5))
@cache
def fact(n): return n * fact(n - 1) if n else 1
print(fact(20), fact.cache_info())
@lru_cache
def plain(x): return x
print(plain(1), plain(1.0), plain.cache_info())
@lru_cache(typed=True)
def typed(x): return x
print(typed(1), typed(1.0), typed.cache_info())
class M:
    @lru_cache(maxsize=None)
    def m(self, x): return x + 1
m = M()
print(m.m(1), m.m(1), M.m.cache_info())
try:
    square([1])
except TypeError as error:
    print(error)
p = partial(int, base=2)
print(p("101"), p.func, p.args, p.keywords, partial(partial(pow, 2), 3)(), partial(max, 5)(3, 9))
print(partial(print, "a", sep="-"))
try:
    partial()
except TypeError as error:
    print(error)
try:
    partial(5)
except TypeError as error:
    print(error)
class Cell:
    def set_state(self, state): return state
    alive = partialmethod(set_state, True)
print(Cell().alive())
@total_ordering
class V:
    def __init__(self, n): self.n = n
    def __eq__(self, o): return self.n == o.n if isinstance(o, V) else NotImplemented
    def __lt__(self, o): return self.n < o.n if isinstance(o, V) else NotImplemented
print(V(1) < V(2), V(1) <= V(1), V(2) > V(1), V(2) >= V(3), sorted([V(3), V(1)])[0].n)
try:
    V(1) >= 5
except TypeError as error:
    print(error)
try:
    @total_ordering
    class Bad: pass
except ValueError as error:
    print(error)
print(sorted([3, 1, 2], key=cmp_to_key(lambda a, b: b - a)), reduce(lambda a, b: a + b, "abc", ">"), reduce(max, [3]))
for call in (lambda: reduce(max, []), lambda: reduce(max, 5), lambda: reduce(max)):
    try:
        call()
    except TypeError as error:
        print(error)
@singledispatch
def show(x): return "object"
@show.register
def _(x: int): return "int"
@show.register(list)
def _(x): return "list"
@show.register
def _(x: float | str): return "float or str"
print(show(1), show(True), show([]), show("a"), show(2.5), show(None), show.dispatch(bool)(1), sorted(c.__name__ for c in show.registry))
class S:
    @singledispatchmethod
    def f(self, x): return "any"
    @f.register
    def _(self, x: int): return "int"
print(S().f(1), S().f("a"))
class P:
    calls = 0
    @cached_property
    def value(self):
        """doc"""
        P.calls += 1
        return 42
x = P()
print(x.value, x.value, P.calls, x.__dict__, P.value.__doc__)
del x.value
print(x.value, P.calls)
def deco(f):
    @wraps(f)
    def wrapper(*a, **k):
        """wrapper doc"""
        return f(*a, **k)
    return wrapper
@deco
def original(a: int) -> str:
    """original doc"""
    return str(a)
print(original.__name__, original.__doc__, original.__wrapped__(1), original.__annotations__, WRAPPER_ASSIGNMENTS)
