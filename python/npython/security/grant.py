"""What a token allows, and how much of it has been used."""

from __future__ import annotations

import dataclasses
import math
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from npython._arguments import switch, text
from npython._npython import Usage
from npython.security.patterns import host_matches, meet_hosts, meet_methods, meet_paths, path_matches

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["Grant", "GrantError", "Usage"]

_Number = TypeVar("_Number", int, float)

#: Guards every counter: a call may have to be counted by several at once, all or none.
_COUNTING = threading.Lock()


class GrantError(PermissionError):
    """A grant does not cover what was asked. The guest gets it as a PermissionError; it never names a token."""


@dataclass(frozen=True, slots=True)
class _Budget:
    """A counter and how far it may go."""

    usage: Usage
    max_calls: int | None
    max_bytes: int | None


@dataclass(frozen=True, slots=True)
class Grant:
    """What one token allows in one scope. A restriction that is `None` does not restrict.

    Attributes:
        scope: The scope it is for.
        token_id: What audit records call the token; not a secret and not made from one.
        expires_at: Unix time from which on it is void.
        hosts: `"example.com"`, `"*.example.com"` (its subdomains), either with `":port"`.
        methods: HTTP methods in capitals.
        paths: Absolute paths; each allows itself and what is beneath it, segment by segment.
        read_only: Nothing may be changed.
        max_calls: Calls of functions of the scope, over the life of `usage`.
        max_bytes: Bytes read and written, over the life of `usage`.
        usage: The counter of the token it comes from.
        clock: Returns the Unix time.

    Raises:
        ValueError: A restriction is malformed, so that it cannot be said what it allows.
    """

    scope: str
    token_id: str = ""
    expires_at: float | None = None
    hosts: tuple[str, ...] | None = None
    methods: tuple[str, ...] | None = None
    paths: tuple[str, ...] | None = None
    read_only: bool = False
    max_calls: int | None = None
    max_bytes: int | None = None
    usage: Usage = field(default_factory=Usage, compare=False, repr=False)
    clock: Callable[[], float] = field(default=time.time, compare=False, repr=False)
    _budgets: tuple[_Budget, ...] = field(default=(), compare=False, repr=False)

    def __post_init__(self) -> None:
        text("scope", self.scope)
        text("token_id", self.token_id)
        switch("read_only", self.read_only)
        # Meeting a restriction with itself checks and normalises it.
        object.__setattr__(self, "hosts", meet_hosts(self.hosts, self.hosts))
        object.__setattr__(self, "methods", meet_methods(self.methods, self.methods))
        object.__setattr__(self, "paths", meet_paths(self.paths, self.paths))
        for name in ("max_calls", "max_bytes"):
            limit = getattr(self, name)
            if limit is not None and (type(limit) is not int or limit < 0):
                raise ValueError(f"{name} must be a whole number from 0 or None, not {limit!r}")
        if self.expires_at is not None and (
            isinstance(self.expires_at, bool)
            or not isinstance(self.expires_at, (int, float))
            or not math.isfinite(self.expires_at)
        ):
            raise ValueError(f"expires_at must be a Unix time or None, not {self.expires_at!r}")
        if not self._budgets:
            object.__setattr__(self, "_budgets", (_Budget(self.usage, self.max_calls, self.max_bytes),))

    def intersect(self, other: Grant) -> Grant:
        """Return a grant for what both allow; what is used of it counts against both.

        Raises:
            ValueError: They are for different scopes.
        """
        if other.scope != self.scope:
            raise ValueError(f"a grant for {other.scope} cannot narrow one for {self.scope}")
        return Grant(
            scope=self.scope,
            token_id=other.token_id or self.token_id,
            expires_at=_smaller(self.expires_at, other.expires_at),
            hosts=meet_hosts(self.hosts, other.hosts),
            methods=meet_methods(self.methods, other.methods),
            paths=meet_paths(self.paths, other.paths),
            read_only=self.read_only or other.read_only,
            max_calls=_smaller(self.max_calls, other.max_calls),
            max_bytes=_smaller(self.max_bytes, other.max_bytes),
            usage=other.usage,
            clock=other.clock,
            _budgets=_joined(self._budgets, other._budgets),
        )

    @property
    def _counter(self) -> Usage | None:
        """The counter of a grant of which nothing else has to be looked at before a call."""
        budgets = self._budgets
        free = self.expires_at is None and len(budgets) == 1 and budgets[0].max_calls is None
        return budgets[0].usage if free else None

    @property
    def expired(self) -> bool:
        """Whether its time is over. A clock that gives no number is no clock: then it is."""
        return self.expires_at is not None and not self.clock() < self.expires_at

    @property
    def remaining_calls(self) -> int | None:
        """Calls that are left, or `None` without a limit."""
        return _least(budget.max_calls - budget.usage.calls for budget in self._budgets if budget.max_calls is not None)

    @property
    def remaining_bytes(self) -> int | None:
        """Bytes that are left, or `None` without a limit."""
        return _least(budget.max_bytes - budget.usage.bytes for budget in self._budgets if budget.max_bytes is not None)

    def check_expiry(self) -> None:
        """Refuse if its time is over.

        Raises:
            GrantError: It has expired.
        """
        if self.expired:
            raise GrantError(f"the grant for {self.scope} has expired")

    def check_call(self) -> None:
        """Count one call, before its effect. A call that fails later has been made all the same.

        Raises:
            GrantError: The grant has expired, or all its calls are used; then nothing is counted.
        """
        if self.expires_at is not None:
            self.check_expiry()
        budgets = self._budgets
        if len(budgets) == 1 and budgets[0].max_calls is None:
            budgets[0].usage.add(1)
            return
        with _COUNTING:
            for budget in budgets:
                if budget.max_calls is not None and budget.usage.calls >= budget.max_calls:
                    raise GrantError(
                        f"the grant for {self.scope} allows no more than {_count(budget.max_calls, 'call')}"
                    )
            for budget in self._budgets:
                budget.usage.add(1)

    def charge_bytes(self, count: int) -> None:
        """Count bytes, before they are moved where their number is known.

        Raises:
            GrantError: Fewer are left; then nothing is counted.
            ValueError: The count is negative.
        """
        if count < 0:
            raise ValueError("bytes cannot be given back")
        with _COUNTING:
            for budget in self._budgets:
                if budget.max_bytes is not None and budget.usage.bytes + count > budget.max_bytes:
                    raise GrantError(
                        f"the grant for {self.scope} allows no more than {_count(budget.max_bytes, 'byte')}"
                    )
            for budget in self._budgets:
                budget.usage.add(0, count)

    def check_host(self, host: str, port: int) -> None:
        """Refuse a host, in lower case and ASCII, or its port.

        Raises:
            GrantError: No pattern of `hosts` matches.
        """
        if self.hosts is not None and not any(host_matches(pattern, host, port) for pattern in self.hosts):
            raise GrantError(f"the grant for {self.scope} does not cover the host {host!r} at port {port}")

    def check_method(self, method: str) -> None:
        """Refuse an HTTP method.

        Raises:
            GrantError: It is not among `methods`; or the grant is read-only and the method is not.
        """
        if self.methods is not None and method not in self.methods:
            raise GrantError(f"the grant for {self.scope} does not cover the method {method}")
        if self.read_only and method not in {"GET", "HEAD", "OPTIONS"}:
            raise GrantError(f"the grant for {self.scope} is read-only: {method} is not covered")

    def check_path(self, path: str) -> None:
        """Refuse a path outside `paths`, or one that is not in its simplest form (`..`, `//`, backslash).

        Raises:
            GrantError: It is not beneath any of them.
        """
        if self.paths is not None and not any(path_matches(allowed, path) for allowed in self.paths):
            raise GrantError(f"the grant for {self.scope} does not cover the path {path!r}")

    def check_write(self) -> None:
        """Refuse a change if the grant is read-only.

        Raises:
            GrantError: It is.
        """
        if self.read_only:
            raise GrantError(f"the grant for {self.scope} is read-only")

    def tallied(self, usage: Usage) -> Grant:
        """Return the same grant whose use is also counted in `usage`."""
        made = object.__new__(Grant)  # what is copied was checked
        for name in _FIELDS:
            object.__setattr__(made, name, getattr(self, name))
        object.__setattr__(made, "_budgets", (*self._budgets, _Budget(usage, None, None)))
        return made

    def replace(self, **changes: object) -> Grant:
        """Return the same grant with some fields changed, its counters shared."""
        if changes.keys() & {"max_calls", "max_bytes", "usage"}:
            changes["_budgets"] = ()
        return dataclasses.replace(self, **changes)  # type: ignore[arg-type]  # checked by the constructor


_FIELDS = tuple(each.name for each in dataclasses.fields(Grant))


def _joined(mine: tuple[_Budget, ...], others: tuple[_Budget, ...]) -> tuple[_Budget, ...]:
    """Put budgets together, each counter once with the smaller limits."""
    by_counter = {id(budget.usage): budget for budget in mine}
    for budget in others:
        known = by_counter.get(id(budget.usage), budget)
        by_counter[id(budget.usage)] = _Budget(
            budget.usage, _smaller(known.max_calls, budget.max_calls), _smaller(known.max_bytes, budget.max_bytes)
        )
    return tuple(by_counter.values())


def _smaller(first: _Number | None, second: _Number | None) -> _Number | None:
    if first is None or second is None:
        return second if first is None else first
    return min(first, second)


def _least(numbers: Iterable[int]) -> int | None:
    return max(0, min(found)) if (found := list(numbers)) else None


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
