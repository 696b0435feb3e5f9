"""__enter__ and __exit__ in order, with and without an exception."""
class Manager:
    def __init__(self, name, swallow=False):
        self.name, self.swallow = name, swallow
    def __enter__(self):
        print("enter", self.name)
        return self.name.upper()
    def __exit__(self, kind, value, traceback):
        print("exit", self.name, kind and kind.__name__, value, traceback is not None)
        return self.swallow
with Manager("a") as a, Manager("b") as b:
    print(a, b)
with Manager("swallow", True):
    raise ValueError("gone")
try:
    with Manager("outer"), Manager("inner"):
        raise KeyError("through")
except KeyError as error:
    print("caught", error)
with (Manager("p") as p, Manager("q") as q,):
    print(p + q)
with Manager("plain"):
    pass
