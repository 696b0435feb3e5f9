"""KV-ENV: values by key that are there again in the next run."""

from __future__ import annotations

import json
import os
import sqlite3
import threading
import time
import weakref
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from npython._limits import _BYTE_UNITS, _count
from npython._run_time import LOOK, RunOver, current_run
from npython.capabilities.capability import Capability, covers, may_block
from npython.capabilities.json_size import takes_more

# At run time: the sandbox looks at the annotations to see which functions take the grant.
from npython.security import Grant  # noqa: TC001

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

__all__ = ["KeyValueCapability"]

_DESCRIPTION = """\
A store that lasts from run to run: kv_get(key, default=None), kv_put(key, value), kv_delete(key) -> whether it was \
there, kv_list(prefix="") -> sorted keys. Keys are text; values are None, bools, numbers, text, lists and dicts with \
text keys."""

_LONGEST_KEY = 512
#: Seconds to wait for another process that changes the store.
_PATIENCE = 5.0

#: `usage` has one row that every change of `entries` keeps true, so that no change has to count all entries.
_SCHEMA = """
CREATE TABLE IF NOT EXISTS entries (key TEXT PRIMARY KEY, value TEXT NOT NULL, size INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS usage (
    only INTEGER PRIMARY KEY CHECK (only = 0), keys INTEGER NOT NULL, bytes INTEGER NOT NULL
);
INSERT OR IGNORE INTO usage VALUES (0, 0, 0);
"""


class KeyValueCapability(Capability):
    """KV-ENV: a program keeps small values in a store. Any number of runs, threads and processes may share it.

    A grant with paths covers the keys beneath them: "/orders" covers `orders` and `orders/1`.

    Args:
        path: The SQLite database, made if need be, readable by its owner only. `None` for one in memory.
        max_bytes: How much all keys and values may take together.
        max_keys: How many keys there may be.
        max_value_bytes: The largest value, as JSON text in UTF-8.

    Raises:
        OSError: The database cannot be opened.
        ValueError: A number is out of bounds.
    """

    def __init__(
        self,
        path: str | os.PathLike[str] | None,
        *,
        max_bytes: float | str = 16 * 2**20,
        max_keys: int = 10_000,
        max_value_bytes: float | str = 2**20,
    ) -> None:
        if path is not None and not isinstance(path, (str, os.PathLike)):
            raise TypeError(f"path must be the path of a file or None, not {type(path).__name__}")
        store = _Store(
            path,
            max_bytes=_count("max_bytes", max_bytes, _BYTE_UNITS, smallest=0),
            max_keys=_count("max_keys", max_keys, {"": 1}, smallest=0),
            max_value_bytes=_count("max_value_bytes", max_value_bytes, _BYTE_UNITS, smallest=0),
        )
        super().__init__(scope="KV-ENV", functions=store.functions(), describe=_DESCRIPTION)

    def __repr__(self) -> str:
        return "KeyValueCapability(...)"


