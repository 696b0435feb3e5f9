"""Until when the run that calls a host function may last, for functions that wait."""

from __future__ import annotations

import time
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["ending", "seconds_left"]

#: By the monotonic clock; `None` outside of a run.
_ENDS: ContextVar[float | None] = ContextVar("_ENDS", default=None)


@contextmanager
def ending(moment: float) -> Iterator[None]:
    """Note until when the run lasts that calls a function inside the block."""
    token = _ENDS.set(moment)
    try:
        yield
    finally:
        _ENDS.reset(token)


def seconds_left(most: float) -> float:
    """Return how long a function may wait: as long as its run, and `most` at most.

    Raises:
        TimeoutError: The run's time is over.
    """
    ends = _ENDS.get()
    if ends is None:
        return most
    left = ends - time.monotonic()
    if left <= 0:
        raise TimeoutError("the time of the run is over")
    return min(most, left)
