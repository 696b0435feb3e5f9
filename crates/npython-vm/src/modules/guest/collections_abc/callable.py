_GenericAlias = type(list[int])


class _CallableAlias(_GenericAlias):
    """Callable[[int], str]: the parameters are kept in one tuple with the result."""

    __slots__ = ()

    def __new__(cls, origin, args):
        if not (isinstance(args, tuple) and len(args) == 2):
            raise TypeError("Callable must be used as Callable[[arg, ...], result].")
        parameters, result = args
        if isinstance(parameters, (tuple, list)):
            args = (*parameters, result)
        elif parameters is not ... and not _is_parameter_expression(parameters):
            raise TypeError(
                f"Expected a list of types, an ellipsis, ParamSpec, or Concatenate. Got {parameters}"
            )
        return super().__new__(cls, origin, args)

    def __repr__(self):
        args = self.__args__
        if len(args) == 2 and (args[0] is ... or _is_parameter_expression(args[0])):
            return f"collections.abc.Callable[{_shown(args[0])}, {_shown(args[1])}]"
        return (
            f"collections.abc.Callable[[{', '.join([_shown(arg) for arg in args[:-1]])}], {_shown(args[-1])}]"
        )

    def __getitem__(self, item):
        made = super().__getitem__(item)
        args = made.__args__
        if not isinstance(args[0], (tuple, list)) and not (
            len(args) == 2 and (args[0] is ... or _is_parameter_expression(args[0]))
        ):
            args = (list(args[:-1]), args[-1])
        return _CallableAlias(Callable, tuple(args))

    def __reduce__(self):
        args = self.__args__
        if not (len(args) == 2 and _is_parameter_expression(args[0])):
            args = list(args[:-1]), args[-1]
        return _CallableAlias, (Callable, args)


def _is_parameter_expression(value):
    return value is ... or isinstance(value, list) or type(value).__name__ in (
        "ParamSpec", "_ConcatenateGenericAlias"
    )


def _shown(value):
    if isinstance(value, type) and not isinstance(value, _GenericAlias):
        if value.__module__ == "builtins":
            return value.__qualname__
        return f"{value.__module__}.{value.__qualname__}"
    if value is ...:
        return "..."
    return repr(value)


@_recognised_by("__call__")
class Callable(metaclass=ABCMeta):
    __slots__ = ()

    @abstractmethod
    def __call__(self, *args, **kwds):
        return False

    __class_getitem__ = classmethod(_CallableAlias)


