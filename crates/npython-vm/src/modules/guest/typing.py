"""Type hints at run time."""

import types
from types import GenericAlias

__all__ = [
    "Annotated", "Any", "Callable", "ClassVar", "Concatenate", "Final", "ForwardRef", "Generic", "Literal", "Optional",
    "ParamSpec", "Protocol", "Tuple", "Type", "TypeVar", "TypeVarTuple", "Union", "AbstractSet", "ByteString",
    "Container", "ContextManager", "Hashable", "ItemsView", "Iterable", "Iterator", "KeysView", "Mapping",
    "MappingView", "MutableMapping", "MutableSequence", "MutableSet", "Sequence", "Sized", "ValuesView", "Awaitable",
    "AsyncIterator", "AsyncIterable", "Coroutine", "Collection", "AsyncGenerator", "AsyncContextManager",
    "Reversible", "SupportsAbs", "SupportsBytes", "SupportsComplex", "SupportsFloat", "SupportsIndex", "SupportsInt",
    "SupportsRound", "ChainMap", "Counter", "Deque", "Dict", "DefaultDict", "List", "OrderedDict", "Set", "FrozenSet",
    "NamedTuple", "TypedDict", "Generator", "BinaryIO", "IO", "TextIO", "AnyStr", "assert_type",
    "assert_never", "cast", "clear_overloads", "dataclass_transform", "final", "get_args", "get_origin",
    "get_overloads", "get_protocol_members", "get_type_hints", "is_protocol", "is_typeddict", "LiteralString",
    "Never", "NewType", "no_type_check", "no_type_check_decorator", "NoDefault", "NoReturn", "NotRequired",
    "overload", "override", "ParamSpecArgs", "ParamSpecKwargs", "ReadOnly", "Required", "reveal_type",
    "runtime_checkable", "Self", "Text", "TYPE_CHECKING", "TypeAlias", "TypeGuard", "TypeIs", "TypeAliasType", "Unpack",
]

TYPE_CHECKING = False
Text = str
TypeVar = _npython_type_var_type
ParamSpec = _npython_param_spec_type
TypeVarTuple = _npython_type_var_tuple_type
TypeAliasType = _npython_type_alias_type
_UnionType = _npython_union_type
_MISSING = object()


class NoDefaultType:
    __slots__ = ()

    def __new__(cls):
        return _known.get("NoDefault") or object.__new__(cls)

    def __repr__(self):
        return "typing.NoDefault"

    def __reduce__(self):
        return "NoDefault"


_known = {}
NoDefault = object.__new__(NoDefaultType)
_known["NoDefault"] = NoDefault


# Type parameters


def _checked_name(kind, positional, keywords):
    keywords = dict(keywords)
    if positional:
        name = positional[0]
        if "name" in keywords:
            raise TypeError(f"argument for {kind}() given by name ('name') and position (1)")
    elif "name" in keywords:
        name = keywords.pop("name")
    else:
        raise TypeError(f"{kind}() missing required argument 'name' (pos 1)")
    if not isinstance(name, str):
        raise TypeError(f"{kind}() argument 'name' must be str, not {type(name).__name__}")
    return name, keywords


def _variance(keywords):
    covariant = bool(keywords.pop("covariant", False))
    contravariant = bool(keywords.pop("contravariant", False))
    infer = bool(keywords.pop("infer_variance", False))
    if covariant and contravariant:
        raise ValueError("Bivariant types are not supported.")
    if infer and (covariant or contravariant):
        raise ValueError("Variance cannot be specified with infer_variance.")
    return covariant * 4 + contravariant * 8 + infer * 16


def _refuse_keywords(kind, keywords):
    for name in keywords:
        raise TypeError(f"{kind}() got an unexpected keyword argument '{name}'")


def _default_of(keywords):
    default = keywords.pop("default", NoDefault)
    return _npython_MISSING if default is NoDefault else default


def _new_type_var(positional, keywords):
    name, keywords = _checked_name("typevar", positional, keywords)
    constraints = positional[1:]
    flags = _variance(keywords)
    bound = keywords.pop("bound", None)
    if bound is not None:
        bound = _type_check(bound, "Bound must be a type.")
    default = _default_of(keywords)
    _refuse_keywords("typevar", keywords)
    if len(constraints) == 1:
        raise TypeError("A single constraint is not allowed")
    if constraints and bound is not None:
        raise TypeError("Constraints cannot be combined with bound=...")
    constraints = tuple([_type_check(item, "TypeVar(name, constraint, ...): constraints must be types.") for item in constraints])
    return _npython_type_parameter_make(0, name, bound, constraints or None, default, flags)


