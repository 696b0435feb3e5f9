"""Reading the program that a command is about."""

from __future__ import annotations

import sys

from npython.cli.arguments import UsageError

__all__ = ["read_source"]

_BOM = b"\xef\xbb\xbf"


def read_source(path: str, largest: int) -> tuple[str, str]:
    """Read a program and return its text and the name that tracebacks show.

    Args:
        path: A file, or `-` for standard input.
        largest: Bytes it may have.

    Raises:
        UsageError: It is missing, a directory, unreadable, empty, too large or not UTF-8.
    """
    name = "<stdin>" if path == "-" else path
    data = _read(path, largest + 1)
    if not data:
        raise UsageError(f"{name} is empty")
    if len(data) > largest:
        raise UsageError(f"{name} is larger than the memory limit of {largest} bytes")
    try:
        return data.removeprefix(_BOM).decode("utf-8"), name
    except UnicodeDecodeError as error:
        raise UsageError(f"{name} is not UTF-8: byte 0x{data[error.start]:02x} at offset {error.start}") from None


def _read(path: str, count: int) -> bytes:
    if path == "-":
        return sys.stdin.buffer.read(count)
    try:
        with open(path, "rb") as file:
            return file.read(count)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        raise UsageError(f"cannot read {path!r}: {(reason or str(error)).lower()}") from None
