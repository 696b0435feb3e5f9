"""Bound methods as values; functions set on instances are not bound."""
class C:
    def __init__(self, n): self.n = n
    def get(self, extra=0): return self.n + extra
a, b = C(1), C(2)
f = a.get
a.n = 10
print(f(), f(5), list(map(C.get, [a, b])), sorted([b, a], key=C.get)[0].n, {a.get: 1}[a.get])
a.get = lambda *args: ("instance", args)
print(a.get(1), b.get.__self__ is b)
class D(C):
    get2 = C.get
    length = len
print(D(3).get2(), D.length("abc"), D(1).length("ab"))
