"""Abstract base classes of containers: what an object can do tells what it is."""

from abc import ABCMeta, abstractmethod

__all__ = [
    "Awaitable", "Coroutine", "AsyncIterable", "AsyncIterator", "AsyncGenerator", "Hashable", "Iterable", "Iterator",
    "Generator", "Reversible", "Sized", "Container", "Callable", "Collection", "Set", "MutableSet", "Mapping",
    "MutableMapping", "MappingView", "KeysView", "ItemsView", "ValuesView", "Sequence", "MutableSequence",
    "ByteString", "Buffer",
]


def _supplies(candidate, names):
    """True if the class has all these methods; NotImplemented, so that registration decides, if one is missing or None."""
    for name in names:
        supplied = None
        for ancestor in candidate.__mro__:
            if name in ancestor.__dict__:
                supplied = ancestor.__dict__[name]
                break
        if supplied is None:
            return NotImplemented
    return True


def _recognised_by(*names):
    """Decorates an abstract class: classes with these methods are its subclasses, without being derived or registered."""

    def decorate(abstract):
        def __subclasshook__(cls, candidate):
            return _supplies(candidate, names) if cls is abstract else NotImplemented

        abstract.__subclasshook__ = classmethod(__subclasshook__)
        return abstract

    return decorate


def _raise_thrown(kind, value, trace):
    """Raise what throw() was given: a class or an exception, or the three parts of older code."""
    thrown = kind if value is None else value
    if trace is not None:
        thrown = (thrown() if isinstance(thrown, type) else thrown).with_traceback(trace)
    raise thrown


@_recognised_by("__hash__")
class Hashable(metaclass=ABCMeta):
    __slots__ = ()

    @abstractmethod
    def __hash__(self):
        return 0


@_recognised_by("__len__")
class Sized(metaclass=ABCMeta):
    __slots__ = ()

    @abstractmethod
    def __len__(self):
        return 0


@_recognised_by("__contains__")
class Container(metaclass=ABCMeta):
    __slots__ = ()

    @abstractmethod
    def __contains__(self, x):
        return False

    __class_getitem__ = classmethod(_npython_generic_alias)


@_recognised_by("__buffer__")
class Buffer(metaclass=ABCMeta):
    __slots__ = ()

    @abstractmethod
    def __buffer__(self, flags, /):
        raise NotImplementedError


