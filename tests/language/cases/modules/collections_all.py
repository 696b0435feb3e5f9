"""collections in detail."""
from collections import *
from collections import abc
import collections

d = deque("abc")
d.append("d"); d.appendleft("z"); d.extend("ef"); d.extendleft([1, 2])
print(d, len(d), d[0], d[-1], d[3], "c" in d, d.count("a"), d.index("c"))
d.rotate(2); print(d); d.rotate(-3); print(d)
d.remove("a"); del d[0]; d.insert(1, "new"); d[0] = "first"; d.reverse(); print(d, d.copy() == d, bool(deque()))
print([d.pop() for _ in range(3)], [d.popleft() for _ in range(3)], list(reversed(d)))
b = deque(range(5), maxlen=3)
b.append(9); b.appendleft(0); print(b, b.maxlen, b + deque([1]), b * 2)
print(deque([1, 2]) < deque([1, 3]), deque([1]) == [1], deque([[1]]), repr(deque(maxlen=2)))
r = deque(); r.append(r); print(r)
for call in (lambda: deque().pop(), lambda: deque().popleft(), lambda: deque([1])[5], lambda: deque([1]).remove(2), lambda: deque([1]).index(2), lambda: deque(maxlen=-1), lambda: [x for x in d if d.append(1) is None], lambda: deque([1]) + [1], lambda: deque(5), lambda: deque([1])["a"]):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
q = deque()
for i in range(1000):
    q.append(i)
    if i % 3 == 0: q.popleft()
print(len(q), q[0], q[-1], sum(q))

c = Counter("abracadabra")
print(c, c.most_common(2), c["x"], list(c.elements())[:4], c.total(), Counter(a=1, b=2), Counter({"x": 3}))
c.update("aaa"); c.subtract("b"); print(c, c - Counter(a=5), c & Counter(a=2, r=9), c | Counter(z=1), +Counter(a=-1, b=1), -Counter(a=-1))
del c["nothing"]; c["q"] += 1; print(c["q"], Counter("ab") == Counter("ba"), Counter("a") <= Counter("aa"), Counter())
print(Counter([1, 1, 2]).most_common(), sorted(Counter("hello").items()), dict(Counter("aab")))
try:
    Counter.fromkeys("a")
except NotImplementedError as error:
    print(error)

dd = defaultdict(int)
for ch in "hello": dd[ch] += 1
print(dd, dd["zz"], "zz" in dd, dd.get("yy"), dd.default_factory)
nested = defaultdict(lambda: defaultdict(list))
nested["a"]["b"].append(1); print(nested["a"], dict(nested["a"]), type(dd.copy()).__name__)
try:
    defaultdict(None)["k"]
except KeyError as error:
    print(repr(error))
try:
    defaultdict(5)
except TypeError as error:
    print(error)
print(defaultdict(list, {"a": [1]}, b=[2]), defaultdict(int) == {}, defaultdict(int, a=1) | {"b": 2})

o = OrderedDict([("a", 1), ("b", 2), ("c", 3)])
o.move_to_end("a"); print(o, list(o)); o.move_to_end("c", last=False); print(o, o.popitem(), o.popitem(last=False), o)
print(OrderedDict(a=1, b=2) == OrderedDict(b=2, a=1), OrderedDict(a=1, b=2) == dict(b=2, a=1), list(reversed(OrderedDict(a=1, b=2))), OrderedDict.fromkeys("ab", 0), OrderedDict())
try:
    o.move_to_end("nope")
except KeyError as error:
    print(repr(error))

Point = namedtuple("Point", ["x", "y"])
p = Point(1, y=2)
print(p, p.x + p.y, p[0], tuple(p), p._asdict(), p._replace(x=5), Point._make([7, 8]), Point._fields, p == (1, 2), hash(p) == hash((1, 2)))
x, y = p; print(x, y, Point.__doc__, Point.x.__doc__, isinstance(p, tuple), Point.__name__, Point.__module__, Point._field_defaults)
D = namedtuple("D", "a b c", defaults=(2, 3)); print(D(1), D._field_defaults, namedtuple("R", "class a a", rename=True)._fields)
class Sub(Point):
    def norm(self): return self.x ** 2 + self.y ** 2
print(Sub(3, 4).norm(), Sub(3, 4))
for call in (lambda: Point(1), lambda: Point(1, 2, 3), lambda: Point(1, z=2), lambda: Point(1, 2, x=3), lambda: p._replace(q=1), lambda: namedtuple("A", "class"), lambda: namedtuple("A", "a a"), lambda: namedtuple("A", "_a"), lambda: namedtuple("1A", "a"), lambda: Point._make([1]), lambda: setattr(p, "x", 5), lambda: setattr(p, "z", 5), lambda: namedtuple("A", "a", defaults=(1, 2))):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
match p:
    case Point(x=1, y=yy): print("matched", yy)
match p:
    case Point(a, b): print("matched", a, b)

m = ChainMap({"a": 1}, {"a": 2, "b": 3})
print(m["a"], m["b"], dict(m), len(m), list(m), m.new_child({"c": 5}), m.parents, "b" in m, m.get("zz", 0))
m["n"] = 1; print(m.maps); 
try:
    del m["b"]
except KeyError as error:
    print(error)
class Lower(UserDict):
    def __setitem__(self, k, v): super().__setitem__(k.lower(), v)
u = Lower(A=1); u.update(B=2); print(u, u["a"], len(u), "b" in u, isinstance(u, abc.MutableMapping))
ul = UserList([3, 1, 2]); ul.sort(); ul.append(9); print(ul, ul[1:], ul + [1], 3 in ul)
us = UserString("abc"); print(us.upper(), us + "d", len(us), us == "abc")
