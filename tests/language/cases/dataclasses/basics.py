"""Generated __init__, __repr__, __eq__, defaults and order."""
from dataclasses import dataclass, field, asdict, astuple, replace, fields, FrozenInstanceError
@dataclass
class Point:
    x: int
    y: int = 0
    tags: list = field(default_factory=list)
@dataclass(order=True, frozen=True)
class Version:
    major: int
    minor: int = field(default=0)
    note: str = field(default="", compare=False, repr=False)
@dataclass
class Point3(Point):
    z: float = 1.5
    def __post_init__(self): self.total = self.x + self.y + self.z
p = Point(1, 2)
print(p, p == Point(1, 2), p != Point(1), Point3(1).total, Point3(1, 2, [], 3), asdict(p), astuple(p), replace(p, y=9), [f.name for f in fields(Point3)])
print(sorted([Version(2), Version(1, 5), Version(1)]), hash(Version(1)) == hash(Version(1, 0, "x")), Version(1) < Version(1, 1), Point.__match_args__)
for call in (lambda: setattr(Version(1), "major", 2), lambda: Point(), lambda: Point(1, 2, 3, 4), lambda: hash(p), lambda: p < p):
    try:
        call()
    except (FrozenInstanceError, TypeError) as error:
        print(type(error).__name__, error)
try:
    @dataclass
    class Bad:
        items: list = []
except ValueError as error:
    print(error)
try:
    @dataclass
    class Order:
        a: int = 1
        b: int
except TypeError as error:
    print(error)
