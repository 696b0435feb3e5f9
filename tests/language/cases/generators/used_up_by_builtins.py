"""`sum`, `any` and `all` over generators: kinds of numbers, guest methods, errors, what is left of the generator."""


def numbers(*items):
    for item in items:
        yield item


class Money:
    def __init__(self, cents):
        self.cents = cents

    def __add__(self, other):
        return Money(self.cents + (other.cents if isinstance(other, Money) else other))

    __radd__ = __add__


class Truth:
    def __init__(self, value):
        self.value = value

    def __bool__(self):
        print("asked", self.value)
        return self.value


class Whole(int):
    pass


print(sum(numbers()), sum(numbers(), 2.5), sum(numbers(1, 2, 3)), sum(numbers(1, 2), 10), sum(numbers(True, True)))
print(sum(numbers(0.1, 0.2, 0.3)), sum(numbers(0.1 for _ in range(10)).__next__()), sum(0.1 for _ in range(10)))
print(sum(numbers(1, 0.5, 2, True, 0.25)), sum(numbers(1e16, 1, -1e16)), sum(numbers(1e308, 1e308, -1e308)))
print(sum(numbers(2**62, 2**62, 5)), sum(numbers(2**70, 0.5)), sum(numbers(0.5, 2**70, 0.25)), sum(numbers(1, 2**200)))
print(sum(numbers(1, 1j)), sum(numbers(0.5, 1j, 2)), sum(numbers(Whole(3), 4)), sum(numbers(float("inf"), 1.0)))
print(sum(numbers(Money(5), Money(7))).cents, sum(numbers(1, Money(7), 2)).cents)
print(sum(numbers([1], [2]), []), sum(numbers((1,), (2,)), ()))
for items, start in [((1, "a"), 0), ((1.5, "a"), 0), (("a",), 0), ((None,), 1.5)]:
    try:
        sum(numbers(*items), start)
    except TypeError as error:
        print(error)

print(any(numbers()), all(numbers()), any(numbers(0, "", 3, 4)), all(numbers(1, [0], 0, 2)))
print(any(numbers(None, 0.0, (), {}, set())), all(numbers(1, "a", (0,), {0}, 0.5)))
print(any(numbers(Truth(False), Truth(True), Truth(True))), all(numbers(Truth(True), 1, Truth(False), 1)))
print(any(numbers(b"", bytearray(), 0j, range(0))), all(numbers(b"x", 1j, object(), len, int)))

rest = numbers(0, 1, 2, 3)
print(any(rest), list(rest))
rest = numbers(1, 0, 2, 3)
print(all(rest), list(rest), any(rest), sum(rest))


def failing():
    try:
        yield 1
        yield 2
        raise KeyError("broken")
    finally:
        print("finally")


for function in (sum, any, all):
    generator = failing()
    try:
        print(function(generator))
    except KeyError as error:
        print(function.__name__, repr(error))
    print(next(generator, "ended"))
    generator.close()


def outer():
    received = yield 1
    print("received", received)
    yield from (i for i in range(3))
    yield sum(i * 2 for i in range(4)) + any(i > 2 for i in range(5))
    return "returned"


print(sum(outer()))
print(sum(sum(i * j for j in range(i)) for i in range(10)), [sum(x for x in range(n)) for n in range(5)])


def own():
    yield 1
    yield sum(me)


me = own()
try:
    print(sum(me))
except ValueError as error:
    print(error)


def handled():
    try:
        raise OSError("inside")
    except OSError:
        yield 1
        yield 2
        try:
            raise
        except OSError as error:
            print("still", error)


try:
    raise LookupError("outside")
except LookupError:
    print(sum(handled()))
    try:
        raise
    except LookupError as error:
        print("and", error)


def deep(n):
    return sum(deep(n - 1) for _ in range(1)) if n else 1


print(deep(100))


print(max(numbers(3, 9, 4)), min(numbers(3, 9, 4)), max(numbers(1.5, 0.5)), min(numbers(2, 1.5, 7)), max(numbers("b", "a")))
print(max(numbers(), default="none"), min(numbers(1), default=None), max(numbers(2**70, 3, 2**71)), min(numbers((1, 2), (0, 9))))
print(max(numbers(1, 2, 3), key=lambda n: -n), max(numbers(float("nan"), 1.0)), max(numbers(1, True, 1.0)), min(numbers(1.0, 1)))
for function in (max, min):
    for items in [(), (1, "a"), (None, 1)]:
        try:
            print(function(numbers(*items)))
        except (TypeError, ValueError) as error:
            print(type(error).__name__, error)

for index, item in enumerate(numbers("a", "b", "c"), 5):
    print(index, item)
pairs = enumerate(numbers(*"wxyz"))
for pair in pairs:
    print(pair, next(pairs, "no more"))
print(list(pairs), [i * x for i, x in enumerate(x * 2 for x in range(5))])


def stops():
    yield 1
    raise RuntimeError("midway")


try:
    for pair in enumerate(stops()):
        print(pair)
except RuntimeError as error:
    print(error)


def itself():
    yield 1
    for pair in enumerate(again):
        print("never", pair)


again = itself()
try:
    for pair in enumerate(again):
        print(pair)
except ValueError as error:
    print(error)