def _new_param_spec(positional, keywords):
    name, keywords = _checked_name("paramspec", positional, keywords)
    flags = _variance(keywords)
    bound = keywords.pop("bound", None)
    if bound is not None:
        bound = _type_check(bound, "Bound must be a type.")
    default = _default_of(keywords)
    _refuse_keywords("paramspec", keywords)
    return _npython_type_parameter_make(1, name, bound, None, default, flags)


def _new_type_var_tuple(positional, keywords):
    name, keywords = _checked_name("typevartuple", positional, keywords)
    default = _default_of(keywords)
    _refuse_keywords("typevartuple", keywords)
    return _npython_type_parameter_make(2, name, None, None, default, 16)


def _new_type_alias(module, positional, keywords):
    keywords = dict(keywords)
    if len(positional) > 2:
        raise TypeError(f"typealias() takes exactly 2 positional arguments ({len(positional)} given)")
    values = list(positional)
    for position, name in ((0, "name"), (1, "value")):
        if len(values) <= position:
            if name not in keywords:
                raise TypeError(f"typealias() missing required argument '{name}' (pos {position + 1})")
            values.append(keywords.pop(name))
    parameters = keywords.pop("type_params", ())
    _refuse_keywords("typealias", keywords)
    if not isinstance(values[0], str):
        raise TypeError(f"typealias() argument 'name' must be str, not {type(values[0]).__name__}")
    if not isinstance(parameters, tuple):
        raise TypeError("type_params must be a tuple")
    return _npython_type_alias_make(values[0], parameters or None, values[1], module)


def _substituted(variable, argument):
    argument = _type_check(argument, "Parameters to generic types must be types.")
    if isinstance(argument, _UnpackAlias) or isinstance(argument, GenericAlias) and getattr(argument, "__unpacked__", False):
        raise TypeError(f"{argument} is not valid as type argument")
    return argument


class ParamSpecArgs:
    """The positional parameters of a ParamSpec."""

    def __init__(self, origin):
        self.__origin__ = origin

    def __repr__(self):
        return f"{self.__origin__.__name__}.args"

    def __eq__(self, other):
        if not isinstance(other, ParamSpecArgs):
            return NotImplemented
        return self.__origin__ == other.__origin__

    def __hash__(self):
        return hash((ParamSpecArgs, self.__origin__))

    def __mro_entries__(self, bases):
        raise TypeError("Cannot subclass an instance of ParamSpecArgs")


class ParamSpecKwargs:
    """The keyword parameters of a ParamSpec."""

    def __init__(self, origin):
        self.__origin__ = origin

    def __repr__(self):
        return f"{self.__origin__.__name__}.kwargs"

    def __eq__(self, other):
        if not isinstance(other, ParamSpecKwargs):
            return NotImplemented
        return self.__origin__ == other.__origin__

    def __hash__(self):
        return hash((ParamSpecKwargs, self.__origin__))

    def __mro_entries__(self, bases):
        raise TypeError("Cannot subclass an instance of ParamSpecKwargs")


class ForwardRef:
    """A type hint as text."""

    __slots__ = ("__forward_arg__", "__forward_is_argument__", "__forward_is_class__", "__forward_module__",
                 "__forward_evaluated__", "__forward_value__")

    def __init__(self, arg, is_argument=True, module=None, *, is_class=False):
        if not isinstance(arg, str):
            raise TypeError(f"Forward reference must be a string -- got {arg!r}")
        self.__forward_arg__ = arg
        self.__forward_is_argument__ = is_argument
        self.__forward_is_class__ = is_class
        self.__forward_module__ = module
        self.__forward_evaluated__ = False
        self.__forward_value__ = None

    def __eq__(self, other):
        if not isinstance(other, ForwardRef):
            return NotImplemented
        return (
            self.__forward_arg__ == other.__forward_arg__ and self.__forward_module__ == other.__forward_module__
        )

    def __hash__(self):
        return hash((self.__forward_arg__, self.__forward_module__))

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __repr__(self):
        if self.__forward_module__ is None:
            return f"ForwardRef({self.__forward_arg__!r})"
        return f"ForwardRef({self.__forward_arg__!r}, module={self.__forward_module__!r})"


