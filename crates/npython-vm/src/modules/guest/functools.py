"""Functions about functions."""

__all__ = [
    "update_wrapper", "wraps", "WRAPPER_ASSIGNMENTS", "WRAPPER_UPDATES", "total_ordering", "cache", "cmp_to_key",
    "lru_cache", "reduce", "partial", "partialmethod", "singledispatch", "singledispatchmethod", "cached_property",
]

WRAPPER_ASSIGNMENTS = ("__module__", "__name__", "__qualname__", "__doc__", "__annotations__", "__type_params__")
WRAPPER_UPDATES = ("__dict__",)

_MISSING = object()


def update_wrapper(wrapper, wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    """Makes a wrapper look like what it wraps."""
    for name in assigned:
        try:
            value = getattr(wrapped, name)
        except AttributeError:
            continue
        setattr(wrapper, name, value)
    for name in updated:
        getattr(wrapper, name).update(getattr(wrapped, name, {}))
    wrapper.__wrapped__ = wrapped
    return wrapper


def wraps(wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    """update_wrapper as a decorator."""
    return partial(update_wrapper, wrapped=wrapped, assigned=assigned, updated=updated)


def _derived(name, operation):
    operation.__name__ = name
    operation.__qualname__ = name
    operation.__doc__ = getattr(int, name).__doc__
    return operation


def _negation(method):
    def operation(self, other):
        result = getattr(type(self), method)(self, other)
        if result is NotImplemented:
            return result
        return not result

    return operation


def _strict_of_loose(method):
    def operation(self, other):
        result = getattr(type(self), method)(self, other)
        if result is NotImplemented:
            return result
        return result and self != other

    return operation


def _loose_of_strict(method):
    def operation(self, other):
        result = getattr(type(self), method)(self, other)
        if result is NotImplemented:
            return result
        return result or self == other

    return operation


def _negated_strict_of_strict(method):
    def operation(self, other):
        result = getattr(type(self), method)(self, other)
        if result is NotImplemented:
            return result
        return not result and self != other

    return operation


def _negated_loose_or_equal(method):
    def operation(self, other):
        result = getattr(type(self), method)(self, other)
        if result is NotImplemented:
            return result
        return not result or self == other

    return operation


_CONVERSIONS = {
    "__lt__": (("__gt__", _negated_strict_of_strict), ("__le__", _loose_of_strict), ("__ge__", _negation)),
    "__le__": (("__ge__", _negated_loose_or_equal), ("__lt__", _strict_of_loose), ("__gt__", _negation)),
    "__gt__": (("__lt__", _negated_strict_of_strict), ("__ge__", _loose_of_strict), ("__le__", _negation)),
    "__ge__": (("__le__", _negated_loose_or_equal), ("__gt__", _strict_of_loose), ("__lt__", _negation)),
}


def total_ordering(cls):
    """Adds the missing order comparisons to a class."""
    defined = {name for name in _CONVERSIONS if getattr(cls, name, None) is not getattr(object, name, None)}
    if not defined:
        raise ValueError("must define at least one ordering operation: < > <= >=")
    root = max(defined)
    for name, make in _CONVERSIONS[root]:
        if name not in defined:
            setattr(cls, name, _derived(name, make(root)))
    return cls


class _KeyOfComparison:
    __slots__ = ("_compare", "obj")
    __hash__ = None

    def __init__(self, compare, obj=_MISSING):
        self._compare = compare
        if obj is not _MISSING:
            self.obj = obj

    def __call__(self, obj):
        return _KeyOfComparison(self._compare, obj)

    def __lt__(self, other):
        return self._compare(self.obj, _key_object(other)) < 0

    def __gt__(self, other):
        return self._compare(self.obj, _key_object(other)) > 0

    def __eq__(self, other):
        return self._compare(self.obj, _key_object(other)) == 0

    def __le__(self, other):
        return self._compare(self.obj, _key_object(other)) <= 0

    def __ge__(self, other):
        return self._compare(self.obj, _key_object(other)) >= 0


_KeyOfComparison.__name__ = _KeyOfComparison.__qualname__ = "KeyWrapper"


def _key_object(other):
    if type(other) is not _KeyOfComparison:
        raise TypeError("other argument must be K instance")
    return other.obj


def cmp_to_key(mycmp):
    """A key function of an old-style comparison."""
    return _KeyOfComparison(mycmp)


def reduce(*args):
    """The items of an iterable combined from left to right."""
    if not 2 <= len(args) <= 3:
        bound = "at least 2" if len(args) < 2 else "at most 3"
        raise TypeError(f"reduce expected {bound} arguments, got {len(args)}")
    function, iterable = args[:2]
    initial = args[2:]
    try:
        iterator = iter(iterable)
    except TypeError:
        raise TypeError("reduce() arg 2 must support iteration") from None
    if initial:
        value = initial[0]
    else:
        value = next(iterator, _MISSING)
        if value is _MISSING:
            raise TypeError("reduce() of empty iterable with no initial value")
    for item in iterator:
        value = function(value, item)
    return value


class partial:
    """A function with some of its arguments given."""

    __slots__ = ("func", "args", "keywords", "__dict__", "__weakref__")

    def __new__(cls, /, *args, **keywords):
        if not args:
            raise TypeError("type 'partial' takes at least one argument")
        func = args[0]
        args = args[1:]
        if not callable(func):
            raise TypeError("the first argument must be callable")
        if isinstance(func, partial) and type(func) is partial and not func.__dict__:
            args = func.args + args
            keywords = {**func.keywords, **keywords}
            func = func.func
        self = super().__new__(cls)
        self.func = func
        self.args = args
        self.keywords = keywords
        return self

    __call__ = _npython_partial_call

    def __repr__(self):
        kind = type(self)
        name = "functools.partial" if kind is partial else f"{kind.__module__}.{kind.__qualname__}"
        if _npython_repr_begin(self):
            return f"{name}(...)"
        try:
            parts = [repr(self.func)]
            parts.extend(map(repr, self.args))
            parts.extend(f"{key}={value!r}" for key, value in self.keywords.items())
        finally:
            _npython_repr_end(self)
        return f"{name}({', '.join(parts)})"

    def __copy__(self):
        made = type(self)(self.func, *self.args, **self.keywords)
        made.__dict__.update(self.__dict__)
        return made

    __class_getitem__ = classmethod(_npython_generic_alias)


class partialmethod:
    """A partial that becomes a method."""

    def __init__(self, func, /, *args, **keywords):
        if not callable(func) and not hasattr(func, "__get__"):
            raise TypeError(f"{func!r} is not callable or a descriptor")
        if isinstance(func, partialmethod):
            args = func.args + args
            keywords = {**func.keywords, **keywords}
            func = func.func
        self.func = func
        self.args = args
        self.keywords = keywords

    def __repr__(self):
        parts = [repr(self.func)]
        parts.extend(map(repr, self.args))
        parts.extend(f"{key}={value!r}" for key, value in self.keywords.items())
        return f"{type(self).__module__}.{type(self).__qualname__}({', '.join(parts)})"

    def _method(self):
        def _method(cls_or_self, /, *args, **keywords):
            return self.func(cls_or_self, *self.args, *args, **{**self.keywords, **keywords})

        _method.__isabstractmethod__ = self.__isabstractmethod__
        _method.__partialmethod__ = self
        return _method

    def __get__(self, obj, cls=None):
        getter = getattr(type(self.func), "__get__", None)
        if getter is not None and not isinstance(self.func, _function_type):
            bound = getter(self.func, obj, cls)
            if bound is not self.func:
                made = partial(bound, *self.args, **self.keywords)
                try:
                    made.__self__ = bound.__self__
                except AttributeError:
                    pass
                return made
        return self._method().__get__(obj, cls)

    @property
    def __isabstractmethod__(self):
        return getattr(self.func, "__isabstractmethod__", False)

    __class_getitem__ = classmethod(_npython_generic_alias)


_function_type = type(reduce)


class _CacheInfo(tuple):
    """hits, misses, maxsize, currsize"""

    __slots__ = ()

    def __new__(cls, hits, misses, maxsize, currsize):
        return tuple.__new__(cls, (hits, misses, maxsize, currsize))

    hits = property(lambda self: self[0])
    misses = property(lambda self: self[1])
    maxsize = property(lambda self: self[2])
    currsize = property(lambda self: self[3])

    _fields = ("hits", "misses", "maxsize", "currsize")

    def __repr__(self):
        return f"CacheInfo(hits={self[0]!r}, misses={self[1]!r}, maxsize={self[2]!r}, currsize={self[3]!r})"

    def _asdict(self):
        return dict(zip(self._fields, self))


_CacheInfo.__name__ = _CacheInfo.__qualname__ = "CacheInfo"


_lru_cache_wrapper = _npython_cached_function_type


def lru_cache(maxsize=128, typed=False):
    """Remembers the results of the last calls."""
    if isinstance(maxsize, int):
        maxsize = max(maxsize, 0)
    elif callable(maxsize) and isinstance(typed, bool):
        return _cached(maxsize, 128, typed)
    elif maxsize is not None:
        raise TypeError("Expected first argument to be an integer, a callable, or None")

    def decorate(function):
        return _cached(function, maxsize, typed)

    return decorate


def _cached(function, maxsize, typed):
    made = _lru_cache_wrapper(function, maxsize, typed, _CacheInfo)
    made.cache_parameters = lambda: {"maxsize": maxsize, "typed": typed}
    return update_wrapper(made, function)


def cache(user_function, /):
    """Remembers the results of all calls."""
    return lru_cache(maxsize=None)(user_function)


class cached_property:
    """A property that is computed once."""

    def __init__(self, func):
        self.func = func
        self.attrname = None
        self.__doc__ = func.__doc__
        self.__module__ = func.__module__

    def __set_name__(self, owner, name):
        if self.attrname is None:
            self.attrname = name
        elif name != self.attrname:
            raise TypeError(
                "Cannot assign the same cached_property to two different names "
                f"({self.attrname!r} and {name!r})."
            )

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        if self.attrname is None:
            raise TypeError("Cannot use cached_property instance without calling __set_name__ on it.")
        try:
            cache = instance.__dict__
        except AttributeError:
            raise TypeError(
                f"No '__dict__' attribute on {type(instance).__name__!r} "
                f"instance to cache {self.attrname!r} property."
            ) from None
        value = cache.get(self.attrname, _MISSING)
        if value is _MISSING:
            value = self.func(instance)
            try:
                cache[self.attrname] = value
            except TypeError:
                raise TypeError(
                    f"The '__dict__' attribute on {type(instance).__name__!r} instance "
                    f"does not support item assignment for caching {self.attrname!r} property."
                ) from None
        return value

    __class_getitem__ = classmethod(_npython_generic_alias)


def _best_class(cls, registry):
    """The registered class that fits best: the first in the method resolution order, with abstract bases put in."""
    order = list(cls.__mro__)
    virtual = [
        kind for kind in registry
        if kind not in order and isinstance(kind, type) and issubclass(cls, kind)
    ]
    for kind in order:
        if kind in registry and kind is not object:
            closer = [other for other in virtual if issubclass(other, kind) and not issubclass(kind, other)]
            if not closer:
                return kind
            virtual = closer
            break
        fitting = [other for other in virtual if issubclass(kind, other) and not any(
            issubclass(base, other) for base in kind.__bases__ if base is not object
        )]
        if fitting:
            return _most_derived(fitting)
    if virtual:
        return _most_derived(virtual)
    return object if object in registry else None


def _most_derived(kinds):
    best = kinds[0]
    for kind in kinds[1:]:
        if issubclass(kind, best):
            best = kind
        elif not issubclass(best, kind):
            raise RuntimeError(f"Ambiguous dispatch: {best} or {kind}")
    return best


def singledispatch(func):
    """A function that chooses its implementation by the type of its first argument."""
    registry = {object: func}
    found = {}
    name = getattr(func, "__name__", "singledispatch function")

    def dispatch(cls):
        implementation = found.get(cls)
        if implementation is None:
            implementation = registry.get(cls)
            if implementation is None:
                implementation = registry.get(_best_class(cls, registry))
            found[cls] = implementation
        return implementation

    def is_union(cls):
        return isinstance(cls, type(int | str)) or getattr(cls, "__origin__", None) is not None and (
            repr(getattr(cls, "__origin__")) == "typing.Union"
        )

    def is_valid(cls):
        if isinstance(cls, type):
            return True
        return is_union(cls) and all(isinstance(part, type) for part in cls.__args__)

    def register(cls, func=None):
        if is_valid(cls):
            if func is None:
                return lambda function: register(cls, function)
        else:
            if func is not None:
                raise TypeError(f"Invalid first argument to `register()`. {cls!r} is not a class or union type.")
            annotations = getattr(cls, "__annotations__", {})
            if not annotations:
                raise TypeError(
                    f"Invalid first argument to `register()`: {cls!r}. "
                    "Use either `@register(some_class)` or plain `@register` on an annotated function."
                )
            func = cls
            from typing import get_type_hints

            argument, cls = next(iter(get_type_hints(func).items()))
            if not is_valid(cls):
                if is_union(cls):
                    raise TypeError(f"Invalid annotation for {argument!r}. {cls!r} not all arguments are classes.")
                raise TypeError(f"Invalid annotation for {argument!r}. {cls!r} is not a class.")
        if is_union(cls):
            for part in cls.__args__:
                registry[part] = func
        else:
            registry[cls] = func
        found.clear()
        return func

    def wrapper(*args, **kw):
        if not args:
            raise TypeError(f"{name} requires at least 1 positional argument")
        return dispatch(args[0].__class__)(*args, **kw)

    from types import MappingProxyType

    wrapper.register = register
    wrapper.dispatch = dispatch
    wrapper.registry = MappingProxyType(registry)
    wrapper._clear_cache = found.clear
    update_wrapper(wrapper, func)
    return wrapper


class singledispatchmethod:
    """A method that chooses its implementation by the type of its first argument."""

    def __init__(self, func):
        if not callable(func) and not hasattr(func, "__get__"):
            raise TypeError(f"{func!r} is not callable or a descriptor")
        self.dispatcher = singledispatch(func)
        self.func = func

    def register(self, cls, method=None):
        return self.dispatcher.register(cls, func=method)

    def __get__(self, obj, cls=None):
        dispatch = self.dispatcher.dispatch

        def _method(*args, **kwargs):
            if not args:
                raise TypeError(f"{_method.__name__} requires at least 1 positional argument")
            return dispatch(args[0].__class__).__get__(obj, cls)(*args, **kwargs)

        _method.__isabstractmethod__ = self.__isabstractmethod__
        _method.register = self.register
        update_wrapper(_method, self.func)
        return _method

    @property
    def __isabstractmethod__(self):
        return getattr(self.func, "__isabstractmethod__", False)
