"""Class patterns with positional and keyword sub-patterns."""
class Point:
    __match_args__ = ("x", "y")
    def __init__(self, x, y): self.x, self.y = x, y
class Line:
    def __init__(self, a, b): self.a, self.b = a, b
def f(v):
    match v:
        case Point(0, 0):
            return "origin"
        case Point(x=0, y=y):
            return f"on y axis {y}"
        case Point(x, y) if x == y:
            return f"diagonal {x}"
        case Point(x, _):
            return f"point {x}"
        case Line(a=Point(x=x1), b=Point() as p2):
            return f"line {x1} {p2.y}"
        case int(n) | float(n):
            return f"number {n}"
        case str(s) | bytes(s):
            return f"text {s}"
        case list([x, *_]):
            return f"list {x}"
        case dict(d):
            return f"dict {d}"
        case type():
            return "a type"
        case _:
            return "no"
for v in (Point(0, 0), Point(0, 3), Point(4, 4), Point(5, 6), Line(Point(1, 2), Point(3, 4)), 7, 1.5, "s", b"b", [9, 8], {"k": 1}, int, None):
    print(f(v))
class NoArgs: pass
class BadArgs:
    __match_args__ = ["x"]
    x = 1
def bad(cls):
    match cls():
        case NoArgs(1):
            return 1
        case BadArgs(x):
            return 2
        case int(1, 2):
            return 3
for cls in (NoArgs, BadArgs, int):
    try:
        print(bad(cls))
    except TypeError as error:
        print(error)
