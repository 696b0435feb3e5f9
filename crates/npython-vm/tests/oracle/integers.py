"""Print random int operations and what CPython 3.13 answers, for the tests of the int functions.

Each line: operation, operands and result, separated by bars; an exception is its class and message.
"""

from __future__ import annotations

import random
import struct
import sys
from collections.abc import Callable


def bits(value: float) -> int:
    """Return the bits of a float."""
    return int(struct.unpack("<Q", struct.pack("<d", value))[0])


def answer(function: Callable[[], object]) -> str:
    """Return the result of a call as text."""
    try:
        result = function()
    except (ArithmeticError, ValueError) as error:
        return f"{type(error).__name__}: {error}"
    return f"bits {bits(result)}" if isinstance(result, float) else str(result)


def number(chooser: random.Random) -> int:
    """Return an int, often near a power of two."""
    size = chooser.choice([3, 8, 31, 53, 54, 62, 63, 64, 65, 100, 128, 200, 500, 1100])
    kind = chooser.randrange(4)
    if kind == 0:
        value = chooser.getrandbits(size)
    elif kind == 1:
        value = (1 << size) + chooser.randrange(-3, 4)
    elif kind == 2:
        value = chooser.randrange(10)
    else:
        value = chooser.getrandbits(53) << chooser.randrange(size)
    return chooser.choice([value, -value])


def main() -> None:
    """Print the cases."""
    sys.set_int_max_str_digits(0)
    chooser = random.Random(7)
    binary: dict[str, Callable[[int, int], object]] = {
        "floordiv": lambda left, right: left // right,
        "mod": lambda left, right: left % right,
        "divmod": lambda left, right: "{} {}".format(*divmod(left, right)),
        "and": lambda left, right: left & right,
        "or": lambda left, right: left | right,
        "xor": lambda left, right: left ^ right,
        "truediv": lambda left, right: left / right,
    }
    for name, operation in binary.items():
        for _ in range(80):
            left, right = number(chooser), number(chooser)
            if name == "truediv" and chooser.randrange(2):
                left = right * chooser.getrandbits(60) + chooser.randrange(3)
            print(name, left, right, answer(lambda: operation(left, right)), sep="|")
    for _ in range(60):
        left, right = number(chooser), chooser.randrange(-2, 300)
        print("shl", left, right, answer(lambda: left << right), sep="|")
        print("shr", left, right, answer(lambda: left >> right), sep="|")
        print("float", left, "", answer(lambda: float(left)), sep="|")
        exponent = chooser.randrange(30)
        print("pow", left, exponent, answer(lambda: left**exponent), sep="|")
        exponent, modulus = number(chooser), number(chooser)
        if abs(exponent) < 1 << 70:
            print("powmod", f"{left} {exponent} {modulus}", "", answer(lambda: pow(left, exponent, modulus)), sep="|")
        size = chooser.randrange(20)
        for signed in (0, 1):
            text = answer(lambda: left.to_bytes(size, "big", signed=bool(signed)).hex())
            print("bytes", left, f"{size} {signed}", text, sep="|")
        value = float(chooser.getrandbits(70)) * 2.0 ** chooser.randrange(-80, 10)
        print("fromfloat", bits(-value), "", answer(lambda: int(-value)), sep="|")
        near = chooser.choice([int(value) + chooser.randrange(-1, 2), left])
        print("compare", near, bits(value), (near > value) - (near < value), sep="|")
        print("hex", left, "", hex(left), sep="|")


if __name__ == "__main__":
    main()
