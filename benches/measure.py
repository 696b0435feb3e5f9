"""Timing of one call: repeat until the figure is steady or the time allowed is used up."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

MINIMUM_REPEATS = 3
MAXIMUM_REPEATS = 200_000


def repeated(call: Callable[[], object], budget: float, repeat: int | None = None) -> list[float]:
    """Seconds of each call of `call`: `repeat` times, or as often as `budget` seconds allow."""
    clock = time.perf_counter
    seconds: list[float] = []
    started = clock()
    while True:
        before = clock()
        call()
        after = clock()
        seconds.append(after - before)
        if repeat is not None:
            if len(seconds) >= repeat:
                return seconds
        elif len(seconds) >= MINIMUM_REPEATS and (after - started >= budget or len(seconds) >= MAXIMUM_REPEATS):
            return seconds


def median(seconds: list[float]) -> float:
    """The middle value; of two middle values the lower."""
    return sorted(seconds)[(len(seconds) - 1) // 2]
