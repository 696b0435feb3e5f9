"""What programs did to the outside: one record for each scope entered, left or refused, and for each host call.

```python
import npython

records = []
sandbox = npython.Sandbox(functions={"add": lambda a, b: a + b}, audit=records)
sandbox.run("add(1, 2)")
assert [(record.event, record.function, record.result) for record in records] == [("call", "add", "ok")]
```
"""

from __future__ import annotations

import hashlib
import json
import marshal
import threading
import time
from dataclasses import asdict, dataclass, replace
from typing import IO, TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    AuditSink: TypeAlias = "Callable[[AuditRecord], object] | list[AuditRecord]"

__all__ = ["AuditLog", "AuditRecord", "JsonLines", "digest", "printable"]

#: Records alike (same event, scope, function, line and result) that are delivered one by one in one second; the others
#: are counted in one record.
_MOST_ALIKE = 100
#: Kinds of record that are told apart in one second: beyond that records are only counted, kind or not.
_MOST_KINDS = 1_000
#: Records kept for `Result.audit`; those beyond are counted in the last of their kind.
_MOST_KEPT = 10_000
#: Characters of one text field.
_LONGEST_TEXT = 300
#: Arguments that are kept until somebody asks for their digest: so many, numbers up to this, text up to this length.
_MOST_ARGUMENTS = 8
_LARGEST_KEPT = 2**63
_LONGEST_KEPT = 100
#: In this form data takes as many bytes as there are, and what is in it twice is written twice.
_MARSHAL_VERSION = 2


@dataclass(frozen=True)
class AuditRecord:
    """One event. Immutable; every text in it is printable, whatever the program wrote.

    Attributes:
        time: Unix time.
        run: Which run or session it belongs to.
        event: "enter", "leave", "refuse" (a scope was not entered), "violation" (a call without a grant), "call".
        line: Line of the program.
        scope: Name of the scope; empty for a call that needs none.
        token_id: What the gatekeeper calls the token; never the token.
        function: The host function, for "call" and "violation".
        arguments: Digest of the arguments of a call: `digest(args, kwargs)`.
        result: "granted", "ended", "refused", "ok", or the type of the exception that a call raised.
        reason: Why it was refused.
        bytes: Bytes that a call has charged to the grant: what it read and wrote.
        duration: Seconds that a call took.
        gas: Gas the program had used.
        count: How many events alike this record stands for.
    """

    time: float
    run: str
    event: str
    line: int
    scope: str = ""
    token_id: str = ""
    function: str = ""
    arguments: str = ""
    result: str = ""
    reason: str = ""
    bytes: int = 0
    duration: float = 0.0
    gas: int = 0
    count: int = 1

    def to_dict(self) -> dict[str, Any]:
        """Return the fields as plain data."""
        return asdict(self)

    def to_json(self) -> str:
        """Return one line of JSON in ASCII."""
        return json.dumps(asdict(self), ensure_ascii=True, separators=(",", ":"))


def printable(text: str) -> str:
    """Return `text` with everything that is not a printable character escaped, and shortened."""
    shown = text if len(text) <= _LONGEST_TEXT else text[:_LONGEST_TEXT] + "..."
    if shown.isprintable():
        return shown
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode("ascii")
        for character in shown
    )


def digest(args: tuple[Any, ...], kwargs: dict[str, Any] | None = None) -> str:
    """Return a short digest of the arguments of a call: equal arguments, equal digest."""
    given = (args, sorted((kwargs or {}).items(), key=lambda item: item[0]))
    try:
        data = marshal.dumps(given, _MARSHAL_VERSION)
    except ValueError:  # a range, which has no form of its own
        data = marshal.dumps(_without_ranges(given), _MARSHAL_VERSION)
    return hashlib.blake2b(data, digest_size=12).hexdigest()


def _without_ranges(value: Any) -> Any:
    """Return plain data with something else in the place of every range."""
    kind = type(value)
    if kind is range:
        return (..., value.start, value.stop, value.step)
    if kind is dict:
        return {_without_ranges(key): _without_ranges(item) for key, item in value.items()}
    if kind in (list, tuple, set, frozenset):
        return kind(map(_without_ranges, value))
    return value


class CallNote(NamedTuple):
    """What a record of a call is made of, when somebody asks for it.

    Attributes:
        arguments: Their digest; or, if they are small and cannot change, the arguments themselves.
    """

    time: float
    line: int
    scope: str | None
    token_id: str
    function: str
    arguments: str | tuple[tuple[Any, ...], dict[str, Any] | None]
    gas: int
    result: str
    bytes: int
    duration: float

    def record(self, run: str) -> AuditRecord:
        """Return the record."""
        arguments = self.arguments
        return AuditRecord(
            time=self.time,
            run=run,
            event="call",
            line=self.line,
            scope=self.scope or "",
            token_id=printable(self.token_id),
            function=self.function,
            arguments=arguments if isinstance(arguments, str) else digest(*arguments),
            result=printable(self.result),
            bytes=self.bytes,
            duration=self.duration,
            gas=self.gas,
        )


def noted_arguments(
    args: tuple[Any, ...], kwargs: dict[str, Any] | None
) -> str | tuple[tuple[Any, ...], dict[str, Any] | None]:
    """Return arguments for a `CallNote`: as they are if they are few, small and immutable, else their digest."""
    if kwargs or len(args) > _MOST_ARGUMENTS:
        return digest(args, kwargs)
    for value in args:
        kind = type(value)
        if kind is int:
            small = -_LARGEST_KEPT <= value <= _LARGEST_KEPT
        elif kind is str or kind is bytes:
            small = len(value) <= _LONGEST_KEPT
        else:
            small = value is None or kind is float or kind is bool
        if not small:
            return digest(args, kwargs)
    return args, None


