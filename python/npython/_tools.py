"""Host functions as the guest sees them: checked arguments, signature, docstring, scope."""

from __future__ import annotations

import inspect
from contextlib import suppress
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from types import FunctionType

    from npython._annotations import Check
    from npython._sandbox import HostFunction

__all__ = ["HostFunctionEntry", "plain_entry", "tool_entry"]

_LONGEST_DEFAULT = 60
_POSITIONAL = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)


class HostFunctionEntry(NamedTuple):
    """One host function.

    Attributes:
        name: What the guest calls it.
        function: Called with the guest's arguments; behind the grant if `takes_grant`.
        scope: The scope it needs, or `None`.
        strict: Only calls written in the block that opened the scope count.
        hidden: Visible to the library of its capability alone.
        signature: Shown to the guest.
        doc: Its docstring.
        takes_grant: It has a parameter for the grant in force.
        counts_itself: It counts its calls on the grant itself.
        may_block: It waits for something outside; an event loop must not wait with it.
        asynchronous: It is an `async def`.
        records: What the typed dicts and dataclasses in the signature are, by name.
    """

    name: str
    function: HostFunction
    scope: str | None = None
    strict: bool = False
    hidden: bool = False
    signature: str = ""
    doc: str | None = None
    takes_grant: bool = False
    counts_itself: bool = False
    may_block: bool = False
    asynchronous: bool = False
    records: tuple[str, ...] = ()

    @property
    def row(self) -> tuple[str, str | None, bool, bool, str, str | None, bool, bool]:
        """What the machine and its driver have to know of it."""
        counted = self.scope is not None and not self.takes_grant
        described = (self.name, self.scope, self.strict, self.hidden, self.signature, self.doc)
        return (*described, self.asynchronous, counted)


def plain_entry(name: str, function: HostFunction) -> HostFunctionEntry:
    """Return the entry of a function that is called with whatever the guest gives."""
    return HostFunctionEntry(name, function, asynchronous=_is_asynchronous(function))


def tool_entry(
    function: HostFunction,
    *,
    name: str,
    scope: str | None,
    strict: bool = False,
    of_capability: bool = False,
) -> HostFunctionEntry:
    """Return the entry of a function whose arguments are checked against its annotations.

    Raises:
        TypeError: An annotation cannot be checked, or the function wants a grant without needing a scope.
    """
    if inspect.isgeneratorfunction(function) or inspect.isasyncgenfunction(function):
        raise TypeError(f"tool {name!r} is a generator, which cannot enter the sandbox: return a list")
    signature = inspect.signature(function)
    annotations = _annotations(function, signature, lenient=of_capability)
    grant_parameter = next((parameter for parameter, annotation in annotations.items() if _is_grant(annotation)), None)
    if grant_parameter is not None and scope is None:
        raise TypeError(f"tool {name!r} wants a grant, so it needs a scope")
    visible = signature.replace(
        parameters=[parameter for parameter in signature.parameters.values() if parameter.name != grant_parameter]
    )
    checks = {}
    for parameter in visible.parameters.values():
        check = _check(name, parameter.name, annotations, lenient=of_capability)
        if check is not None:
            checks[parameter.name] = check
    hidden = of_capability and name.startswith("_")
    arguments = _Arguments("" if hidden else f"{name}() ", visible, checks)
    return HostFunctionEntry(
        name=name,
        function=_checked(name, function, arguments, grant_parameter),
        scope=scope,
        strict=strict,
        hidden=hidden,
        signature=_shown(visible, annotations),
        doc=inspect.getdoc(function),
        takes_grant=grant_parameter is not None,
        counts_itself=of_capability and grant_parameter is not None,
        may_block=grant_parameter is not None and getattr(function, "may_block", False) is True,
        asynchronous=_is_asynchronous(function),
        records=_definitions(visible, annotations),
    )


def _definitions(signature: inspect.Signature, annotations: dict[str, Any]) -> tuple[str, ...]:
    """Return what the records in a signature are; what cannot be looked up is left out."""
    from npython._annotations import records_in
    from npython._records import definition

    found: dict[str, None] = {}
    for name in (*signature.parameters, "return"):
        if name in annotations:
            with suppress(Exception):  # of a result, which nobody checks, the annotation may mean nothing
                found.update(dict.fromkeys(definition(record) for record in records_in(annotations[name])))
    return tuple(found)


