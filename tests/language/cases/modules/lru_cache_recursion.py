"""A cached function takes one frame for each call, and counts as CPython's does."""

from functools import cache, lru_cache, wraps


@cache
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


print(fib(600))
fib.cache_clear()
print(len(str(fib(900))), fib.cache_info())
fib.cache_clear()
try:
    fib(2000)
except RecursionError as error:
    print(error, fib.cache_info().currsize)
print(fib(30), fib.cache_info().hits > 0)


@lru_cache
def bounded(n):
    return n if n < 2 else bounded(n - 1) + bounded(n - 2)


print(len(str(bounded(900))), bounded.cache_info())


@lru_cache(maxsize=2)
def narrow(n):
    return n if n < 2 else narrow(n - 1) + narrow(n - 2)


print(narrow(12), narrow.cache_info())


@lru_cache(maxsize=0)
def uncached(n):
    return n if n < 2 else uncached(n - 1) + uncached(n - 2)


print(uncached(10), uncached.cache_info())


@cache
@cache
@cache
def three_times(n):
    return 0 if n == 0 else three_times(n - 1) + 1


print(three_times(100), three_times.cache_info(), three_times.__wrapped__.cache_info())


def counted(function):
    @wraps(function)
    def wrapper(*args):
        wrapper.calls += 1
        return function(*args)

    wrapper.calls = 0
    return wrapper


@cache
@counted
def ways(rows, columns):
    return 1 if 0 in (rows, columns) else ways(rows - 1, columns) + ways(rows, columns - 1)


print(ways(14, 14), ways.__wrapped__.calls, ways.cache_info())


@cache
def even(n):
    return True if n == 0 else odd(n - 1)


@cache
def odd(n):
    return False if n == 0 else even(n - 1)


print(even(200), odd(200), even.cache_info(), odd.cache_info())

nested = len
for _ in range(30):
    nested = lru_cache(maxsize=3)(nested)
print(nested("abc"), nested("abc"), nested("ab"), nested.cache_info(), nested.__wrapped__.cache_info())
