"""The run that calls a host function, for functions that wait: until when it lasts, and whether it is over already."""

from __future__ import annotations

import time
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

    from npython._npython import RunWatch

__all__ = ["LOOK", "Closeable", "RunOver", "RunTime", "current_run", "during", "seconds_left"]

#: Seconds that a function may wait before it looks whether the run is over.
LOOK = 0.005


class RunOver(TimeoutError):  # noqa: N818 - what the audit says of a call that nobody waits for any longer
    """The run that calls was cancelled, or has used up its time. No program sees it: it does not go on."""


class Closeable(Protocol):
    """What a host function keeps for the next call of the same run."""

    def close(self) -> None:
        """Let go of it; the run has ended."""


class RunTime:
    """One run, as host functions that wait see it.

    Attributes:
        ends: Until when it may last, by the monotonic clock.
        kept: What host functions keep until its end, each under a key of its own.
    """

    __slots__ = ("ends", "kept", "watch")

    def __init__(self, seconds: float, watch: RunWatch | None = None) -> None:
        self.ends = time.monotonic() + seconds
        self.watch = watch
        self.kept: dict[object, Closeable] = {}

    def is_over(self) -> bool:
        """Whether it was cancelled, or has used up its time."""
        return self.watch is not None and self.watch.stopping()

    def close(self) -> None:
        """Let go of what host functions have kept."""
        while self.kept:
            self.kept.popitem()[1].close()


_CURRENT: ContextVar[RunTime | None] = ContextVar("_CURRENT", default=None)


def current_run() -> RunTime | None:
    """Return the run that calls, or `None` outside of one."""
    return _CURRENT.get()


@contextmanager
def during(run: RunTime) -> Iterator[None]:
    """Note which run calls a function inside the block."""
    token = _CURRENT.set(run)
    try:
        yield
    finally:
        _CURRENT.reset(token)


def seconds_left(most: float) -> float:
    """Return how long a function may wait: as long as its run, and `most` at most.

    Raises:
        TimeoutError: The run's time is over.
    """
    run = _CURRENT.get()
    if run is None:
        return most
    left = run.ends - time.monotonic()
    if left <= 0:
        raise TimeoutError("the time of the run is over")
    return min(most, left)
