"""CLOCK-ENV: the time of day, and sleeping."""

from __future__ import annotations

import asyncio
import math
import time
from datetime import datetime, timezone
from typing import TYPE_CHECKING

from npython._arguments import callable_given
from npython._run_time import current_run
from npython.capabilities.capability import Capability, may_block

# At run time: the sandbox looks at the annotations to see which functions take the grant.
from npython.security import Grant  # noqa: TC001

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

__all__ = ["ClockCapability"]

_DESCRIPTION = """\
The time: now() -> Unix time in seconds as a float, now_iso() -> UTC as "2026-01-31T12:00:00.000000+00:00", \
sleep(seconds)."""

#: Between pauses of this many seconds a sleep looks whether the run was cancelled or its time is over.
_PAUSE = 0.01

#: `_wait` answers with something to await, which only runs on an event loop can do; others get a TypeError.
_GUEST_SOURCE = '''
def sleep(seconds):
    """Wait for this many seconds."""
    until = _start_sleep(seconds)
    try:
        _wait(until)
    except TypeError:
        _pause(until)
'''


class ClockCapability(Capability):
    """CLOCK-ENV: a program can ask for the time and wait.

    Waiting counts as time of the run: its time limit and its cancellation end it. On an event loop others go on.

    Args:
        max_sleep: The most seconds of one `sleep`.
        clock: Returns the Unix time. Another clock makes runs that can be repeated.
        monotonic: Returns seconds that only grow, by which waiting is measured.
        pause: Waits for a number of seconds.

    Raises:
        ValueError: `max_sleep` is negative or not finite.
    """

    def __init__(
        self,
        *,
        max_sleep: float = 60.0,
        clock: Callable[[], float] = time.time,
        monotonic: Callable[[], float] = time.monotonic,
        pause: Callable[[float], object] = time.sleep,
    ) -> None:
        if isinstance(max_sleep, bool) or not isinstance(max_sleep, (int, float)):
            raise TypeError(f"max_sleep must be a number of seconds, not {type(max_sleep).__name__}")
        for name, function in (("clock", clock), ("monotonic", monotonic), ("pause", pause)):
            callable_given(name, function)
        if not 0.0 <= max_sleep < math.inf:
            raise ValueError(f"max_sleep must be a number of seconds, not {max_sleep!r}")
        functions = _Functions(float(max_sleep), clock, monotonic, pause)
        super().__init__(
            scope="CLOCK-ENV",
            functions={
                "now": functions.now,
                "now_iso": functions.now_iso,
                "_start_sleep": functions.start_sleep,
                "_wait": functions.wait,
                "_pause": functions.pause,
            },
            guest_source=_GUEST_SOURCE,
            describe=_DESCRIPTION,
        )


class _Functions:
    """The host functions."""

    __slots__ = ("_clock", "_max_sleep", "_monotonic", "_sleep")

    def __init__(
        self,
        max_sleep: float,
        clock: Callable[[], float],
        monotonic: Callable[[], float],
        sleep: Callable[[float], object],
    ) -> None:
        self._max_sleep = max_sleep
        self._clock = clock
        self._monotonic = monotonic
        self._sleep = sleep

    def now(self, grant: Grant) -> float:
        """Return the Unix time in seconds."""
        grant.check_call()
        return float(self._clock())

    def now_iso(self, grant: Grant) -> str:
        """Return the date and time in UTC, as ISO 8601."""
        grant.check_call()
        return datetime.fromtimestamp(self._clock(), timezone.utc).isoformat(timespec="microseconds")

    def start_sleep(self, grant: Grant, seconds: float) -> float:
        """Check a sleep and return when it ends, by the monotonic clock."""
        grant.check_call()
        if isinstance(seconds, bool) or not isinstance(seconds, (int, float)):
            raise TypeError(f"'{type(seconds).__name__}' object cannot be interpreted as a number of seconds")
        if seconds != seconds:  # noqa: PLR0124 - not a number
            raise ValueError("Invalid value NaN (not a number)")
        if seconds < 0:
            raise ValueError("sleep length must be non-negative")
        if seconds > self._max_sleep:
            raise ValueError(f"sleep length must be at most {self._max_sleep:g} seconds")
        return self._monotonic() + seconds

    def wait(self, grant: Grant, until: float) -> _Wait:
        """Return what a run on an event loop awaits until then."""
        grant.check_expiry()
        return _Wait(until - self._monotonic())

    @may_block
    def pause(self, grant: Grant, until: float) -> None:
        """Wait until then, or until the run is over or the grant expires."""
        run = current_run()
        while (left := until - self._monotonic()) > 0 and not (run is not None and run.is_over()):
            grant.check_expiry()
            self._sleep(min(left, _PAUSE))
        grant.check_expiry()


class _Wait:
    """Awaited, waits. Not a coroutine, which would complain of never having been awaited."""

    __slots__ = ("_seconds",)

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    def __await__(self) -> Generator[object, None, None]:
        return asyncio.sleep(max(self._seconds, 0.0)).__await__()
