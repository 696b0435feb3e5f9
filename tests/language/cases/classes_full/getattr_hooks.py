"""__getattr__, __getattribute__, __setattr__, __delattr__."""
class Lazy:
    def __init__(self): self.real = 1
    def __getattr__(self, name):
        if name.startswith("x"):
            return f"computed {name}"
        raise AttributeError(f"no {name}")
class Log:
    def __setattr__(self, name, value):
        print("set", name, value)
        super().__setattr__(name, value)
    def __delattr__(self, name):
        print("del", name)
        object.__delattr__(self, name)
    def __getattribute__(self, name):
        if name != "__class__" and not name.startswith("__"):
            print("get", name)
        return super().__getattribute__(name)
l = Lazy()
print(l.real, l.xyz, hasattr(l, "abc"), getattr(l, "abc", "default"))
try:
    l.abc
except AttributeError as error:
    print(error)
g = Log()
g.a = 1
print(g.a)
g.a += 1
del g.a
try:
    g.a
except AttributeError as error:
    print(error)
class M(type):
    def __getattr__(cls, name): return f"{cls.__name__}.{name}"
class WithMeta(metaclass=M): pass
print(WithMeta.anything)
try:
    WithMeta().anything
except AttributeError as error:
    print(error)