def _type_convert(value, module=None, *, allow_special_forms=False):
    if value is None:
        return type(None)
    if isinstance(value, str):
        return ForwardRef(value, module=module, is_class=allow_special_forms)
    return value


def _type_check(value, message, is_argument=True, module=None, *, allow_special_forms=False):
    invalid = (Generic, Protocol)
    if not allow_special_forms:
        invalid += (ClassVar,)
        if is_argument:
            invalid += (Final,)
    value = _type_convert(value, module=module, allow_special_forms=allow_special_forms)
    if isinstance(value, _GenericAlias) and value.__origin__ in invalid:
        raise TypeError(f"{value} is not valid as type argument")
    if value in (Any, LiteralString, NoReturn, Never, Self, TypeAlias):
        return value
    if allow_special_forms and value in (ClassVar, Final):
        return value
    if isinstance(value, _SpecialForm) or value in (Generic, Protocol):
        raise TypeError(f"Plain {value} is not valid as type argument")
    if type(value) is tuple:
        raise TypeError(f"{message} Got {value!r:.100}.")
    return value


def _type_repr(value):
    if isinstance(value, type) and not isinstance(value, GenericAlias):
        if value.__module__ == "builtins":
            return value.__qualname__
        return f"{value.__module__}.{value.__qualname__}"
    if value is ...:
        return "..."
    if isinstance(value, types.FunctionType):
        return value.__name__
    if isinstance(value, tuple):
        return "[" + ", ".join([_type_repr(item) for item in value]) + "]"
    return repr(value)


def _is_parameter(value):
    kind = type(value)
    return kind is TypeVar or kind is ParamSpec or kind is TypeVarTuple


def _collect_parameters(args):
    found = []
    for value in args:
        if isinstance(value, type) and not isinstance(value, GenericAlias):
            continue
        if _is_parameter(value):
            inner = (value,)
        elif isinstance(value, (tuple, list)):
            inner = _collect_parameters(value)
        else:
            inner = getattr(value, "__parameters__", ())
            if not isinstance(inner, tuple):
                inner = ()
        for parameter in inner:
            if parameter not in found:
                found.append(parameter)
    return tuple(found)


def _replace_parameters(value, mapping):
    """A type with its parameters replaced; a TypeVarTuple becomes several values, given as a list of one unpacking."""
    if _is_parameter(value):
        return mapping.get(value, value)
    if isinstance(value, type) and not isinstance(value, GenericAlias):
        return value
    if isinstance(value, (tuple, list)):
        return type(value)(_replace_all(value, mapping))
    if not getattr(value, "__parameters__", ()):
        return value
    if isinstance(value, _UnionType):
        made = _replace_all(value.__args__, mapping)
        return Union[tuple(made)]
    if isinstance(value, GenericAlias):
        made = GenericAlias(value.__origin__, tuple(_replace_all(value.__args__, mapping)))
        return made
    if isinstance(value, _GenericAlias):
        return value.copy_with(tuple(_replace_all(value.__args__, mapping)))
    return value


def _replace_all(values, mapping):
    made = []
    for value in values:
        if isinstance(value, _UnpackAlias) and type(value.__args__[0]) is TypeVarTuple:
            replacement = mapping.get(value.__args__[0], _MISSING)
            if replacement is not _MISSING:
                made.extend(replacement)
                continue
        if type(value) is ParamSpec:
            replacement = mapping.get(value, value)
            if isinstance(replacement, (tuple, list)):
                made.extend(replacement)
                continue
            made.append(replacement)
            continue
        made.append(_replace_parameters(value, mapping))
    return made


def _unpacked_arguments(args):
    made = []
    for value in args:
        if isinstance(value, GenericAlias) and getattr(value, "__unpacked__", False) and value.__origin__ is tuple:
            inner = value.__args__
            if not (inner and inner[-1] is ...):
                made.extend(inner)
                continue
        made.append(value)
    return tuple(made)


