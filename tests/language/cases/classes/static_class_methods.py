"""staticmethod, classmethod and property."""
class C:
    kind = "C"
    def __init__(self): self._x = 1
    @staticmethod
    def static(a): return a * 2
    @classmethod
    def make(cls, *args): return cls.kind, args
    @property
    def x(self):
        """The x."""
        return self._x
    @x.setter
    def x(self, value): self._x = value
    @x.deleter
    def x(self): self._x = None
    @property
    def readonly(self): return "ro"
class D(C):
    kind = "D"
c = C()
print(C.static(2), c.static(3), C.make(1), D.make(2), D().make(), c.x, C.x.__doc__)
c.x = 5; print(c.x)
del c.x; print(c.x)
for call in (lambda: setattr(c, "readonly", 1), lambda: delattr(c, "readonly")):
    try:
        call()
    except AttributeError as error:
        print(error)
