# Special forms: Any, Union, Literal and what else is subscripted without being a class.


class _Final:
    __slots__ = ("__weakref__",)

    def __init_subclass__(cls, /, *args, **kwds):
        if "_root" not in kwds:
            raise TypeError("Cannot subclass special typing classes")


class _SpecialForm(_Final, _root=True):
    # A name that is subscripted, or stands for a type.

    __slots__ = ("_name", "__doc__", "_getitem")

    def __init__(self, getitem):
        self._getitem = getitem
        self._name = getitem.__name__
        self.__doc__ = getitem.__doc__

    def __getattr__(self, item):
        if item in {"__name__", "__qualname__"}:
            return self._name
        raise AttributeError(item)

    def __mro_entries__(self, bases):
        raise TypeError(f"Cannot subclass {self!r}")

    def __repr__(self):
        return f"typing.{self._name}"

    def __reduce__(self):
        return self._name

    def __call__(self, *args, **kwds):
        raise TypeError(f"Cannot instantiate {self!r}")

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __instancecheck__(self, obj):
        raise TypeError(f"{self} cannot be used with isinstance()")

    def __subclasscheck__(self, cls):
        raise TypeError(f"{self} cannot be used with issubclass()")

    def __getitem__(self, parameters):
        return self._getitem(self, parameters)


class _AnyMeta(type):
    def __instancecheck__(self, obj):
        if self is Any:
            raise TypeError("typing.Any cannot be used with isinstance()")
        return super().__instancecheck__(obj)

    def __repr__(self):
        if self is Any:
            return "typing.Any"
        return super().__repr__()


class Any(metaclass=_AnyMeta):
    """Any type."""

    def __new__(cls, *args, **kwargs):
        if cls is Any:
            raise TypeError("Any cannot be instantiated")
        return super().__new__(cls)


def _plain_form(name):
    def form(self, parameters):
        raise TypeError(f"{self} is not subscriptable")

    form.__name__ = name
    return _SpecialForm(form)


NoReturn = _plain_form("NoReturn")
Never = _plain_form("Never")
Self = _plain_form("Self")
LiteralString = _plain_form("LiteralString")
TypeAlias = _plain_form("TypeAlias")


def _wrapping_form(name, message, special=False):
    def form(self, parameters):
        item = _type_check(parameters, message.format(form=self), allow_special_forms=special)
        return _GenericAlias(self, (item,))

    form.__name__ = name
    return _SpecialForm(form)


ClassVar = _wrapping_form("ClassVar", "{form} accepts only single type.", True)
Final = _wrapping_form("Final", "{form} accepts only single type.", True)
TypeGuard = _wrapping_form("TypeGuard", "{form} accepts only single type.")
TypeIs = _wrapping_form("TypeIs", "{form} accepts only single type.")
Required = _wrapping_form("Required", "{form} accepts only a single type.", True)
NotRequired = _wrapping_form("NotRequired", "{form} accepts only a single type.", True)
ReadOnly = _wrapping_form("ReadOnly", "{form} accepts only a single type.", True)


def _hashable(value):
    try:
        hash(value)
    except TypeError:
        return False
    return True


def _without_duplicates(values):
    found = []
    for value in values:
        if value not in found:
            found.append(value)
    return found


@_SpecialForm
def Union(self, parameters):
    """One of several types."""
    if parameters == ():
        raise TypeError("Cannot take a Union of no types.")
    if not isinstance(parameters, tuple):
        parameters = (parameters,)
    parameters = [_type_check(item, "Union[arg, ...]: each arg must be a type.") for item in parameters]
    flat = []
    for item in parameters:
        if isinstance(item, (_UnionAlias, _UnionType)):
            flat.extend(item.__args__)
        else:
            flat.append(item)
    flat = _without_duplicates(flat)
    if len(flat) == 1:
        return flat[0]
    name = "Optional" if len(flat) == 2 and type(None) in flat else "Union"
    return _UnionAlias(self, tuple(flat), name=name)


@_SpecialForm
def Optional(self, parameters):
    """A type or None."""
    item = _type_check(parameters, f"{self} requires a single type.")
    return Union[item, type(None)]


@_SpecialForm
def Literal(self, parameters):
    """One of some values."""
    if not isinstance(parameters, tuple):
        parameters = (parameters,)
    flat = []
    for item in parameters:
        if isinstance(item, _LiteralAlias):
            flat.extend(item.__args__)
        else:
            flat.append(item)
    if all(map(_hashable, flat)):
        kept = {}
        for item in flat:
            kept.setdefault((type(item), item), item)
        flat = list(kept.values())
    return _LiteralAlias(self, tuple(flat))


@_SpecialForm
def Concatenate(self, parameters):
    """Parameters in front of those of a ParamSpec."""
    if parameters == ():
        raise TypeError("Cannot take a Concatenate of no types.")
    if not isinstance(parameters, tuple):
        parameters = (parameters,)
    if not (parameters[-1] is ... or type(parameters[-1]) is ParamSpec):
        raise TypeError("The last parameter to Concatenate should be a ParamSpec variable or ellipsis.")
    message = "Concatenate[arg, ...]: each arg must be a type."
    parameters = tuple([_type_check(item, message) for item in parameters[:-1]]) + (parameters[-1],)
    return _ConcatenateAlias(self, parameters)


@_SpecialForm
def Unpack(self, parameters):
    """The types of a tuple one by one."""
    item = _type_check(parameters, f"{self} accepts only single type.")
    return _UnpackAlias(self, (item,))


@_SpecialForm
def Annotated(self, params):
    """A type with what else there is to say about it."""
    if not isinstance(params, tuple) or len(params) < 2:
        raise TypeError(
            "Annotated[...] should be used with at least two arguments (a type and an annotation)."
        )
    origin = _type_check(params[0], "Annotated[t, ...]: t must be a type.", allow_special_forms=True)
    return _AnnotatedAlias(origin, tuple(params[1:]))


