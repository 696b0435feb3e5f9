"""The paths that programs give: relative to the root, by components, with no way up."""

from __future__ import annotations

import errno
import re
import unicodedata
from typing import NamedTuple

from npython.capabilities.filesystem.failure import failure

__all__ = ["TEMPORARY_PREFIX", "GuestPath", "is_usable_name", "parse"]

#: Names the capability gives to files it is about to put in place. Programs neither see nor reach them.
TEMPORARY_PREFIX = ".npython-"

_LONGEST_PATH = 4096
_LONGEST_NAME = 255
_DEEPEST = 64
#: Controls, surrogates (names that are not UTF-8), line and paragraph separators.
_UNUSABLE_CATEGORIES = frozenset({"Cc", "Cs", "Zl", "Zp"})
#: Characters that change the order in which others are shown, so that a name looks like another.
_DIRECTION_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
#: Paths that need no further look, which most are: short names that do not start with a dot, in a few directories.
_ORDINARY = re.compile(r"(?:[A-Za-z0-9_-][A-Za-z0-9_.-]{0,50}/){0,8}[A-Za-z0-9_-][A-Za-z0-9_.-]{0,50}").fullmatch


class GuestPath(NamedTuple):
    """A path beneath the root.

    Attributes:
        text: As the program wrote it: what messages show.
        parts: The names from the root down; none is empty, "." or "..".
        must_be_directory: It ends in a slash or a dot, which only a directory's path may.
    """

    text: str
    parts: tuple[str, ...]
    must_be_directory: bool


def parse(path: str) -> GuestPath:
    """Take a path apart.

    Raises:
        PermissionError: It is absolute, goes up, has a backslash, or names what belongs to the capability.
        OSError: It is empty, too long, too deep, or has characters that names may not have.
        ValueError: It has a NUL.
        TypeError: It is no text.
    """
    if not isinstance(path, str):
        raise TypeError(f"path should be string, not {type(path).__name__}")
    if _ORDINARY(path):
        return GuestPath(path, tuple(path.split("/")), False)  # noqa: FBT003 - by name it takes twice as long
    if not path:
        raise failure(errno.ENOENT, path)
    if "\0" in path:
        raise ValueError("embedded null byte")
    if len(path) > _LONGEST_PATH:
        raise failure(errno.ENAMETOOLONG, path)
    if path.startswith("/") or "\\" in path:
        raise failure(errno.EACCES, path)
    if not _is_printable(path):
        raise failure(errno.EINVAL, path)
    pieces = path.split("/")
    parts = tuple(piece for piece in pieces if piece and piece != ".")
    if len(parts) > _DEEPEST:
        raise failure(errno.ENAMETOOLONG, path)
    for part in parts:
        _check_name(part, path)
    return GuestPath(path, parts, pieces[-1] in {"", "."})


def _check_name(name: str, path: str) -> None:
    """Refuse a name that leads up, belongs to the capability or is too long for a directory.

    Raises:
        OSError: It does.
    """
    if name == ".." or name.startswith(TEMPORARY_PREFIX):
        raise failure(errno.EACCES, path)
    if len(name) > _LONGEST_NAME or (not name.isascii() and len(name.encode()) > _LONGEST_NAME):
        raise failure(errno.ENAMETOOLONG, path)


def is_usable_name(name: str) -> bool:
    """Whether a program can name a file so: what listings leave out otherwise."""
    return "\\" not in name and not name.startswith(TEMPORARY_PREFIX) and _is_printable(name)


def _is_printable(text: str) -> bool:
    """Whether no character of it is a control of any kind."""
    return text.isprintable() or not any(
        unicodedata.category(character) in _UNUSABLE_CATEGORIES or character in _DIRECTION_CONTROLS
        for character in text
    )
