"""Errors as the program sees them: of the type and with the words of CPython, for the path it gave."""

from __future__ import annotations

import os

__all__ = ["failure"]


def failure(number: int, path: str) -> OSError:
    """Make the exception that CPython raises for `number`, naming the program's path and nothing of the host.

    Its one argument is the whole message: what the system attached to its own exception, such as a file name of the
    host, cannot be in it.
    """
    refined = type(OSError(number, ""))
    return refined(f"[Errno {number}] {os.strerror(number)}: {path!r}")
