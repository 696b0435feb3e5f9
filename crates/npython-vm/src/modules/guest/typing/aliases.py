# Aliases: what subscripting a generic class or a special form gives.


class _BaseAlias(_Final, _root=True):
    __slots__ = ("__dict__",)

    def __init__(self, origin, *, inst=True, name=None):
        self._inst = inst
        self._name = name
        self.__origin__ = origin
        self.__slots__ = None

    def __call__(self, *args, **kwargs):
        if not self._inst:
            raise TypeError(
                f"Type {self._name} cannot be instantiated; use {self.__origin__.__name__}() instead"
            )
        result = self.__origin__(*args, **kwargs)
        try:
            result.__orig_class__ = self
        except Exception:
            pass
        return result

    def __mro_entries__(self, bases):
        entries = []
        if self.__origin__ not in bases:
            entries.append(self.__origin__)
        position = bases.index(self)
        for base in bases[position + 1 :]:
            if isinstance(base, _BaseAlias) or isinstance(base, type) and issubclass(base, Generic):
                break
        else:
            entries.append(Generic)
        return tuple(entries)

    def __getattr__(self, attr):
        if attr in ("__origin__", "__args__"):
            raise AttributeError(attr)
        if attr in ("__name__", "__qualname__"):
            return self._name or self.__origin__.__name__
        if "__origin__" in self.__dict__ and not (len(attr) > 4 and attr.startswith("__") and attr.endswith("__")):
            return getattr(self.__origin__, attr)
        raise AttributeError(attr)

    def __setattr__(self, attr, value):
        if (attr.startswith("__") and attr.endswith("__")) or attr in ("_name", "_inst", "_nparams", "_defaults"):
            object.__setattr__(self, attr, value)
        else:
            setattr(self.__origin__, attr, value)

    def __instancecheck__(self, obj):
        return self.__subclasscheck__(type(obj))

    def __subclasscheck__(self, cls):
        raise TypeError("Subscripted generics cannot be used with class and instance checks")

    def __dir__(self):
        return sorted(set(object.__dir__(self)) | {name for name in dir(self.__origin__) if not name.startswith("__")})


class _GenericAlias(_BaseAlias, _root=True):
    """A generic type with its arguments."""

    def __init__(self, origin, args, *, inst=True, name=None):
        super().__init__(origin, inst=inst, name=name)
        if not isinstance(args, tuple):
            args = (args,)
        self.__args__ = tuple([() if item is _EMPTY else item for item in args])
        self.__parameters__ = _collect_parameters(args)
        if not name:
            self.__module__ = origin.__module__

    def __eq__(self, other):
        if not isinstance(other, _GenericAlias):
            return NotImplemented
        return self.__origin__ == other.__origin__ and self.__args__ == other.__args__

    def __hash__(self):
        return hash((self.__origin__, self.__args__))

    def __or__(self, right):
        return Union[self, right]

    def __ror__(self, left):
        return Union[left, self]

    def __getitem__(self, args):
        if self.__origin__ in (Generic, Protocol):
            raise TypeError(f"Cannot subscript already-subscripted {self}")
        if not self.__parameters__:
            raise TypeError(f"{self} is not a generic class")
        if not isinstance(args, tuple):
            args = (args,)
        args = tuple([_type_convert(item) for item in args])
        args = _unpacked_arguments(args)
        mapping = _bind_parameters(self, self.__parameters__, args)
        return self.copy_with(tuple(_replace_all(self.__args__, mapping)))

    def copy_with(self, args):
        return self.__class__(self.__origin__, args, name=self._name, inst=self._inst)

    def __repr__(self):
        name = f"typing.{self._name}" if self._name else _type_repr(self.__origin__)
        args = ", ".join([_type_repr(item) for item in self.__args__]) if self.__args__ else "()"
        return f"{name}[{args}]"

    def __reduce__(self):
        return (_rebuild_alias, (self.__origin__, self.__args__))

    def __mro_entries__(self, bases):
        if isinstance(self.__origin__, _SpecialForm):
            raise TypeError(f"Cannot subclass {self!r}")
        if self._name:
            return super().__mro_entries__(bases)
        if self.__origin__ is Generic:
            if Protocol in bases:
                return ()
            position = bases.index(self)
            for base in bases[position + 1 :]:
                if isinstance(base, _BaseAlias) and base is not self:
                    return ()
        return (self.__origin__,)

    def __iter__(self):
        yield Unpack[self]


