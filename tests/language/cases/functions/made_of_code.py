"""Functions made of code objects, and what they tell of their namespaces."""

import types


def add(a, b=1, *, c=2):
    return a + b + c + offset


offset = 100
print(add.__globals__ is globals(), add.__code__ == add.__code__, hash(add.__code__) == hash(add.__code__))
other = types.FunctionType(add.__code__, {"offset": 5, "__name__": "elsewhere"}, "renamed", (10,), None, {"c": 20})
print(other(1), other.__name__, other.__module__, other.__globals__, other.__defaults__, other.__kwdefaults__)


def outer():
    x = 1

    def inner():
        return x

    return inner


made = types.FunctionType(outer().__code__, {}, None, None, (types.CellType(9),))
print(made(), made.__name__)
for arguments in ((3, {}), (add.__code__, 3), (outer().__code__, {}), (add.__code__, {}, None, None, (1,))):
    try:
        types.FunctionType(*arguments)
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
try:
    add.__globals__ = {}
except AttributeError as error:
    print(error)
print(callable(__builtins__), "len" in vars(__builtins__))


class Has:
    def method(self):
        """Text."""


Has.method.known = 1
print("known" in dir(Has().method), "known" in dir(Has.method), Has().method.__doc__)


def generator():
    yield from (x for x in [1, 2])


running = generator()
next(running)
print(running.gi_code.co_name, running.gi_yieldfrom.gi_code.co_name)


async def coroutine():
    return 1


made = coroutine()
waiting = made.__await__()
print(type(waiting).__name__, iter(waiting) is waiting, made.cr_code.co_name)
try:
    next(waiting)
except StopIteration as stop:
    print(stop.value)
try:
    next(waiting)
except RuntimeError as error:
    print(error)


class Comprehending:
    try:
        print([__class__ for _ in [1]])
    except NameError as error:
        print(type(error).__name__, error)
