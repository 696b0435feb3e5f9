"""Cached generator functions and coroutines, and tracebacks through cached functions."""

import asyncio
import traceback
from functools import cache, lru_cache, partial, reduce


@cache
def numbers(n):
    yield from range(n)


print(list(numbers(3)), list(numbers(3)), numbers(3) is numbers(3), numbers.cache_info())


@cache
async def answer(x):
    await asyncio.sleep(0)
    return x


async def main():
    print(await answer(1))
    try:
        await answer(1)
    except RuntimeError as error:
        print(error)
    print(await asyncio.gather(answer(2), answer(3)), answer.cache_info())


asyncio.run(main())


@cache
def inner(x):
    if x:
        return inner(x - 1)
    raise ValueError("at the bottom")


def outer():
    return inner(2)


try:
    outer()
except ValueError as error:
    print([(entry.name, entry.lineno) for entry in traceback.extract_tb(error.__traceback__)])
print(inner.cache_info())


def generator():
    @cache
    def step(x):
        return x + 1

    total = 0
    while True:
        total = step(total + (yield total))
        if total > 20:
            return step.cache_info()


running = generator()
next(running)
try:
    while True:
        print(running.send(2))
except StopIteration as stop:
    print(stop.value)


@lru_cache(maxsize=2)
def in_places(x):
    return x


print([in_places(x) for x in (1, 2, 1, 3)], {in_places(1): in_places(2)}, f"{in_places(5)!r}", *[in_places(6)])
print(partial(in_places, 7)(), reduce(cache(lambda a, b: a * b), range(1, 6)), in_places.cache_info())
with_default = cache(lambda x, y=[]: (x, len(y)))
print(with_default(1), with_default(1), with_default(1, ()), with_default.cache_info())
for item in map(in_places, (1, 1, 2)):
    print(item, end=" ")
print(any(in_places(x) for x in (0, 3)), in_places.cache_info())
