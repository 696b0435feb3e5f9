"""json.dumps, JSONEncoder and json.dump: options, default, derived classes, errors."""
import json


def tell(action):
    """What an action gives or raises."""
    try:
        return repr(action())
    except Exception as error:
        return f"{type(error).__name__}: {error}"


    except BaseException as e: return f"{type(e).__name__}: {e}"
print(tell(lambda: json.dumps({(1,):1}, skipkeys=True, indent=1)), tell(lambda: json.dumps({(1,):1, 2:3, (2,):2}, skipkeys=True, indent=1)))
log=[]
def d(o):
    log.append(repr(o)[:20]); 
    if isinstance(o, set): return sorted(o)
    if isinstance(o, complex): return [o.real, o.imag]
    if isinstance(o, bytes): return {"b": o.decode(), "c": {1}}
    raise TypeError("no " + type(o).__name__)
print(tell(lambda: json.dumps([{1,2}, 3j, {"k": b"x"}], default=d)), log)
print(tell(lambda: json.dumps([{1,2}, 3j, {"k": b"x"}], default=d, indent=2, sort_keys=True)), log)
log.clear()
print(tell(lambda: json.dumps([{1,2}, {(1,2): 3}], default=d)), log)
print(tell(lambda: json.dumps([{1,2}, object], default=d)), tell(lambda: json.dumps([{1,2}], default=str)), tell(lambda: json.dumps(3j, default=lambda o: o)), tell(lambda: json.dumps(3j, default=lambda o: [o])))
print(tell(lambda: json.dumps(3j, default=lambda: 1)), tell(lambda: json.dumps(3j, default=5)))
class Enc(json.JSONEncoder):
    def default(self, o):
        if isinstance(o, set): return list(o)
        return super().default(o)
print(tell(lambda: json.dumps({"a": {1}}, cls=Enc)), tell(lambda: json.dumps({"a": 1j}, cls=Enc)), tell(lambda: Enc(indent=2).encode([{3}])), tell(lambda: list(Enc().iterencode({"x": {1}}))))
class Enc2(json.JSONEncoder):
    item_separator = ","
    def iterencode(self, o, _one_shot=False):
        yield "["; yield from super().iterencode(o, _one_shot); yield "]"
print(tell(lambda: json.dumps([1,2], cls=Enc2)), tell(lambda: Enc2(separators=("; ", "=")).encode({"a":1,"b":2})))
class W:
    def __init__(self): self.c=[]
    def write(self, x): self.c.append(x)
w=W(); json.dump({"a":[1,2,{"b":None}]}, w, indent=1); print(w.c)
w=W(); print(tell(lambda: json.dump([1, object()], w)), w.c)
class Rd:
    def read(self): return '{"a": [1, 2.5, NaN]}'
print(json.load(Rd()))
for v in [0.1, 1e16, 1e22, 1e-5, 5e-324, 1.7976931348623157e308, -0.0, float('nan'), float('inf'), -float('inf'), 10**30, -10**20, True, None, (), ((),), {"": ""}, {True: 1, False: 0, None: 2}, {1.0: 2, 1: 3}, {float('nan'): 1, float('inf'): 2}, {10**30: 1}, "\u2028\u2029\x7f\x80\xff", "\ud800\udfff", {"\ud800": 1}, b"x", {b"x": 1}, {1j: 1}, range(3), {1,2}, iter([]), type, len, ..., NotImplemented, lambda: 0, [1, [2, [3]]]]:
    print(tell(lambda: json.dumps(v)), tell(lambda: json.dumps(v, ensure_ascii=False, indent="--", separators=(",", ":"))), tell(lambda: json.dumps(v, sort_keys=True, allow_nan=False)), tell(lambda: "".join(json.JSONEncoder(sort_keys=True,indent=3).iterencode(v))))
