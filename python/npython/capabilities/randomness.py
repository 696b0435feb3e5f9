"""RANDOM-ENV: random numbers that cannot be foretold."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from npython._arguments import whole
from npython.capabilities.capability import Capability

# At run time: the sandbox looks at the annotations to see which functions take the grant.
from npython.security import Grant  # noqa: TC001

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["RandomnessCapability"]

_DESCRIPTION = """\
Random values: random_bytes(count), random_int(low, high) with both ends included, random_float() from 0 up to 1, \
random_choice(items)."""

_MOST_BITS = 4096

_GUEST_SOURCE = '''
def random_choice(items):
    """Return one of the items of a sequence."""
    if not len(items):
        raise IndexError("Cannot choose from an empty sequence")
    return items[random_int(0, len(items) - 1)]
'''


class RandomnessCapability(Capability):
    """RANDOM-ENV: a program gets random values, from the system's source unless a seed is given.

    Args:
        seed: Makes the values repeatable, and foreseeable by whoever knows it.
        max_bytes: The most bytes of one `random_bytes`.

    Raises:
        ValueError: `max_bytes` is negative.
    """

    def __init__(self, *, seed: int | None = None, max_bytes: int = 2**16) -> None:
        if seed is not None:
            whole("seed", seed)
        if whole("max_bytes", max_bytes) < 0:
            raise ValueError(f"max_bytes must be 0 or more, not {max_bytes!r}")
        functions = _Functions(random.SystemRandom() if seed is None else random.Random(seed), max_bytes)  # noqa: S311 - asked for
        super().__init__(
            scope="RANDOM-ENV", functions=functions.by_name(), guest_source=_GUEST_SOURCE, describe=_DESCRIPTION
        )


class _Functions:
    """The host functions over a source."""

    __slots__ = ("_max_bytes", "_source")

    def __init__(self, source: random.Random, max_bytes: int) -> None:
        self._source = source
        self._max_bytes = max_bytes

    def by_name(self) -> dict[str, Callable[..., object]]:
        """Return them by the names that programs use."""
        return {
            "random_bytes": self.random_bytes,
            "random_int": self.random_int,
            "random_float": self.random_float,
        }

    def random_bytes(self, grant: Grant, count: int) -> bytes:
        """Return this many random bytes."""
        grant.check_call()
        _check_whole(count)
        if not 0 <= count <= self._max_bytes:
            raise ValueError(f"count must be from 0 to {self._max_bytes}, not {_shown(count)}")
        grant.charge_bytes(count)
        return self._source.randbytes(count)

    def random_int(self, grant: Grant, low: int, high: int) -> int:
        """Return a whole number from `low` to `high`, both included."""
        grant.check_call()
        _check_whole(low)
        _check_whole(high)
        if low > high:
            raise ValueError(f"no whole number lies from {_shown(low)} to {_shown(high)}")
        bits = (high - low).bit_length()
        if bits > _MOST_BITS:
            raise ValueError(f"random_int() chooses from at most 2**{_MOST_BITS} numbers")
        grant.charge_bytes((bits + 7) // 8)
        return self._source.randint(low, high)

    def random_float(self, grant: Grant) -> float:
        """Return a number from 0 up to, but not including, 1."""
        grant.check_call()
        grant.charge_bytes(8)
        return self._source.random()


def _check_whole(number: int) -> None:
    """Refuse what is no whole number.

    Raises:
        TypeError: It is none.
    """
    if isinstance(number, bool) or not isinstance(number, int):
        raise TypeError(f"'{type(number).__name__}' object cannot be interpreted as an integer")


def _shown(number: int) -> str:
    return str(number) if number.bit_length() < 128 else "a huge number"  # noqa: PLR2004 - what reads well
