# Generic classes and protocols.


class Generic:
    """Base class of generic classes."""

    __slots__ = ()
    _is_protocol = False

    def __class_getitem__(cls, args):
        if not isinstance(args, tuple):
            args = (args,)
        args = tuple([_type_convert(item) for item in args])
        if cls in (Generic, Protocol):
            if not args:
                raise TypeError(f"Parameter list to {cls.__qualname__}[...] cannot be empty")
            for item in args:
                if not _is_parameter(item) and not (
                    isinstance(item, _UnpackAlias) and type(item.__args__[0]) is TypeVarTuple
                ):
                    raise TypeError(
                        f"Parameters to {cls.__name__}[...] must all be type variables or parameter specification variables."
                    )
            if len(set(args)) != len(args):
                raise TypeError(f"Parameters to {cls.__name__}[...] must all be unique")
            return _GenericAlias(cls, args)
        parameters = getattr(cls, "__parameters__", ())
        if not parameters:
            raise TypeError(f"{cls!r} is not a generic class")
        args = _unpacked_arguments(args)
        mapping = _bind_parameters(cls, parameters, args)
        values = []
        for parameter in parameters:
            value = mapping[parameter]
            if type(parameter) is TypeVarTuple:
                values.extend(value)
            else:
                values.append(value)
        return _GenericAlias(cls, tuple(values))

    def __init_subclass__(cls, *args, **kwargs):
        super().__init_subclass__(*args, **kwargs)
        if "__orig_bases__" in cls.__dict__:
            wrong = Generic in cls.__orig_bases__
        else:
            wrong = Generic in cls.__bases__ and cls.__name__ != "Protocol" and type(cls) is not _TypedDictMeta
        if wrong:
            raise TypeError("Cannot inherit from plain Generic")
        parameters = ()
        if "__orig_bases__" in cls.__dict__:
            parameters = _collect_parameters(cls.__orig_bases__)
            declared = None
            for base in cls.__orig_bases__:
                if isinstance(base, _GenericAlias) and base.__origin__ is Generic:
                    if declared is not None:
                        raise TypeError("Cannot inherit from Generic[...] multiple times.")
                    declared = base.__parameters__
            if declared is not None:
                missing = [item for item in parameters if item not in declared]
                if missing:
                    names = ", ".join([str(item) for item in missing])
                    shown = ", ".join([str(item) for item in declared])
                    raise TypeError(f"Some type variables ({names}) are not listed in Generic[{shown}]")
                parameters = declared
        cls.__parameters__ = tuple(parameters)


_PROTOCOL_EXCLUDED = frozenset((
    "__abstractmethods__", "__annotations__", "__dict__", "__doc__", "__init__", "__module__", "__new__", "__slots__",
    "__subclasshook__", "__weakref__", "__class_getitem__", "__match_args__", "__static_attributes__",
    "__firstlineno__", "__parameters__", "__orig_bases__", "__orig_class__", "_is_protocol", "_is_runtime_protocol",
    "__protocol_attrs__", "__non_callable_proto_members__", "__type_params__", "_MutableMapping__marker", "_abc_impl",
    "__qualname__", "__hash__", "__final__",
))


def _protocol_members(cls):
    names = set()
    for base in cls.__mro__[:-1]:
        if base.__name__ in {"Protocol", "Generic"}:
            continue
        own = base.__dict__.get("__annotations__", {})
        for name in (*base.__dict__, *own):
            if not name.startswith("_abc_") and name not in _PROTOCOL_EXCLUDED:
                names.add(name)
            elif name == "__hash__" and base.__dict__.get(name) is not None:
                names.add(name)
    return names


def _no_init(self, *args, **kwargs):
    cls = type(self)
    if cls._is_protocol:
        raise TypeError("Protocols cannot be instantiated")


import abc as _abc