def _subscript_alias(alias, arguments):
    """`alias[arguments]` of a built-in alias whose parameters are not all plain type variables."""
    parameters = _collect_parameters(alias.__args__)
    if not parameters:
        raise TypeError(f"{alias!r} is not a generic class")
    if not isinstance(arguments, tuple):
        arguments = (arguments,)
    mapping = _bind_parameters(alias, parameters, _unpacked_arguments(arguments))
    made = tuple(_replace_all(alias.__args__, mapping))
    if isinstance(alias, _UnionType):
        return Union[made]
    made = GenericAlias(alias.__origin__, made)
    return next(iter(made)) if alias.__unpacked__ else made


def _bind_parameters(alias, parameters, args):
    """Which argument stands for which parameter."""
    if len(parameters) == 1 and type(parameters[0]) is ParamSpec:
        if len(args) == 1 and (isinstance(args[0], (list, tuple)) or args[0] is ... or type(args[0]) is ParamSpec
                               or isinstance(args[0], _ConcatenateAlias)):
            value = args[0]
        else:
            value = args
        if isinstance(value, (list, tuple)):
            value = tuple([_type_check(item, "Parameters to generic types must be types.") for item in value])
        return {parameters[0]: value}
    spread = [position for position, parameter in enumerate(parameters) if type(parameter) is TypeVarTuple]
    count = len(parameters)
    given = len(args)
    if spread:
        if len(spread) > 1:
            raise TypeError(f"More than one TypeVarTuple parameter in {alias}")
        position = spread[0]
        after = count - position - 1
        if given < count - 1:
            raise TypeError(f"Too few arguments for {alias}; actual {given}, expected at least {count - 1}")
        mapping = dict(zip(parameters[:position], args[:position]))
        mapping[parameters[position]] = tuple(args[position : given - after])
        mapping.update(zip(parameters[position + 1 :], args[given - after :]))
        return mapping
    if given < count:
        filled = list(args)
        for parameter in parameters[given:]:
            if not parameter.has_default():
                least = sum(1 for item in parameters if not item.has_default())
                raise TypeError(f"Too few arguments for {alias}; actual {given}, expected at least {least}")
            filled.append(parameter.__default__)
        args = tuple(filled)
    elif given > count:
        raise TypeError(f"Too many arguments for {alias}; actual {given}, expected {count}")
    mapping = {}
    for parameter, value in zip(parameters, args):
        if type(parameter) is ParamSpec:
            if isinstance(value, list):
                value = tuple(value)
            elif not (value is ... or isinstance(value, (tuple, _ConcatenateAlias)) or type(value) is ParamSpec):
                raise TypeError(f"Expected a list of types, an ellipsis, ParamSpec, or Concatenate. Got {value}")
        else:
            value = _substituted(parameter, value)
        mapping[parameter] = value
    return mapping


# Special forms


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


# Aliases


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


# Generic classes


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


# Names for classes

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


# NamedTuple, TypedDict, NewType


_PROHIBITED = frozenset((
    "__new__", "__init__", "__slots__", "__getnewargs__", "_fields", "_field_defaults", "_field_types", "_make",
    "_replace", "_asdict", "_source",
))
_SPECIAL = frozenset(("__module__", "__name__", "__annotations__", "__orig_bases__", "__static_attributes__", "__firstlineno__"))


def _make_named_tuple(name, annotations, module, defaults=()):
    fields = list(annotations)
    kinds = {
        field: _type_check(kind, f"field {field} annotation must be a type") for field, kind in annotations.items()
    }
    made = _collections.namedtuple(name, fields, defaults=defaults, module=module)
    made.__annotations__ = made.__new__.__annotations__ = kinds
    return made


class NamedTupleMeta(type):
    def __new__(cls, typename, bases, ns):
        for base in bases:
            if base is not _NamedTuple and base is not Generic:
                raise TypeError("can only inherit from a NamedTuple type and Generic")
        bases = tuple([tuple if base is _NamedTuple else base for base in bases])
        annotations = ns.get("__annotations__", {})
        defaults = []
        for field in annotations:
            if field in ns:
                defaults.append(field)
            elif defaults:
                plural = "s" if len(defaults) > 1 else ""
                raise TypeError(
                    f"Non-default namedtuple field {field} cannot follow default field{plural} {', '.join(defaults)}"
                )
        made = _make_named_tuple(typename, annotations, ns["__module__"], [ns[field] for field in defaults])
        made.__bases__ = bases
        if Generic in bases:
            made.__class_getitem__ = classmethod(Generic.__class_getitem__.__func__)
        for key, value in ns.items():
            if key in _PROHIBITED:
                raise AttributeError("Cannot overwrite NamedTuple attribute " + key)
            if key not in _SPECIAL:
                if key not in made._fields:
                    setattr(made, key, value)
                hook = getattr(type(value), "__set_name__", None)
                if hook is not None:
                    hook(value, made, key)
        if "__orig_bases__" in ns:
            made.__orig_bases__ = ns["__orig_bases__"]
        if Generic in bases:
            made.__init_subclass__()
        return made