from collections import OrderedDict, defaultdict, namedtuple, Counter, deque, ChainMap, UserDict
N=namedtuple("N","a b")
print(json.dumps([OrderedDict(b=1,a=2), defaultdict(list, {"x":[1]}), N(1,[2]), Counter("aab")]), tell(lambda: json.dumps(deque([1]))), tell(lambda: json.dumps(ChainMap({}))), tell(lambda: json.dumps(UserDict())))
print(json.dumps(OrderedDict(b=1,a=2), sort_keys=True, indent=1), json.loads('{"b":1,"a":2}', object_pairs_hook=OrderedDict))
from dataclasses import dataclass, asdict
@dataclass
class P: x:int; y:list
print(json.dumps(asdict(P(1,[2]))), tell(lambda: json.dumps(P(1,[2]))), tell(lambda: json.dumps([P(1,[2])], default=vars)), json.dumps([P(1,[2])], default=lambda o: o.__dict__, indent=1))
class Fl(float):
    def __repr__(self): return "FL"
print(json.dumps([Fl(1.5), {Fl(2.5): Fl(3.5)}]))
print(json.loads('["a", {"k": 1}, {"k": 2}]'), json.dumps("a", indent=2), json.dumps([], indent=2), json.dumps({}, indent=2), json.dumps({"a": []}, indent=0))
a={}; a["a"]=[a]
print(tell(lambda: json.dumps(a)), tell(lambda: list(json.JSONEncoder().iterencode(a))), tell(lambda: json.dumps(a, default=str)))
x=[]; print(json.dumps([x,x,[x]]))
deep=[]
for _ in range(40): deep=[deep,deep] if len(str(deep))<50 else [deep]
print(len(json.dumps(deep)))
cyc=[]; top=cyc
for _ in range(100): cyc=[cyc]
top.append(cyc)
print(tell(lambda: json.dumps(cyc)))
class M(dict):
    def items(self): return iter([("z",1),("a",[1])])
class LL(list):
    def __iter__(self): yield 1; yield {"a": self.__class__.__name__}
print(json.dumps(M(q=1), sort_keys=True), json.dumps([LL([1]), LL([2])], indent=1), json.dumps(LL()))
class Cy(list):
    def __iter__(self): yield self
print(tell(lambda: json.dumps(Cy([1]))))
j = json.JSONEncoder(indent=2)
print(vars(j), tell(lambda: json.JSONEncoder(3)), j.item_separator, j.key_separator)
print(json.dumps({1: 1, 2.5: 2, True: 1, None: 1, float("nan"): 3}), json.dumps([1, {"a": 2}], indent=0), json.dumps([1, {}, [], ()], indent="\t"), json.dumps({"a": 1}, indent=-3))
print(tell(lambda: json.dumps([1], indent=2.5)), tell(lambda: json.dumps([1], separators=(1, 2))), tell(lambda: json.dumps([1, 2], separators=(",",))), tell(lambda: json.dumps([1], foo=2)), tell(lambda: json.dumps([1], indent=[1])), json.dumps([1], indent=True))
print(json.dumps("\x7f\x80\u2028\U0001F600\ud800\x00\"\\/\b\f\n\r\t"), json.dumps("\x7f\x80\u2028", ensure_ascii=False))


class Listed(dict):
    def items(self):
        return [[1, 2]]


class Unlisted(dict):
    def items(self):
        return 5


class Triples(dict):
    def items(self):
        return [(1, 2, 3)]


for kind in (Listed, Unlisted, Triples):
    print(tell(lambda: json.dumps(kind(a=1))), json.dumps(kind()))
import enum


class Level(enum.IntEnum):
    HIGH = 3


class Color(enum.Enum):
    RED = 1


class Word(enum.StrEnum):
    YES = "yes"


print(json.dumps([Level.HIGH, Word.YES, {Level.HIGH: 1, Word.YES: 2}]), tell(lambda: json.dumps(Color.RED)), tell(lambda: json.dumps({Color.RED: 1})), json.dumps({Color.RED: 1, 2: 3}, skipkeys=True))
print(tell(lambda: json.dumps(10**5000)), json.dumps({3: 1, 1: 2}, sort_keys=True), tell(lambda: json.dumps({None: 1, 1: 2}, sort_keys=True)), tell(lambda: json.dumps({(1,): 1, 1: 2}, sort_keys=True, skipkeys=True)))
print(tell(lambda: json.JSONEncoder().encode()), tell(lambda: json.dumps()))
for indent in (None, 1):
    print(list(json.JSONEncoder(indent=indent).iterencode([1, {"a": [2, 3], "b": None}, "x", [], {}])))
