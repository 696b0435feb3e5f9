"""Names of the built-in types, and tools to make classes."""


def _function():
    pass


def _generator():
    yield


async def _coroutine():
    pass


async def _async_generator():
    yield


class _Class:
    def method(self):
        pass

    __slots__ = ("slot",)


FunctionType = LambdaType = type(_function)
GeneratorType = type(_generator())
CoroutineType = type(_made := _coroutine())
_made.close()
AsyncGeneratorType = type(_async_generator())
MethodType = type(_Class().method)
BuiltinFunctionType = BuiltinMethodType = type(len)
WrapperDescriptorType = type(object.__init__)
MethodWrapperType = type(object().__str__)
MethodDescriptorType = type(str.join)
ClassMethodDescriptorType = type(dict.__dict__["fromkeys"])
GetSetDescriptorType = type(type.__dict__["__name__"])
MemberDescriptorType = type(_Class.slot)
MappingProxyType = type(type.__dict__)
ModuleType = _npython_module_type
CellType = _npython_cell_type
CodeType = _npython_code_type
TracebackType = _npython_traceback_type
GenericAlias = type(list[int])
UnionType = type(int | str)
NoneType = type(None)
EllipsisType = type(...)
NotImplementedType = type(NotImplemented)


def new_class(name, bases=(), kwds=None, exec_body=None):
    """Makes a class as a class statement does."""
    resolved = resolve_bases(bases)
    meta, namespace, keywords = prepare_class(name, resolved, kwds)
    if exec_body is not None:
        exec_body(namespace)
    if resolved is not bases:
        namespace["__orig_bases__"] = bases
    return meta(name, resolved, namespace, **keywords)


def resolve_bases(bases):
    """Replaces bases that are no classes by what their __mro_entries__ says (PEP 560)."""
    resolved = []
    for base in bases:
        if isinstance(base, type) or not hasattr(base, "__mro_entries__"):
            resolved.append(base)
            continue
        entries = base.__mro_entries__(bases)
        if not isinstance(entries, tuple):
            raise TypeError("__mro_entries__ must return a tuple")
        resolved.extend(entries)
    if len(resolved) == len(bases) and all(made is given for made, given in zip(resolved, bases)):
        return bases
    return tuple(resolved)


def prepare_class(name, bases=(), kwds=None):
    """The metaclass, the namespace and the remaining keywords of a class about to be made."""
    keywords = {} if kwds is None else dict(kwds)
    if "metaclass" in keywords:
        meta = keywords.pop("metaclass")
    else:
        meta = type(bases[0]) if bases else type
    if isinstance(meta, type):
        for base in bases:
            kind = type(base)
            if issubclass(meta, kind):
                continue
            if not issubclass(kind, meta):
                raise TypeError(
                    "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass "
                    "of the metaclasses of all its bases"
                )
            meta = kind
    namespace = meta.__prepare__(name, bases, **keywords) if hasattr(meta, "__prepare__") else {}
    return meta, namespace, keywords


def get_original_bases(cls, /):
    """The bases of a class as its statement has them."""
    try:
        return cls.__dict__.get("__orig_bases__", cls.__bases__)
    except AttributeError:
        raise TypeError(f"Expected an instance of type, not {type(cls).__name__!r}") from None


class SimpleNamespace:
    """An object whose attributes are its keyword arguments."""

    def __init__(self, /, *args, **kwargs):
        if len(args) > 1:
            raise TypeError(f"SimpleNamespace expected at most 1 argument, got {len(args)}")
        if args:
            mapping = dict(args[0])
            for key in mapping:
                if not isinstance(key, str):
                    raise TypeError("keywords must be strings")
            self.__dict__.update(mapping)
        self.__dict__.update(kwargs)

    def __repr__(self):
        name = "namespace" if type(self) is SimpleNamespace else type(self).__name__
        if _npython_repr_begin(self):
            return f"{name}(...)"
        try:
            parts = [f"{key}={value!r}" for key, value in self.__dict__.items() if key.isidentifier()]
        finally:
            _npython_repr_end(self)
        return f"{name}({', '.join(parts)})"

    def __eq__(self, other):
        if isinstance(self, SimpleNamespace) and isinstance(other, SimpleNamespace):
            return self.__dict__ == other.__dict__
        return NotImplemented

    def __replace__(self, /, **changes):
        made = type(self).__new__(type(self))
        made.__dict__.update(self.__dict__)
        made.__dict__.update(changes)
        return made


class DynamicClassAttribute:
    """A property that is looked up on the metaclass when it is asked of the class."""

    def __init__(self, fget=None, fset=None, fdel=None, doc=None):
        self.fget = fget
        self.fset = fset
        self.fdel = fdel
        self.__doc__ = fget.__doc__ if doc is None and fget is not None else doc
        self.overwrite_doc = doc is None
        self.__isabstractmethod__ = bool(getattr(fget, "__isabstractmethod__", False))

    def __get__(self, instance, ownerclass=None):
        if instance is None:
            if self.__isabstractmethod__:
                return self
            raise AttributeError()
        if self.fget is None:
            raise AttributeError("unreadable attribute")
        return self.fget(instance)

    def __set__(self, instance, value):
        if self.fset is None:
            raise AttributeError("can't set attribute")
        self.fset(instance, value)

    def __delete__(self, instance):
        if self.fdel is None:
            raise AttributeError("can't delete attribute")
        self.fdel(instance)

    def getter(self, fget):
        doc = fget.__doc__ if self.overwrite_doc else None
        return type(self)(fget, self.fset, self.fdel, doc or self.__doc__)

    def setter(self, fset):
        return type(self)(self.fget, fset, self.fdel, self.__doc__)

    def deleter(self, fdel):
        return type(self)(self.fget, self.fset, fdel, self.__doc__)


def coroutine(func):
    """Makes the generators of a generator function something `await` accepts."""
    if not callable(func):
        raise TypeError("types.coroutine() expects a callable")
    flags = _npython_code_flags(func)
    if flags & 0x80:
        return func

    def wrapped(*args, **kwargs):
        return _npython_mark_awaitable(func(*args, **kwargs))

    for name in ("__module__", "__name__", "__qualname__", "__doc__"):
        if hasattr(func, name):
            setattr(wrapped, name, getattr(func, name))
    wrapped.__wrapped__ = func
    return wrapped


__all__ = [
    "AsyncGeneratorType", "BuiltinFunctionType", "BuiltinMethodType", "CellType", "ClassMethodDescriptorType", "CodeType",
    "CoroutineType", "DynamicClassAttribute", "EllipsisType", "FunctionType", "GeneratorType", "GenericAlias",
    "GetSetDescriptorType", "LambdaType", "MappingProxyType", "MemberDescriptorType", "MethodDescriptorType",
    "MethodType", "MethodWrapperType", "ModuleType", "NoneType", "NotImplementedType", "SimpleNamespace",
    "TracebackType", "UnionType", "WrapperDescriptorType", "coroutine", "get_original_bases", "new_class",
    "prepare_class", "resolve_bases",
]
del _function, _generator, _coroutine, _async_generator, _Class, _made
