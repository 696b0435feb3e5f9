"""`npython disasm`: the bytecode of a program."""

from __future__ import annotations

import sys

from npython._errors import CompileError
from npython._npython import compile as compile_program
from npython.cli import status
from npython.cli.arguments import one_file, parse
from npython.cli.output import write_guest_text
from npython.cli.source import read_source

__all__ = ["main"]

_USAGE = """\
usage: npython disasm FILE

Shows the bytecode of FILE (- for standard input) with its source lines.
"""
_LARGEST_SOURCE = 2**27


def main(arguments: list[str]) -> int:
    """Run the command and return the exit status."""
    positional, options = parse(arguments, (), ("h", "help"))
    if options:
        sys.stdout.write(_USAGE)
        return status.FINISHED
    text, name = read_source(one_file(positional), _LARGEST_SOURCE)
    try:
        program = compile_program(text, name)
    except CompileError as error:
        write_guest_text(error.traceback, "stderr")
        return status.COMPILE_ERROR
    write_guest_text(program.disassemble(), "stdout")
    return status.FINISHED
