"""Enum members, values, iteration, lookup and errors."""
from enum import Enum, IntEnum, Flag, auto
class Color(Enum):
    RED = 1
    GREEN = "g"
    CRIMSON = 1
    def describe(self): return f"{self.name.lower()} is {self.value}"
class Level(IntEnum):
    LOW = 1
    HIGH = 5
class Perm(Flag):
    R = auto()
    W = auto()
    X = auto()
print(Color.RED, repr(Color.RED), Color.RED.name, Color.RED.value, Color("g"), Color["GREEN"], list(Color), Color.CRIMSON is Color.RED, Color.RED.describe(), len(Color), Color.RED in Color, isinstance(Color.RED, Color))
print(Level.HIGH > Level.LOW, Level.HIGH + 1, Level(5), sorted(Level), f"{Level.LOW}", Perm.R | Perm.W, Perm.R in (Perm.R | Perm.X), ~Perm.R, Perm(0), {Color.RED: "r"}[Color.RED])
for call in (lambda: Color("nope"), lambda: Color["NOPE"], lambda: setattr(Color, "RED", 5), lambda: Color.BLUE, lambda: Color.RED < Color.GREEN):
    try:
        call()
    except Exception as error:
        print(type(error).__name__, error)
