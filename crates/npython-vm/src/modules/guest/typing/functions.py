# Functions: casts, decorators, and asking for the hints of an object.


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


def _with_args(value, args):
    """The generic alias or union with other arguments."""
    if args == value.__args__:
        return value
    if isinstance(value, GenericAlias):
        return GenericAlias(value.__origin__, args)
    if isinstance(value, _UnionType):
        total = args[0]
        for item in args[1:]:
            total = total | item
        return total
    return value.copy_with(args)


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
        return _with_args(value, made)
    return value


def _strip_annotations(value):
    if isinstance(value, _AnnotatedAlias):
        return _strip_annotations(value.__origin__)
    if hasattr(value, "__origin__") and value.__origin__ in (Required, NotRequired, ReadOnly):
        return _strip_annotations(value.__args__[0])
    if isinstance(value, (_GenericAlias, GenericAlias, _UnionType)) and not isinstance(value, _LiteralAlias):
        made = tuple([_strip_annotations(item) for item in value.__args__])
        return _with_args(value, made)
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
