"""`npython token`: keys and signed tokens."""

from __future__ import annotations

import json
import sys
import time
from typing import TYPE_CHECKING, Any

from npython.cli import status
from npython.cli.arguments import UsageError, has_flag, parse
from npython.cli.output import write_guest_text
from npython.cli.secrets import read_key, read_token, write_private

if TYPE_CHECKING:
    from collections.abc import Callable

    from npython.security.biscuit import TokenBlock
    from npython.security.restrictions import Restrictions

__all__ = ["main"]

_USAGE = """\
usage: npython token keygen [--out NAME]
       npython token mint --key FILE --scope SCOPE... [restrictions]
       npython token attenuate TOKEN --key FILE [restrictions]
       npython token inspect TOKEN [--key FILE]
       npython token revoke TOKEN --list FILE [--all]

keygen     makes NAME.key, which signs tokens, and NAME.pub, which verifies them (default npython)
mint       prints a token signed with a private key
attenuate  prints a narrower token; needs the public key only
inspect    shows what a token says, and with --key whether it is genuine
revoke     adds the token to a list of revoked ones; with --all everything made of the same one

TOKEN is @FILE, env:NAME, - for standard input, or the token itself, which others can see in the list of processes.

restrictions, of which those with "..." may be repeated:
  --scope SCOPE...    mint: what it opens; attenuate: of that, what is left
  --expires WHEN      as 90s, 30min, 12h, 7d from now, or 2030-12-31T23:59:59Z, or never  (mint: default 1h)
  --not-before WHEN   the same
  --audience NAME     the gatekeeper it is for
  --host HOST...      example.com, *.example.com, example.com:8443
  --method METHOD...  HTTP methods
  --path PATH...      files or URL paths, with what is beneath
  --read-only         nothing may be changed
  --max-calls N       calls of functions
  --max-bytes SIZE    bytes read and written, as 10MB

options:
  --out FILE          write the token to a new file that only you can read
  --json              print one JSON object
  -h, --help          show this

exit status: 0 done, 2 usage or unreadable file, 5 the token is not genuine
"""
_UNITS = {"s": 1.0, "min": 60.0, "h": 3600.0, "d": 86400.0}
_RESTRICTIONS = ("scope", "expires", "not-before", "audience", "host", "method", "path", "max-calls", "max-bytes")
_VALUED = (*_RESTRICTIONS, "key", "out", "list")
_FLAGS = ("read-only", "all", "json", "h", "help")

_Options = dict[str, list[str]]


def main(arguments: list[str]) -> int:
    """Run the command and return the exit status."""
    try:
        return _run(arguments)
    except UsageError as error:
        if not has_flag(arguments, "json"):
            raise
        sys.stdout.write(json.dumps({"error": {"kind": "UsageError", "message": str(error)}}) + "\n")
        return status.USAGE


def _run(arguments: list[str]) -> int:
    positional, options = parse(arguments, _VALUED, _FLAGS)
    if "h" in options or "help" in options:
        sys.stdout.write(_USAGE)
        return status.FINISHED
    if not positional or positional[0] not in _ACTIONS:
        raise UsageError("which of keygen, mint, attenuate, inspect, revoke? see npython token --help")
    action, allowed, needs_token = _ACTIONS[positional[0]]
    for name in options:
        if name not in allowed and name != "json":
            raise UsageError(f"npython token {positional[0]} has no option --{name}")
    rest = positional[1:]
    if len(rest) != int(needs_token):
        raise UsageError(f"npython token {positional[0]} needs {'one token' if needs_token else 'no further argument'}")
    try:
        return action(rest[0] if needs_token else "", options)
    except ImportError as error:
        raise UsageError(str(error)) from None
    except ValueError as error:
        raise UsageError(f"token {positional[0]}: {error}") from None


def _keygen(_: str, options: _Options) -> int:
    from npython.security.biscuit import generate_key

    name = _last(options, "out") or "npython"
    private, public = generate_key()
    write_private(f"{name}.key", private)
    try:
        with open(f"{name}.pub", "x", encoding="utf-8") as file:
            file.write(public + "\n")
    except OSError as error:
        raise UsageError(f"cannot write '{name}.pub': {(error.strerror or str(error)).lower()}") from None
    report = {"private_key": f"{name}.key", "public_key": f"{name}.pub", "public": public}
    _show(report, options, f"{name}.key signs tokens: keep it secret\n{name}.pub verifies them: {public}")
    return status.FINISHED


def _mint(_: str, options: _Options) -> int:
    from npython.security.biscuit import mint

    scopes = tuple(options.get("scope", ()))
    if not scopes:
        raise UsageError("a token needs a scope: --scope HTTP-ENV")
    restrictions = _restrictions(options, rights=scopes, default_expiry="1h")
    _give(mint(_key(options), restrictions), options)
    return status.FINISHED