class _ProtocolMeta(_abc.ABCMeta):
    def __new__(mcls, name, bases, namespace, /, **kwargs):
        if name == "Protocol" and bases == (Generic,):
            pass
        elif bases and _known.get("Protocol") in bases:
            for base in bases:
                if not (
                    base in {object, Generic}
                    or base.__module__ in ("collections.abc", "contextlib", "abc")
                    or getattr(base, "_is_protocol", False)
                ):
                    raise TypeError(f"Protocols can only inherit from other protocols, got {base!r}")
        return super().__new__(mcls, name, bases, namespace, **kwargs)

    def __subclasscheck__(cls, other):
        if cls is Protocol:
            return type.__subclasscheck__(cls, other)
        if cls._is_protocol:
            if not isinstance(other, type):
                raise TypeError("issubclass() arg 1 must be a class")
            if not getattr(cls, "_is_runtime_protocol", False):
                raise TypeError(
                    "Instance and class checks can only be used with @runtime_checkable protocols"
                )
            data = [name for name in _protocol_members(cls) if not callable(getattr(cls, name, None))]
            if data:
                raise TypeError(
                    f"Protocols with non-method members don't support issubclass(). Non-method members: {str(sorted(data))[1:-1]}."
                )
        return _abc.ABCMeta.__subclasscheck__(cls, other)

    def __instancecheck__(cls, instance):
        if cls is Protocol:
            return type.__instancecheck__(cls, instance)
        if not cls._is_protocol:
            return _abc.ABCMeta.__instancecheck__(cls, instance)
        if not getattr(cls, "_is_runtime_protocol", False):
            raise TypeError("Instance and class checks can only be used with @runtime_checkable protocols")
        if _abc.ABCMeta.__subclasscheck__(cls, instance.__class__):
            return True
        for name in _protocol_members(cls):
            value = getattr(instance, name, _MISSING)
            if value is _MISSING or value is None and callable(getattr(cls, name, None)):
                return False
        return True


class Protocol(Generic, metaclass=_ProtocolMeta):
    """Base class of protocols."""

    __slots__ = ()
    _is_protocol = True
    _is_runtime_protocol = False

    def __init_subclass__(cls, *args, **kwargs):
        super().__init_subclass__(*args, **kwargs)
        if not cls.__dict__.get("_is_protocol", False):
            cls._is_protocol = any(base is Protocol for base in cls.__bases__)
        if "__subclasshook__" not in cls.__dict__ and cls._is_protocol:
            cls.__subclasshook__ = classmethod(_protocol_hook)
        if cls._is_protocol and cls.__init__ is object.__init__:
            cls.__init__ = _no_init
        elif not cls._is_protocol and cls.__init__ is _no_init:
            for base in cls.__mro__[1:]:
                found = base.__dict__.get("__init__")
                if found is not None and found is not _no_init:
                    cls.__init__ = found
                    break


def _protocol_hook(cls, other):
    if not cls.__dict__.get("_is_protocol", False):
        return NotImplemented
    for name in _protocol_members(cls):
        for base in other.__mro__:
            if name in base.__dict__:
                if base.__dict__[name] is None:
                    return NotImplemented
                break
            annotations = getattr(base, "__annotations__", {})
            if name in annotations and getattr(other, "_is_protocol", False):
                break
        else:
            return NotImplemented
    return True


_known["Protocol"] = Protocol


def runtime_checkable(cls):
    """Lets a protocol be used with isinstance and issubclass."""
    if not ((isinstance(cls, type) and issubclass(cls, Generic)) and getattr(cls, "_is_protocol", False)):
        raise TypeError(f"@runtime_checkable can be only applied to protocol classes, got {cls!r}")
    cls._is_runtime_protocol = True
    cls.__non_callable_proto_members__ = {
        name for name in _protocol_members(cls) if not callable(getattr(cls, name, None))
    }
    return cls


def get_protocol_members(tp, /):
    """The names of the members of a protocol."""
    if not is_protocol(tp):
        raise TypeError(f"{tp!r} is not a Protocol")
    return frozenset(_protocol_members(tp))


def is_protocol(tp, /):
    """Whether it is a protocol class."""
    return isinstance(tp, type) and getattr(tp, "_is_protocol", False) and tp is not Protocol and tp != Protocol


