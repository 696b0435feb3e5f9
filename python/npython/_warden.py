"""The host's side of scopes: asks the gatekeeper, makes the calls that need a grant, keeps the audit.

Imported only by sandboxes that have a gatekeeper, scoped functions or an audit.
"""

from __future__ import annotations

import inspect
import os
import time
from typing import TYPE_CHECKING, Any

from npython._run_time import RunTime, during
from npython.audit import AuditRecord, CallNote, RunRecords, noted_arguments, printable
from npython.security.gatekeeper import answers_later, ask, ask_async
from npython.security.grant import Usage

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from npython._npython import RunWatch
    from npython._tools import HostFunctionEntry
    from npython.audit import AuditLog
    from npython.capabilities.filesystem.capability import FilesystemCapability
    from npython.capabilities.filesystem.overlay_tree import Changes
    from npython.security.gatekeeper import Gatekeeper, GrantingGatekeeper
    from npython.security.grant import Grant

__all__ = ["SinkFailure", "Warden"]

#: What `result` of a scope's record says.
_RESULTS = {"enter": "granted", "leave": "ended", "refuse": "refused", "violation": "refused"}


_NO_USAGE = Usage()
#: Results that cannot be awaited.
_PLAIN = frozenset({type(None), bool, int, float, str, bytes, list, tuple, dict})


class SinkFailure(BaseException):
    """The audit's sink raised. Nothing more may happen that nobody would know of: the run ends with `error`.

    No `Exception`, which programs could handle.

    Attributes:
        error: What the sink raised.
    """

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error