def _attenuate(reference: str, options: _Options) -> int:
    from npython.security.biscuit import attenuate

    restrictions = _restrictions(options, scopes=tuple(options["scope"]) if "scope" in options else None)
    _give(attenuate(read_token(reference), restrictions, _key(options)), options)
    return status.FINISHED


def _inspect(reference: str, options: _Options) -> int:
    from npython.security.biscuit import inspect, is_genuine

    token = read_token(reference)
    blocks = inspect(token)
    genuine = is_genuine(token, _key(options)) if "key" in options else None
    shown = [_block(block) for block in blocks]
    words = {True: "signed with this key", False: "NOT signed with this key", None: "signature not checked"}
    text = "\n".join([words[genuine], *(_described(block) for block in shown)])
    _show({"genuine": genuine, "blocks": shown}, options, text)
    return status.SECURITY_VIOLATION if genuine is False else status.FINISHED


def _revoke(reference: str, options: _Options) -> int:
    from npython.security.biscuit import inspect, read_revocations

    path = _last(options, "list")
    if path is None:
        raise UsageError("which list? --list FILE")
    blocks = inspect(read_token(reference))
    identifier = blocks[0 if "all" in options else -1].revocation_id
    try:
        with open(path, "a", encoding="utf-8") as file:
            if identifier not in read_revocations(path):
                file.write(identifier + "\n")
    except OSError as error:
        raise UsageError(f"cannot write {path!r}: {(error.strerror or str(error)).lower()}") from None
    _show({"revoked": identifier, "list": path}, options, f"revoked {identifier}")
    return status.FINISHED


def _restrictions(options: _Options, *, default_expiry: str = "never", **others: Any) -> Restrictions:
    from npython._limits import _BYTE_UNITS, _count
    from npython.security.restrictions import Restrictions

    def several(name: str) -> tuple[str, ...] | None:
        return tuple(options[name]) if name in options else None

    def counted(name: str, units: dict[str, int]) -> int | None:
        value = _last(options, name)
        return None if value is None else _count(f"--{name}", value, units, smallest=0)

    return Restrictions(
        not_before=_moment(_last(options, "not-before"), "never"),
        expires_at=_moment(_last(options, "expires"), default_expiry),
        audience=_last(options, "audience"),
        hosts=several("host"),
        methods=several("method"),
        paths=several("path"),
        read_only="read-only" in options,
        max_calls=counted("max-calls", {"": 1}),
        max_bytes=counted("max-bytes", _BYTE_UNITS),
        **others,
    )


def _moment(given: str | None, default: str) -> int | None:
    """Return the Unix time that a text says, or `None` for never."""
    text = default if given is None else given
    if text == "never":
        return None
    number = text.rstrip("abcdefghijklmnopqrstuvwxyz")
    unit = text[len(number) :]
    if number.isascii() and number.isdigit() and unit in _UNITS:
        return int(time.time() + int(number[:18]) * _UNITS[unit])
    from datetime import datetime, timezone

    try:
        return int(datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=timezone.utc).timestamp())
    except ValueError:
        raise UsageError(f"{text!r} is no time: write 90s, 30min, 12h, 7d, 2030-12-31T23:59:59Z or never") from None


def _key(options: _Options) -> str:
    path = _last(options, "key")
    if path is None:
        raise UsageError("which key? --key FILE")
    return read_key(path)


def _last(options: _Options, name: str) -> str | None:
    return options[name][-1] if name in options else None


def _give(token: str, options: _Options) -> None:
    path = _last(options, "out")
    if path is not None:
        write_private(path, token)
        _show({"file": path}, options, path)
    else:
        _show({"token": token}, options, token)


def _show(report: dict[str, Any], options: _Options, text: str) -> None:
    # Other people's tokens may say things that a terminal would obey.
    write_guest_text((json.dumps(report) if "json" in options else text) + "\n", "stdout")


def _block(block: TokenBlock) -> dict[str, Any]:
    says = None if block.restrictions is None else block.restrictions.to_json()
    return {"revocation_id": block.revocation_id, "says": says}


def _described(block: dict[str, Any]) -> str:
    says = (
        {"something that is not understood: no gatekeeper accepts it": ""} if block["says"] is None else block["says"]
    )
    lines = [f"block {block['revocation_id']}"]
    for name, value in says.items():
        shown = ", ".join(map(str, value)) if isinstance(value, list) else value
        lines.append(f"  {name} {shown}".rstrip())
    return "\n".join(lines)


_ACTIONS: dict[str, tuple[Callable[[str, _Options], int], tuple[str, ...], bool]] = {
    "keygen": (_keygen, ("out",), False),
    "mint": (_mint, (*_RESTRICTIONS, "read-only", "key", "out"), False),
    "attenuate": (_attenuate, (*_RESTRICTIONS, "read-only", "key", "out"), True),
    "inspect": (_inspect, ("key",), True),
    "revoke": (_revoke, ("list", "all"), True),
}
