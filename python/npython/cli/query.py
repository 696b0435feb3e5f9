"""`npython query`: one request from within the sandbox."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from npython._errors import GuestError, NpythonError
from npython._npython import Token
from npython._sandbox import Sandbox
from npython.cli import status
from npython.cli.arguments import UsageError, has_flag, parse
from npython.cli.output import write_guest_text
from npython.cli.policy import sandbox_under
from npython.cli.run import exit_status, show_error
from npython.cli.secrets import read_key, read_token

if TYPE_CHECKING:
    from npython._sandbox import Session

__all__ = ["main"]

_USAGE = """\
usage: npython query URL [TOKEN] [-e EXPR] (--policy FILE | --key FILE) [options]

Fetches URL in the sandbox, inside with scope("HTTP-ENV", TOKEN), and prints the body.

TOKEN is @FILE, env:NAME, - for standard input, or the token itself; without it, env:NPYTHON_TOKEN.

options:
  -e EXPR             print the value of a Python expression instead, evaluated in the sandbox;
                      body is the text, data what it says if it is JSON, status and headers the rest
  --policy FILE       the policy whose HTTP-ENV is used
  --key FILE          the public key that TOKEN must be signed with; every public host is then
                      open that the token allows
  --audience NAME     with --key: what the token must have been made for
  --json              print nothing but one JSON object: status, value, error
  -h, --help          show this

exit status: as for npython run; 5 if the token does not open HTTP-ENV
"""
_FETCH = """\
with scope("HTTP-ENV", token):
    response = fetch(url)
body, status, headers = response.text, response.status, response.headers
try:
    data = response.json()
except (ValueError, RecursionError):
    data = None
del token, response
"""


def main(arguments: list[str]) -> int:
    """Run the command and return the exit status."""
    try:
        return _query(arguments)
    except UsageError as error:
        if not has_flag(arguments, "json"):
            raise
        _report(None, error)
        return status.USAGE


def _query(arguments: list[str]) -> int:
    positional, options = parse(arguments, ("e", "policy", "key", "audience"), ("json", "h", "help"))
    if "h" in options or "help" in options:
        sys.stdout.write(_USAGE)
        return status.FINISHED
    if not 1 <= len(positional) <= 2:  # noqa: PLR2004 - URL and token
        raise UsageError("which URL? see npython query --help")
    sandbox = _sandbox(options)
    token = read_token(positional[1] if len(positional) > 1 else "env:NPYTHON_TOKEN")
    session = sandbox.session()
    try:
        value = _ask(session, positional[0], token, options["e"][-1] if "e" in options else "body")
    except NpythonError as error:
        if "json" in options:
            _report(None, error)
            return exit_status(error)
        if isinstance(error, GuestError) and error.frames and error.frames[0].filename == "<query>":
            # The program is ours: its traceback would tell the user nothing.
            write_guest_text(f"npython: {error}\n", "stderr")
            return exit_status(error)
        return show_error(error)
    if "json" in options:
        _report(value, None)
    else:
        write_guest_text(_shown(value), "stdout")
    return status.FINISHED


def _sandbox(options: dict[str, list[str]]) -> Sandbox:
    if ("policy" in options) == ("key" in options):
        raise UsageError("give either --policy FILE or --key FILE, which says whose tokens to accept")
    if "policy" in options:
        if "audience" in options:
            raise UsageError("--audience goes with --key; a policy file has its own")
        return sandbox_under(options["policy"][-1], {})
    try:
        from npython.capabilities import HttpCapability
        from npython.security import BiscuitGatekeeper

        audience = options["audience"][-1] if "audience" in options else None
        gatekeeper = BiscuitGatekeeper(read_key(options["key"][-1]), audience=audience)
    except (ValueError, ImportError) as error:
        raise UsageError(str(error)) from None
    return Sandbox(gatekeeper=gatekeeper, capabilities=[HttpCapability(["*"])])


def _ask(session: Session, url: str, token: str, expression: str) -> Any:
    """Fetch the URL, then evaluate the expression outside of the scope."""
    session.run(_FETCH, filename="<query>", inputs={"url": url, "token": Token(token)})
    return session.run(expression, filename="<expression>", on_output=write_guest_text).value


def _shown(value: Any) -> str:
    """Return text as it is, other values as JSON if that can say them."""
    if not isinstance(value, str):
        try:
            value = json.dumps(value, ensure_ascii=False, indent=2)
        except (TypeError, ValueError, RecursionError):
            value = repr(value)
    return value if value.endswith("\n") else f"{value}\n"


def _report(value: Any, error: Exception | None) -> None:
    try:
        json.dumps(value, allow_nan=False)
    except (TypeError, ValueError, RecursionError):
        value = repr(value)
    problem = None if error is None else {"kind": type(error).__name__, "message": str(error)}
    report = {"status": "finished" if error is None else "failed", "value": value, "error": problem}
    sys.stdout.write(json.dumps(report) + "\n")
