"""str.format with positions, names, attributes, items and nested specs."""
class Point:
    def __init__(self, x, y):
        self.x, self.y = x, y
p = Point(1, 2)
print("{} {}".format(1, 2), "{1} {0}".format("a", "b"), "{name}!".format(name="n"), "{0.x} {0.y} {1[0]} {1[2]} {2[key]}".format(p, [5, 6, 7], {"key": "v"}))
print("{:>5}|{:<5}|{:^5}|{:*^7}".format("a", "b", "c", "d"), "{:{w}.{p}f}".format(3.14159, w=8, p=2), "{0!r:>6} {0!s} {0!a}".format("é"), "{{}} {}".format(1), "{:,}".format(1234567), "{}".format([1, "a"]))
for text, args in (("{} {0}", (1,)), ("{0} {}", (1,)), ("{}", ()), ("{a}", ()), ("{", ()), ("}", ()), ("{0[}", (1,)), ("{!x}", (1,)), ("{:d}", ("s",)), ("{0.z}", (1,)), ("{:>5", (1,))):
    try:
        print(text.format(*args))
    except Exception as error:
        print(type(error).__name__, error)
