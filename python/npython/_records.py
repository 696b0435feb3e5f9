"""Checks of dicts against typed dicts and dataclasses. Imported when an annotation is one."""

from __future__ import annotations

import dataclasses
import typing
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from npython._annotations import Check

__all__ = ["definition", "hints_of", "is_record", "record_check"]

#: Records whose checks are being made, for those that contain themselves: each gets its check when it is made.
_UNDER_WAY: dict[type, list[Check]] = {}


def is_record(annotation: Any) -> bool:
    """Tell whether an annotation is a typed dict or a dataclass."""
    return typing.is_typeddict(annotation) or (isinstance(annotation, type) and dataclasses.is_dataclass(annotation))


def record_check(annotation: type) -> Check:
    """Return the check of a dict with the keys of a typed dict, or the fields of a dataclass, which is then made of it.

    Raises:
        TypeError: What one of them must be cannot be checked.
    """
    under_way = _UNDER_WAY.get(annotation)
    if under_way is not None:
        known = under_way

        def check(value: Any) -> Any:
            return known[0](value)

        return check
    made: list[Check] = []
    _UNDER_WAY[annotation] = made
    try:
        made.append(_record(annotation))
    finally:
        del _UNDER_WAY[annotation]
    return made[0]


def _required_keys(annotation: Any) -> set[str]:
    """Return the keys that a typed dict must have: where annotations are text, the class itself does not know."""
    required = set(annotation.__required_keys__)
    for name, hint in typing.get_type_hints(annotation, include_extras=True).items():
        marker = str(typing.get_origin(hint))
        if marker.endswith(".NotRequired"):
            required.discard(name)
        elif marker.endswith(".Required"):
            required.add(name)
    return required


def hints_of(annotation: Any) -> dict[str, Any]:
    """Return what the keys or fields of a record must be, those that a program can give."""
    hints = typing.get_type_hints(annotation)
    if typing.is_typeddict(annotation):
        return hints
    return {each.name: hints[each.name] for each in dataclasses.fields(annotation) if each.init}


def _required(annotation: Any) -> set[str]:
    if typing.is_typeddict(annotation):
        return _required_keys(annotation)
    missing = dataclasses.MISSING
    fields = dataclasses.fields(annotation)
    return {each.name for each in fields if each.default is missing and each.default_factory is missing}


def definition(annotation: type) -> str:
    """Return what a record is, for whoever writes programs: `Order: dict with number: int, note: str (optional)`."""
    from npython._annotations import shown

    required = _required(annotation)
    keys = [
        f"{name!r}: {shown(hint)}{'' if name in required else ' (optional)'}"
        for name, hint in hints_of(annotation).items()
    ]
    return f"{annotation.__name__}: {{{', '.join(keys)}}}"


def _record(annotation: Any) -> Check:
    from npython._annotations import MismatchError, check_for, shown_key

    hints, required = hints_of(annotation), _required(annotation)
    names = list(hints)
    make = None if typing.is_typeddict(annotation) else annotation
    checks = {name: check_for(hints[name]) for name in names}
    title = annotation.__name__

    def check(value: Any) -> Any:
        if type(value) is not dict:
            raise MismatchError(title, value)
        for name in names:
            if name in required and name not in value:
                raise MismatchError(f"{title} with key {name!r}", value, nearly=True)
        checked = {}
        for key, item in value.items():
            if type(key) is not str or key not in checks:
                raise MismatchError(f"{title} without key {shown_key(key)}", value, nearly=True)
            one = checks[key]
            try:
                checked[key] = item if one is None else one(item)
            except MismatchError as mismatch:
                raise mismatch.inside(f"[{key!r}]") from None
        return checked if make is None else make(**checked)

    return check
