"""The context of an exception that is thrown into a generator: what the generator handles, not what its resumer handles."""


def chain(error):
    out = []
    while error:
        out.append(repr(error))
        error = error.__context__
    return " <- ".join(out)


def replaces(error):
    try:
        yield
    finally:
        raise error


def lets_through():
    yield


def handles():
    try:
        raise KeyError("own")
    except KeyError:
        yield


def delegates(inner):
    yield from inner


def thrown_into(generator, error, start=True):
    if start:
        next(generator)
    try:
        generator.throw(error)
    except BaseException as raised:
        return raised
    return None


try:
    raise ValueError("outer")
except ValueError as error:
    for number in range(3):
        error = thrown_into(replaces(Exception(number)), error)
        print(chain(error))
    for make in (lets_through, handles):
        print(make.__name__, chain(thrown_into(make(), TypeError("thrown"))))
        print(make.__name__, chain(thrown_into(delegates(make()), TypeError("thrown"))))
        print(make.__name__, chain(thrown_into(make(), TypeError("not started"), start=False)))
    done = iter(lets_through())
    list(done)
    print(chain(thrown_into(done, TypeError("done"), start=False)))
    generator = replaces(OSError("closed"))
    next(generator)
    try:
        generator.close()
    except OSError as closed:
        print(chain(closed))
    fresh = thrown_into(lets_through(), RuntimeError)
    print(chain(fresh))

from contextlib import ExitStack, contextmanager


@contextmanager
def raising(error):
    try:
        yield
    finally:
        raise error


try:
    with ExitStack() as stack:
        for number in range(3):
            stack.enter_context(raising(Exception(number)))
        raise ValueError("in the block")
except Exception as error:
    print(chain(error))
