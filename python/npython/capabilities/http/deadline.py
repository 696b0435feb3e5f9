"""One moment until which everything must be done, unless the run is over before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from npython._run_time import LOOK, RunOver

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Deadline"]


def _never() -> bool:
    return False


class Deadline:
    """Counts down from `seconds`.

    Args:
        seconds: How long everything may take.
        clock: Seconds that only grow.
        is_over: Whether nobody waits any longer; asked before each wait.
    """

    __slots__ = ("_clock", "_ends", "_is_over", "seconds")

    def __init__(self, seconds: float, clock: Callable[[], float], is_over: Callable[[], bool] = _never) -> None:
        self.seconds = seconds
        self._clock = clock
        self._ends = clock() + seconds
        self._is_over = is_over

    def remaining(self) -> float:
        """Return the seconds that are left, more than none.

        Raises:
            RunOver: Nobody waits any longer.
            TimeoutError: None are.
        """
        if self._is_over():
            raise RunOver("the run is over")
        left = self._ends - self._clock()
        if not left > 0:
            raise TimeoutError(f"the request took longer than {self.seconds:g} s")
        return left

    def pause(self) -> float:
        """Return how long to wait before asking again.

        Raises:
            TimeoutError: As `remaining`.
        """
        return min(self.remaining(), LOOK)