class _Store:
    """The host functions over one connection, used by one thread at a time. Closed when nothing refers to it."""

    __slots__ = ("__weakref__", "_connection", "_lock", "_max_bytes", "_max_keys", "_max_value_bytes")

    def __init__(
        self, path: str | os.PathLike[str] | None, *, max_bytes: int, max_keys: int, max_value_bytes: int
    ) -> None:
        self._max_bytes = max_bytes
        self._max_keys = max_keys
        self._max_value_bytes = max_value_bytes
        self._lock = threading.Lock()
        self._connection = _connect(path)
        weakref.finalize(self, self._connection.close)

    def functions(self) -> dict[str, Callable[..., object]]:
        """Return them by the names that programs use."""
        return {
            "kv_get": self.kv_get,
            "kv_put": self.kv_put,
            "kv_delete": self.kv_delete,
            "kv_list": self.kv_list,
        }

    @may_block
    def kv_get(self, grant: Grant, key: str, default: Any = None) -> Any:
        """Return the value of a key, or the default if there is none."""
        self._check(key, grant)
        with self._transaction("BEGIN") as connection:
            row = connection.execute("SELECT value, size FROM entries WHERE key = ?", (key,)).fetchone()
        if row is None:
            return default
        grant.charge_bytes(row[1])
        return json.loads(row[0])

    @may_block
    def kv_put(self, grant: Grant, key: str, value: Any) -> None:
        """Keep a value under a key, instead of what was there."""
        self._check(key, grant)
        grant.check_write()
        text = _as_json(value, self._max_value_bytes)
        value_bytes = len(text.encode("utf-8"))
        if value_bytes > self._max_value_bytes:
            raise ValueError(f"the value takes {value_bytes} bytes, more than {self._max_value_bytes}")
        size = len(key.encode("utf-8")) + value_bytes
        grant.charge_bytes(size)
        with self._transaction("BEGIN IMMEDIATE") as connection:
            old = connection.execute("SELECT size FROM entries WHERE key = ?", (key,)).fetchone()
            keys, taken = connection.execute("SELECT keys, bytes FROM usage").fetchone()
            keys += old is None
            taken += size - (old[0] if old is not None else 0)
            if old is None and keys > self._max_keys:
                raise OSError(f"the store has no room for more than {self._max_keys} keys")
            if taken > self._max_bytes and (old is None or size > old[0]):
                raise OSError(f"the store has no room for more than {self._max_bytes} bytes")
            connection.execute("INSERT OR REPLACE INTO entries VALUES (?, ?, ?)", (key, text, size))
            connection.execute("UPDATE usage SET keys = ?, bytes = ?", (keys, taken))

    @may_block
    def kv_delete(self, grant: Grant, key: str) -> bool:
        """Forget a key. Return whether it was there."""
        self._check(key, grant)
        grant.check_write()
        with self._transaction("BEGIN IMMEDIATE") as connection:
            old = connection.execute("SELECT size FROM entries WHERE key = ?", (key,)).fetchone()
            if old is None:
                return False
            connection.execute("DELETE FROM entries WHERE key = ?", (key,))
            connection.execute("UPDATE usage SET keys = keys - 1, bytes = bytes - ?", old)
            return True

    @may_block
    def kv_list(self, grant: Grant, prefix: str = "") -> list[str]:
        """Return the keys that start with the prefix, sorted."""
        grant.check_call()
        _check_text(prefix, "prefix")
        with self._transaction("BEGIN") as connection:
            rows = connection.execute(
                "SELECT key FROM entries WHERE key >= ? AND substr(key, 1, ?) = ? ORDER BY key LIMIT ?",
                (prefix, len(prefix), prefix, self._max_keys),
            ).fetchall()
        keys = [key for (key,) in rows if covers(grant, "/" + key)]
        grant.charge_bytes(sum(len(key.encode("utf-8")) for key in keys))
        return keys

    def _check(self, key: str, grant: Grant) -> None:
        """Let a call with this key through, or refuse it."""
        grant.check_call()
        _check_text(key, "key")
        if not key or len(key.encode("utf-8")) > _LONGEST_KEY:
            raise ValueError(f"a key has from 1 to {_LONGEST_KEY} bytes")
        grant.check_path("/" + key)

    @contextmanager
    def _transaction(self, begin: str) -> Generator[sqlite3.Connection, None, None]:
        """Do what is in the block all or not at all. Messages of the database stay outside the sandbox.

        Raises:
            OSError: The database failed.
            RunOver: Nobody waits for it any longer.
        """
        with self._lock:
            try:
                self._begin(begin)
                try:
                    yield self._connection
                except BaseException:
                    self._connection.execute("ROLLBACK")
                    raise
                self._connection.execute("COMMIT")
            except sqlite3.Error:
                raise OSError("the store is not available") from None

    def _begin(self, begin: str) -> None:
        """Begin a transaction; wait while another process changes the store, as long as the run goes on.

        Raises:
            sqlite3.Error: The database failed, or the other does not end.
            RunOver: Nobody waits for it any longer.
        """
        run = current_run()
        ends = time.monotonic() + _PATIENCE
        while True:
            if run is not None and run.is_over():
                raise RunOver("the run is over")
            try:
                self._connection.execute(begin)
            except sqlite3.OperationalError as error:
                if "locked" not in str(error) or time.monotonic() > ends:
                    raise
            else:
                return


def _connect(path: str | os.PathLike[str] | None) -> sqlite3.Connection:
    """Open the database and see to its tables.

    Raises:
        OSError: It cannot be opened, or is something else.
    """
    if path is None:
        name = ":memory:"
    else:
        name = os.path.abspath(path)  # noqa: PTH100 - SQLite takes text; relative names would follow the process around
        os.close(os.open(name, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600))
    connection = sqlite3.connect(name, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.executescript(f"BEGIN IMMEDIATE; {_SCHEMA} COMMIT;")
        # From now on the wait for a lock is looked up from again and again.
        connection.execute(f"PRAGMA busy_timeout = {int(LOOK * 1000)}")
    except sqlite3.Error as error:
        connection.close()
        raise OSError(f"{name} cannot be used as a key-value store: {error}") from error
    return connection


def _as_json(value: Any, most: int) -> str:
    """Write a value as JSON from which the same value can be read.

    Raises:
        TypeError: It has parts that JSON has no form for.
        ValueError: It has a number that is not finite, or is so large that it need not be written to know that.
    """
    if takes_more(value, most):
        raise ValueError(f"the value takes more than {most} bytes")
    _check_plain(value)
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _check_plain(value: Any) -> None:
    """Refuse what JSON would change on the way, such as keys that are numbers.

    Raises:
        TypeError: It has a part of another type.
        ValueError: It has text that is no Unicode.
    """
    waiting = [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, str):
            _check_unicode(part, "text")
        elif isinstance(part, (list, tuple)):
            waiting.extend(part)
        elif isinstance(part, dict):
            for key in part:
                if not isinstance(key, str):
                    raise TypeError(f"keys of dicts in the store must be str, not {type(key).__name__}")
            waiting.extend(part)
            waiting.extend(part.values())
        elif part is not None and not isinstance(part, (bool, int, float)):
            raise TypeError(f"the store keeps plain data, not {type(part).__name__}")


def _check_text(text: str, name: str) -> None:
    """Refuse what cannot be a key.

    Raises:
        TypeError: It is no text.
        ValueError: It has a NUL or is no Unicode.
    """
    if not isinstance(text, str):
        raise TypeError(f"{name} must be str, not {type(text).__name__}")
    if "\0" in text:
        raise ValueError(f"{name} has a NUL")
    _check_unicode(text, name)


def _check_unicode(text: str, name: str) -> None:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise ValueError(f"{name} has half of a surrogate pair") from None
