"""The description of a sandbox for a model's prompt."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from npython._limits import Limits
    from npython._tools import HostFunctionEntry
    from npython.capabilities.capability import Capability

__all__ = ["datacard"]

_LANGUAGE = """\
Python 3.13 in a sandbox. The value of the last expression statement is the result; print() output is returned too.
There is no file, network, process, clock or environment except through the functions below."""
_ASYNCHRONOUS = """\
Functions marked async: a plain call waits and gives the value; inside asyncio.run() await it, also several at once with
asyncio.gather()."""
_SCOPES = """\
Functions under "In scope X" work only inside `with scope("X", token):` and stop the program for good elsewhere, also
when the token is refused. The authority ends with the block."""


def datacard(limits: Limits, entries: tuple[HostFunctionEntry, ...], capabilities: tuple[Capability, ...]) -> str:
    """Return what a model has to know to write programs for a sandbox, in as few words as that takes."""
    visible = [entry for entry in entries if not entry.hidden]
    described = {capability.scope: capability.describe for capability in capabilities}
    scopes = list(dict.fromkeys([*(entry.scope for entry in visible if entry.scope), *described]))
    bounds = (
        f"Limits: {limits.gas:,} gas units (about one per operation), {_bytes(limits.memory)} memory, "
        f"{limits.time:g} s, {_bytes(limits.output)} output, {limits.depth:,} nested calls, "
        f"{limits.host_calls:,} calls of the functions below, {limits.pending_calls:,} of them at once."
    )
    parts = [_LANGUAGE, bounds]
    if any(entry.asynchronous for entry in visible):
        parts.append(_ASYNCHRONOUS)
    free = [_line(entry) for entry in visible if entry.scope is None]
    if free:
        parts.append("\n".join(["Functions:", *free]))
    if scopes:
        parts.append(_SCOPES)
    for scope in scopes:
        lines = [f"In scope {scope!r}:"]
        if described.get(scope):
            lines.append(" ".join(described[scope].split()))
        lines.extend(_line(entry) for entry in visible if entry.scope == scope)
        parts.append("\n".join(lines))
    records = list(dict.fromkeys(record for entry in visible for record in entry.records))
    if records:
        parts.append("\n".join(["Dicts with these keys:", *(f"- {record}" for record in records)]))
    return "\n\n".join(parts) + "\n"


def _line(entry: HostFunctionEntry) -> str:
    text = f"- {'async ' if entry.asynchronous else ''}{entry.name}{entry.signature or '(...)'}"
    if entry.strict:
        text += "  [call it in the block itself]"
    if entry.doc:
        first, _, rest = entry.doc.partition("\n\n")
        text += ": " + " ".join(first.split())
        rest = rest.strip()
        if rest:
            text += "\n" + "\n".join("    " + line for line in rest.splitlines())
    return text


def _bytes(count: int) -> str:
    for unit, size in (("GiB", 2**30), ("MiB", 2**20), ("KiB", 2**10)):
        if count >= size:
            return f"{count / size:g} {unit}" if count % size == 0 else f"{count / size:.1f} {unit}"
    return f"{count} bytes"
