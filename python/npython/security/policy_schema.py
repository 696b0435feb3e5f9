"""The words of a policy file and what may stand behind them."""

from __future__ import annotations

import contextlib
import re
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from npython._limits import _BYTE_UNITS, _count

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

__all__ = ["CAPABILITY_SCOPES", "PolicyError", "Table", "Tables", "read_tables"]


class PolicyError(ValueError):
    """A policy file does not say what it should. The message says where, and what to do."""


class Kind(NamedTuple):
    """What may be written for a key."""

    wanted: str
    fits: Callable[[Any], bool]


def _is_count(value: Any) -> bool:
    return type(value) is int


def _is_amount(value: Any) -> bool:
    return type(value) in (int, str)


def _is_duration(value: Any) -> bool:
    return type(value) in (int, float, str)


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _is_text_table(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(item, str) for item in value.values())


def _is_number(value: Any) -> bool:
    return type(value) is int and value >= 0


def _is_size(value: Any) -> bool:
    try:
        _count("size", value, _BYTE_UNITS, smallest=0)
    except (TypeError, ValueError):
        return False
    return _is_amount(value)


def _is_time_span(value: Any) -> bool:
    return type(value) in (int, float) and 0 <= value < float("inf")


def _is_reference(value: Any) -> bool:
    return isinstance(value, str) and value.startswith(("env:", "@")) and value not in {"env:", "@"}


def _is_credentials(value: Any) -> bool:
    return isinstance(value, dict) and all(
        isinstance(headers, dict) and all(map(_is_reference, headers.values())) for headers in value.values()
    )


_TEXT = Kind("text", lambda value: isinstance(value, str))
_TEXTS = Kind("a list of texts", _is_texts)
_TEXT_OR_TEXTS = Kind("text or a list of texts", lambda value: isinstance(value, str) or _is_texts(value))
_COUNT = Kind("a whole number", _is_count)
_COUNTS = Kind("a list of whole numbers", lambda value: isinstance(value, list) and all(map(_is_count, value)))
_AMOUNT = Kind('a whole number or text such as "64MiB"', _is_amount)
_DURATION = Kind('a number of seconds or text such as "2s"', _is_duration)
_SECONDS = Kind("a number", lambda value: type(value) in (int, float))
_SWITCH = Kind("true or false", lambda value: isinstance(value, bool))
_VALUES = Kind("a table of texts", _is_text_table)
_CREDENTIALS = Kind(
    "a table of headers for each host, with env:NAME or @file for values: secrets are not written down", _is_credentials
)
_REFERENCE = Kind(
    "env:NAME for an environment variable or @file for a file: secrets are not written down", _is_reference
)
_MODE = Kind(
    '"read", "read-write" or "overlay"',
    lambda value: isinstance(value, str) and value in ("read", "read-write", "overlay"),
)
_NUMBER = Kind("a whole number from 0", _is_number)
_SIZE = Kind('a whole number from 0 or text such as "64MiB"', _is_size)
_TIME_SPAN = Kind("a number of seconds from 0", _is_time_span)
_TABLE = Kind("a table", lambda value: isinstance(value, dict))

_TOP = {"limits": _TABLE, "key": _TABLE, "scopes": _TABLE}
_LIMITS = {
    "gas": _AMOUNT,
    "memory": _AMOUNT,
    "time": _DURATION,
    "depth": _COUNT,
    "output": _AMOUNT,
    "host_calls": _AMOUNT,
    "pending_calls": _COUNT,
}
_KEY = {"public": _TEXT_OR_TEXTS, "file": _TEXT, "audience": _TEXT, "revoked": _TEXT}
_SCOPE = {"token": _REFERENCE, "grant": _TABLE}
_GRANT = {
    "hosts": _TEXTS,
    "methods": _TEXTS,
    "paths": _TEXTS,
    "read_only": _SWITCH,
    "max_calls": _COUNT,
    "max_bytes": _COUNT,
    "expires_at": _SECONDS,
}

#: The scopes of the capabilities in the box, and the keys of each beyond those that all scopes have.
CAPABILITY_SCOPES: dict[str, dict[str, Kind]] = {
    "FS-ENV": {
        "root": _TEXT,
        "mode": _MODE,
        "max_bytes": _SIZE,
        "max_files": _NUMBER,
        "max_file_bytes": _SIZE,
        "max_entries": _NUMBER,
        "hard_links": _SWITCH,
    },
    "HTTP-ENV": {
        "hosts": _TEXTS,
        "private_hosts": _TEXTS,
        "methods": _TEXTS,
        "ports": _COUNTS,
        "plain_http": _SWITCH,
        "credentials": _CREDENTIALS,
        "timeout": _DURATION,
        "max_bytes": _AMOUNT,
        "max_request_bytes": _AMOUNT,
        "max_redirects": _COUNT,
    },
    "KV-ENV": {"path": _TEXT, "max_bytes": _SIZE, "max_keys": _NUMBER, "max_value_bytes": _SIZE},
    "ENV-ENV": {"values": _VALUES, "from_environment": _TEXTS},
    "CLOCK-ENV": {"max_sleep": _TIME_SPAN},
    "RANDOM-ENV": {"seed": _COUNT, "max_bytes": _NUMBER},
}
_REQUIRED = {"FS-ENV": ("root",), "KV-ENV": ("path",), "HTTP-ENV": ("hosts",)}
_HEADER = re.compile(r"\s*\[\s*([^\[\]]+?)\s*\]\s*(?:#.*)?")
_ASSIGNMENT = re.compile(r"""\s*["']?([A-Za-z0-9_-]+)["']?\s*[.=]""")


