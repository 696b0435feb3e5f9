"""Shallow and deep copies."""
import copy
class Thing:
    def __init__(self): self.items = [1, [2]]; self.me = self
t = Thing(); u = copy.copy(t); v = copy.deepcopy(t)
print(u.items is t.items, v.items == t.items, v.items[1] is t.items[1], v.me is v, copy.copy([1]), copy.deepcopy({"a": [1]}), copy.copy((1,)), copy.deepcopy({1, 2}), copy.deepcopy("s"))
class Custom:
    def __copy__(self): return "copied"
    def __deepcopy__(self, memo): return "deep"
print(copy.copy(Custom()), copy.deepcopy([Custom()]))
class Slotted:
    __slots__ = ("a", "b")
s = Slotted(); s.a = [1]; d = copy.deepcopy(s); print(d.a, d.a is s.a, hasattr(d, "b"))
class L(list): pass
l = L([1, [2]]); l.x = 5; m = copy.deepcopy(l); print(m, type(m).__name__, m.x, m[1] is l[1])
import collections
print(copy.copy(collections.Counter("aab")), copy.deepcopy(collections.deque([1, [2]])), copy.copy(collections.OrderedDict(a=1)), copy.deepcopy(collections.defaultdict(list, a=[1])))
x = [1]; x.append(x); y = copy.deepcopy(x); print(y, y[1] is y)
print(copy.deepcopy(ValueError("a", 1)).args, copy.replace(collections.namedtuple("N", "a b")(1, 2), a=5))

