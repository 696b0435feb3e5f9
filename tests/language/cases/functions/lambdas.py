"""Lambdas with every parameter kind, immediately called, stored, nested."""
f = lambda a, b=2, *args, k=0, **kw: (a, b, args, k, kw)
print(f(1), f(1, 3, 4, k=5, z=6), (lambda: 7)(), (lambda x: lambda y: x + y)(1)(2), f.__name__, sorted([3, 1], key=lambda v: -v))
print([(lambda n=n: n)() for n in range(3)], [g() for g in [lambda: n for n in range(3)]], (lambda *a: a)(*"xy"))
