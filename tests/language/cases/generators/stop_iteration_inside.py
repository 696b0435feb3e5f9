"""StopIteration that escapes a generator becomes RuntimeError."""
def g():
    yield 1
    next(iter([]))
    yield 2
try:
    list(g())
except RuntimeError as error:
    print(error, repr(error.__cause__))
def h():
    yield 1
    raise StopIteration("x")
try:
    list(h())
except RuntimeError as error:
    print(error)
