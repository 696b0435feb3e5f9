"""contextlib."""
import contextlib
@contextlib.contextmanager
def managed(n):
    print("enter", n)
    try:
        yield n * 2
    except KeyError as error:
        print("caught", error)
    finally:
        print("exit", n)
with managed(1) as r: print(r)
with managed(2): raise KeyError("k")
try:
    with managed(3): raise ValueError("v")
except ValueError as error: print("out", error)
with contextlib.suppress(ZeroDivisionError, KeyError): 1 / 0
with contextlib.ExitStack() as stack:
    stack.callback(print, "callback")
    stack.enter_context(managed(4))
    stack.push(lambda *a: print("pushed", a[0]) or True)
    raise RuntimeError("inside")
with contextlib.nullcontext(5) as n: print(n)
class Closer:
    def close(self): print("closed")
with contextlib.closing(Closer()): pass
@managed(9)
def decorated(): print("body")
decorated()
@contextlib.contextmanager
def twice():
    yield 1
    yield 2
try:
    with twice(): pass
except RuntimeError as error: print(error)

