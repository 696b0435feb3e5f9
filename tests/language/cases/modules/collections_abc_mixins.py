"""What the abstract classes of containers bring with them, and which classes they recognise."""
from collections.abc import *
import collections.abc as ca
class S(Set):
    def __init__(s, it): s.d = list(dict.fromkeys(it))
    def __contains__(s, x): return x in s.d
    def __iter__(s): return iter(s.d)
    def __len__(s): return len(s.d)
    def __repr__(s): return f"S({s.d})"
a, b = S([1,2,3]), S([2,3,4])
print(a & b, a | b, a - b, a ^ b, a <= b, a < S([1,2,3,5]), a == S([3,2,1]), a.isdisjoint([9]), a != b, a >= S([1]), a > S([1]), [1,9] - a, {1} | a, a & [1], a - [1], a ^ [9, 1])
try: a - 5
except TypeError as e: print(e)
try: a < [1]
except TypeError as e: print(e)
class M(MutableSet, S):
    def add(s, x):
        if x not in s.d: s.d.append(x)
    def discard(s, x):
        if x in s.d: s.d.remove(x)
m = M([1,2]); m |= [3]; m &= S([2,3]); print(m); m ^= [3, 7]; print(m); m -= [7]; print(m, m.pop(), m)
try: m.pop()
except KeyError as e: print(repr(e), e.__cause__)
try: m.remove(4)
except KeyError as e: print(repr(e))
m |= [1]; m ^= m; print(m); m|=[1]; m -= m; print(m); m |= [5]; m.clear(); print(m)
class D(MutableMapping):
    def __init__(s, *a, **k): s.d = {}; s.update(*a, **k)
    def __getitem__(s, k): return s.d[k]
    def __setitem__(s, k, v): s.d[k] = v
    def __delitem__(s, k): del s.d[k]
    def __iter__(s): return iter(s.d)
    def __len__(s): return len(s.d)
d = D({"a": 1}, b=2); d.update([("c", 3)]); d.update(D(e=5))
print(list(d), list(d.items()), ("a", 1) in d.items(), ("a", 2) in d.items(), 3 in d.values(), "a" in d.keys(), d.keys() & {"a"}, d.items() - {("a",1)}, d == {"a":1,"b":2,"c":3,"e":5}, d.pop("a"), d.pop("zz", 0), d.popitem(), d.setdefault("q", 8), d.get("none"), len(d.keys()))
try: d.pop("zz")
except KeyError as e: print(repr(e))
try: D().popitem()
except KeyError as e: print(repr(e), e.__suppress_context__)
d.clear(); print(len(d))
try: reversed(d)
except TypeError as e: print(e)
class L(MutableSequence):
    def __init__(s, it=()): s.l = list(it)
    def __getitem__(s, i): return s.l[i]
    def __setitem__(s, i, v): s.l[i] = v
    def __delitem__(s, i): del s.l[i]
    def insert(s, i, v): s.l.insert(i, v)
    def __len__(s): return len(s.l)
l = L([1,2,3,2]); l.append(4); l.extend(l); l += [9]; l.reverse(); print(list(l), list(reversed(l)), l.index(2), l.index(2, 3), l.index(3, -5), l.count(2), l.pop(), l.pop(0), 3 in l, 77 in l); l.remove(4); print(list(l)); l.clear(); print(len(l))
try: l.index(1)
except ValueError as e: print(repr(e))
for t in (Hashable, Sized, Container, Iterable, Iterator, Callable, Collection, Awaitable, Coroutine, AsyncIterable, AsyncIterator, AsyncGenerator, Generator, Reversible, Buffer, Set, MutableSet, Mapping, MutableMapping, KeysView, ItemsView, ValuesView, Sequence, MutableSequence):
    print(t.__name__, t.__mro__[1:-1], [isinstance(x, t) for x in (1, [], {}, {1}, frozenset(), (), "", b"", bytearray(), memoryview(b""), iter([]), (i for i in ()), len, {}.keys(), {}.items(), {}.values(), range(3), reversed([]), object(), zip(), print, type)], sorted(t.__abstractmethods__))
class G(Generator):
    def send(s, v): return v
    def throw(s, *a): return super().throw(*a)
g = G(); print(next(g), g.send(3), g.close())
for a in ((ValueError,), (ValueError, ValueError("x")), (ValueError, None, None), (ValueError("y"),)):
    try: g.throw(*a)
    except ValueError as e: print(repr(e))
class NH: __hash__ = None
print(isinstance(NH(), Hashable), issubclass(list, Hashable))
print(Callable[[int], str], Callable[..., int], Iterable[int], MappingView[int] if 0 else 1)
class C1(Hashable):
    def __hash__(self): return super().__hash__()
print(hash(C1()))
class It(Iterable):
    def __iter__(s): return super().__iter__()
print(list(It()))
