import re


class Base:
    def method(self):
        pass

    @classmethod
    def make(cls):
        pass

    @staticmethod
    def plain():
        pass

    class Inner:
        def deep(self):
            pass


class Derived(Base):
    pass


def show(value):
    print(re.sub("0x[0-9a-f]+", "0x", repr(value)))


show(Derived().method)
show(Base().method)
show(Derived.make)
show(Derived.plain)
show(Derived.Inner().deep)
show(Derived.method)


def outside(self):
    pass


Derived.added = outside
show(Derived().added)
Derived.named = lambda self: 1
show(Derived().named)
outside.__qualname__ = "else.where"
show(Derived().added)
outside.__name__ = "changed"
show(Derived().added)


class Callable:
    def __call__(self):
        pass


import types

method = types.MethodType(Callable(), 5)
show(method)
named = Callable()
named.__name__ = "given"
show(types.MethodType(named, 5))
named.__qualname__ = "given.fully"
show(types.MethodType(named, 5))
named.__qualname__ = 3
show(types.MethodType(named, 5))
show(types.MethodType(len, 5))
show([].append)
show(dict.fromkeys)
show("".join)
show(int.__add__)
show((1).__add__)
