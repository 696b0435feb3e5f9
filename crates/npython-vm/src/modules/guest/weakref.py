"""Weak references. What they refer to is let go when the machine collects garbage, at the same point of every run."""

from collections.abc import MutableMapping, MutableSet

__all__ = [
    "ref", "proxy", "getweakrefcount", "getweakrefs", "WeakKeyDictionary", "ReferenceType", "ProxyType",
    "CallableProxyType", "ProxyTypes", "WeakValueDictionary", "WeakSet", "WeakMethod", "finalize",
]

ref = ReferenceType = _npython_weak_reference_type


def getweakrefcount(object, /):
    """How many weak references there are to an object: one lives as long as what it refers to."""
    return len(_npython_weak_references(object))


def getweakrefs(object, /):
    """The weak references to an object, proxies among them."""
    return _npython_weak_references(object)


def _target(proxy):
    target = object.__getattribute__(proxy, "_reference")()
    if target is None:
        raise ReferenceError("weakly-referenced object no longer exists")
    return target


class ProxyType:
    """Stands for its object as long as that exists."""

    __slots__ = ("_reference", "__weakref__")
    __hash__ = None

    def __getattribute__(self, name):
        return getattr(_target(self), name)

    def __setattr__(self, name, value):
        setattr(_target(self), name, value)

    def __delattr__(self, name):
        delattr(_target(self), name)


class CallableProxyType(ProxyType):
    """Stands for something that can be called."""

    __slots__ = ()

    def __call__(self, *args, **kwargs):
        return _target(self)(*args, **kwargs)


ProxyTypes = (ProxyType, CallableProxyType)


def _plain(value):
    return _target(value) if type(value) is ProxyType or type(value) is CallableProxyType else value


def _forward(name, function):
    def method(self, *args):
        return function(_target(self), *[_plain(arg) for arg in args])

    method.__name__ = name
    setattr(ProxyType, name, method)


def _forward_reflected(name, function):
    def method(self, other):
        return function(_plain(other), _target(self))

    method.__name__ = name
    setattr(ProxyType, name, method)


def _define():
    import operator

    for name, function in (
        ("__str__", str), ("__bytes__", bytes), ("__len__", len), ("__iter__", iter), ("__next__", next),
        ("__reversed__", reversed), ("__bool__", bool), ("__int__", int), ("__float__", float), ("__abs__", abs),
        ("__index__", operator.index), ("__lt__", operator.lt), ("__le__", operator.le), ("__eq__", operator.eq),
        ("__ne__", operator.ne), ("__gt__", operator.gt), ("__ge__", operator.ge),
        ("__getitem__", operator.getitem), ("__setitem__", operator.setitem), ("__delitem__", operator.delitem),
        ("__contains__", operator.contains), ("__neg__", operator.neg), ("__pos__", operator.pos),
        ("__invert__", operator.invert), ("__divmod__", divmod), ("__pow__", pow), ("__round__", round),
    ):
        _forward(name, function)
    for name in ("add", "sub", "mul", "matmul", "truediv", "floordiv", "mod", "lshift", "rshift", "and_", "or_", "xor"):
        plain = name.rstrip("_")
        function = getattr(operator, name)
        _forward(f"__{plain}__", function)
        _forward(f"__i{plain}__", getattr(operator, f"i{plain}"))
        _forward_reflected(f"__r{plain}__", function)


_define()


def _proxy_repr(self):
    target = object.__getattribute__(self, "_reference")()
    if target is None:
        return f"<weakproxy at {id(self):#x}; dead>"
    return f"<weakproxy at {id(self):#x}; to {type(target).__name__!r} at {id(target):#x}>"


ProxyType.__repr__ = _proxy_repr


def proxy(object, callback=None, /):
    """A proxy of an object."""
    if callback is None:
        known = _npython_weak_shared_proxy(object)
        if known is not None:
            return known
    kind = CallableProxyType if callable(object) else ProxyType
    made = kind.__new__(kind)
    _store(made, "_reference", _npython_unlisted_weak_reference(object))
    _npython_weak_note_proxy(object, made, callback is None)
    return made


_store = object.__setattr__


