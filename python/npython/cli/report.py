"""`npython run --json`: everything about a run as one JSON object."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from npython._errors import CompileError, EngineError, GuestError, NpythonError, SecurityViolation
from npython.cli import status
from npython.cli.arguments import UsageError
from npython.cli.run import exit_status

if TYPE_CHECKING:
    from npython._npython import Result
    from npython._sandbox import Sandbox
    from npython.capabilities.filesystem.overlay_tree import Changes

__all__ = ["report_not_started", "run_and_report"]


def run_and_report(sandbox: Sandbox, source: str, filename: str, inputs: dict[str, Any] | None) -> int:
    """Run a program, print the report, and return the exit status."""
    try:
        report = {"status": "finished", **_result(sandbox.run(source, filename=filename, inputs=inputs)), "error": None}
        ended = status.FINISHED
    except NpythonError as error:
        report = {"status": _status(error), **_result(error.result), "error": _error(error)}
        ended = exit_status(error)
    except ValueError as error:  # an input is nested too deep or too large
        raise UsageError(str(error)) from None
    except KeyboardInterrupt:
        problem = {"kind": "KeyboardInterrupt", "message": "interrupted"}
        report, ended = {"status": "interrupted", **_result(None), "error": problem}, status.INTERRUPTED
    return _print(report, ended)


def report_not_started(error: UsageError) -> int:
    """Print the report about a command line that is wrong, or a file that cannot be read; return the exit status."""
    problem = {"kind": "UsageError", "message": str(error)}
    return _print({"status": "usage error", **_result(None), "error": problem}, status.USAGE)


def _print(report: dict[str, Any], ended: int) -> int:
    sys.stdout.write(json.dumps(report, ensure_ascii=True) + "\n")
    sys.stdout.flush()
    return ended


def _status(error: NpythonError) -> str:
    if isinstance(error, GuestError):
        return "finished" if error.exit_status == 0 else "exception"
    if isinstance(error, CompileError):
        return "syntax error"
    if isinstance(error, SecurityViolation):
        return "security violation"
    return "engine error" if isinstance(error, EngineError) else "halted"


def _result(result: Result | None) -> dict[str, Any]:
    """Return the fields of a result; a run that never started has used nothing."""
    if result is None:
        return {
            "value": None,
            "repr": "None",
            "stdout": "",
            "stderr": "",
            "gas_used": 0,
            "memory_peak": 0,
            "host_calls": 0,
            "pending_calls_peak": 0,
            "duration": 0.0,
            "changes": None,
        }
    return {
        "value": _json_form(result.value),
        "repr": _shown(result.value),
        "stdout": result.stdout,
        "stderr": result.stderr,
        "gas_used": result.gas_used,
        "memory_peak": result.memory_peak,
        "host_calls": result.host_calls,
        "pending_calls_peak": result.pending_calls_peak,
        "duration": result.duration,
        "changes": None if result.changes is None else _changes(result.changes),
    }


def _changes(changes: Changes) -> dict[str, Any]:
    """Return what was changed in memory, by path; a file that is not text as base64."""
    files = {path: _content(content) for path, content in changes.files.items()}
    return {"files": files, "directories": list(changes.directories), "removed": list(changes.removed)}


def _content(content: bytes) -> dict[str, str]:
    try:
        return {"text": content.decode("utf-8")}
    except UnicodeDecodeError:
        from base64 import b64encode

        return {"base64": b64encode(content).decode("ascii")}


def _json_form(value: Any) -> Any:
    """Return the value if JSON can say it, else `None`; `repr` says the rest."""
    try:
        json.dumps(value, allow_nan=False)
    except (TypeError, ValueError, RecursionError):
        return None
    return value


def _shown(value: Any) -> str:
    try:
        return repr(value)
    except (ValueError, RecursionError):
        # An int with more digits than Python is willing to write down.
        return f"<{type(value).__name__}>"


def _error(error: NpythonError) -> dict[str, Any]:
    fields: dict[str, Any] = {"kind": type(error).__name__, "message": error.message}
    if isinstance(error, CompileError):
        fields |= {"type": error.kind, "line": error.line, "column": error.column, "traceback": error.traceback}
    elif isinstance(error, GuestError):
        fields |= {"type": error.type_name, "traceback": error.traceback, "exit_status": error.exit_status}
        fields["frames"] = [
            {"filename": frame.filename, "function": frame.function, "line": frame.line, "column": frame.column}
            for frame in error.frames
        ]
    elif isinstance(error, SecurityViolation):
        fields |= {"scope": error.scope, "function": error.function}
    return fields
