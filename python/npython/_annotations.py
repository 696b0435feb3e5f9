"""Checks of values against plain Python annotations: what a tool's arguments must be.

Values come from the sandbox, so they are exact built-in types; an annotation is turned into a check once, when the tool
is declared. An annotation that plain data cannot satisfy is an error then, not a surprise later.
"""

from __future__ import annotations

import collections.abc
import enum
import types
import typing
from collections.abc import Callable
from typing import Any

#: Returns the value to pass on, or raises MismatchError.
Check = Callable[[Any], Any]

__all__ = ["MismatchError", "check_for", "records_in", "shown", "shown_key"]

#: Types of the values that `Literal` and enumerations are about.
_PLAIN = frozenset({str, int, float, bool, bytes, type(None)})
_WIDEST_SHOWN = 64
_LONGEST_SHOWN = 40

_CONTAINERS: dict[Any, tuple[type, ...]] = {
    list: (list,),
    tuple: (tuple,),
    set: (set,),
    frozenset: (frozenset,),
    collections.abc.Sequence: (list, tuple),
    collections.abc.MutableSequence: (list,),
    collections.abc.Iterable: (list, tuple, set, frozenset),
    collections.abc.Collection: (list, tuple, set, frozenset),
    collections.abc.Set: (set, frozenset),
}


class MismatchError(Exception):
    """A value is not what the annotation says.

    Args:
        expected: The annotation that failed, as text.
        value: What was given.
        place: Where in the argument: `[2]`, `['key']`.
        found: What is there, in other words than its type.
        nearly: It is of the right type, and only what is in it is not what it should be.
    """

    def __init__(self, expected: str, value: object, place: str = "", *, found: str = "", nearly: bool = False) -> None:
        super().__init__(expected)
        self.expected = expected
        self.found = found or (_name(type(value)) if value is not None else "None")
        self.place = place
        self.nearly = nearly

    def inside(self, step: str) -> MismatchError:
        """Return the same, seen from the container."""
        self.place = step + self.place
        self.nearly = True
        return self


def check_for(annotation: Any) -> Check | None:
    """Return the check for an annotation; `None` when everything satisfies it.

    Raises:
        TypeError: No plain data could ever satisfy it, or it is not known here.
    """
    annotation = _resolved(annotation)
    if annotation in (Any, object):
        return None
    origin = typing.get_origin(annotation)
    kind = origin or annotation
    if kind in _MAKERS:
        return _MAKERS[kind](annotation, typing.get_args(annotation))
    from npython._records import is_record, record_check

    if is_record(annotation):
        return record_check(annotation)
    if _is_enum(annotation):
        return _enum(annotation)
    raise TypeError(f"{shown(annotation)} cannot be checked: use plain data (str, int, list[...], dict[...], ...)")


def shown(annotation: Any) -> str:
    """Return an annotation as it is written in a signature."""
    annotation = _resolved(annotation)
    if annotation in (None, types.NoneType):
        return "None"
    if _is_enum(annotation):
        return f"Literal[{', '.join(repr(member.value) for member in annotation)}]"
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin in (typing.Union, types.UnionType):
        return " | ".join(shown(argument) for argument in arguments)
    if origin is typing.Literal:
        return f"Literal[{', '.join(repr(argument) for argument in arguments)}]"
    if origin is not None and arguments:
        parts = ["..." if argument is ... else shown(argument) for argument in arguments]
        return f"{_name(origin)}[{', '.join(parts)}]"
    return _name(annotation)


def _is_enum(annotation: Any) -> bool:
    return isinstance(annotation, enum.EnumMeta)


def records_in(annotation: Any) -> list[type]:
    """Return the typed dicts and dataclasses that an annotation is made of, those within them behind them."""
    from npython._records import hints_of, is_record

    found: list[type] = []
    waiting = [annotation]
    while waiting:
        part = _resolved(waiting.pop())
        if is_record(part) and part not in found:
            found.append(part)
            waiting.extend(hints_of(part).values())
        if typing.get_origin(part) is not typing.Literal:
            waiting.extend(reversed(typing.get_args(part)))
    return found


def shown_key(key: Any) -> str:
    """Return a key of a dict from the sandbox in little space, however large it is."""
    if type(key) in (str, bytes):
        return repr(key[:_LONGEST_SHOWN])[:_LONGEST_SHOWN]
    if type(key) is int and key.bit_length() > _WIDEST_SHOWN:
        return "..."
    return repr(key) if key is None or type(key) in (bool, int, float) else "..."


def _resolved(annotation: Any) -> Any:
    """Look through `Annotated`, `NewType` and `type` aliases."""
    for _ in range(20):
        if typing.get_origin(annotation) is typing.Annotated:
            annotation = typing.get_args(annotation)[0]
        elif hasattr(annotation, "__supertype__"):
            annotation = annotation.__supertype__
        elif type(annotation).__name__ == "TypeAliasType":
            annotation = annotation.__value__
        else:
            break
    return annotation


def _name(kind: Any) -> str:
    return getattr(kind, "__name__", None) or str(kind).replace("typing.", "")


def _none(_annotation: Any, _arguments: tuple[Any, ...]) -> Check:
    def check(value: Any) -> Any:
        if value is not None:
            raise MismatchError("None", value)
        return value

    return check