def _is_asynchronous(function: HostFunction) -> bool:
    if inspect.isroutine(function) or isinstance(function, partial):
        return inspect.iscoroutinefunction(function)
    return inspect.iscoroutinefunction(inspect.getattr_static(type(function), "__call__", None))


def _annotations(function: HostFunction, signature: inspect.Signature, *, lenient: bool) -> dict[str, Any]:
    """Return the annotations by parameter, those that are text evaluated where the function was written."""
    written = {name: parameter.annotation for name, parameter in signature.parameters.items()}
    written["return"] = signature.return_annotation
    unwrapped = inspect.unwrap(function)
    unwrapped = getattr(unwrapped, "__func__", unwrapped)
    unwrapped = getattr(unwrapped, "func", unwrapped)
    if not hasattr(unwrapped, "__globals__"):
        unwrapped = vars(type(unwrapped)).get("__call__", unwrapped)
    names = dict(getattr(unwrapped, "__globals__", {}))
    names.update(_nonlocals(unwrapped) if inspect.isfunction(unwrapped) else {})
    found = {}
    for name, annotation in written.items():
        if annotation is inspect.Parameter.empty:
            continue
        if not isinstance(annotation, str):
            found[name] = annotation
        elif annotation.rpartition(".")[2] == "Grant":
            found[name] = _grant_class()
        else:
            found[name] = _evaluated(annotation, names, name, lenient=lenient)
    return found


def _nonlocals(function: FunctionType) -> dict[str, Any]:
    """Return the variables of enclosing functions that a function uses, but for those that have no value yet."""
    found = {}
    for name, cell in zip(function.__code__.co_freevars, function.__closure__ or (), strict=False):
        with suppress(ValueError):
            found[name] = cell.cell_contents
    return found


def _evaluated(annotation: str, names: dict[str, Any], parameter: str, *, lenient: bool) -> Any:
    try:
        found = eval(annotation, names)  # noqa: S307 - written by the embedder in the embedder's own source
        # One that was written in quotes although annotations are kept as text anyway.
        return eval(found, names) if isinstance(found, str) else found  # noqa: S307
    except Exception:  # noqa: BLE001 - whatever evaluating it raises
        if lenient or parameter == "return":
            return Any
        raise TypeError(f"the annotation {annotation!r} of {parameter!r} cannot be evaluated") from None


def _grant_class() -> type:
    from npython.security.grant import Grant

    return Grant


def _is_grant(annotation: Any) -> bool:
    return isinstance(annotation, type) and annotation is _grant_class()


def _check(tool: str, parameter: str, annotations: dict[str, Any], *, lenient: bool) -> Check | None:
    from npython._annotations import check_for

    if parameter not in annotations:
        return None
    try:
        return check_for(annotations[parameter])
    except TypeError as error:
        if lenient:
            return None
        raise TypeError(f"parameter {parameter!r} of tool {tool!r}: {error}") from None


