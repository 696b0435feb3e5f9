# Type parameters, type aliases, generic classes and weak references: what their built-in types leave to guest code.


def _any_abstract(functions):
    for function in functions:
        if getattr(function, "__isabstractmethod__", False):
            return True
    return False


def _super_of_reported(kind, cls, receiver):
    return _super_of(kind, cls, receiver, getattr(receiver, "__class__", None))


def _property_take_doc(prop, getter):
    doc = getattr(getter, "__doc__", None)
    return prop if doc is None else _property_set_getter_doc(prop, doc)


def _property_name(prop, getter):
    name = getattr(getter, "__name__", _MISSING)
    if name is _MISSING:
        raise AttributeError(f"'{type(prop).__name__}' object has no attribute '__name__'", name="__name__", obj=prop)
    return name


def _subscript_generic(parameters):
    return _import_module("typing").Generic[_unpack_variable_tuples(parameters)]


def _unpack_variable_tuples(parameters):
    unpacked = []
    for parameter in parameters:
        if type(parameter) is _type_var_tuple_type:
            unpacked.extend(parameter)
        else:
            unpacked.append(parameter)
    return tuple(unpacked)


def _alias_parameters(alias):
    return _import_module("typing")._collect_parameters(alias.__args__)


def _subscript_alias(alias, arguments):
    return _import_module("typing")._subscript_alias(alias, arguments)


def _generic_alias_reduce(alias):
    if alias.__unpacked__:
        return _unpacked_of, (alias.__origin__, alias.__args__)
    return _generic_alias, (alias.__origin__, alias.__args__)


def _unpacked_of(origin, arguments):
    return _unpacked_alias(_generic_alias(origin, arguments))


def _aliases_equal(left, right):
    return (
        left.__origin__ == right.__origin__
        and left.__args__ == right.__args__
        and left.__unpacked__ == right.__unpacked__
    )


def _aliases_differ(left, right):
    return not _aliases_equal(left, right)


def _evaluate_lazy(parameter, part, function):
    return _type_parameter_store(parameter, part, function())


def _no_default():
    return _import_module("typing").NoDefault


def _typing_union(left, right, reflected):
    union = _import_module("typing").Union
    return union[right, left] if reflected else union[left, right]


def _type_var_substitute(variable, argument):
    return _import_module("typing")._substituted(variable, argument)


def _type_var_tuple_iter(variable):
    return iter((_import_module("typing").Unpack[variable],))


def _param_spec_args(variable):
    return _import_module("typing").ParamSpecArgs(variable)


def _param_spec_kwargs(variable):
    return _import_module("typing").ParamSpecKwargs(variable)


def _type_var_new(cls, *arguments):
    return _import_module("typing")._new_type_var(arguments[:-1], _keywords_of(arguments))


def _param_spec_new(cls, *arguments):
    return _import_module("typing")._new_param_spec(arguments[:-1], _keywords_of(arguments))


def _type_var_tuple_new(cls, *arguments):
    return _import_module("typing")._new_type_var_tuple(arguments[:-1], _keywords_of(arguments))


def _type_alias_new(module, cls, *arguments):
    return _import_module("typing")._new_type_alias(module, arguments[:-1], _keywords_of(arguments))


def _keywords_of(arguments):
    keywords = arguments[-1]
    return {} if keywords is _MISSING else keywords


def _generic_alias_iter(alias):
    return iter((_unpacked_alias(alias),))


def _weak_hash(reference):
    known = _weak_known_hash(reference)
    if known is None:
        target = _weak_target(reference)
        if target is None:
            raise TypeError("weak object has gone away")
        known = hash(target)
        _weak_store_hash(reference, known)
    return known


def _weak_equal(reference, other):
    if not isinstance(other, _weak_reference_type):
        return NotImplemented
    first = _weak_target(reference)
    second = _weak_target(other)
    if first is None or second is None:
        return reference is other
    return first is second or first == second
