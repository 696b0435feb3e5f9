"""enum in detail."""
import enum
from enum import *

class Color(Enum):
    RED = 1
    GREEN = 2
    CRIMSON = 1
    def describe(self): return self.name.lower()
    @classmethod
    def default(cls): return cls.GREEN
    @property
    def loud(self): return self.name + "!"
print(Color.RED, repr(Color.RED), Color(1), Color["GREEN"], Color.CRIMSON is Color.RED, list(Color), len(Color), Color.RED.describe(), Color.default(), Color.RED.loud)
print(Color.__members__, Color.RED in Color, 1 in Color, 7 in Color, isinstance(Color.RED, Color), Color.RED == 1, Color.RED is Color(1), {Color.RED: "r"}[Color.RED], type(Color.RED), Color, list(reversed(Color)))
print(Color.RED.name, Color.RED.value, f"{Color.RED}", f"{Color.RED:>12}|", str(Color.RED), "%s" % Color.RED, Color.RED.__class__.__name__, bool(Color.RED), Color.RED.GREEN)
for call in (lambda: Color(9), lambda: Color["X"], lambda: Color.BLUE, lambda: setattr(Color, "RED", 5), lambda: delattr(Color, "RED"), lambda: setattr(Color.RED, "value", 3), lambda: Color.RED < Color.GREEN, lambda: type("Sub", (Color,), {}), lambda: Color(), lambda: unique(Color), lambda: Enum("Empty", "")(1), lambda: Color.RED + 1, lambda: int(Color.RED)):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
class Auto(Enum):
    A = auto()
    B = auto()
    C = 10
    D = auto()
print([(m.name, m.value) for m in Auto])
class Named(Enum):
    @staticmethod
    def _generate_next_value_(name, start, count, last_values): return name.lower()
    X = auto()
    Y = auto()
print(Named.X.value, Named("y"))
class Num(IntEnum):
    ONE = 1
    TWO = 2
print(Num.ONE, repr(Num.ONE), Num.ONE + 1, Num.TWO > Num.ONE, Num.ONE == 1, f"{Num.ONE}", [10, 20, 30][Num.ONE], sorted([Num.TWO, Num.ONE]), sum(Num), Num(2), isinstance(Num.ONE, int), hash(Num.ONE) == hash(1), max(Num), "%d" % Num.TWO, str(Num.TWO), Num.ONE.real, format(Num.TWO, "03d"))
class S(StrEnum):
    A = "a"
    BB = auto()
print(S.A, repr(S.A), S.BB.value, S.A + "x", S.A == "a", S("bb"), f"{S.A:>3}", S.A.upper(), {"a": 1}[S.A], isinstance(S.A, str), [s for s in S], ",".join(S))
class Mixed(str, Enum):
    A = "x"
print(Mixed.A, repr(Mixed.A), Mixed.A == "x", f"{Mixed.A}", Mixed.A.value, Mixed.A.upper())
class FloatE(float, Enum):
    HALF = 0.5
print(FloatE.HALF * 2, FloatE.HALF, repr(FloatE.HALF))
class Planet(Enum):
    EARTH = (5.97e24, 6.37e6)
    MARS = (6.42e23, 3.39e6)
    def __init__(self, mass, radius):
        self.mass = mass
        self.radius = radius
print(Planet.EARTH.mass, Planet.MARS.value, Planet((6.42e23, 3.39e6)), Planet.EARTH)
class WithNew(Enum):
    A = ("a", 1)
    B = ("b", 2)
    def __new__(cls, text, number):
        obj = object.__new__(cls)
        obj._value_ = number
        obj.text = text
        return obj
print(WithNew.A.value, WithNew(2), WithNew.B.text)
class Miss(Enum):
    A = 1
    @classmethod
    def _missing_(cls, value):
        return cls.A if value == "any" else None
print(Miss("any"))
try:
    Miss("none")
except ValueError as error:
    print(error)
class Perm(Flag):
    R = 4
    W = 2
    X = 1
    RW = 6
print(Perm.R | Perm.X, repr(Perm.R | Perm.X), Perm.RW, Perm.R | Perm.W, Perm.R in Perm.RW, list(Perm), list(Perm.RW), ~Perm.R, Perm(7), Perm(0), bool(Perm(0)), Perm.R & Perm.W, Perm.R ^ Perm.RW, len(Perm.RW), (Perm.R | Perm.W).value, (Perm.R | Perm.X).name)
try:
    Perm(8)
except ValueError as error:
    print(error)
try:
    Perm.R | 1
except TypeError as error:
    print(error)
class IF(IntFlag):
    A = auto()
    B = auto()
    C = auto()
print(IF.A | IF.B, repr(IF.A | IF.C), IF(3), repr(IF(8)), IF.A + 1, IF.A | 8, list(IF), IF.A.value, IF.C.value, ~IF.A, IF.A == 1, 3 & IF.B)
Animal = Enum("Animal", "ANT BEE CAT")
print(list(Animal), Animal.ANT.value, Animal.__module__, Enum("Two", ["A", "B"]).B, Enum("D", {"X": 10, "Y": 20}).Y.value, IntEnum("I", "P Q", start=5).Q + 0)
try:
    @unique
    class Dup(Enum):
        A = 1
        B = 1
except ValueError as error:
    print(error)
try:
    class Twice(Enum):
        A = 1
        A = 2
except TypeError as error:
    print(error)
class Shape(Enum):
    SQUARE = member(lambda: 4)
    helper = nonmember(5)
    def area(self): return 1
print(Shape.helper, list(Shape.__members__))
class Base(Enum):
    def hello(self): return f"hello {self.value}"
class Derived(Base):
    A = 1
print(Derived.A.hello(), Derived.__mro__[1].__name__)
from dataclasses import dataclass
match Color.RED:
    case Color.GREEN: print("green")
    case Color.RED: print("red")
import copy
print(copy.copy(Color.RED) is Color.RED, copy.deepcopy([Color.RED])[0] is Color.RED, Color.RED.__hash__() == hash("RED"))
class Color2(Enum):
    _ignore_ = ["tmp"]
    tmp = 5
    A = tmp + 1
print(list(Color2), Color2.A.value)
class Ordered(Enum):
    A = 1
    B = 2
    def __lt__(self, other): return self.value < other.value
print(sorted([Ordered.B, Ordered.A]), min(Ordered))
@verify(UNIQUE, CONTINUOUS)
class V(Enum):
    A = 1
    B = 2
try:
    @verify(CONTINUOUS)
    class W(Enum):
        A = 1
        B = 4
except ValueError as error:
    print(error)
