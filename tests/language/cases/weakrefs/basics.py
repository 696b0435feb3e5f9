"""weakref.ref, proxies and dictionaries while the object lives."""
import weakref
class C:
    def __init__(self, n): self.n = n
c = C(5)
r = weakref.ref(c)
p = weakref.proxy(c)
d = weakref.WeakValueDictionary(a=c)
print(r() is c, p.n, d["a"].n, r == weakref.ref(c), hash(r) == hash(c), len(d))
p.n = 6
print(c.n)
for value in (5, "a", [], None):
    try:
        weakref.ref(value)
    except TypeError as error:
        print(error)
