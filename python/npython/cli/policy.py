"""`npython policy`: checking what a policy file says."""

from __future__ import annotations

import json
import sys

from npython.cli import status
from npython.cli.arguments import UsageError, has_flag, parse
from npython.security.policy import Policy, PolicyError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from npython._sandbox import Sandbox
    from npython.audit import AuditSink

__all__ = ["main", "read_policy", "sandbox_under"]

_USAGE = """\
usage: npython policy check FILE [--json]

Checks a policy file and shows what it opens. Nothing that it refers to is opened or looked up.

exit status: 0 it is valid, 2 it is not
"""


def main(arguments: list[str]) -> int:
    """Run the command and return the exit status."""
    try:
        return _check(arguments)
    except UsageError as error:
        if not has_flag(arguments, "json"):
            raise
        sys.stdout.write(json.dumps({"valid": False, "problem": str(error), "scopes": []}) + "\n")
        return status.USAGE


def _check(arguments: list[str]) -> int:
    positional, options = parse(arguments, (), ("json", "h", "help"))
    if "h" in options or "help" in options:
        sys.stdout.write(_USAGE)
        return status.FINISHED
    if positional[:1] != ["check"] or len(positional) != 2:  # noqa: PLR2004 - the word and the file
        raise UsageError("check which file? see npython policy --help")
    policy = read_policy(positional[1])
    if "json" in options:
        sys.stdout.write(json.dumps({"valid": True, "problem": None, "scopes": list(policy.scopes)}) + "\n")
    else:
        sys.stdout.write(f"{positional[1]} is valid; it opens {', '.join(policy.scopes) or 'nothing'}\n")
    return status.FINISHED


def read_policy(path: str) -> Policy:
    """Read a policy file.

    Raises:
        UsageError: It cannot be read, or does not say what it should.
    """
    try:
        return Policy.read(path)
    except PolicyError as error:
        raise UsageError(str(error)) from None
    except OSError as error:
        raise UsageError(f"cannot read {path!r}: {(error.strerror or str(error)).lower()}") from None


def sandbox_under(path: str, limits: dict[str, Any], audit: AuditSink | None = None) -> Sandbox:
    """Return a sandbox for programs under a policy file.

    Args:
        path: The file.
        limits: Limits of the command line, which may be smaller than those in the file.
        audit: Where records go.

    Raises:
        UsageError: The file is not valid, or refers to something that is not there.
    """
    policy = read_policy(path)
    try:
        return policy.sandbox(limits=policy.limits_with(limits), audit=audit)
    except PolicyError as error:
        raise UsageError(str(error)) from None
    except ValueError as error:
        raise UsageError(f"--{str(error).replace('host_calls', 'host-calls')}") from None
