"""Operators of guest classes at sites that run often: results of every kind, NotImplemented, errors, generators, recursion."""


class Vector:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __add__(self, other):
        if not isinstance(other, Vector) or other.x < 0:
            return NotImplemented
        return Vector(self.x + other.x, self.y + other.y)

    def __mul__(self, other):
        return self.x * other.x + self.y * other.y if isinstance(other, Vector) else Vector(self.x * other, self.y * other)

    def __eq__(self, other):
        return self.x == other.x and self.y == other.y if isinstance(other, Vector) else NotImplemented

    def __lt__(self, other):
        return self.x < other.x

    def __getitem__(self, index):
        if index > 1:
            raise IndexError(f"no part {index}")
        return self.y if index else self.x

    def __repr__(self):
        return f"V({self.x}, {self.y})"


class Wider(Vector):
    def __radd__(self, other):
        return "reflected"


class Lazy:
    def __add__(self, other):
        yield 1
        yield other

    def __getitem__(self, key, default="default"):
        return key, default

    def __eq__(self, other):
        return [] if other is self else [1]

    def __lt__(self, *others):
        return others


class Text(str):
    def __add__(self, other):
        return "text " + str.__add__(self, other)

    def __getitem__(self, index):
        return "item " + str.__getitem__(self, index)

    def __eq__(self, other):
        return "equal"

    __hash__ = str.__hash__


class Nothing:
    pass


def loop(a, b, count):
    for number in range(count):
        total = a + b
        product = a * b
        if a == b:
            print("equal", number)
        if not a == b:
            print("different", number)
        if a < b:
            print("less", number)
        if a != b:
            print("unequal", number)
        last = a[number % 2]
    return total, product, last, a == b, a < b


print(loop(Vector(1, 2), Vector(3, 4), 3))
print(loop(Vector(1, 2), Vector(1, 2), 2))
print(loop(Vector(1, 2), Wider(5, 6), 1))
print(Wider(1, 2) + Wider(3, 4), Vector(1, 2) + Wider(-1, 0), [Vector(1, 2)[i] for i in range(2)])
for left, right in [(Vector(1, 2), Vector(-1, 0)), (Nothing(), Nothing()), (Vector(0, 0), 5), (5, Vector(0, 0))]:
    for _ in range(2):
        try:
            print(left + right)
        except TypeError as error:
            print(error)
    print(left == right, left != right)
try:
    Vector(1, 2)[2]
except IndexError as error:
    print(error)
try:
    Nothing()[0]
except TypeError as error:
    print(error)
try:
    Nothing() < Nothing()
except TypeError as error:
    print(error)
lazy = Lazy()
print(list(lazy + lazy)[0], lazy[5], lazy == lazy, lazy == Lazy(), (lazy < lazy) == (lazy,), "yes" if lazy == lazy else "no")
text = Text("abc")
print(text + text, text[1], text == text, text + "d", text["a" == "b"])

total = Vector(0, 0)
for step in range(5):
    total += Vector(step, 1)
print(total)


class Deep:
    def __init__(self, depth):
        self.depth = depth

    def __add__(self, other):
        return self.depth if self.depth == 0 else 1 + (Deep(self.depth - 1) + Deep(0))

    def __getitem__(self, index):
        return self.endless()[index]

    def endless(self):
        return self


print(Deep(50) + Deep(0))
try:
    Deep(1)[0]
except RecursionError as error:
    print(error)
late = Nothing()
Nothing.__add__ = lambda self, other: "late"
print(late + late)
Nothing.__add__ = lambda self, other: "later"
print(late + late)
del Nothing.__add__
try:
    late + late
except TypeError as error:
    print(error)
