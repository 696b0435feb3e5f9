"""Positional-only, ordinary, star, keyword-only and double-star parameters together."""
def f(a, b=2, /, c=3, *args, d, e=5, **kwargs):
    return a, b, c, args, d, e, kwargs
print(f(1, d=4), f(1, 20, 30, 40, 50, d=0, e=1, z=9), f(1, c=7, d=8, a=100, b=200), f(*[1, 2], **{"d": 3}))
def g(*, k):
    return k
def h(a, /, **kw):
    return a, kw
print(g(k=1), h(1, a=2))
