"""The common paths of the interpreter, and what lies just beside them."""


class Text(str):
    pass


class Loud(dict):
    def __setitem__(self, key, value):
        super().__setitem__(key, value)
        self.last = key

    def __missing__(self, key):
        return f"no {key}"


class Equal:
    def __init__(self, number):
        self.number = number

    def __hash__(self):
        return hash(self.number)

    def __eq__(self, other):
        return isinstance(other, Equal) and self.number == other.number or other == self.number

    def __add__(self, other):
        return Equal(self.number + other.number)

    def __getitem__(self, index):
        return (self.number, index)

    def __contains__(self, item):
        return item == self.number


def splits(text):
    print(text.split(","), text.split(",", 1), text.split(", "), text.split(), text.split(None, 1))
    print(text.rsplit(",", 1), text.splitlines(), text.splitlines(True), text.partition(","))
    print(text.split(text) if text else "empty", text.split(sep=",", maxsplit=2), text.split(",", 0))


def strips(text):
    print([text.strip(), text.lstrip(), text.rstrip(), text.strip(" a"), text.strip(None)])
    print(text.title(), text.capitalize(), text.swapcase(), text.upper(), text.lower())


def replaced(text):
    print(text.replace("a", "b"), text.replace("a", ""), text.replace("a", "bb"), text.replace("aa", "b"))
    print(text.replace("a", "b", 1), text.replace("a", "b", 0), text.replace("", "-"), text.replace("x", "y"))
    print(text.replace("a", "b", count=2), text.count("a"), text.count("aa"))


for sample in ["", ",", "a,b,,c", "  one two\x1fthree \n four ", "äö,ü , ß", "x" * 70 + "," + "y" * 70, "\x85a\x85"]:
    splits(sample)
    strips(sample)
    replaced(sample)
splits(Text("p,q"))
print(type(Text("p").split("p")[0]), type(Text("pq").strip()))
replaced("banaaana" * 40)

PERCENT = [("%d", "x"), ("%s %s", (1,)), ("%s", (1, 2)), ("%d", ()), ("%(a)s%(b)d", {"a": "ä", "b": 2})]
PERCENT += [("%d-%s-%i %u%%", (1, "two", -3, 4)), ("%s", "whole"), ("%s %s", (Text("t"), 10**30)), ("%d", True)]
PERCENT += [("%d", 2.9), (b"%d %s", (5, b"raw")), ("%s", 12345678901234567)]
for template, values in PERCENT:
    try:
        print(template % values)
    except TypeError as error:
        print(error)
surrogate = "%s"
print(surrogate % "\ud800" == "\ud800", "{:>6}|{:<6}|{:^6}|{:*^7}|{:06}".format(1, "b", 2.5, "c", -7))
print("{0:>{1}}|{2!r:5}|{3:,}|{3:_x}|{4:+.2e}|{4: }".format("r", 9, "q", 1234567, 3.25), f"{'':5}|{'ab':.1}|{12:#06x}")
for spec in [" d", "z", "0>5", "٣", "5٣", "١٠d", "10s", "..", "1_,", "x<"]:
    try:
        print(repr(format(7, spec)))
    except ValueError as error:
        print(error)


def counter(start, step=2, *rest, flag=False):
    total = start

    def add(amount, extra=0):
        nonlocal total
        total += amount * step + extra
        return total

    def show():
        return total, step, rest, flag

    return add, show


add, show = counter(10)
print(add(1), add(2, 3), add(amount=1), show(), counter(1, 2, 3, flag=True)[1]())
for wrong in [lambda: add(), lambda: add(1, 2, 3), lambda: show(1)]:
    try:
        wrong()
    except TypeError as error:
        print(error)


def depth(count):
    return lambda: count if count == 0 else depth(count - 1)() + 1


print(depth(50)())

table, loud = {}, Loud()
for index, word in enumerate("the cat the dog the end".split()):
    if word not in table:
        table[word] = 0
    table[word] += index
    loud[word] = index
table[Equal(3)] = "equal"
table[3] = "three"
table[True] = "true"
table[1] = "one"
print({key if isinstance(key, (str, int)) else key.number: value for key, value in table.items()}, loud, loud.last)
print(loud["missing"], 3 in table, 3.0 in table, "dog" in loud, 4 in Equal(4), 5 not in Equal(4), Equal(6)[1:2], Equal(7)["k"])
for wrong in [lambda: table["nothing"], lambda: table[[]], lambda: [1, 2][5], lambda: (1,)["a"], lambda: None[0]]:
    try:
        wrong()
    except (KeyError, TypeError, IndexError) as error:
        print(type(error).__name__, error)
row, position = [5, 6, 7, 8], 2
print(row[position], row[-position], row[:position], row[position:], row[::position], "text"[position], "tëxt"[:position])
print({number % 3 for number in range(10)}, {Equal(number % 2).number for number in range(4)}, len({Equal(1), Equal(1), 1}))
print((Equal(1) + Equal(2)).__class__.__name__, Equal(1).__class__ is Equal, sorted("banana"), "same" == "sa" + "me")
long = "k" * 64
print(long + "1" == long + "2", long == "k" * 64, long != "k" * 63, "ä" * 20 == "ä" * 20, "a" == "ä")
print([bool(value) for value in ["", "x", {}, {1: 2}, (), (0,), set(), {0}]], [1 if value else 0 for value in ("", "x", (), {1})])
print([a + b for a, b in zip("abc", "def")], [pair for pair in {"a": 1}.items()], [*map(str, range(3))], list(range(0)))


class Point:
    kind = "point"

    def __init__(self, x, y=0):
        self.x, self.y = x, y
        if x == "wrong":
            return 1


print(Point(1).y, Point(1, 2).y, Point(x=3).x, Point.__class__, Point(1).__class__.kind)
for wrong in [lambda: Point(), lambda: Point(1, 2, 3), lambda: Point("wrong"), lambda: int("z"), lambda: str(b"", 1)]:
    try:
        wrong()
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
print(int("12"), int("z", 36), int(), str(), str(3), float("2.5"), list("ab"), tuple([1]), dict(a=1), bool([]), set("a"))
print(int.__new__(int, "5"), str.upper("abc"), dict.fromkeys("ab"), "".join(str(number) for number in range(5)))
