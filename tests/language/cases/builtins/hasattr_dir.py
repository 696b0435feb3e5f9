"""hasattr, dir and vars."""
class C:
    x = 1
    def __init__(self): self.y = 2
c = C()
print([n for n in dir(c) if not n.startswith("__")], hasattr(c, "x"), hasattr(5, "real"), vars(c), "append" in dir([]), [n for n in dir(C) if not n.startswith("_")])
try:
    vars(5)
except TypeError as error:
    print(error)
def f():
    a = 1
    b = 2
    return sorted(dir()), locals()
print(f())
