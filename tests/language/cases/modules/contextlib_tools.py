"""contextmanager, suppress, closing, ExitStack, redirect."""
from contextlib import contextmanager, suppress, ExitStack, nullcontext
@contextmanager
def tag(name):
    print(f"<{name}>")
    try:
        yield name.upper()
    except ValueError as error:
        print("handled", error)
    finally:
        print(f"</{name}>")
with tag("a") as t, suppress(KeyError):
    print(t)
    {}["missing"]
with tag("b"):
    raise ValueError("inside")
with ExitStack() as stack:
    names = [stack.enter_context(tag(n)) for n in "xy"]
    stack.callback(print, "callback")
    print(names)
with nullcontext(5) as five:
    print(five)
@tag("decorator")
def f(): print("body")
f()
