"""Which results a bounded cache forgets."""

from functools import cache, lru_cache


def trace(maxsize, arguments):
    computed = []

    @lru_cache(maxsize=maxsize)
    def function(x):
        computed.append(x)
        return x

    for argument in arguments:
        assert function(argument) == argument
    print(maxsize, computed, function.cache_info())


for size in (0, 1, 2, 3, 4, 8, 9, 20, None, -1, True):
    trace(size, [1, 2, 1, 3, 2, 1, 4, 4, 2, 5, 1, 3, 3, 6, 7, 8, 1, 9, 10, 2, 11, 1])

for size in (1, 5, 50):

    @lru_cache(maxsize=size)
    def square(x, y=0):
        return x * x + y

    number = 1
    for _ in range(3000):
        number = number * 1103515245 + 12345 & 0x7FFFFFFF
        assert square(number % 61) == (number % 61) ** 2
        assert square(number % 7, y=number % 5) == (number % 7) ** 2 + number % 5
    print(square.cache_info())


@lru_cache(maxsize=2)
def clearing(n):
    if n == 3:
        clearing.cache_clear()
    return n


for n in (1, 2, 1, 3, 1, 2, 3):
    clearing(n)
    print(n, clearing.cache_info())


@lru_cache(maxsize=3)
def reentrant(n, depth=0):
    """Fills the cache while the result of the same call is still to come."""
    if depth < 2 and n == 1:
        again.append(n)
        if len(again) < 3:
            reentrant(n, depth)
    for other in range(10, 10 + n):
        reentrant(other) if depth == 0 and n < 5 else None
    return object()


again = []
first = reentrant(1)
print(again, first is reentrant(1), reentrant.cache_info())
reentrant(4)
print(first is reentrant(1), reentrant.cache_info())

again = []


@cache
def replaced(n):
    again.append(n)
    if len(again) < 3:
        replaced(n)
    return len(again), object()


last = replaced(1)
print(last[0], replaced(1) is last, replaced.cache_info())


@lru_cache(maxsize=2)
def failing(x):
    if x % 3 == 0:
        raise ValueError(x)
    return x


for x in (1, 2, 3, 1, 2, 3, 6, 4, 1):
    try:
        failing(x)
    except ValueError as error:
        print("ValueError", error)
    print(x, failing.cache_info())
