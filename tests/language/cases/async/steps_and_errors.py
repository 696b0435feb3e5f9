import types


@types.coroutine
def pause(value):
    return (yield value)


class E(Exception):
    pass


def step(what, function, *args):
    try:
        print(what, "->", function(*args))
    except BaseException as error:
        print(what, type(error).__name__, error)


async def numbers():
    try:
        while True:
            got = yield await pause("p")
            print("got", got)
    except E as error:
        print("caught", error)
        await pause("after")
        yield "recovered"


agen = numbers()
first = agen.asend(None)
second = agen.asend(None)
step("first", first.send, None)
step("second throw", second.throw, E("x"))
step("second again", second.send, None)
step("first end", first.send, "v")

agen = numbers()
first = agen.asend(None)
third = agen.athrow(E("y"))
step("first", first.send, None)
step("third throw", third.throw, E("z"))
step("third again", third.send, None)
step("third throw again", third.throw, E("z"))
step("first end", first.send, "v")

agen = numbers()
first = agen.asend(None)
closing = agen.aclose()
step("first", first.send, None)
step("closing throw", closing.throw, E("z"))
step("first end", first.send, "v")

agen = numbers()
first = agen.asend(None)
step("unbegun throw", first.throw, E("q"))
step("again", first.send, None)


class Target:
    def __setitem__(self, key, value):
        raise StopAsyncIteration(key)


async def three():
    for value in range(3):
        yield value


async def assign():
    try:
        async for Target()["k"] in three():
            print("body")
        else:
            print("else")
    except StopAsyncIteration as error:
        print("escaped", error.args)


step("assign", assign().send, None)


async def assign_unpacked():
    async for a, b in three():
        print("body")


step("unpacked", assign_unpacked().send, None)


async def comprehend():
    return [x for (x, y) in [1] async for y in three()]


class Manager:
    def __init__(self, enter, leave):
        self.enter, self.leave = enter, leave

    def __aenter__(self):
        return self.enter

    def __aexit__(self, *args):
        return self.leave


async def use(manager, error=None):
    async with manager:
        if error is not None:
            raise error


async def nothing():
    return None


step("aenter", use(Manager(1, 2)).send, None)
step("aexit", use(Manager(nothing(), 2)).send, None)
step("aexit raising", use(Manager(nothing(), "s"), ValueError(1)).send, None)
try:
    use(Manager(nothing(), 3), ValueError(1)).send(None)
except TypeError as error:
    print(repr(error), repr(error.__context__))


async def leave_early(manager):
    for _ in range(2):
        async with manager:
            return 1
    return 2


step("aexit return", leave_early(Manager(nothing(), 7)).send, None)


async def iterate(it):
    async for x in it:
        print(x)


class NoAnext:
    def __aiter__(self):
        return self


class BadAnext(NoAnext):
    def __anext__(self):
        return 4


class BadAiter:
    def __aiter__(self):
        return 4


step("no anext", iterate(NoAnext()).send, None)
step("bad anext", iterate(BadAnext()).send, None)
step("bad aiter", iterate(BadAiter()).send, None)
step("no aiter", iterate(5).send, None)

print("closing")
agen = numbers()
first = agen.asend(None)
step("close unbegun", first.close)
step("send", first.send, None)
step("throw", first.throw, E(1))
agen = numbers()
first = agen.asend(None)
step("first", first.send, None)
step("close begun", first.close)
step("send", first.send, None)
agen = numbers()
step("first", agen.asend(None).send, None)
step("unbegun aclose thrown", agen.aclose().throw, E(7))
agen = numbers()
third = agen.athrow(E("y"))
step("athrow thrown", third.throw, E("other"))
step("athrow again", third.throw, E("other"))
agen = numbers()
step("second", agen.aclose().send, None)
step("finished", agen.asend(None).send, None)
step("finished thrown", agen.asend(None).throw, E("late"))
step("finished athrow", agen.athrow(E("late")).send, None)
step("finished athrow thrown", agen.athrow(E("late")).throw, E("later"))
step("finished aclose thrown", agen.aclose().throw, E("later"))


class BadIterable:
    def __iter__(self):
        raise StopAsyncIteration(42)


async def badpairs():
    yield BadIterable()


async def pairs():
    async for i, j in badpairs():
        print("body")


step("pairs", pairs().send, None)


async def listed():
    return [0 async for i, *j in badpairs()]


step("listed", listed().send, None)