def NamedTuple(typename, fields=_MISSING, /, **kwargs):
    """A named tuple with types."""
    if fields is _MISSING:
        fields = kwargs.items()
    elif kwargs:
        raise TypeError("Either list of fields or keywords can be provided to NamedTuple, not both")
    fields = dict(fields or ())
    made = _make_named_tuple(typename, fields, globals().get("__name__", "__main__"))
    made.__orig_bases__ = (NamedTuple,)
    return made


_NamedTuple = type.__new__(NamedTupleMeta, "NamedTuple", (), {})


def _named_tuple_entries(bases):
    return (_NamedTuple,)


NamedTuple.__mro_entries__ = _named_tuple_entries


class _TypedDictMeta(type):
    def __new__(cls, name, bases, ns, total=True):
        for base in bases:
            if type(base) is not _TypedDictMeta and base is not Generic:
                raise TypeError("cannot inherit from both a TypedDict type and a non-TypedDict base class")
        generic = (Generic,) if any(issubclass(base, Generic) for base in bases) else ()
        namespace = dict(ns)
        made = type.__new__(_TypedDictMeta, name, (*generic, dict), namespace)
        if not hasattr(made, "__orig_bases__"):
            made.__orig_bases__ = bases
        annotations = {}
        required = set()
        optional = set()
        readonly = set()
        mutable = set()
        message = "TypedDict('Name', {f0: t0, f1: t1, ...}); each t must be a type"
        for base in bases:
            annotations.update(base.__dict__.get("__annotations__", {}))
            required |= base.__dict__.get("__required_keys__", set())
            optional |= base.__dict__.get("__optional_keys__", set())
            required -= optional & set(base.__dict__.get("__optional_keys__", ()))
            readonly |= base.__dict__.get("__readonly_keys__", set())
            mutable |= base.__dict__.get("__mutable_keys__", set())
        for key, kind in ns.get("__annotations__", {}).items():
            kind = _type_check(kind, message, module=made.__module__, allow_special_forms=True)
            annotations[key] = kind
            qualifiers = []
            inner = kind
            while isinstance(inner, _GenericAlias) and (
                inner.__origin__ in (Required, NotRequired, ReadOnly) or isinstance(inner, _AnnotatedAlias)
            ):
                qualifiers.append(inner.__origin__)
                inner = inner.__args__[0]
            is_required = Required in qualifiers or total and NotRequired not in qualifiers
            (required if is_required else optional).add(key)
            (optional if is_required else required).discard(key)
            (readonly if ReadOnly in qualifiers else mutable).add(key)
        made.__annotations__ = annotations
        made.__required_keys__ = frozenset(required)
        made.__optional_keys__ = frozenset(optional)
        made.__readonly_keys__ = frozenset(readonly)
        made.__mutable_keys__ = frozenset(mutable)
        made.__total__ = total
        return made

    def __init__(cls, name, bases, ns, total=True):
        pass

    def __call__(cls, /, *args, **kwargs):
        return dict(*args, **kwargs)

    def __subclasscheck__(cls, other):
        raise TypeError("TypedDict does not support instance and class checks")

    __instancecheck__ = __subclasscheck__


def TypedDict(typename, fields=_MISSING, /, *, total=True):
    """A dict with known keys."""
    ns = {"__annotations__": dict({} if fields is _MISSING or fields is None else fields)}
    ns["__module__"] = globals().get("__name__", "__main__")
    made = _TypedDictMeta(typename, (), ns, total=total)
    made.__orig_bases__ = (TypedDict,)
    return made


_TypedDict = type.__new__(_TypedDictMeta, "TypedDict", (), {})


