"""Data and non-data descriptors, __set_name__, lookup on class and instance."""
class Typed:
    def __init__(self, kind): self.kind = kind
    def __set_name__(self, owner, name):
        print("set_name", owner.__name__, name)
        self.name = "_" + name
    def __get__(self, obj, owner=None):
        if obj is None:
            return self
        return getattr(obj, self.name, "unset")
    def __set__(self, obj, value):
        if not isinstance(value, self.kind):
            raise TypeError(f"{self.name[1:]} must be {self.kind.__name__}")
        setattr(obj, self.name, value)
    def __delete__(self, obj):
        delattr(obj, self.name)
class NonData:
    def __get__(self, obj, owner): return ("nondata", obj is None, owner.__name__)
class C:
    n = Typed(int)
    s = Typed(str)
    nd = NonData()
c = C()
print(c.n, c.nd, C.nd, C.n is C.__dict__["n"])
c.n = 5
c.__dict__["n"] = "hidden"
c.__dict__["nd"] = "instance wins"
print(c.n, c.nd, sorted(vars(c)))
try:
    c.s = 5
except TypeError as error:
    print(error)
del c.n
print(c.n)
