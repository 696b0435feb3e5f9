"""Calls that leave arguments to their defaults or give them by name, in functions, methods and classes."""


def plain(a, b=1, c=2):
    return a, b, c


def only(a, /, b, *, c, d=4):
    return a, b, c, d


def collecting(a, *rest, key=None, **named):
    return a, rest, key, named


class Point:
    def __init__(self, x, y=5, *, z=6):
        self.values = x, y, z

    def moved(self, by=1, *, times=2):
        return tuple(value + by * times for value in self.values)


class Loose:
    def __init__(self, *values, **named):
        self.values = values, named


class Bare:
    pass


def attempt(call):
    try:
        return call()
    except TypeError as error:
        return f"TypeError: {error}"


for _ in range(3):
    print(plain(0), plain(0, 9), plain(0, c=9), plain(c=3, b=4, a=5), plain(b=4, a=5))
    print(only(1, 2, c=3), only(1, b=2, d=5, c=3), collecting(1, 2, key=3, other=4), collecting(a=1))
    point = Point(1)
    print(point.values, Point(1, z=2).values, Point(y=3, x=2).values, point.moved(), point.moved(times=3, by=2))
    print(Loose(1, b=2).values, Loose().values, type(Bare()).__name__)
    generator = (lambda n=3, *, step=1: (i * step for i in range(n)))(step=4)
    print(list(generator))

for call in (
    lambda: plain(),
    lambda: plain(1, 2, 3, 4),
    lambda: plain(1, a=2),
    lambda: plain(1, d=2),
    lambda: plain(b=2),
    lambda: only(1, 2),
    lambda: only(a=1, b=2, c=3),
    lambda: only(1, 2, 3, c=4),
    lambda: Point(),
    lambda: Point(1, 2, 3),
    lambda: Point(1, w=3),
    lambda: Point(1, x=3),
    lambda: Bare(x=1),
):
    print(attempt(call))


def changed(a, b):
    return a, b


changed.__defaults__ = (1, 2, 3)
print(changed(), changed(9), changed(8, 9), changed(b=7))
changed.__defaults__ = (1,)
print(changed(5), changed(a=6), attempt(changed))
changed.__defaults__ = None
print(attempt(lambda: changed(5)))
only.__kwdefaults__ = {"c": 7, "d": 8}
print(only(1, 2), attempt(lambda: only(1, 2, d=3, e=4)))
only.__kwdefaults__ = None
print(attempt(lambda: only(1, 2, c=3)))


def many(a, b, c, d, e, f, g, h, i, j, k=11, l=12, m=13, *, n=14):
    return a + b + c + d + e + f + g + h + i + j + k + l + m + n


print(many(1, 2, 3, 4, 5, 6, 7, 8, 9, 10), many(1, 2, 3, 4, 5, 6, 7, 8, 9, j=1, n=0, k=0))


def deep(n, *, step=1):
    return 0 if n == 0 else 1 + deep(n - step, step=step)


print(deep(300), deep(300, step=2))
cells = []
for index in range(3):
    def remember(value=index, *, twice=False):
        cells.append(value)
        return (value, index) * (2 if twice else 1)
    print(remember(), remember(twice=True))
print(cells)