def _typed_dict_entries(bases):
    return (_TypedDict,)


TypedDict.__mro_entries__ = _typed_dict_entries


def is_typeddict(tp):
    """Whether it is a TypedDict class."""
    return isinstance(tp, _TypedDictMeta) and tp is not _TypedDict


class NewType:
    """A distinct name for a type; calling it returns its argument."""

    def __init__(self, name, tp):
        self.__qualname__ = name
        if "." in name:
            name = name.rpartition(".")[-1]
        self.__name__ = name
        self.__supertype__ = tp
        self.__module__ = globals().get("__name__", "__main__")

    def __call__(self, x, /):
        return x

    def __mro_entries__(self, bases):
        name = self.__name__

        class Dummy:
            def __init_subclass__(cls):
                subclass = cls.__name__
                raise TypeError(
                    f"Cannot subclass an instance of NewType. Perhaps you were looking for: `{subclass} = NewType({subclass!r}, {name})`"
                )

        return (Dummy,)

    def __repr__(self):
        return f"{self.__module__}.{self.__qualname__}"

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]


# Functions


def cast(typ, val):
    """The value as it is."""
    return val


def assert_type(val, typ, /):
    """The value as it is."""
    return val


def reveal_type(obj, /):
    """The value as it is."""
    return obj


def assert_never(arg, /):
    """For code that is never reached."""
    value = repr(arg)
    if len(value) > 100:
        value = value[:100] + "..."
    raise AssertionError(f"Expected code to be unreachable, but got: {value}")


_overloads = {}


def _overload_dummy(*args, **kwds):
    raise NotImplementedError(
        "You should not call an overloaded function. A series of @overload-decorated functions outside a stub module "
        "should always be followed by an implementation that is not @overload-ed."
    )


def overload(func):
    """Marks a signature of a function that has several."""
    inner = getattr(func, "__func__", func)
    try:
        _overloads.setdefault((inner.__module__, inner.__qualname__), []).append(func)
    except AttributeError:
        pass
    return _overload_dummy


def get_overloads(func):
    """The signatures a function was given."""
    func = getattr(func, "__func__", func)
    return list(_overloads.get((func.__module__, func.__qualname__), ()))


def clear_overloads():
    """Forgets all of them."""
    _overloads.clear()


def final(f):
    """Marks what must not be overridden."""
    try:
        f.__final__ = True
    except (AttributeError, TypeError):
        pass
    return f


def override(method, /):
    """Marks a method that overrides another."""
    try:
        method.__override__ = True
    except (AttributeError, TypeError):
        pass
    return method


def no_type_check(arg):
    """Marks something whose annotations are no type hints."""
    try:
        arg.__no_type_check__ = True
    except TypeError:
        pass
    return arg


def no_type_check_decorator(decorator):
    """Makes what a decorator returns be marked with no_type_check."""
    import functools

    @functools.wraps(decorator)
    def wrapped(*args, **kwds):
        return no_type_check(decorator(*args, **kwds))

    return wrapped


def dataclass_transform(*, eq_default=True, order_default=False, kw_only_default=False, frozen_default=False,
                        field_specifiers=(), **kwargs):
    """Marks something that makes classes like dataclasses."""

    def decorator(cls_or_fn):
        cls_or_fn.__dataclass_transform__ = {
            "eq_default": eq_default,
            "order_default": order_default,
            "kw_only_default": kw_only_default,
            "frozen_default": frozen_default,
            "field_specifiers": field_specifiers,
            "kwargs": kwargs,
        }
        return cls_or_fn

    return decorator


def get_origin(tp):
    """The class or form that was subscripted."""
    if isinstance(tp, _AnnotatedAlias):
        return Annotated
    if isinstance(tp, (_BaseAlias, GenericAlias, ParamSpecArgs, ParamSpecKwargs)):
        return tp.__origin__
    if tp is Generic:
        return Generic
    if isinstance(tp, _UnionType):
        return types.UnionType
    return None


def get_args(tp):
    """The arguments it was subscripted with."""
    if isinstance(tp, _AnnotatedAlias):
        return (tp.__origin__,) + tp.__metadata__
    if isinstance(tp, (_GenericAlias, GenericAlias)):
        found = tp.__args__
        if tp.__origin__ is _containers.Callable and not (
            len(found) == 2 and (found[0] is ... or type(found[0]) is ParamSpec or isinstance(found[0], _ConcatenateAlias))
        ):
            found = (list(found[:-1]), found[-1])
        return found
    if isinstance(tp, _UnionType):
        return tp.__args__
    return ()


