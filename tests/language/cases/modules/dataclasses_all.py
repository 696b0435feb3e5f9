"""dataclasses in detail."""
from dataclasses import *
import dataclasses
from typing import ClassVar, Optional

@dataclass
class P:
    x: int
    y: int = 0
    tags: list = field(default_factory=list)
    count: ClassVar[int] = 5
    hidden: str = field(default="h", repr=False, compare=False)
p = P(1)
print(p, p == P(1), p != P(2), P(1, 2, ["a"]), P.__match_args__, P.__doc__, [f.name for f in fields(P)], asdict(p), astuple(p), replace(p, x=9), P.__hash__, is_dataclass(P), is_dataclass(p), is_dataclass(5))
p.tags.append(1); print(P(1).tags, p.tags, P.__init__.__annotations__, P.__init__.__qualname__, P.count)
for call in (lambda: P(), lambda: P(1, 2, 3, 4, 5), lambda: P(z=1), lambda: hash(p), lambda: P(1) < P(2), lambda: fields(5), lambda: asdict(5), lambda: replace(5), lambda: replace(p, zz=1), lambda: P(1, x=2)):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
@dataclass(frozen=True, order=True)
class F:
    a: int
    b: str = "b"
f = F(1)
print(f, hash(f) == hash((1, "b")), F(1) < F(2), F(1) <= F(1), sorted([F(2), F(1)]), {f: 1}[F(1)])
for call in (lambda: setattr(f, "a", 5), lambda: delattr(f, "a"), lambda: setattr(f, "new", 5), lambda: F(1) < 5):
    try:
        call()
    except Exception as error:
        print(type(error).__name__, error)
@dataclass
class Base:
    x: int
    y: int = 1
@dataclass
class Child(Base):
    z: int = 2
    x: str = "over"
print(Child(), [f.name for f in fields(Child)], Child("a", 5, 6))
@dataclass
class Post:
    a: int
    b: int = field(init=False)
    c: InitVar[int] = 10
    def __post_init__(self, c):
        self.b = self.a + c
print(Post(1), Post(1, c=2).b)
@dataclass(kw_only=True)
class K:
    a: int
    b: int = 2
print(K(a=1))
try:
    K(1)
except TypeError as error:
    print(error)
@dataclass
class KO:
    a: int
    _: KW_ONLY
    b: int = 3
print(KO(1, b=4), KO.__match_args__)
@dataclass(slots=True)
class Sl:
    a: int
    b: int = 7
    def get(self): return super().__repr__()[:3]
s = Sl(1)
print(s, Sl.__slots__, hasattr(s, "__dict__"), s.b)
try:
    s.zzz = 1
except AttributeError as error:
    print(error)
@dataclass(eq=False, repr=False)
class N:
    a: int
print(N(1) == N(1), "N object" in repr(N(1)))
@dataclass
class Node:
    value: int
    next: Optional["Node"] = None
n = Node(1, Node(2)); print(n, asdict(n)); n.next.next = n; print(n)
@dataclass
class Wrap:
    items: list[P]
    by: dict[str, P]
print(asdict(Wrap([P(1)], {"k": P(2)})), astuple(Wrap([P(1)], {})))
C = make_dataclass("C", ["x", ("y", int), ("z", int, field(default=5))], namespace={"add": lambda self: self.y + self.z})
print(C(1, 2), C(1, 2).add(), C.__name__)
for make in (lambda: make_dataclass("B", [("a", int, 1), ("b", int)]), lambda: make_dataclass("B", [("a", list, [])]), lambda: field(default=1, default_factory=int), lambda: make_dataclass("B", ["1a"])):
    try:
        make()
    except Exception as error:
        print(type(error).__name__, error)
try:
    @dataclass
    class Bad(F):
        c: int = 1
except TypeError as error:
    print(error)
match p:
    case P(x, y): print("match", x, y)
match f:
    case F(a=1, b=bb): print(bb)
@dataclass(order=True)
class Task:
    priority: int
    name: str = field(compare=False)
print(Task(1, "z") < Task(2, "a"), max(Task(1, "x"), Task(3, "y")))
@dataclass(unsafe_hash=True)
class U:
    a: int
    b: int = field(hash=False, default=0)
print(hash(U(1, 2)) == hash(U(1, 3)), Task.__hash__)