def _scalar(annotation: Any, _arguments: tuple[Any, ...]) -> Check:
    accepted = (int, bool) if annotation is int else (annotation,)

    def check(value: Any) -> Any:
        if type(value) not in accepted:
            raise MismatchError(annotation.__name__, value)
        return value

    check.accepts = annotation  # type: ignore[attr-defined]  # values of exactly this type need no check
    return check


def _float(_annotation: Any, _arguments: tuple[Any, ...]) -> Check:
    def check(value: Any) -> Any:
        if type(value) not in (float, int, bool):
            raise MismatchError("float", value)
        try:
            return float(value)
        except OverflowError:
            raise MismatchError("float", value) from None

    check.accepts = float  # type: ignore[attr-defined]
    return check


def _union(annotation: Any, alternatives: tuple[Any, ...]) -> Check | None:
    checks = [check_for(alternative) for alternative in alternatives]
    if None in checks:
        return None
    name = shown(annotation)
    # An int given for `int | float` stays one.
    exact = {alternative for alternative in map(_resolved, alternatives) if isinstance(alternative, type)}

    def check(value: Any) -> Any:
        if type(value) in exact and type(value) in (int, float, bool, str):
            return value
        near = []
        for alternative in checks:
            try:
                return alternative(value)  # type: ignore[misc]  # None is handled above
            except MismatchError as mismatch:  # noqa: PERF203 - which of them fits is found by trying
                if mismatch.nearly:
                    near.append(mismatch)
        if len(near) == 1:
            raise near[0]
        raise MismatchError(name, value)

    return check


def _literal(annotation: Any, values: tuple[Any, ...]) -> Check:
    name = shown(annotation)
    accepted = [(type(value), value) for value in values]

    def check(value: Any) -> Any:
        if not any(type(value) is kind and value == known for kind, known in accepted):
            raise MismatchError(name, value, found=_shown_value(value))
        return value

    return check


def _enum(annotation: type[enum.Enum]) -> Check:
    """Return the check that makes a member out of its value.

    Raises:
        TypeError: A member has a value that no program could give.
    """
    name = shown(annotation)
    if not all(type(member.value) in _PLAIN for member in annotation):
        raise TypeError(f"{annotation.__name__} cannot be checked: its members have values that are no plain data")
    members = {(type(member.value), member.value): member for member in annotation}

    def check(value: Any) -> Any:
        if type(value) not in _PLAIN or (type(value), value) not in members:
            raise MismatchError(name, value, found=_shown_value(value))
        return members[type(value), value]

    return check


def _shown_value(value: Any) -> str:
    """Return what was given instead of one of some values: the value, if it is short."""
    wide = value.bit_length() if isinstance(value, int) else 0
    long = len(value) if isinstance(value, (str, bytes)) else 0
    text = repr(value) if type(value) in _PLAIN and wide <= _WIDEST_SHOWN and long <= _LONGEST_SHOWN else ""
    return text if len(text) <= _LONGEST_SHOWN else ""


def _container(annotation: Any, arguments: tuple[Any, ...]) -> Check:
    kinds = _CONTAINERS[typing.get_origin(annotation) or annotation]
    item = check_for(arguments[0]) if arguments else None
    name = shown(annotation)

    def check(value: Any) -> Any:
        if type(value) not in kinds:
            raise MismatchError(name, value)
        if item is None:
            return value
        return type(value)(_inside(item, element, f"[{index}]") for index, element in enumerate(value))

    return check


def _inside(check: Check | None, value: Any, step: str) -> Any:
    """Check a part of a container."""
    if check is None:
        return value
    try:
        return check(value)
    except MismatchError as mismatch:
        raise mismatch.inside(step) from None


def _tuple(annotation: Any, arguments: tuple[Any, ...]) -> Check:
    name = shown(annotation)
    if not arguments or arguments[1:] == (...,):
        return _container(annotation, arguments)
    checks = [check_for(argument) for argument in arguments]

    def check(value: Any) -> Any:
        if type(value) is not tuple or len(value) != len(checks):
            raise MismatchError(name, value)
        pairs = zip(checks, value, strict=True)
        return tuple(_inside(item_check, item, f"[{index}]") for index, (item_check, item) in enumerate(pairs))

    return check


def _mapping(annotation: Any, arguments: tuple[Any, ...]) -> Check:
    name = shown(annotation)
    key_check, value_check = [check_for(argument) for argument in arguments] or [None, None]

    def check(value: Any) -> Any:
        if type(value) is not dict:
            raise MismatchError(name, value)
        if key_check is None and value_check is None:
            return value
        checked = {}
        for key, item in value.items():
            checked_key = _inside(key_check, key, " (a key)")
            try:
                checked[checked_key] = item if value_check is None else value_check(item)
            except MismatchError as mismatch:
                raise mismatch.inside(f"[{shown_key(key)}]") from None
        return checked

    return check


_MAKERS: dict[Any, Callable[[Any, tuple[Any, ...]], Check | None]] = {
    None: _none,
    types.NoneType: _none,
    float: _float,
    typing.Union: _union,
    types.UnionType: _union,
    typing.Literal: _literal,
    **dict.fromkeys((int, str, bytes, bytearray, bool, complex, range), _scalar),
    **dict.fromkeys(_CONTAINERS, _container),
    **dict.fromkeys((dict, collections.abc.Mapping, collections.abc.MutableMapping), _mapping),
}
_MAKERS[tuple] = _tuple
