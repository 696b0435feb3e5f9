"""Closures: counters, composition, partial application, nonlocal state."""


def make_counter(step):
    total = 0

    def increment(amount):
        nonlocal total
        total += amount * step
        return total

    return increment


def compose(first, second):
    return lambda value: second(first(value))


def adder(amount):
    def add(value):
        return value + amount

    return add


def memoize(function):
    cache = {}

    def wrapper(argument):
        if argument not in cache:
            cache[argument] = function(argument)
        return cache[argument]

    return wrapper


@memoize
def slow_square(value):
    return value * value


pipeline = adder(1)
for amount in range(2, 10):
    pipeline = compose(pipeline, adder(amount))
counters = [make_counter(step) for step in range(1, 6)]
checksum = 0
for number in range(40000):
    checksum += counters[number % 5](number)
    checksum += slow_square(number % 100)
    if number % 2 == 0:
        checksum += pipeline(number)
assert checksum == 6401812280000, checksum
print("closures", checksum)
