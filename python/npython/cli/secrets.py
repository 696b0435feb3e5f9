"""Tokens and keys on the command line: where they are read from, and files that nobody else can read."""

from __future__ import annotations

import os
import sys

from npython.cli.arguments import UsageError

__all__ = ["read_key", "read_token", "write_private"]

_LARGEST = 65_536


def read_token(reference: str) -> str:
    """Return a token given as itself, as `@file`, as `env:NAME`, or as `-` for standard input.

    Raises:
        UsageError: There is none; the message does not show it.
    """
    if reference == "-":
        text = sys.stdin.read(_LARGEST + 1)
    elif reference.startswith("@"):
        text = _read(reference[1:])
    elif reference.startswith("env:"):
        name = reference[4:]
        if name not in os.environ:
            raise UsageError(f"there is no environment variable {name}")
        text = os.environ[name]
    else:
        text = reference
    return _secret(text, "the token")


def read_key(path: str) -> str:
    """Return the key in a file.

    Raises:
        UsageError: It cannot be read.
    """
    return _secret(_read(path), "the key")


def write_private(path: str, text: str) -> None:
    """Write a new file that only its owner can read.

    Raises:
        UsageError: It is there already, or cannot be made.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
    try:
        with os.fdopen(os.open(path, flags, 0o600), "w", encoding="utf-8") as file:
            file.write(text + "\n")
    except OSError as error:
        raise UsageError(f"cannot write {path!r}: {(error.strerror or str(error)).lower()}") from None


def _read(path: str) -> str:
    try:
        with open(path, encoding="utf-8") as file:
            return file.read(_LARGEST + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not text"
        raise UsageError(f"cannot read {path!r}: {(reason or str(error)).lower()}") from None


def _secret(text: str, what: str) -> str:
    text = text.strip()
    if not 0 < len(text) <= _LARGEST:
        raise UsageError(f"{what} is empty or too long")
    return text