class WeakMethod(ref):
    """A weak reference to a bound method, which lives as long as the object it is bound to."""

    __slots__ = ("_function", "_kind")

    def __new__(cls, meth, callback=None):
        try:
            instance, function = meth.__self__, meth.__func__
        except AttributeError:
            raise TypeError(f"argument should be a bound method, not {type(meth)}") from None
        self = ref.__new__(cls, instance, callback)
        self._function = function
        self._kind = type(meth)
        return self

    def __call__(self):
        instance = super().__call__()
        return None if instance is None else self._kind(self._function, instance)

    def __eq__(self, other):
        if not isinstance(other, WeakMethod):
            return NotImplemented
        if self() is None or other() is None:
            return self is other
        return ref.__eq__(self, other) and self._function == other._function

    __hash__ = ref.__hash__


class WeakSet(MutableSet):
    """A set that does not keep its items alive."""

    def __init__(self, data=None):
        self._data = {}
        if data is not None:
            self.update(data)

    def _live(self):
        items = []
        for reference in list(self._data):
            item = reference()
            if item is None:
                del self._data[reference]
            else:
                items.append(item)
        return items

    def __iter__(self):
        yield from self._live()

    def __len__(self):
        return len(self._live())

    def __contains__(self, item):
        try:
            return ref(item) in self._data
        except TypeError:
            return False

    def __reduce__(self):
        return self.__class__, (list(self),)

    def add(self, item):
        reference = ref(item)
        if reference not in self._data:
            self._data[reference] = None

    def clear(self):
        self._data.clear()

    def copy(self):
        return self.__class__(self)

    __copy__ = copy

    def pop(self):
        while True:
            try:
                reference, _ = self._data.popitem()
            except KeyError:
                raise KeyError("pop from empty WeakSet") from None
            item = reference()
            if item is not None:
                return item

    def remove(self, item):
        try:
            del self._data[ref(item)]
        except KeyError:
            raise KeyError(ref(item)) from None

    def discard(self, item):
        self._data.pop(ref(item), None)

    def update(self, other):
        for item in other:
            self.add(item)

    def __ior__(self, other):
        self.update(other)
        return self

    def difference(self, other):
        made = self.copy()
        made.difference_update(other)
        return made

    __sub__ = difference

    def difference_update(self, other):
        for item in self._live() if other is self else other:
            self.discard(item)

    def intersection(self, other):
        return self.__class__(item for item in other if item in self)

    __and__ = intersection

    def intersection_update(self, other):
        kept = {ref(item) for item in other}
        for reference in list(self._data):
            if reference not in kept:
                del self._data[reference]

    def issubset(self, other):
        return set(self._live()) <= set(other)

    __le__ = issubset

    def __lt__(self, other):
        return set(self._live()) < set(other)

    def issuperset(self, other):
        return set(self._live()) >= set(other)

    __ge__ = issuperset

    def __gt__(self, other):
        return set(self._live()) > set(other)

    def __eq__(self, other):
        if not isinstance(other, self.__class__):
            return NotImplemented
        return set(self._live()) == set(other._live())

    def symmetric_difference(self, other):
        made = self.copy()
        made.symmetric_difference_update(other)
        return made

    __xor__ = symmetric_difference

    def symmetric_difference_update(self, other):
        for item in list(other):
            if item in self:
                self.discard(item)
            else:
                self.add(item)

    def union(self, other):
        return self.__class__([*self._live(), *other])

    __or__ = union

    def isdisjoint(self, other):
        return not self.intersection(other)

    def __repr__(self):
        return repr(set(self._data))


class _WeakDictionary(MutableMapping):
    """What both weak mappings have: `_live` gives the pairs whose objects still exist, and forgets the others."""

    def __len__(self):
        return len(self._live())

    def __repr__(self):
        return f"<{self.__class__.__name__} at {id(self):#x}>"

    def copy(self):
        made = self.__class__()
        for key, value in self._live():
            made[key] = value
        return made

    __copy__ = copy

    def items(self):
        yield from self._live()

    def keys(self):
        for key, _ in self._live():
            yield key

    __iter__ = keys

    def values(self):
        for _, value in self._live():
            yield value

    def __ior__(self, other):
        self.update(other)
        return self

    def __or__(self, other):
        if not hasattr(other, "keys"):
            return NotImplemented
        made = self.copy()
        made.update(other)
        return made

    def __ror__(self, other):
        if not hasattr(other, "keys"):
            return NotImplemented
        made = self.__class__()
        made.update(other)
        made.update(self)
        return made


