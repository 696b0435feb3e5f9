"""getattr, setattr, hasattr, delattr, and attributes added to a class later."""
class C: pass
c = C()
setattr(c, "a", 1)
C.method = lambda self: ("added", self.a)
C.shared = "class level"
print(c.method(), c.shared, hasattr(c, "a"), hasattr(c, "zz"), getattr(c, "zz", "default"), getattr(c, "a"))
delattr(c, "a")
print(hasattr(c, "a"), "method" in dir(c), c.__dict__)
del C.shared
try:
    c.shared
except AttributeError as error:
    print(error)
try:
    getattr(c, 5)
except TypeError as error:
    print(error)
c.__dict__["injected"] = 9
print(c.injected, vars(c))
c.__class__ = type("Other", (), {"who": lambda self: "other"})
print(c.who())
