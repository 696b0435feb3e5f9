# What is accepted as a type, and type arguments in the place of type parameters.


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