class _Arguments:
    """Checks the arguments of one tool.

    Args:
        prefix: The call, before what messages say of its arguments; nothing if the program does not know the function.
    """

    def __init__(self, prefix: str, signature: inspect.Signature, checks: dict[str, Check]) -> None:
        from npython._annotations import MismatchError

        self._mismatch = MismatchError
        self._prefix = prefix
        self._signature = signature
        self._checks = checks
        parameters = list(signature.parameters.values())
        self._simple = all(parameter.kind in _POSITIONAL for parameter in parameters)
        self._in_order = [(parameter.name, checks.get(parameter.name)) for parameter in parameters]
        self._required = sum(parameter.default is inspect.Parameter.empty for parameter in parameters)
        self.accepted = self._accepted_types()

    def _accepted_types(self) -> frozenset[tuple[type, ...]]:
        """Return the types of arguments, all of them by position, that need no look at the values."""
        kinds = [getattr(check, "accepts", None) for _, check in self._in_order]
        if not self._simple or not all(kinds):
            return frozenset()
        counts = range(self._required, len(kinds) + 1)
        return frozenset(tuple(kinds[:count]) for count in counts)  # type: ignore[arg-type]  # none is None here

    def check(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """Return the arguments to pass on.

        Raises:
            TypeError: They do not fit, in words for the guest.
        """
        if self._simple and not kwargs and self._required <= len(args) <= len(self._in_order):
            pairs = zip(args, self._in_order, strict=False)
            try:
                return tuple([value if check is None else check(value) for value, (_, check) in pairs]), kwargs
            except self._mismatch:
                pass  # checked once more below, which says what is wrong
        try:
            bound = self._signature.bind(*args, **kwargs)
        except TypeError as error:
            raise TypeError(f"{self._prefix}{error}") from None
        for parameter, value in bound.arguments.items():
            check = self._checks.get(parameter)
            kind = self._signature.parameters[parameter].kind
            if kind is inspect.Parameter.VAR_POSITIONAL:
                bound.arguments[parameter] = tuple(self._one(parameter, check, item) for item in value)
            elif kind is inspect.Parameter.VAR_KEYWORD:
                bound.arguments[parameter] = {key: self._one(key, check, item) for key, item in value.items()}
            else:
                bound.arguments[parameter] = self._one(parameter, check, value)
        return bound.args, bound.kwargs

    def _one(self, parameter: str, check: Check | None, value: Any) -> Any:
        if check is None:
            return value
        try:
            return check(value)
        except self._mismatch as mismatch:
            where = f", but {mismatch.place.strip()} is " if mismatch.place else ", not "
            expected = f"{self._prefix}argument {parameter!r} must be {mismatch.expected}"
            raise TypeError(expected + where + mismatch.found) from None


def _checked(name: str, function: HostFunction, arguments: _Arguments, grant_parameter: str | None) -> HostFunction:
    """Return a function that checks its arguments and then calls `function`; the grant comes first, if it wants one."""
    accepted = arguments.accepted

    def call(*args: Any, **kwargs: Any) -> Any:
        if not kwargs and tuple(map(type, args)) in accepted:
            return function(*args)
        args, kwargs = arguments.check(args, kwargs)
        return function(*args, **kwargs)

    def call_with_grant_first(grant: Any, /, *args: Any, **kwargs: Any) -> Any:
        if not kwargs and tuple(map(type, args)) in accepted:
            return function(grant, *args)
        args, kwargs = arguments.check(args, kwargs)
        return function(grant, *args, **kwargs)

    def call_with_grant_named(grant: Any, /, *args: Any, **kwargs: Any) -> Any:
        args, kwargs = arguments.check(args, kwargs)
        return function(*args, **{**kwargs, str(grant_parameter): grant})

    if grant_parameter is None:
        return call
    original = list(inspect.signature(function).parameters.values())
    position = [parameter.name for parameter in original].index(grant_parameter)
    if position == 0 and original[0].kind in _POSITIONAL:
        return call_with_grant_first
    if original[position].kind is inspect.Parameter.KEYWORD_ONLY or not any(
        parameter.kind in _POSITIONAL for parameter in original[position + 1 :]
    ):
        return call_with_grant_named
    raise TypeError(f"the grant parameter of tool {name!r} must be the first, the last or keyword-only")


def _shown(signature: inspect.Signature, annotations: dict[str, Any]) -> str:
    """Return a signature as text that names nothing of the host."""
    from npython._annotations import shown

    parts = []
    starred = False
    parameters = list(signature.parameters.values())
    for position, parameter in enumerate(parameters):
        if parameter.kind is inspect.Parameter.KEYWORD_ONLY and not starred:
            parts.append("*")
            starred = True
        text = parameter.name
        if parameter.kind is inspect.Parameter.VAR_POSITIONAL:
            text, starred = "*" + text, True
        elif parameter.kind is inspect.Parameter.VAR_KEYWORD:
            text = "**" + text
        annotated = parameter.name in annotations
        if annotated:
            text += f": {shown(annotations[parameter.name])}"
        if parameter.default is not inspect.Parameter.empty:
            text += f"{' = ' if annotated else '='}{_shown_default(parameter.default)}"
        parts.append(text)
        last_positional = parameter.kind is inspect.Parameter.POSITIONAL_ONLY and not (
            position + 1 < len(parameters) and parameters[position + 1].kind is inspect.Parameter.POSITIONAL_ONLY
        )
        if last_positional:
            parts.append("/")
    result = f" -> {shown(annotations['return'])}" if "return" in annotations else ""
    return f"({', '.join(parts)}){result}"


def _shown_default(value: Any) -> str:
    if isinstance(value, Enum):
        value = value.value
    plain = value is None or type(value) in (bool, int, float, str, bytes) or value in ((), [], {})
    text = repr(value) if plain else "..."
    return text if len(text) <= _LONGEST_DEFAULT else "..."
