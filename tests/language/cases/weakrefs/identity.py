import weakref


class C:
    def method(self):
        pass


c = C()
r = weakref.ref(c)
print(r is weakref.ref(c), weakref.ref(c) is r, weakref.getweakrefcount(c))
with_callback = weakref.ref(c, print)
another = weakref.ref(c, print)
print(with_callback is r, another is with_callback, weakref.ref(c, None) is r)
print(weakref.getweakrefcount(c), len(weakref.getweakrefs(c)), weakref.getweakrefs(c)[0] is r)
p = weakref.proxy(c)
q = weakref.proxy(c, print)
print(weakref.proxy(c) is p, q is p, type(p).__name__)
print(weakref.getweakrefcount(c))


class Ref(weakref.ref):
    pass


mine = Ref(c)
yours = Ref(c)
print(mine is yours, mine is r, type(mine).__name__, mine == r, hash(mine) == hash(r))
d = C()
print(weakref.getweakrefcount(d), weakref.getweakrefs(d), weakref.getweakrefcount(5), weakref.getweakrefs(5))
print([type(reference).__name__ for reference in weakref.getweakrefs(c)], len({r, with_callback, another, mine, yours}))
print(weakref.ref(d) is weakref.ref(d), weakref.ref(C) is weakref.ref(C))
rd = weakref.ref(d)
print(weakref.getweakrefs(d) == [rd], rd == weakref.ref(d), rd == r)
keys = weakref.WeakKeyDictionary({c: 1})
keys[d] = 2
print(keys[c], len(keys), sorted(keys.values()))
print(callable(weakref.proxy(c)), type(weakref.proxy(C)).__name__)
