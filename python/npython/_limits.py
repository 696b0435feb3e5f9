"""What a run may use."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["Limits"]

_LARGEST_COUNT = 2**63 - 1
_LARGEST_DEPTH = 2**31 - 1
_LARGEST_PENDING = 2**32 - 1
_LARGEST_TIME = 10.0**9

_GAS_UNITS = {"": 1, "k": 10**3, "M": 10**6, "G": 10**9}
_BYTE_UNITS = {
    "": 1,
    "B": 1,
    "kB": 10**3,
    "KB": 10**3,
    "MB": 10**6,
    "GB": 10**9,
    "KiB": 2**10,
    "MiB": 2**20,
    "GiB": 2**30,
}
_TIME_UNITS = {"": 1.0, "us": 1e-6, "ms": 1e-3, "s": 1.0, "min": 60.0, "h": 3600.0}
_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Limits:
    """What one run may use: always on, checked by the machine, immutable.

    A count is a whole number, or text with a unit: `memory="64MiB"`, `gas="5M"`, `output="10kB"`. A time is a number of
    seconds, or text: `time="2s"`, `"500ms"`, `"1min"`. Anything else is refused; there is no way to say "unlimited".

    Attributes:
        gas: Units of work; one machine instruction costs one or a few.
        memory: Bytes the program may make the machine hold.
        time: Seconds from start to end, host functions included.
        depth: Calls inside calls before the guest's RecursionError.
        output: Bytes printed to stdout and stderr together.
        host_calls: Calls of host functions, those of capabilities included.
        pending_calls: Calls of async host functions under way at once.
    """

    __slots__ = ("_native", "depth", "gas", "host_calls", "memory", "output", "pending_calls", "time")

    gas: int
    memory: int
    time: float
    depth: int
    output: int
    host_calls: int
    pending_calls: int
    _native: tuple[int, int, int, int, int, int, float]

    def __init__(
        self,
        *,
        gas: float | str = 1_000_000_000,
        memory: float | str = 128 * 2**20,
        time: float | str = 10.0,
        depth: float | str = 1_000,
        output: float | str = 2**20,
        host_calls: float | str = 1_000_000,
        pending_calls: float | str = 1_000,
    ) -> None:
        checked = {
            "gas": _count("gas", gas, _GAS_UNITS, smallest=1),
            "memory": _count("memory", memory, _BYTE_UNITS, smallest=1),
            "time": _seconds(time),
            "depth": _count("depth", depth, {"": 1}, smallest=1, largest=_LARGEST_DEPTH),
            "output": _count("output", output, _BYTE_UNITS, smallest=0),
            "host_calls": _count("host_calls", host_calls, _GAS_UNITS, smallest=0),
            "pending_calls": _count("pending_calls", pending_calls, {"": 1}, smallest=0, largest=_LARGEST_PENDING),
        }
        for name, value in checked.items():
            object.__setattr__(self, name, value)
        counts = (self.gas, self.memory, self.depth, self.output, self.host_calls, self.pending_calls)
        native = (*counts, self.time)
        object.__setattr__(self, "_native", native)

    def replace(self, **changes: Any) -> Limits:
        """Return the same limits with some of them changed."""
        return Limits(**{**self._as_dict(), **changes})

    def _as_dict(self) -> dict[str, Any]:
        return {
            "gas": self.gas,
            "memory": self.memory,
            "time": self.time,
            "depth": self.depth,
            "output": self.output,
            "host_calls": self.host_calls,
            "pending_calls": self.pending_calls,
        }

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"Limits are immutable: use limits.replace({name}=...)")

    def __delattr__(self, name: str) -> None:
        raise AttributeError("Limits are immutable")

    def __eq__(self, other: object) -> bool:
        return self._native == other._native if isinstance(other, Limits) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._native)

    def __repr__(self) -> str:
        return f"Limits({', '.join(f'{name}={value!r}' for name, value in self._as_dict().items())})"

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (self._as_dict(),)


Limits.__module__ = "npython"


def _rebuild(fields: dict[str, Any]) -> Limits:
    """Make limits again from their pickled parts."""
    return Limits(**fields)


def _count(
    name: str, value: float | str, units: dict[str, int], *, smallest: int, largest: int = _LARGEST_COUNT
) -> int:
    """Check a whole number within bounds.

    Raises:
        TypeError: It is neither a number nor text.
        ValueError: It is not whole, out of bounds, or has an unknown unit.
    """
    number = _number(name, value, units)
    if number != number or number in (float("inf"), float("-inf")) or number != int(number):  # noqa: PLR0124
        raise ValueError(f"{name} must be a whole number, not {value!r}")
    if not smallest <= number <= largest:
        raise ValueError(f"{name} must be between {smallest} and {largest}, not {value!r}")
    return int(number)


def _seconds(value: float | str, name: str = "time") -> float:
    """Check a time in seconds.

    Raises:
        TypeError: It is neither a number nor text.
        ValueError: It is not positive, not finite, or has an unknown unit.
    """
    number = float(_number(name, value, _TIME_UNITS))
    if not 0.0 < number <= _LARGEST_TIME:
        raise ValueError(f"{name} must be more than 0 and at most {_LARGEST_TIME:.0f} seconds, not {value!r}")
    return number


def _number(name: str, value: float | str, units: dict[str, int] | dict[str, float]) -> float:
    if isinstance(value, str):
        return _parse(name, value, units)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise TypeError(f"{name} must be a number or text such as {_example(name)}, not {type(value).__name__}")
    return value


def _parse(name: str, text: str, units: dict[str, int] | dict[str, float]) -> float:
    digits = text.strip().rstrip(_LETTERS)
    unit = text.strip()[len(digits) :]
    if unit not in units:
        known = ", ".join(unit for unit in units if unit) or "none"
        raise ValueError(f"{name} is {text!r}, but the units of {name} are: {known}")
    try:
        number = int(digits) if units[unit] == int(units[unit]) and "." not in digits else float(digits)
    except ValueError:
        raise ValueError(f"{name} must be a number or text such as {_example(name)}, not {text!r}") from None
    return number * units[unit]


def _example(name: str) -> str:
    return {
        "gas": "'5M'",
        "time": "'2s'",
        "timeout": "'2s'",
        "depth": "'500'",
        "host_calls": "'10k'",
        "pending_calls": "'100'",
    }.get(name, "'64MiB'")
