"""__dict__ of classes is a read-only view; __doc__, __module__, __dir__."""
class C:
    "doc"
    a = 1
    def __dir__(self): return ["z", "a"]
print(C.__dict__["a"], type(C.__dict__).__name__, "a" in C.__dict__, dir(C()), C.__doc__, C.__module__, C().__module__)
try:
    C.__dict__["a"] = 2
except TypeError as error:
    print(error)
for call in (lambda: setattr(int, "x", 1), lambda: setattr(C(), "__class__", 5), lambda: delattr(C, "zz"), lambda: setattr(C, "__name__", 5)):
    try:
        call()
    except Exception as error:
        print(type(error).__name__, error)
C.__name__ = "Renamed"
print(C, C.__qualname__)
