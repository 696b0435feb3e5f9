"""Print random float operations and what CPython 3.13 answers, for the tests of the float and complex functions.

Floats are given by their bits. Each line: operation, operands and result, separated by bars.
"""

from __future__ import annotations

import random
import struct
from collections.abc import Callable


def bits(value: float) -> str:
    """Return the bits of a float; all NaNs are one."""
    return "nan" if value != value else str(struct.unpack("<Q", struct.pack("<d", value))[0])


def show(result: object) -> str:
    """Return a result as text."""
    if isinstance(result, float):
        return bits(result)
    if isinstance(result, complex):
        return f"{bits(result.real)} {bits(result.imag)}"
    if isinstance(result, tuple):
        return " ".join(show(part) for part in result)
    return str(result)


def answer(function: Callable[[], object]) -> str:
    """Return the result of a call as text, or the error."""
    try:
        return show(function())
    except (ArithmeticError, ValueError) as error:
        return f"{type(error).__name__}: {error}"


def number(chooser: random.Random) -> float:
    """Return a float of any kind."""
    kind = chooser.randrange(8)
    if kind == 0:
        value = float(chooser.randrange(20))
    elif kind == 1:
        value = chooser.choice([0.0, 0.5, 1.0, 2.0, 1e308, 5e-324, float("inf"), float("nan"), 2.0**53, 1e16, 0.25])
    elif kind == 2:
        value = struct.unpack("<d", struct.pack("<Q", chooser.getrandbits(63)))[0]
    elif kind == 3:
        value = round(chooser.uniform(0, 1000), chooser.randrange(5))
    else:
        value = chooser.uniform(0, 100)
    return chooser.choice([value, -value])


def main() -> None:
    """Print the cases."""
    chooser = random.Random(11)
    operations: dict[str, Callable[[float, float], object]] = {
        "floordiv": lambda left, right: left // right,
        "mod": lambda left, right: left % right,
        "divmod": lambda left, right: divmod(left, right),
        "pow": lambda left, right: left**right,
        "truediv": lambda left, right: left / right,
    }
    for name, operation in operations.items():
        for _ in range(100):
            left, right = number(chooser), number(chooser)
            print(name, bits(left), bits(right), answer(lambda: operation(left, right)), sep="|")
    for _ in range(150):
        value, places = number(chooser), chooser.choice([0, 1, 2, 3, 10, 16, 300, 330, -1, -2, -5, -300])
        print("round", bits(value), places, answer(lambda: round(value, places)), sep="|")
        half = chooser.randrange(-1000, 1000) / 8
        print("round", bits(half), 2, answer(lambda: round(half, 2)), sep="|")
        tens = chooser.randrange(-100000, 100000) * 5.0
        place = chooser.randrange(-7, 1)
        print("round", bits(tens), place, answer(lambda: round(tens, place)), sep="|")
        print("roundint", bits(value), "", answer(lambda: round(value)), sep="|")
        print("ratio", bits(value), "", answer(lambda: value.as_integer_ratio()), sep="|")
        print("hex", bits(value), "", value.hex(), sep="|")
        print("repr", bits(value), "", repr(value), sep="|")
    for _ in range(120):
        left, right = complex(number(chooser), number(chooser)), complex(number(chooser), number(chooser))
        small = complex(chooser.randrange(-9, 10))
        print("cdiv", show(left), show(right), answer(lambda: left / right), sep="|")
        print("cmul", show(left), show(right), answer(lambda: left * right), sep="|")
        print("cpow", show(left), show(right), answer(lambda: left**right), sep="|")
        print("cpow", show(left), show(small), answer(lambda: left**small), sep="|")
        print("cabs", show(left), "", answer(lambda: abs(left)), sep="|")
        print("crepr", show(left), "", repr(left), sep="|")


if __name__ == "__main__":
    main()
