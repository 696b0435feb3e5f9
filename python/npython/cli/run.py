"""`npython run`: a program in the sandbox."""

from __future__ import annotations

import sys

from npython._errors import CompileError, EngineError, GuestError, Halted, NpythonError, SecurityViolation
from npython._limits import Limits
from npython._sandbox import Sandbox
from npython.cli import status
from npython.cli.arguments import UsageError, has_flag, is_variable, one_file, parse
from npython.cli.output import write_guest_text
from npython.cli.source import read_source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from npython.audit import AuditSink

__all__ = ["main"]

_USAGE = """\
usage: npython run FILE [options]

Runs FILE (- for standard input) in the sandbox; what it prints is shown at once.

options, with one dash or two, before or after FILE:
  --gas N             units of work it may use         (default 1G)
  --memory SIZE       bytes it may hold, as 64MiB      (default 128MiB)
  --time TIME         how long it may run, as 2s       (default 10s)
  --depth N           calls inside calls               (default 1000)
  --output SIZE       bytes it may print               (default 1MiB)
  --host-calls N      calls of what a policy grants    (default 1M)
  --input NAME=JSON   a global variable for it; may be repeated
  --policy FILE       the scopes it may open, and its limits
  --token NAME=TOKEN  a global variable that opens scopes but cannot be looked into;
                      TOKEN is @FILE, env:NAME, or the token itself; may be repeated
  --audit FILE        add a line of JSON for each use of a scope or tool to FILE
  --json              print nothing but one JSON object about the run
  -h, --help          show this

exit status: 0 finished, 1 exception in the program, 2 usage or unreadable file,
3 syntax error, 4 halted by a limit, 5 security violation, 70 engine error
"""
#: Characters of a wrong argument that a message shows.
_LONGEST_SHOWN = 60
_LIMITS = ("gas", "memory", "time", "depth", "output", "host-calls")


def main(arguments: list[str]) -> int:
    """Run the command and return the exit status."""
    try:
        return _run(arguments)
    except UsageError as error:
        if not has_flag(arguments, "json"):
            raise
        from npython.cli.report import report_not_started

        return report_not_started(error)


def _run(arguments: list[str]) -> int:
    positional, options = parse(arguments, (*_LIMITS, "input", "policy", "token", "audit"), ("json", "h", "help"))
    if "h" in options or "help" in options:
        sys.stdout.write(_USAGE)
        return status.FINISHED
    inputs = _inputs(options.get("input", []))
    if "token" in options:
        inputs = {**(inputs or {}), **_tokens(options["token"])}
    audit = _audit(options["audit"][-1]) if "audit" in options else None
    if "policy" in options:
        from npython.cli.policy import sandbox_under

        sandbox = sandbox_under(options["policy"][-1], _given_limits(options), audit)
    else:
        sandbox = Sandbox(limits=_limits(options), audit=audit)
    text, name = read_source(one_file(positional), sandbox.limits.memory)
    if "json" in options:
        from npython.cli.report import run_and_report

        return run_and_report(sandbox, text, name, inputs)
    try:
        sandbox.run(text, filename=name, inputs=inputs, on_output=write_guest_text)
    except NpythonError as error:
        return show_error(error)
    except ValueError as error:  # an input is nested too deep or too large
        raise UsageError(str(error)) from None
    return status.FINISHED


def exit_status(error: NpythonError) -> int:
    """Return the exit status for what ended a run."""
    if isinstance(error, GuestError):
        return status.FINISHED if error.exit_status == 0 else status.GUEST_ERROR
    if isinstance(error, CompileError):
        return status.COMPILE_ERROR
    if isinstance(error, SecurityViolation):
        return status.SECURITY_VIOLATION
    return status.HALTED if isinstance(error, Halted) else status.ENGINE_ERROR


def show_error(error: NpythonError) -> int:
    """Write what ended a run to standard error and return the exit status."""
    if isinstance(error, GuestError) and error.exit_status is not None:
        # SystemExit asks for an end, not for a traceback; one made with text says it.
        if error.message and not error.message.lstrip("-").isdigit() and error.message != "None":
            write_guest_text(f"{error.message}\n", "stderr")
    elif isinstance(error, (GuestError, CompileError)):
        write_guest_text(error.traceback, "stderr")
    else:
        write_guest_text(f"npython: {type(error).__name__}: {error.message}\n", "stderr")
        if isinstance(error, EngineError):
            write_guest_text("npython: this is a defect of npython; please report it with the program\n", "stderr")
    return exit_status(error)


def _limits(options: dict[str, list[str]]) -> Limits:
    try:
        return Limits(**_given_limits(options))
    except ValueError as error:
        raise UsageError(f"--{str(error).replace('host_calls', 'host-calls')}") from None


def _given_limits(options: dict[str, list[str]]) -> dict[str, Any]:
    return {name.replace("-", "_"): options[name][-1] for name in _LIMITS if name in options}


def _audit(path: str) -> AuditSink:
    from npython.audit import JsonLines

    try:
        stream = open(path, "a", encoding="utf-8")  # noqa: SIM115 - for as long as this process runs
    except OSError as error:
        raise UsageError(f"cannot write {path!r}: {(error.strerror or str(error)).lower()}") from None
    return JsonLines(stream)


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "..."


def _tokens(pairs: list[str]) -> dict[str, Any]:
    from npython._npython import Token
    from npython.cli.secrets import read_token

    tokens = {}
    for pair in pairs:
        name, equals, reference = pair.partition("=")
        if not equals or not is_variable(name):
            raise UsageError("--token is NAME=TOKEN with the name of a variable")
        tokens[name] = Token(read_token(reference))
    return tokens


def _inputs(pairs: list[str]) -> dict[str, Any] | None:
    if not pairs:
        return None
    import json

    inputs = {}
    for pair in pairs:
        name, equals, text = pair.partition("=")
        if not equals or not is_variable(name):
            raise UsageError(f"--input is NAME=JSON with the name of a variable, not {_shortened(pair)!r}")
        try:
            inputs[name] = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise UsageError(f"--input {name} is not JSON: {error}") from None
    return inputs
