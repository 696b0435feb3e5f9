"""Objects with keys() and __getitem__ work with ** and dict()."""
class M:
    def keys(self): return ["a", "b"]
    def __getitem__(self, k): return k * 2
def f(**kw): return kw
print(dict(M()), f(**M()), {**M(), "c": 1})
d = {}
d.update(M())
print(d, "{a} {b}".format_map(M()), "%(a)s" % M())
