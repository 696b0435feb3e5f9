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


