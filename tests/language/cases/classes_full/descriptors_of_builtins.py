"""Descriptors of built-in types, class and static methods as objects, properties."""


class Base:
    def method(self):
        """What it does."""
        return self

    @staticmethod
    def fixed(value):
        """Static."""
        return value

    @classmethod
    def made(cls):
        return cls

    @property
    def size(self):
        """Its size."""
        return 1


for wrapper in (Base.__dict__["fixed"], Base.__dict__["made"]):
    print(wrapper.__name__, wrapper.__qualname__, wrapper.__module__, wrapper.__doc__)
    wrapper.extra = 5
    print(wrapper.extra, "extra" in wrapper.__dict__)
    del wrapper.extra
    print(hasattr(wrapper, "extra"))

size = Base.__dict__["size"]
print(size.__name__, size.__doc__)
for name in ("fget", "fset", "fdel"):
    try:
        setattr(size, name, 1)
    except AttributeError as error:
        print(error)
size.__doc__ = "changed"
print(Base.size.__doc__)
late = property(lambda self: 2)
print(late.__name__)
late.__name__ = "renamed"
print(late.__name__)
try:
    property(None, lambda self, value: None).__name__
except AttributeError as error:
    print(error)


class Described(property):
    """Of the class."""


def getter(self):
    return 3


print(Described(getter).__doc__, Described(getter, doc="given").__doc__)

print([].__add__.__objclass__, [].__add__.__name__, type(complex.real).__name__, type(float.real).__name__)
try:
    type(list).__dict__["__doc__"].__set__(list, "text")
except TypeError as error:
    print(error)


class Plain:
    pass


for name in ("__doc__", "__qualname__", "__type_params__"):
    try:
        type.__dict__[name].__delete__(Plain)
    except TypeError as error:
        print(error)


class Writer:
    def __init__(self, name):
        self.name = name

    def __set__(self, instance, value):
        instance.__dict__[self.name] = value


class Written:
    field = Writer("field")


written = Written()
print(written.field is Written.__dict__["field"])
written.field = 7
print(written.field)

bound = Base().method
print(bound.__get__(3) is bound or bound.__get__(3) == bound, bound.__doc__)
