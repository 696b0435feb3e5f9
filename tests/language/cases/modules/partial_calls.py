"""Calls of `functools.partial`."""

import functools
from functools import partial
def show(*args, **kwargs): return args, kwargs
p=partial(show, 1, a=2)
print(p(), p(3), p(b=4), p(3, a=5, b=6), p.__call__(7), partial.__call__(p, 8, z=1))
class P(partial):
    extra=1
    def twice(self, *a): return self(*a), self(*a)
q=P(show, 1, k=2)
print(q(2), q.twice(3), q.extra, isinstance(q, partial))
class Q(partial):
    def __call__(self, *a, **k): return "Q", super().__call__(*a, **k)
print(Q(show, 1)(2, b=3))
class A:
    m = partial(show, "m")
    def __init__(self): self.x=1
a=A()
print([type(e).__name__ for e in map(p, [1,2])], sorted([3,1,2], key=partial(pow, 2)), max("ab","c", key=partial(len)))
def two(x, y): return x, y
try: partial(two, 1)()
except TypeError as e: print(e)
try: partial(two, 1, y=2)(3)
except TypeError as e: print(e)
try: partial(two, x=1)(3)
except TypeError as e: print(e)
try: partial.__call__(3)
except TypeError as e: print(e)
print(partial(int, base=2)("101"), partial(dict, a=1)(b=2), partial("{}-{}".format, 1)(2), partial(partial(two, 1), 2)())
r=partial(show, 1); r.tag="t"
print(partial(r, 2)(3), partial(r,2).func is r, r.tag)
nested=partial(two, 1)
for _ in range(200):
    nested.tag=1
    nested=partial(nested)
print(nested(2))
def count(n): return 0 if n==0 else 1+partial(count, n-1)()
print(count(900))
gen=partial(iter, [1,2])
print(list(gen()), partial((x for x in [1]).__next__)())
import asyncio
async def co(x): return x
print(asyncio.run(partial(co, 5)()))
p.keywords["z"]=9
print(p())
with_order=partial(show, a=1, b=2)
print(with_order(b=3, a=4, c=5), with_order(c=1, b=0))
import traceback
def bad(x): raise ValueError(x)
try: partial(bad, 1)()
except ValueError as e: print([t.name for t in traceback.extract_tb(e.__traceback__)])
print(partial(sorted, reverse=True)([1,3,2]), partial(sorted, key=lambda x: -x)([1,3,2]), partial(max, key=str)([1,3,2]))
print(callable(p), repr(p)[:19])
