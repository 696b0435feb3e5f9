"""The patterns of a grant: hosts, methods and paths. What each matches, and what two lists of them have in common.

A list of `None` matches everything, an empty list nothing. Patterns are few and simple on purpose: two of them either
exclude each other or have a common part that is a pattern again, so restrictions can be narrowed exactly.
"""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["host_matches", "meet_hosts", "meet_methods", "meet_paths", "path_matches"]

_LARGEST_PORT = 65535
_HOST_CHARACTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-._")
_ADDRESS_CHARACTERS = frozenset("0123456789abcdef:.")
_METHOD_CHARACTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ-")

_Patterns = tuple[str, ...] | None


def host_matches(pattern: str, host: str, port: int) -> bool:
    """Tell whether a pattern of a grant covers a host (lower case, IPv6 without brackets) at a port."""
    allowed, allowed_port = _split_host(pattern)
    if allowed_port is not None and allowed_port != port:
        return False
    return _common_name(allowed, host) == host


def path_matches(allowed: str, path: str) -> bool:
    """Tell whether `path` is `allowed` or beneath it. A path that is not in its simplest form matches nothing."""
    try:
        segments, top = _segments(path), _segments(allowed)
    except ValueError:
        return False
    return segments[: len(top)] == top


def meet_hosts(first: _Patterns, second: _Patterns) -> _Patterns:
    """Return the host patterns for what both lists match.

    Raises:
        ValueError: One of them is no host pattern.
    """
    return _meet(first, second, _normal_host, _common_host)


def meet_methods(first: _Patterns, second: _Patterns) -> _Patterns:
    """Return the methods that are in both lists.

    Raises:
        ValueError: One of them is no method in capitals.
    """
    return _meet(first, second, _normal_method, lambda one, other: one if one == other else None)


def meet_paths(first: _Patterns, second: _Patterns) -> _Patterns:
    """Return the paths beneath both lists.

    Raises:
        ValueError: One of them is no absolute path in its simplest form.
    """
    return _meet(first, second, _normal_path, _common_path)


def _meet(
    first: _Patterns,
    second: _Patterns,
    normal: Callable[[str], str],
    common: Callable[[str, str], str | None],
) -> _Patterns:
    ones, others = _normalised(first, normal), _normalised(second, normal)
    if ones is None or others is None or ones == others:
        return others if ones is None else ones
    found = (common(one, other) for one in ones for other in others)
    return tuple(dict.fromkeys(pattern for pattern in found if pattern is not None))


def _normalised(patterns: _Patterns, normal: Callable[[str], str]) -> _Patterns:
    if patterns is None:
        return None
    if (
        isinstance(patterns, str)
        or not hasattr(patterns, "__iter__")
        or not all(isinstance(pattern, str) for pattern in patterns)
    ):
        raise ValueError(f"a restriction is a sequence of texts or None, not {patterns!r}")
    return tuple(dict.fromkeys(normal(pattern) for pattern in patterns))


def _normal_host(pattern: str) -> str:
    name, port = _split_host(pattern)
    shown = f"[{name}]" if ":" in name else name
    return shown if port is None else f"{shown}:{port}"


def _split_host(pattern: str) -> tuple[str, int | None]:
    """Return the name or address in lower case, an IPv6 address without brackets, and the port if there is one."""
    lowered = pattern.lower()
    if lowered.startswith("["):
        name, bracket, rest = lowered[1:].partition("]")
        colon, port = rest[:1], rest[1:]
        valid = bool(bracket) and set(name) <= _ADDRESS_CHARACTERS and colon in ("", ":")
        if valid:
            name = str(ipaddress.IPv6Address(name))  # in the one form that hosts are compared in
    else:
        name, colon, port = lowered.partition(":")
        labels = name.removeprefix("*.").split(".")
        valid = all(label and set(label) <= _HOST_CHARACTERS for label in labels)
    if not valid or not pattern.isascii() or (colon and not _is_port(port)):
        raise ValueError(
            f"{pattern!r} is no host pattern: write name, *.name, [IPv6 address], each with :port if wanted"
        )
    return name, int(port) if colon else None


def _is_port(text: str) -> bool:
    return text.isdigit() and str(int(text)) == text and 0 < int(text) <= _LARGEST_PORT


def _common_host(one: str, other: str) -> str | None:
    name, port = _split_host(one)
    other_name, other_port = _split_host(other)
    common = _common_name(name, other_name)
    if common is None or (port is not None and other_port is not None and port != other_port):
        return None
    shown = f"[{common}]" if ":" in common else common
    shared_port = other_port if port is None else port
    return shown if shared_port is None else f"{shown}:{shared_port}"


def _common_name(one: str, other: str) -> str | None:
    """Return the narrower of two names, of which each may stand for the subdomains of a domain."""
    if one == other:
        return one
    if one.startswith("*.") and other.removeprefix("*").endswith(one[1:]):
        return other
    if other.startswith("*.") and one.removeprefix("*").endswith(other[1:]):
        return one
    return None


def _normal_method(method: str) -> str:
    if not method or not set(method) <= _METHOD_CHARACTERS:
        raise ValueError(f"{method!r} is no HTTP method in capitals")
    return method


def _normal_path(path: str) -> str:
    if not path.startswith("/"):
        raise ValueError(f"{path!r} is no absolute path")
    return "/" + "/".join(_segments(path))


def _segments(path: str) -> list[str]:
    """Split a path that has exactly one reading.

    Raises:
        ValueError: It has empty, `.` or `..` segments, backslashes or control characters.
    """
    inner = path.removeprefix("/").removesuffix("/")
    if not inner:
        if path not in ("", "/"):
            raise ValueError(f"{path!r} is not in its simplest form")
        return []
    segments = inner.split("/")
    if any(segment in ("", ".", "..") for segment in segments) or "\\" in inner or not inner.isprintable():
        raise ValueError(f"{path!r} is not in its simplest form")
    return segments


def _common_path(one: str, other: str) -> str | None:
    if path_matches(one, other):
        return other
    return one if path_matches(other, one) else None