class WeakValueDictionary(_WeakDictionary):
    """A mapping that does not keep its values alive."""

    def __init__(self, other=(), /, **kw):
        self.data = {}
        self.update(other, **kw)

    def _live(self):
        pairs = []
        for key, reference in list(self.data.items()):
            value = reference()
            if value is None:
                del self.data[key]
            else:
                pairs.append((key, value))
        return pairs

    def __getitem__(self, key):
        value = self.data[key]()
        if value is None:
            raise KeyError(key)
        return value

    def __delitem__(self, key):
        del self.data[key]

    def __contains__(self, key):
        reference = self.data.get(key)
        return reference is not None and reference() is not None

    def __setitem__(self, key, value):
        self.data[key] = ref(value)

    def __deepcopy__(self, memo):
        from copy import deepcopy

        made = self.__class__()
        for key, value in self._live():
            made[deepcopy(key, memo)] = value
        return made

    def get(self, key, default=None):
        reference = self.data.get(key)
        value = None if reference is None else reference()
        return default if value is None else value

    def itervaluerefs(self):
        yield from list(self.data.values())

    def valuerefs(self):
        return list(self.data.values())

    def popitem(self):
        while True:
            key, reference = self.data.popitem()
            value = reference()
            if value is not None:
                return key, value

    def pop(self, key, *args):
        reference = self.data.pop(key, None)
        value = None if reference is None else reference()
        if value is None:
            if args:
                return args[0]
            raise KeyError(key)
        return value

    def setdefault(self, key, default=None):
        value = self.get(key)
        if value is None:
            self[key] = default
            return default
        return value

    def update(self, other=(), /, **kwargs):
        for key, value in dict(other, **kwargs).items() if not isinstance(other, WeakValueDictionary) else other._live():
            self[key] = value


class WeakKeyDictionary(_WeakDictionary):
    """A mapping that does not keep its keys alive."""

    def __init__(self, dict=None):
        self.data = {}
        if dict is not None:
            self.update(dict)

    def _live(self):
        pairs = []
        for reference, value in list(self.data.items()):
            key = reference()
            if key is None:
                del self.data[reference]
            else:
                pairs.append((key, value))
        return pairs

    def __getitem__(self, key):
        return self.data[ref(key)]

    def __delitem__(self, key):
        del self.data[ref(key)]

    def __setitem__(self, key, value):
        self.data[ref(key)] = value

    def __deepcopy__(self, memo):
        from copy import deepcopy

        made = self.__class__()
        for key, value in self._live():
            made[key] = deepcopy(value, memo)
        return made

    def get(self, key, default=None):
        return self.data.get(ref(key), default)

    def __contains__(self, key):
        try:
            return ref(key) in self.data
        except TypeError:
            return False

    def keyrefs(self):
        return list(self.data)

    def popitem(self):
        while True:
            reference, value = self.data.popitem()
            key = reference()
            if key is not None:
                return key, value

    def pop(self, key, *args):
        return self.data.pop(ref(key), *args)

    def setdefault(self, key, default=None):
        return self.data.setdefault(ref(key), default)

    def update(self, dict=None, /, **kwargs):
        if dict is not None:
            for key, value in dict.items() if hasattr(dict, "items") else dict:
                self[key] = value
        if kwargs:
            self.update(kwargs)


class finalize:
    """A function to be called once, at the latest when the program says so; the collector calls none."""

    __slots__ = ("_entry", "atexit")

    def __init__(self, obj, func, /, *args, **kwargs):
        self._entry = (ref(obj), func, args, kwargs or None)
        self.atexit = True

    def __call__(self, _=None):
        entry = self._entry
        if entry is not None:
            self._entry = None
            return entry[1](*entry[2], **(entry[3] or {}))
        return None

    def detach(self):
        target = None if self._entry is None else self._entry[0]()
        if target is None:
            return None
        entry = self._entry
        self._entry = None
        return (target, entry[1], entry[2], entry[3] or {})

    def peek(self):
        target = None if self._entry is None else self._entry[0]()
        if target is None:
            return None
        return (target, self._entry[1], self._entry[2], self._entry[3] or {})

    @property
    def alive(self):
        return self._entry is not None

    def __repr__(self):
        target = None if self._entry is None else self._entry[0]()
        if target is None:
            return f"<{type(self).__name__} object at {id(self):#x}; dead>"
        return f"<{type(self).__name__} object at {id(self):#x}; for {type(target).__name__!r} at {id(target):#x}>"
