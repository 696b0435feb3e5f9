"""The command `npython`.

Each command is a module of this package with `main(arguments) -> exit status`, one line in `_COMMANDS` and a page in
`docs/cli.md`. Nothing is imported that the command at hand does not need: start time is a target.
"""

from __future__ import annotations

import sys

from npython.cli import status
from npython.cli.arguments import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["main"]

_USAGE = """\
usage: npython COMMAND ...

commands:
  run FILE        run a program in the sandbox
  query URL       fetch a URL in the sandbox
  token ACTION    make, narrow, show and revoke tokens
  policy check FILE
                  check what a policy file says
  disasm FILE     show the bytecode of a program
  help COMMAND    show its options

options:
  --version       show the version
  -h, --help      show this, or after a command: its options
"""


def _run(arguments: list[str]) -> int:
    from npython.cli.run import main

    return main(arguments)


def _disasm(arguments: list[str]) -> int:
    from npython.cli.disasm import main

    return main(arguments)


def _query(arguments: list[str]) -> int:
    from npython.cli.query import main

    return main(arguments)


def _token(arguments: list[str]) -> int:
    from npython.cli.token import main

    return main(arguments)


def _policy(arguments: list[str]) -> int:
    from npython.cli.policy import main

    return main(arguments)


_COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "run": _run,
    "query": _query,
    "token": _token,
    "policy": _policy,
    "disasm": _disasm,
}


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return the exit status.

    Args:
        arguments: The arguments after the program name; those of the process by default.
    """
    if arguments is None:
        arguments = sys.argv[1:]
    try:
        return _dispatch(arguments)
    except UsageError as error:
        sys.stderr.write(f"npython: {error}\n")
        return status.USAGE
    except KeyboardInterrupt:
        sys.stderr.write("npython: interrupted\n")
        return status.INTERRUPTED
    except BrokenPipeError:
        _abandon_output()
        return status.READER_GONE
    except OSError as error:
        _abandon_output()
        sys.stderr.write(f"npython: cannot write output: {(error.strerror or str(error)).lower()}\n")
        return status.OUTPUT_ERROR


def _dispatch(arguments: list[str]) -> int:
    if not arguments:
        sys.stderr.write(_USAGE)
        return status.USAGE
    first = arguments[0]
    if first in _COMMANDS:
        return _COMMANDS[first](arguments[1:])
    if first == "help" and len(arguments) > 1 and arguments[1] in _COMMANDS:
        return _COMMANDS[arguments[1]](["--help"])
    if first in ("-h", "--help", "help"):
        sys.stdout.write(_USAGE)
        return status.FINISHED
    if first in ("-V", "-version", "--version"):
        from npython._npython import __version__

        sys.stdout.write(f"npython {__version__}\n")
        return status.FINISHED
    kind = "option" if first.startswith("-") else "command"
    raise UsageError(f"there is no {kind} {first!r}; see npython --help")


def _abandon_output() -> None:
    """Let what is still buffered go nowhere: it would fail again when the interpreter flushes it on its way out."""
    import os

    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
