# Names for the classes of builtins and collections.


import collections as _collections
import collections.abc as _containers

_alias = _SpecialGenericAlias
Hashable = _alias(_containers.Hashable, 0)
Awaitable = _alias(_containers.Awaitable, 1)
Coroutine = _alias(_containers.Coroutine, 3)
AsyncIterable = _alias(_containers.AsyncIterable, 1)
AsyncIterator = _alias(_containers.AsyncIterator, 1)
Iterable = _alias(_containers.Iterable, 1)
Iterator = _alias(_containers.Iterator, 1)
Reversible = _alias(_containers.Reversible, 1)
Sized = _alias(_containers.Sized, 0)
Container = _alias(_containers.Container, 1)
Collection = _alias(_containers.Collection, 1)
Callable = _CallableType(_containers.Callable, 2)
AbstractSet = _alias(_containers.Set, 1, name="AbstractSet")
MutableSet = _alias(_containers.MutableSet, 1)
Mapping = _alias(_containers.Mapping, 2)
MutableMapping = _alias(_containers.MutableMapping, 2)
Sequence = _alias(_containers.Sequence, 1)
MutableSequence = _alias(_containers.MutableSequence, 1)
ByteString = _alias(_containers.ByteString, 0)
Tuple = _TupleType(tuple, -1, inst=False, name="Tuple")
List = _alias(list, 1, inst=False, name="List")
Deque = _alias(_collections.deque, 1, name="Deque")
Set = _alias(set, 1, inst=False, name="Set")
FrozenSet = _alias(frozenset, 1, inst=False, name="FrozenSet")
MappingView = _alias(_containers.MappingView, 1)
KeysView = _alias(_containers.KeysView, 1)
ItemsView = _alias(_containers.ItemsView, 2)
ValuesView = _alias(_containers.ValuesView, 1)
Dict = _alias(dict, 2, inst=False, name="Dict")
DefaultDict = _alias(_collections.defaultdict, 2, name="DefaultDict")
OrderedDict = _alias(_collections.OrderedDict, 2)
Counter = _alias(_collections.Counter, 1)
Generator = _alias(_containers.Generator, 3)
AsyncGenerator = _alias(_containers.AsyncGenerator, 2)
Type = _alias(type, 1, inst=False, name="Type")
T = TypeVar("T")
KT = TypeVar("KT")
VT = TypeVar("VT")
T_co = TypeVar("T_co", covariant=True)
V_co = TypeVar("V_co", covariant=True)
VT_co = TypeVar("VT_co", covariant=True)
T_contra = TypeVar("T_contra", contravariant=True)
CT_co = TypeVar("CT_co", covariant=True, bound=type)
AnyStr = TypeVar("AnyStr", bytes, str)


def __getattr__(name):
    # What takes long to make and few programs use.
    if name.startswith("Supports"):
        import _typing_protocols

        if hasattr(_typing_protocols, name):
            return getattr(_typing_protocols, name)
    if name in ("ContextManager", "AsyncContextManager"):
        import contextlib

        return _alias(getattr(contextlib, f"Abstract{name}"), 2, name=name)
    if name == "ChainMap":
        return _alias(_collections.ChainMap, 2)
    if name in ("Match", "Pattern"):
        import re

        return _alias(getattr(re, name), 1)
    raise AttributeError(f"module 'typing' has no attribute {name!r}")


class IO(Generic[AnyStr]):
    """The type of files."""

    __slots__ = ()


class BinaryIO(IO[bytes]):
    """The type of binary files."""

    __slots__ = ()


class TextIO(IO[str]):
    """The type of text files."""

    __slots__ = ()