def _evaluate(value, namespace, locals):
    """A type hint with its texts evaluated."""
    if isinstance(value, str):
        value = ForwardRef(value)
    if isinstance(value, ForwardRef):
        made = eval(value.__forward_arg__, namespace, locals)
        made = _type_convert(made)
        return _evaluate(made, namespace, locals)
    if isinstance(value, _AnnotatedAlias):
        return _AnnotatedAlias(_evaluate(value.__origin__, namespace, locals), value.__metadata__)
    if isinstance(value, _LiteralAlias):
        return value
    if isinstance(value, (_GenericAlias, GenericAlias, _UnionType)):
        args = value.__args__
        if isinstance(value, GenericAlias):
            args = tuple([ForwardRef(item) if isinstance(item, str) else item for item in args])
        made = tuple([_evaluate(item, namespace, locals) for item in args])
        if made == value.__args__:
            return value
        if isinstance(value, GenericAlias):
            return GenericAlias(value.__origin__, made)
        if isinstance(value, _UnionType):
            total = made[0]
            for item in made[1:]:
                total = total | item
            return total
        return value.copy_with(made)
    return value


def _strip_annotations(value):
    if isinstance(value, _AnnotatedAlias):
        return _strip_annotations(value.__origin__)
    if hasattr(value, "__origin__") and value.__origin__ in (Required, NotRequired, ReadOnly):
        return _strip_annotations(value.__args__[0])
    if isinstance(value, (_GenericAlias, GenericAlias, _UnionType)) and not isinstance(value, _LiteralAlias):
        made = tuple([_strip_annotations(item) for item in value.__args__])
        if made == value.__args__:
            return value
        if isinstance(value, GenericAlias):
            return GenericAlias(value.__origin__, made)
        if isinstance(value, _UnionType):
            total = made[0]
            for item in made[1:]:
                total = total | item
            return total
        return value.copy_with(made)
    return value


def get_type_hints(obj, globalns=None, localns=None, include_extras=False):
    """The annotations with their texts evaluated."""
    if getattr(obj, "__no_type_check__", None):
        return {}
    hints = {}
    if isinstance(obj, type):
        for base in reversed(obj.__mro__):
            namespace = globalns
            if namespace is None:
                namespace = _npython_module_namespace(base.__module__) or {}
            own = base.__dict__.get("__annotations__", {})
            if isinstance(own, types.GetSetDescriptorType):
                own = {}
            local = dict(vars(base)) if localns is None else localns
            for parameter in base.__dict__.get("__type_params__", ()):
                local.setdefault(parameter.__name__, parameter) if isinstance(local, dict) else None
            for name, value in own.items():
                if value is None:
                    value = type(None)
                hints[name] = _evaluate(value, namespace, local)
    else:
        namespace = globalns
        if namespace is None:
            if isinstance(obj, types.ModuleType):
                namespace = obj.__dict__
            else:
                inner = obj
                while hasattr(inner, "__wrapped__"):
                    inner = inner.__wrapped__
                namespace = getattr(inner, "__globals__", None)
                if namespace is None:
                    namespace = _npython_module_namespace(getattr(inner, "__module__", "__main__") or "__main__") or {}
            if localns is None:
                localns = namespace
        elif localns is None:
            localns = namespace
        own = getattr(obj, "__annotations__", None)
        if own is None:
            if isinstance(obj, (types.FunctionType, types.BuiltinFunctionType, types.MethodType, types.ModuleType,
                                types.WrapperDescriptorType, types.MethodWrapperType, types.MethodDescriptorType)):
                return {}
            raise TypeError(f"{obj!r} is not a module, class, method, or function.")
        parameters = getattr(obj, "__type_params__", ())
        if parameters:
            localns = {**{item.__name__: item for item in parameters}, **localns}
        for name, value in own.items():
            if value is None:
                value = type(None)
            hints[name] = _evaluate(value, namespace, localns)
    if include_extras:
        return hints
    return {name: _strip_annotations(value) for name, value in hints.items()}
