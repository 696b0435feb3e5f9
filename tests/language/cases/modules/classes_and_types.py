"""types, abc, numbers, collections.abc, weakref."""
import abc, collections, numbers, types, weakref
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