_EMPTY = object()


def _rebuild_alias(origin, args):
    return origin[args[0]] if len(args) == 1 and not isinstance(args[0], tuple) else origin[args]


class _UnionAlias(_GenericAlias, _root=True):
    def copy_with(self, args):
        return Union[args]

    def __eq__(self, other):
        if not isinstance(other, (_UnionAlias, _UnionType)):
            return NotImplemented
        return set(self.__args__) == set(other.__args__)

    def __hash__(self):
        return hash(frozenset(self.__args__))

    def __repr__(self):
        args = self.__args__
        if len(args) == 2:
            if args[0] is type(None):
                return f"typing.Optional[{_type_repr(args[1])}]"
            if args[1] is type(None):
                return f"typing.Optional[{_type_repr(args[0])}]"
        return f"typing.Union[{', '.join([_type_repr(item) for item in args])}]"

    def __instancecheck__(self, obj):
        for item in self.__args__:
            if isinstance(obj, item):
                return True
        return False

    def __subclasscheck__(self, cls):
        for item in self.__args__:
            if issubclass(cls, item):
                return True
        return False


class _LiteralAlias(_GenericAlias, _root=True):
    def __eq__(self, other):
        if not isinstance(other, _LiteralAlias):
            return NotImplemented
        return {(type(item), item) for item in self.__args__} == {(type(item), item) for item in other.__args__}

    def __hash__(self):
        return hash(frozenset([(type(item), item) for item in self.__args__]))

    def __repr__(self):
        return f"typing.Literal[{', '.join([_type_repr(item) if isinstance(item, type) else repr(item) for item in self.__args__])}]"


class _ConcatenateAlias(_GenericAlias, _root=True):
    def copy_with(self, args):
        if isinstance(args[-1], (list, tuple)):
            return (*args[:-1], *args[-1])
        if isinstance(args[-1], _ConcatenateAlias):
            args = (*args[:-1], *args[-1].__args__)
        return super().copy_with(args)


class _UnpackAlias(_GenericAlias, _root=True):
    def __repr__(self):
        item = self.__args__[0]
        return f"typing.Unpack[{_type_repr(item)}]"

    @property
    def __typing_unpacked_tuple_args__(self):
        (item,) = self.__args__
        if isinstance(item, (_GenericAlias, GenericAlias)) and item.__origin__ is tuple:
            return item.__args__
        return None

    @property
    def __typing_is_unpacked_typevartuple__(self):
        return type(self.__args__[0]) is TypeVarTuple


class _AnnotatedAlias(_GenericAlias, _root=True):
    def __init__(self, origin, metadata):
        if isinstance(origin, _AnnotatedAlias):
            metadata = origin.__metadata__ + metadata
            origin = origin.__origin__
        super().__init__(origin, (origin,), name="Annotated")
        self.__metadata__ = metadata

    def copy_with(self, args):
        return _AnnotatedAlias(args[0], self.__metadata__)

    def __repr__(self):
        return f"typing.Annotated[{_type_repr(self.__origin__)}, {', '.join([repr(item) for item in self.__metadata__])}]"

    def __eq__(self, other):
        if not isinstance(other, _AnnotatedAlias):
            return NotImplemented
        return self.__origin__ == other.__origin__ and self.__metadata__ == other.__metadata__

    def __hash__(self):
        return hash((self.__origin__, self.__metadata__))

    def __getattr__(self, attr):
        if attr in {"__name__", "__qualname__"}:
            return "Annotated"
        return super().__getattr__(attr)

    def __mro_entries__(self, bases):
        return (self.__origin__,)


