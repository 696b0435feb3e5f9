"""heapq, bisect, operator, string, copy, contextlib, types, abc, numbers, weakref, statistics, random."""
import heapq, bisect, operator, string, copy, contextlib, types, abc, numbers, weakref, statistics, random

h = [5, 1, 8, 3, 2]
heapq.heapify(h); print(h); heapq.heappush(h, 0); print(h, heapq.heappop(h), heapq.heappushpop(h, 4), heapq.heapreplace(h, 9), h)
print(heapq.nlargest(2, [3, 1, 4, 1, 5]), heapq.nsmallest(3, [3, 1, 4, 1, 5], key=lambda x: -x), list(heapq.merge([1, 4], [2, 3], [0])), list(heapq.merge([3, 1], [2], reverse=True)), [heapq.heappop(h) for _ in range(len(h))])
for call in (lambda: heapq.heappop([]), lambda: heapq.heappush((), 1), lambda: heapq.heapify(5)):
    try: call()
    except Exception as error: print(type(error).__name__, error)
a = [1, 2, 2, 3]
print(bisect.bisect(a, 2), bisect.bisect_left(a, 2), bisect.bisect_right(a, 5), bisect.bisect_left(a, 2, 2), bisect.bisect([{"k": 1}], 1, key=lambda d: d["k"]))
bisect.insort(a, 2.5); bisect.insort_left(a, 0); print(a)
print(operator.add(1, 2), operator.itemgetter(1)([5, 6]), operator.itemgetter("a", "b")({"a": 1, "b": 2}), operator.attrgetter("real", "imag")(3), operator.methodcaller("upper")("x"), operator.itemgetter(1), operator.attrgetter("a.b"), operator.methodcaller("f", 1, k=2), operator.mul("a", 3), operator.contains([1], 1), operator.countOf([1, 1], 1), operator.indexOf([5, 6], 6), operator.not_(0), operator.truth([]), operator.is_(1, 1), operator.length_hint([1, 2]), operator.iadd([1], [2]), operator.concat("a", "b"), operator.index(True), operator.pow(2, 5), operator.xor(5, 1), operator.inv(5), operator.__add__(1, 1))
print(string.ascii_letters, string.digits, string.punctuation, string.capwords("hello  world"), string.Template("$a ${b}x $$").substitute(a=1, b=2), string.Template("$a $zz").safe_substitute(a=1), string.Formatter().format("{0} {x!r:>5}", 1, x="a"))
for call in (lambda: string.Template("$a").substitute(), lambda: string.Template("$").substitute(), lambda: string.Template("a\nb $ c").substitute()):
    try: call()
    except Exception as error: print(type(error).__name__, error)

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

@contextlib.contextmanager
def managed(n):
    print("enter", n)
    try:
        yield n * 2
    except KeyError as error:
        print("caught", error)
    finally:
        print("exit", n)
with managed(1) as r: print(r)
with managed(2): raise KeyError("k")
try:
    with managed(3): raise ValueError("v")
except ValueError as error: print("out", error)
with contextlib.suppress(ZeroDivisionError, KeyError): 1 / 0
with contextlib.ExitStack() as stack:
    stack.callback(print, "callback")
    stack.enter_context(managed(4))
    stack.push(lambda *a: print("pushed", a[0]) or True)
    raise RuntimeError("inside")
with contextlib.nullcontext(5) as n: print(n)
class Closer:
    def close(self): print("closed")
with contextlib.closing(Closer()): pass
@managed(9)
def decorated(): print("body")
decorated()
@contextlib.contextmanager
def twice():
    yield 1
    yield 2
try:
    with twice(): pass
except RuntimeError as error: print(error)

ns = types.SimpleNamespace(a=1, b="x"); ns.c = [1]
print(ns, ns == types.SimpleNamespace(a=1, b="x", c=[1]), types.FunctionType.__name__, isinstance(len, types.BuiltinFunctionType), isinstance(ns, types.SimpleNamespace), types.NoneType, types.MappingProxyType({"a": 1}), types.GenericAlias(list, (int,)), types.new_class("X", (), {}, lambda n: n.update(y=1)).y, types.MethodType(lambda self: self, 5)(), types.GeneratorType.__name__, isinstance((i for i in ()), types.GeneratorType), types.EllipsisType, types.UnionType)

class Shape(abc.ABC):
    @abc.abstractmethod
    def area(self): ...
    @property
    @abc.abstractmethod
    def name(self): ...
try: Shape()
except TypeError as error: print(error)
class Half(Shape):
    def area(self): return 1
try: Half()
except TypeError as error: print(error)
class Full(Half):
    name = "full"