@dataclass(frozen=True)
class Table:
    """One table of the file, with keys that are known and values of the kind that belongs there.

    Attributes:
        name: As in the file, without brackets; empty for the top.
        values: What it says.
    """

    name: str
    values: dict[str, Any]
    _source: _Source

    def complain(self, problem: str, key: str = "") -> NoReturn:
        """Say what is wrong with the table or one of its keys.

        Raises:
            PolicyError: Always.
        """
        where = f"[{self.name}]" if self.name else "the file"
        what = f"{where}, {key}: " if key else f"{where}: "
        raise PolicyError(f"{self._source.place(self.name, key)}: {what}{problem}")

    @contextlib.contextmanager
    def complaining(self, key: str = "") -> Iterator[None]:
        """Say where, when something that is made from the table finds it wrong."""
        try:
            yield
        except PolicyError:
            raise
        except OSError as error:
            self.complain((error.strerror or str(error)).lower(), key)
        except (ValueError, TypeError, ImportError) as error:
            self.complain(str(error), key)

    def required(self, key: str) -> Any:
        """Return the value of a key that must be there."""
        if key not in self.values:
            self.complain(f"the key {key} is missing")
        return self.values[key]

    def options(self, *without: str) -> dict[str, Any]:
        """Return the values but for some."""
        return {key: value for key, value in self.values.items() if key not in without}

    def table(self, key: str) -> Table | None:
        """Return a table in this one; its keys are those of a grant."""
        if key not in self.values:
            return None
        return _checked(f"{self.name}.{key}", self.values[key], _GRANT, self._source)


class Tables(NamedTuple):
    """The tables of a policy file."""

    limits: Table
    key: Table | None
    scopes: tuple[Table, ...]


class _Source:
    """The text of the file, to say where something is."""

    def __init__(self, text: str, name: str) -> None:
        self._name = name
        self._lines: dict[tuple[str, str], int] = {}
        table = ""
        for number, line in enumerate(text.splitlines(), start=1):
            if header := _HEADER.fullmatch(line):
                table = re.sub(r"""\s*\.\s*|["']""", lambda match: "." if "." in match[0] else "", header[1])
                self._lines.setdefault((table, ""), number)
            elif assignment := _ASSIGNMENT.match(line):
                self._lines.setdefault((table, assignment[1]), number)

    def place(self, table: str, key: str) -> str:
        """Return the file and, if it can be found, the line."""
        parent, _, last = table.rpartition(".")
        inside = f"{table}.{key}".strip(".")
        for place in ((table, key), (inside, ""), (table, ""), (parent, last), (parent, "")):
            if (line := self._lines.get(place)) is not None:
                return f"{self._name}:{line}"
        return self._name


def read_tables(text: str, name: str, own_scopes: Collection[str]) -> Tables:
    """Read a policy file.

    Raises:
        PolicyError: It is no TOML, has an unknown key, or a value of another kind.
    """
    source = _Source(text, name)
    top = _checked("", _toml(text, name), _TOP, source)
    limits = _checked("limits", top.values.get("limits", {}), _LIMITS, source)
    key = _checked("key", top.values["key"], _KEY, source) if "key" in top.values else None
    scopes = top.values.get("scopes", {})
    known = dict.fromkeys([*CAPABILITY_SCOPES, *own_scopes], _TABLE)
    _checked("scopes", scopes, known, source)
    tables = []
    for scope, values in scopes.items():
        table = _checked(f"scopes.{scope}", values, {**_SCOPE, **CAPABILITY_SCOPES.get(scope, {})}, source)
        for required in _REQUIRED.get(scope, ()):
            table.required(required)
        tables.append(table)
    return Tables(limits, key, tuple(tables))


def _toml(text: str, name: str) -> dict[str, Any]:
    from importlib import import_module

    try:
        toml = import_module("tomllib" if sys.version_info >= (3, 11) else "tomli")
    except ImportError:
        raise PolicyError(f"{name}: reading TOML needs Python 3.11, or the package tomli") from None
    try:
        return dict(toml.loads(text))
    except ValueError as error:
        raise PolicyError(f"{name}: this is no TOML: {error}") from None
    except RecursionError:
        raise PolicyError(f"{name}: this is nested too deeply") from None


def _checked(name: str, values: dict[str, Any], kinds: dict[str, Kind], source: _Source) -> Table:
    """Return a table whose keys are all known and whose values fit."""
    table = Table(name, values, source)
    for key, value in values.items():
        if key not in kinds:
            table.complain(f"this key is unknown; {_advice(key, kinds)}", key)
        if not kinds[key].fits(value):
            table.complain(f"it must be {kinds[key].wanted}", key)
    return table


def _advice(key: str, kinds: Collection[str]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(key, kinds, n=1)
    return f"did you mean {close[0]}?" if close else f"the keys here are {', '.join(sorted(kinds)) or 'none'}"
