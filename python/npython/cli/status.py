"""Exit statuses of the command."""

from __future__ import annotations

__all__ = [
    "COMPILE_ERROR",
    "ENGINE_ERROR",
    "FINISHED",
    "GUEST_ERROR",
    "HALTED",
    "INTERRUPTED",
    "OUTPUT_ERROR",
    "READER_GONE",
    "SECURITY_VIOLATION",
    "USAGE",
]

#: The program ended.
FINISHED = 0
#: An exception left the program.
GUEST_ERROR = 1
#: Wrong usage, or a file that cannot be read.
USAGE = 2
#: The source is not valid.
COMPILE_ERROR = 3
#: A limit stopped the program.
HALTED = 4
#: The program used what no grant allows.
SECURITY_VIOLATION = 5
#: A defect of npython.
ENGINE_ERROR = 70
#: Output could not be written.
OUTPUT_ERROR = 74
#: Ctrl-C, as shells say it.
INTERRUPTED = 130
#: Whoever read the output has closed it, as shells say it.
READER_GONE = 141