class AuditLog:
    """Takes the records of all runs of a sandbox to where the embedder wants them, floods counted instead of repeated.

    Args:
        sink: Called with each record, or a list they are appended to; `None` keeps them for `Result.audit` alone.
    """

    def __init__(self, sink: AuditSink | None) -> None:
        self._deliver: Callable[[AuditRecord], object] | None
        if sink is None:
            self._deliver = None
        elif isinstance(sink, list):
            self._deliver = sink.append
        elif callable(sink):
            self._deliver = sink
        else:
            raise TypeError(f"audit must be callable or a list, not {type(sink).__name__}")
        self._lock = threading.Lock()
        self._second = 0
        self._alike: dict[tuple[object, ...], int] = {}
        self._held: dict[tuple[object, ...], AuditRecord] = {}

    @property
    def delivers(self) -> bool:
        """Whether there is anybody to deliver records to at once."""
        return self._deliver is not None

    def add(self, record: AuditRecord) -> None:
        """Deliver a record, or count it when there have been too many like it in this second."""
        if self._deliver is None:
            return
        with self._lock:
            due = self._due(int(record.time))
            if not self._is_flood(record):
                due.append(record)
        for ready in due:
            self._deliver(ready)

    def flush(self) -> None:
        """Deliver what was only counted so far."""
        if self._deliver is None or not self._held:
            return
        with self._lock:
            due = list(self._held.values())
            self._held.clear()
        for ready in due:
            self._deliver(ready)

    def _due(self, second: int) -> list[AuditRecord]:
        if second == self._second:
            return []
        self._second = second
        due = list(self._held.values())
        self._alike.clear()
        self._held.clear()
        return due

    def _is_flood(self, record: AuditRecord) -> bool:
        kind = _kind(record)
        if kind not in self._alike and len(self._alike) >= _MOST_KINDS:
            kind = ("...",)
        seen = self._alike.get(kind, 0)
        self._alike[kind] = seen + 1
        if seen < _MOST_ALIKE:
            return False
        self._held[kind] = _together(record, self._held.get(kind))
        return True


class RunRecords:
    """The records of one run, for `Result.audit`.

    Args:
        run: Which run.
    """

    __slots__ = ("_counted", "_flood", "_records", "_run")

    def __init__(self, run: str) -> None:
        self._run = run
        self._records: list[AuditRecord | CallNote] = []
        self._counted: dict[tuple[object, ...], AuditRecord] = {}
        #: The last of those calls that are only counted, how many there were, and their bytes.
        self._flood: dict[tuple[object, ...], tuple[CallNote, int, int]] = {}

    def add(self, record: AuditRecord) -> None:
        """Keep a record, or count it when there are too many."""
        if len(self._records) < _MOST_KEPT:
            self._records.append(record)
            return
        kind = _kind(record)
        if kind not in self._counted and len(self._counted) >= _MOST_KINDS:
            kind = ("...",)
        self._counted[kind] = _together(record, self._counted.get(kind))

    def add_call(self, note: CallNote) -> None:
        """Keep what a record is made of, or count it when there are too many."""
        if len(self._records) < _MOST_KEPT:
            self._records.append(note)
            return
        kind: tuple[object, ...] = (note.scope, note.function, note.line, note.result)
        if kind not in self._flood and len(self._flood) >= _MOST_KINDS:
            kind = ("...",)
        _, count, moved = self._flood.get(kind, (note, 0, 0))
        self._flood[kind] = (note, count + 1, moved + note.bytes)

    def take(self) -> Callable[[], tuple[AuditRecord, ...]]:
        """Return a function that makes the records so far, and start again."""
        run, records, counted = self._run, self._records, tuple(self._counted.values())
        flood = tuple(self._flood.values())
        self._records, self._counted, self._flood = [], {}, {}

        def made() -> tuple[AuditRecord, ...]:
            each = (record.record(run) if isinstance(record, CallNote) else record for record in records)
            more = (replace(note.record(run), count=count, bytes=moved) for note, count, moved in flood)
            return (*each, *more, *counted)

        return made


def _kind(record: AuditRecord) -> tuple[object, ...]:
    return (record.event, record.scope, record.function, record.line, record.result)


def _together(record: AuditRecord, held: AuditRecord | None) -> AuditRecord:
    """Return one record for two, the last of which is shown."""
    if held is None:
        return record
    return replace(record, count=record.count + held.count, bytes=record.bytes + held.bytes)


class JsonLines:
    """An audit sink that writes one line of JSON for each record to a text stream.

    Args:
        stream: An open text file; the caller closes it.
    """

    def __init__(self, stream: IO[str]) -> None:
        if not hasattr(stream, "write") or not hasattr(stream, "flush"):
            raise TypeError(f"stream must be an open text file, not {type(stream).__name__}")
        self._stream = stream
        self._lock = threading.Lock()

    def __call__(self, record: AuditRecord) -> None:
        """Write one record."""
        with self._lock:
            self._stream.write(record.to_json() + "\n")
            self._stream.flush()


def now() -> float:
    """Return the Unix time."""
    return time.time()