class Warden:
    """Decides and records for one run or session.

    The native driver calls `begin`, `enter`, `call` (without an audit `call_quietly`), `event`, `take_records` and
    `changes`.

    Args:
        gatekeeper: Judges tokens; without one every scope is refused.
        entries: The host functions by number.
        log: Where records go; `None` records nothing.
        seconds: How long a run may last.
        overlay: What keeps changes of files in memory.
    """

    __slots__ = ("_entries", "_failure", "_gatekeeper", "_log", "_overlay", "_records", "_run", "_seconds", "_time")

    def __init__(
        self,
        gatekeeper: Gatekeeper | GrantingGatekeeper | None,
        entries: tuple[HostFunctionEntry, ...],
        log: AuditLog | None,
        seconds: float,
        overlay: FilesystemCapability | None = None,
    ) -> None:
        self._overlay = overlay
        self._seconds = seconds
        self._failure: Exception | None = None
        self._time = RunTime(seconds)
        self._gatekeeper = gatekeeper
        self._entries = entries
        self._log = log
        self._run = os.urandom(8).hex() if log is not None else ""
        self._records = RunRecords(self._run)

    def begin(self, watch: RunWatch) -> None:
        """Note that a run begins, and what tells whether it is over."""
        self._time = RunTime(self._seconds, watch)

    def __enter__(self) -> None:
        """Nothing yet: the driver says when the run begins."""

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: object) -> None:
        """Let go of what host functions have kept for the run; raise what the audit's sink raised in it."""
        self._time.close()
        if isinstance(error, SinkFailure):
            raise error.error from None
        failure, self._failure = self._failure, None
        if error is None and failure is not None:
            raise failure

    def enter(self, scope: str, token: str | None, line: int) -> Grant | str:  # noqa: ARG002 - the driver's call
        """Return the grant that the token is worth, or why it is none."""
        if self._gatekeeper is None:
            return "this sandbox has no gatekeeper"
        if token is None:
            return "the sealed token belongs to another machine"
        if answers_later(self._gatekeeper):
            return "the gatekeeper's method is async, which needs run_async()"
        return ask(self._gatekeeper, scope, token) or "the gatekeeper did not grant it"

    async def enter_async(self, scope: str, token: str | None, line: int) -> Grant | str:
        """Do what `enter` does, and await a gatekeeper whose method is `async`."""
        if self._gatekeeper is None or token is None or not answers_later(self._gatekeeper):
            return self.enter(scope, token, line)
        return await ask_async(self._gatekeeper, scope, token) or "the gatekeeper did not grant it"

    def call(  # noqa: PLR0917 - the driver's call
        self, number: int, grants: tuple[Grant, ...], line: int, gas: int, args: tuple[Any, ...], kwargs: Any
    ) -> Any:
        """Call a host function under the grants in force, and record it."""
        if self._log is None:
            return self.call_quietly(number, grants, args, kwargs)
        entry = self._entries[number]
        usage, token_id = _NO_USAGE, ""
        if grants:
            token_id = grants[-1].token_id
            if entry.takes_grant:
                usage = Usage()
                grants = (*grants[:-1], grants[-1].tallied(usage))
        note = CallNote(
            time.time(), line, entry.scope, token_id, entry.name, noted_arguments(args, kwargs), gas, "", 0, 0.0
        )
        started = time.perf_counter()
        try:
            value = self.call_quietly(number, grants, args, kwargs)
        except BaseException as error:
            self._add_call(note, started, usage, type(error).__name__)
            raise
        if type(value) not in _PLAIN and inspect.isawaitable(value):
            return self._recorded(value, note, started, usage)
        self._add_call(note, started, usage, "ok")
        return value

    async def _recorded(self, awaitable: Awaitable[Any], note: CallNote, started: float, usage: Usage) -> Any:
        try:
            value = await awaitable
        except BaseException as error:
            self._add_call(note, started, usage, type(error).__name__)
            raise
        self._add_call(note, started, usage, "ok")
        return value

    def _add_call(self, note: CallNote, started: float, usage: Usage, result: str) -> None:
        ended = CallNote(*note[:7], result, usage.bytes, time.perf_counter() - started)
        if self._log is not None and self._log.delivers:
            self._add(ended.record(self._run))
        else:
            self._records.add_call(ended)

    def call_quietly(self, number: int, grants: tuple[Grant, ...], args: tuple[Any, ...], kwargs: Any) -> Any:
        """Call a host function under the grants in force, without a record."""
        entry = self._entries[number]
        if entry.scope is None:
            return entry.function(*args, **kwargs) if kwargs else entry.function(*args)
        grant = grants[0]  # the machine makes no such call without one
        if len(grants) > 1:
            for inner in grants[1:]:
                grant = grant.intersect(inner)
        if entry.counts_itself:
            grant.check_expiry()
        else:
            grant.check_call()
        if entry.may_block:
            with during(self._time):
                return entry.function(grant, *args, **(kwargs or {}))
        if entry.takes_grant:
            return entry.function(grant, *args, **(kwargs or {}))
        return entry.function(*args, **kwargs) if kwargs else entry.function(*args)

    def event(  # noqa: PLR0917 - the driver's call
        self, kind: str, scope: str, grant: Grant | None, function: str, line: int, gas: int, reason: str
    ) -> None:
        """Record what the machine did with a scope."""
        self._add(
            AuditRecord(
                time=time.time(),
                run=self._run,
                event=kind,
                line=line,
                scope=printable(scope),
                token_id="" if grant is None else printable(grant.token_id),
                function=function,
                result=_RESULTS[kind],
                reason=printable(reason),
                gas=gas,
            )
        )

    def may_block(self, number: int) -> bool:
        """Whether a call must not be made on an event loop's thread."""
        return self._entries[number].may_block

    def _add(self, record: AuditRecord) -> None:
        self._records.add(record)
        if self._log is not None:
            try:
                self._log.add(record)
            except Exception as error:
                raise SinkFailure(error) from error

    def changes(self) -> Changes | None:
        """Return what programs have changed so far, where that is kept in memory."""
        return None if self._overlay is None else self._overlay.changes

    def take_records(self) -> Callable[[], tuple[AuditRecord, ...]]:
        """Return a function that makes the records of the run that ends."""
        if self._log is not None:
            try:
                self._log.flush()
            except Exception as error:  # noqa: BLE001 - it is raised when the run has ended
                self._failure = error
        return self._records.take()
