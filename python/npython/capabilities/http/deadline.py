"""One moment until which everything must be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Deadline"]


class Deadline:
    """Counts down from `seconds`."""

    __slots__ = ("_clock", "_ends", "seconds")

    def __init__(self, seconds: float, clock: Callable[[], float]) -> None:
        self.seconds = seconds
        self._clock = clock
        self._ends = clock() + seconds

    def remaining(self) -> float:
        """Return the seconds that are left, more than none.

        Raises:
            TimeoutError: None are.
        """
        left = self._ends - self._clock()
        if not left > 0:
            raise TimeoutError(f"the request took longer than {self.seconds:g} s")
        return left