print(Full().area(), Shape.__abstractmethods__ == {"area", "name"}, isinstance(Full(), Shape))
@Shape.register
class Virtual: pass
print(isinstance(Virtual(), Shape), issubclass(Virtual, Shape), Virtual in Shape.__subclasses__())
print(isinstance(1, numbers.Integral), isinstance(1.5, numbers.Real), isinstance(1j, numbers.Number), isinstance(True, numbers.Rational), isinstance("a", numbers.Number), issubclass(int, numbers.Complex))
from collections.abc import *
print(isinstance([], Sequence), isinstance({}, Mapping), isinstance(set(), Set), isinstance("", Iterable), isinstance(5, Hashable), isinstance([], Hashable), isinstance(print, Callable), isinstance(iter([]), Iterator), isinstance((i for i in ()), Generator), isinstance({}.keys(), KeysView), isinstance(range(3), Sequence), issubclass(dict, MutableMapping), isinstance(collections.deque(), MutableSequence))
class MyMap(Mapping):
    def __init__(self, d): self.d = d
    def __getitem__(self, k): return self.d[k]
    def __iter__(self): return iter(self.d)
    def __len__(self): return len(self.d)
mm = MyMap({"a": 1}); print(mm.get("a"), mm.get("z", 9), list(mm.items()), "a" in mm, mm == {"a": 1}, list(mm.keys()), len(mm.values()))
class MySeq(Sequence):
    def __getitem__(self, i): return [1, 2, 3][i]
    def __len__(self): return 3
print(list(MySeq()), MySeq().index(2), MySeq().count(3), 2 in MySeq(), list(reversed(MySeq())))

class Node:
    pass
node = Node(); ref = weakref.ref(node)
print(ref() is node, ref == weakref.ref(node), weakref.proxy(node).__class__.__name__)
ws = weakref.WeakSet([node]); wk = weakref.WeakKeyDictionary(); wk[node] = 1; wv = weakref.WeakValueDictionary(); wv["n"] = node
print(len(ws), node in ws, wk[node], wv["n"] is node, list(wv), len(wk), "zz" in wv, wv.get("q"))

print(statistics.mean([1, 2, 3, 4]), statistics.mean([1, 2]), statistics.fmean([1, 2.5]), statistics.median([3, 1, 2]), statistics.median([1, 2, 3, 4]), statistics.mode("aab"), statistics.multimode("aabb"), statistics.stdev([1, 2, 3, 4]), statistics.pstdev([1, 2, 3, 4]), statistics.variance([1.5, 2.5, 4]), statistics.pvariance([1, 2, 4]), statistics.quantiles([1, 2, 3, 4, 5]), statistics.quantiles(range(10), n=3, method="inclusive"), statistics.harmonic_mean([40, 60]), statistics.geometric_mean([54, 24, 36]), statistics.median_low([1, 2]), statistics.median_high([1, 2]), statistics.mean([0.1] * 10), statistics.correlation([1, 2, 3], [1, 5, 7]), statistics.linear_regression([1, 2, 3], [2, 4, 6.5]), statistics.covariance([1, 2, 3], [1, 5, 7]))
for call in (lambda: statistics.mean([]), lambda: statistics.stdev([1]), lambda: statistics.median([]), lambda: statistics.mode([])):
    try: call()
    except statistics.StatisticsError as error: print(error)
nd = statistics.NormalDist(100, 15); print(nd, nd.cdf(130), nd.pdf(100), nd.inv_cdf(0.9), nd.zscore(115))

random.seed(42)
print(random.random(), random.randint(1, 100), random.choice("abcdef"), random.uniform(1, 5), random.sample(range(100), 5), random.choices("abc", k=4), random.choices([1, 2], weights=[1, 9], k=5), random.getrandbits(70), random.gauss(0, 1), random.normalvariate(0, 1), random.randrange(0, 100, 7), random.expovariate(2), random.betavariate(1, 2), random.triangular(0, 1, 0.5), random.randbytes(5))
items = list(range(10)); random.shuffle(items); print(items)
r1 = random.Random(7); state = r1.getstate(); first = r1.random(); r1.setstate(state); print(first == r1.random(), random.Random(7).random(), random.Random("text").random(), random.Random(1.5).random(), random.Random(-3).random(), random.Random(2**70).random())
for call in (lambda: random.choice([]), lambda: random.randint(5, 1), lambda: random.sample([1], 2), lambda: random.choices([1], weights=[0]), lambda: random.randrange(0), lambda: random.seed([])):
    try: call()
    except Exception as error: print(type(error).__name__, error)
