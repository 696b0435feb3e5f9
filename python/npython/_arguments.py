"""Arguments that an embedder gives: each is checked where it is given, in words that name it.

A switch that is merely true (`plain_http="no"`) could open what was meant to stay closed, so it is refused.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn

__all__ = ["callable_given", "listed", "mapping", "switch", "text", "whole"]


def _refuse(name: str, expected: str, value: object) -> NoReturn:
    raise TypeError(f"{name} must be {expected}, not {type(value).__name__}")


def switch(name: str, value: Any) -> bool:
    """Return a switch.

    Raises:
        TypeError: It is neither True nor False.
    """
    if not isinstance(value, bool):
        _refuse(name, "True or False", value)
    return value


def text(name: str, value: Any) -> str:
    """Return a text.

    Raises:
        TypeError: It is none.
    """
    if not isinstance(value, str):
        _refuse(name, "str", value)
    return value


def whole(name: str, value: Any) -> int:
    """Return a whole number.

    Raises:
        TypeError: It is none.
    """
    if isinstance(value, bool) or not isinstance(value, int):
        _refuse(name, "a whole number", value)
    return value


def callable_given(name: str, value: Any) -> Any:
    """Return something that can be called.

    Raises:
        TypeError: It cannot.
    """
    if not callable(value):
        _refuse(name, "callable", value)
    return value


def listed(name: str, values: Any) -> tuple[Any, ...]:
    """Return the items of a list, or of whatever else can be gone through but text.

    Raises:
        TypeError: It is none.
    """
    if isinstance(values, (str, bytes)) or not hasattr(values, "__iter__"):
        _refuse(name, "a list", values)
    return tuple(values)


def mapping(name: str, value: Any, what: str) -> dict[Any, Any]:
    """Return a copy of a mapping.

    Args:
        name: Of the argument.
        value: What was given.
        what: What it maps to what.

    Raises:
        TypeError: It is none.
    """
    if not hasattr(value, "keys"):
        raise TypeError(f"{name} must map {what}, not be a {type(value).__name__}")
    return dict(value)
