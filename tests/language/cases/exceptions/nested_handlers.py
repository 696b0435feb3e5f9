"""An exception in a handler runs outer handlers; the current exception is restored."""
def f():
    try:
        raise ValueError("a")
    except ValueError:
        try:
            raise KeyError("b")
        except KeyError as error:
            print(repr(error.__context__))
        try:
            raise
        except ValueError as error:
            print("again", error)
f()
def g():
    try:
        yield 1
    except ValueError:
        yield "handled"
        raise
it = g()
next(it)
print(it.throw(ValueError("t")))
try:
    next(it)
except ValueError as error:
    print("out", error)