class _SpecialGenericAlias(_BaseAlias, _root=True):
    """A name for a class of the built-in or `collections` ones, as `List` for `list`."""

    def __init__(self, origin, nparams, *, inst=True, name=None):
        if name is None:
            name = origin.__name__
        super().__init__(origin, inst=inst, name=name)
        self._nparams = nparams
        self.__doc__ = f"A generic version of {origin.__module__}.{origin.__qualname__}."

    def __getitem__(self, params):
        if not isinstance(params, tuple):
            params = (params,)
        message = "Parameters to generic types must be types."
        params = tuple([_type_check(item, message) for item in params])
        if self._nparams >= 0 and len(params) != self._nparams:
            least, most = self._nparams, self._nparams
            if self._name in ("Generator", "AsyncGenerator", "ContextManager", "AsyncContextManager"):
                least = {"Generator": 1, "AsyncGenerator": 1}.get(self._name, 1)
                if least <= len(params) <= most:
                    filler = type(None) if self._name.endswith("Generator") else bool | None
                    params += (filler,) * (most - len(params))
                    return _GenericAlias(self.__origin__, params, name=self._name, inst=self._inst)
            word = "many" if len(params) > most else "few"
            expected = f"at least {least}" if least != most else most
            raise TypeError(f"Too {word} arguments for {self}; actual {len(params)}, expected {expected}")
        return _GenericAlias(self.__origin__, params, name=self._name, inst=self._inst)

    def __repr__(self):
        return f"typing.{self._name}"

    def __subclasscheck__(self, cls):
        if isinstance(cls, _SpecialGenericAlias):
            return issubclass(cls.__origin__, self.__origin__)
        if not isinstance(cls, _GenericAlias):
            return issubclass(cls, self.__origin__)
        return super().__subclasscheck__(cls)

    def __reduce__(self):
        return self._name

    def __or__(self, right):
        return Union[self, right]

    def __ror__(self, left):
        return Union[left, self]


class _TupleType(_SpecialGenericAlias, _root=True):
    def __getitem__(self, params):
        if not isinstance(params, tuple):
            params = (params,)
        if len(params) >= 2 and params[-1] is ...:
            message = "Tuple[t, ...]: t must be a type."
            params = tuple([_type_check(item, message) for item in params[:-1]])
            return _GenericAlias(tuple, (*params, ...), name="Tuple")
        message = "Tuple[t0, t1, ...]: each t must be a type."
        params = tuple([_type_check(item, message) for item in params])
        return _GenericAlias(tuple, params, name="Tuple")


class _CallableGenericAlias(_GenericAlias, _root=True):
    def __repr__(self):
        args = self.__args__
        if len(args) == 2 and (args[0] is ... or type(args[0]) is ParamSpec or isinstance(args[0], _ConcatenateAlias)):
            return super().__repr__()
        return f"typing.Callable[[{', '.join([_type_repr(item) for item in args[:-1]])}], {_type_repr(args[-1])}]"


class _CallableType(_SpecialGenericAlias, _root=True):
    def __getitem__(self, params):
        if not isinstance(params, tuple) or len(params) != 2:
            raise TypeError("Callable must be used as Callable[[arg, ...], result].")
        args, result = params
        if isinstance(args, list):
            args = tuple(args)
        result = _type_check(result, "Callable[args, result]: result must be a type.")
        if args is ...:
            return _CallableGenericAlias(self.__origin__, (..., result), name="Callable")
        if not isinstance(args, tuple):
            if not (type(args) is ParamSpec or isinstance(args, _ConcatenateAlias)):
                raise TypeError(f"Expected a list of types, an ellipsis, ParamSpec, or Concatenate. Got {args}")
            return _CallableGenericAlias(self.__origin__, (args, result), name="Callable")
        args = tuple([_type_convert(item) for item in args])
        return _CallableGenericAlias(self.__origin__, args + (result,), name="Callable")


