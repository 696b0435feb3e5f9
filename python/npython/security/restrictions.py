"""What a token says, as data and as Datalog.

A token of npython uses a small part of Biscuit's language, one statement per line:

```
right("HTTP-ENV");                                         first block only: the scopes it opens
check if time($time), $time >= 2030-01-01T00:00:00Z;       not before
check if time($time), $time < 2030-01-02T00:00:00Z;        expiry
check if audience("shop");                                 for this gatekeeper only
check if restrict("scopes", ["HTTP-ENV"]);                 and "hosts", "methods", "paths"
check if restrict("read_only", true);
check if restrict("max_calls", 5);                         and "max_bytes"
```

Restrictions are checks, which fail unless the gatekeeper states the fact they ask for, and it states only those that it
has understood: a verifier that has never heard of them refuses, and a statement not listed here refuses the token.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

from npython._arguments import whole
from npython.security.grant import Grant

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from npython.security.grant import Usage

__all__ = ["Restrictions", "Statement"]

_STRING = r'"[^"\\\x00-\x1f\x7f]*"'
_TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"
_RIGHT = re.compile(rf"right\(({_STRING})\);")
_BOUND = re.compile(rf"check if time\(\$(\w+)\), \$(\w+) (<|>=) ({_TIME});", re.ASCII)
_AUDIENCE = re.compile(rf"check if audience\(({_STRING})\);")
_RESTRICTION = re.compile(rf'check if restrict\("(\w+)", (\[{_STRING}(?:, {_STRING})*\]|true|\d{{1,18}})\);', re.ASCII)
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:@/-]{0,255}")
_LISTS = ("scopes", "hosts", "methods", "paths")
_COUNTS = ("max_calls", "max_bytes")

#: A line of Datalog with placeholders, and their values.
Statement = tuple[str, dict[str, Any]]


@dataclass(frozen=True)
class Restrictions:
    """What one block of a token says. `None` says nothing about it.

    Attributes:
        rights: Scopes the token opens; first block only.
        not_before: Unix time from which on it is valid, in whole seconds.
        expires_at: Unix time from which on it is void, in whole seconds.
        audience: The gatekeeper it is for.
        scopes: Of the scopes it opens, these only.
        hosts: As in `Grant`.
        methods: As in `Grant`.
        paths: As in `Grant`.
        read_only: As in `Grant`.
        max_calls: As in `Grant`.
        max_bytes: As in `Grant`.

    Raises:
        ValueError: A value is malformed.
    """

    rights: tuple[str, ...] = ()
    not_before: int | None = None
    expires_at: int | None = None
    audience: str | None = None
    scopes: tuple[str, ...] | None = None
    hosts: tuple[str, ...] | None = None
    methods: tuple[str, ...] | None = None
    paths: tuple[str, ...] | None = None
    read_only: bool = False
    max_calls: int | None = None
    max_bytes: int | None = None

    def __post_init__(self) -> None:
        self._check_types()
        for name in (*self.rights, *(self.scopes or ()), *([] if self.audience is None else [self.audience])):
            if not _NAME.fullmatch(name):
                raise ValueError(f"{name!r} is no name: letters, digits and . _ : @ / - after a letter or digit")
        for name in _LISTS:
            if getattr(self, name) == ():
                raise ValueError(f"an empty list of {name} allows nothing")
        for bound in (self.not_before, self.expires_at):
            if bound is not None:
                _date(bound)
        self.grant("X", None)  # which checks the rest

    def _check_types(self) -> None:
        for name in ("rights", *_LISTS):
            if isinstance(getattr(self, name), str):
                raise TypeError(f"{name} must be a tuple of texts, not str")
        for name in ("not_before", "expires_at"):
            if getattr(self, name) is not None:
                whole(name, getattr(self, name))

    def grant(self, scope: str, usage: Usage | None, clock: Callable[[], float] | None = None) -> Grant:
        """Return what this block alone would allow in a scope."""
        changes: dict[str, Any] = {} if usage is None else {"usage": usage}
        if clock is not None:
            changes["clock"] = clock
        return Grant(
            scope=scope,
            expires_at=self.expires_at,
            hosts=self.hosts,
            methods=self.methods,
            paths=self.paths,
            read_only=self.read_only,
            max_calls=self.max_calls,
            max_bytes=self.max_bytes,
            **changes,
        )

    @property
    def counted(self) -> bool:
        """Whether use must be counted."""
        return self.max_calls is not None or self.max_bytes is not None

    def facts(self) -> Iterator[Statement]:
        """Yield the rights."""
        for right in self.rights:
            yield "right({name})", {"name": right}

    def restrictions(self) -> Iterator[Statement]:
        """Yield what a gatekeeper must have understood, each as the fact that says so."""
        for name in _LISTS:
            if (values := getattr(self, name)) is not None:
                yield f'restrict("{name}", {{values}})', {"values": list(values)}
        if self.read_only:
            yield 'restrict("read_only", true)', {}
        for name in _COUNTS:
            if (count := getattr(self, name)) is not None:
                yield f'restrict("{name}", {{count}})', {"count": count}

    def checks(self) -> Iterator[Statement]:
        """Yield the checks of the block."""
        if self.not_before is not None:
            yield "check if time($time), $time >= {bound}", {"bound": _date(self.not_before)}
        if self.expires_at is not None:
            yield "check if time($time), $time < {bound}", {"bound": _date(self.expires_at)}
        if self.audience is not None:
            yield "check if audience({name})", {"name": self.audience}
        for fact, values in self.restrictions():
            yield f"check if {fact}", values

    @classmethod
    def read(cls, source: str) -> Restrictions:
        """Read a block as the library writes it.

        Raises:
            ValueError: It has a statement that is not one of those above, or says something twice.
        """
        rights: list[str] = []
        said: dict[str, Any] = {}
        for line in source.split("\n"):
            if not line:
                continue
            if right := _RIGHT.fullmatch(line):
                rights.append(right[1][1:-1])
                continue
            name, value = _check(line)
            if name in said:
                raise ValueError(f"the token says {name} twice in one block")
            said[name] = value
        return cls(rights=tuple(rights), **said)

    def to_json(self) -> dict[str, Any]:
        """Return what is said, for people and programs."""
        shown = {name: value for name, value in vars(self).items() if value not in (None, (), False)}
        for name in ("not_before", "expires_at"):
            if name in shown:
                shown[name] = _date(shown[name]).isoformat().replace("+00:00", "Z")
        return {name: list(value) if isinstance(value, tuple) else value for name, value in shown.items()}


def _check(line: str) -> tuple[str, Any]:
    """Read one check: what it is about and its value."""
    if (bound := _BOUND.fullmatch(line)) and bound[1] == bound[2]:
        moment = datetime.strptime(bound[4], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=timezone.utc)
        return ("expires_at" if bound[3] == "<" else "not_before"), int(moment.timestamp())
    if audience := _AUDIENCE.fullmatch(line):
        return "audience", audience[1][1:-1]
    if restriction := _RESTRICTION.fullmatch(line):
        name, value = restriction.groups()
        if name in _LISTS and value.startswith("["):
            return name, tuple(value[2:-2].split('", "'))
        if name == "read_only" and value == "true":
            return name, True
        if name in _COUNTS and value.isdigit():
            return name, int(value)
    raise ValueError("the token says something that this version of npython does not understand")


def _date(seconds: int) -> datetime:
    try:
        return datetime.fromtimestamp(seconds, timezone.utc)
    except (OverflowError, OSError, ValueError):
        raise ValueError(f"{seconds!r} is no Unix time of a year up to 9999") from None
