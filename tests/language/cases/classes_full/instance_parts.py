"""Descriptors of __dict__ and __weakref__, slots in the order of their names, assignment to __class__."""

import types
import weakref


class Base:
    pass


class Derived(Base):
    pass


class Slotted:
    __slots__ = ("b", "a")


class WithDict(Slotted):
    __slots__ = ("__dict__",)


class WithBoth(Slotted):
    __slots__ = ("__weakref__", "__dict__")


class Plain(Slotted):
    pass


for cls in (Base, Derived, Slotted, WithDict, WithBoth, Plain, type("E", (Exception,), {}), type("I", (int,), {})):
    print(cls.__name__, [name for name in cls.__dict__ if name in ("__dict__", "__weakref__", "a", "b")])

base = Base()
base.x = 1
descriptor = Base.__dict__["__dict__"]
print(descriptor, descriptor.__get__(base), type(descriptor).__name__)
descriptor.__set__(base, {"y": 2})
print(base.y, hasattr(base, "x"), base.__weakref__)
try:
    descriptor.__get__(Slotted())
except TypeError as error:
    print(error)


class Meta(type, Base):
    pass


class Made(metaclass=Meta):
    pass


print(type(Made.__dict__).__name__, type(descriptor.__get__(Made)).__name__)
try:
    descriptor.__set__(Made, {})
except (AttributeError, TypeError) as error:
    print(type(error).__name__)


class First:
    __slots__ = ["a", "b"]


class Second:
    __slots__ = ["b", "a"]


class Third:
    __slots__ = ["a", "b", "c"]


class Fourth(First):
    __slots__ = ["d"]


class Fifth(Second):
    __slots__ = ["d"]


value = First()
value.a, value.b = 1, 2
value.__class__ = Second
print(value.a, value.b, type(value).__name__)
value.a = 3
value.__class__ = First
print(value.a, value.b)
plain = Plain()
plain.a, plain.z = 1, 26
plain.__class__ = WithBoth
print(plain.a, plain.z)
for old, new in ((First, Third), (Fourth, Fifth), (WithDict, WithBoth), (First, Base), (Base, int)):
    try:
        old().__class__ = new
    except TypeError as error:
        print(error)

for slots in ("__dict__", "__weakref__"):
    for bases, listed in (((), (slots, slots)), ((Base,), slots)):
        try:
            type("A", bases, {"__slots__": listed})
        except TypeError as error:
            print(error)
for make in (Slotted, WithDict):
    try:
        weakref.ref(make())
    except TypeError as error:
        print(error)
both = WithBoth()
print(weakref.ref(both)() is both)

module = types.ModuleType("made", "its text")
print(module.__name__, module.__doc__, module, sorted(vars(module)))
bare = types.ModuleType.__new__(types.ModuleType)
print(hasattr(bare, "__name__"), bare.__dict__)
try:
    types.ModuleType(4)
except TypeError as error:
    print(error)


class Own(types.ModuleType):
    answer = 42


own = Own("own")
print(own.__name__, own.answer, isinstance(own, types.ModuleType))


class Flags:
    pass


flags = Flags()
Flags.__hash__ = None
try:
    hash(flags)
except TypeError as error:
    print(error)
del Flags.__hash__
print(hash(flags) == hash(flags))

error = ValueError("kept")
try:
    raise error
except ValueError as caught:
    print(caught.__traceback__ is caught.__traceback__)
group = ExceptionGroup("many", [ValueError(1), TypeError(2)])
try:
    raise group
except ExceptionGroup as caught:
    match, rest = caught.split(ValueError)
    print(match.__traceback__ is caught.__traceback__, rest.__traceback__ is caught.__traceback__)
