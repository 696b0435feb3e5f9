"""Print format specifications, values and what CPython 3.13 makes of them, for the tests of the mini-language.

Each line: kind of value, value, specification and result as Python literals separated by tabs.
"""

from __future__ import annotations

import random
import struct

FIXED = [
    "z", ".3", "+c", "#c", "zc", "c", "5c", "=5c", "^5c", "05c", ",c", "_c", ",x", "_x", ",_", "_,", ",,", "__", ",n", "s",
    "\x01", "é", "dd", "d", "", ".", ".10000000000f", "99999999999999999999", "+", " ", "#", "=5", "05", "<05", "5d", ",",
    "_s", ".0", "%", "5", ".2f", "\u0665", "٠٥", "010,", "08,", "09,", "010_x", "#010_x", "#_b", "010", "+F", "015,.1f",
    "_.3e", "z.1f", ".1f", "g", "#g", "#.3g", ".0e", "#.0e", ".0f", "#.0f", "n", "10", "^10", "+.1f", "é>5", "{<5", "<<5",
    "==5", "0=5", "x05", " 5", "5,2", "5.d", ".5,f", ".17", "r", "\x00", "zd", "zf", "040,", "d5", ">", ">>", ">>>", "5\n",
    "X", "#X", "#o", "#b", "*^#20x", "*^+20_.2f", ".400f", "#.400g", ".3%", "E", "G", "#.0%",
]
INTEGERS = [0, 1, -1, 65, 255, -255, 1234, -1234567, 2**63 - 1, -(2**63), 2**63, -(2**70), 12345678901234567890123, 10**400]
FLOATS = [0.0, -0.0, 1.0, -1.5, 0.5, 2.5, 100.0, 1e-5, 123456789.0, 1234567.891, 1e16, 1e22, 1e100, -0.001, 0.1 + 0.2]
SPECIAL = [float("inf"), -float("inf"), float("nan"), 5e-324, 1.7976931348623157e308]
COMPLEX = [0j, 1 + 2j, 1234.5 + 6789j, 1e20 - 1j, complex(-0.0, 1), complex(0, -0.0), complex(0.5, float("nan"))]
STRINGS = ["", "a", "abc", "héllo wörld", "日本"]


def answer(value: object, spec: str) -> str:
    """Return the formatted value or the error."""
    try:
        return format(value, spec)
    except (ArithmeticError, ValueError) as error:
        return f"{type(error).__name__}: {error}"


def bits(value: float) -> int:
    """Return the bits of a float."""
    return int(struct.unpack("<Q", struct.pack("<d", value))[0])


def random_spec(chooser: random.Random) -> str:
    """Return a specification of random parts."""
    fill = chooser.choice(["", "", "<", ">", "^", "=", "*<", "0>", "é^", "*="])
    sign = chooser.choice(["", "", "", "+", "-", " "])
    flags = chooser.choice(["", "", "z"]) + chooser.choice(["", "", "#"]) + chooser.choice(["", "", "0"])
    width = chooser.choice(["", "", "1", "7", "12", "25"])
    separator = chooser.choice(["", "", ",", "_"])
    precision = chooser.choice(["", "", ".0", ".1", ".3", ".15", ".20"])
    return fill + sign + flags + width + separator + precision + chooser.choice(["", "", *"bcdeEfFgGnosxX%"])


def main() -> None:
    """Print the cases."""
    chooser = random.Random(3)
    values: list[tuple[str, str, object]] = [("int", str(value), value) for value in INTEGERS]
    values += [("float", str(bits(value)), value) for value in FLOATS + SPECIAL]
    values += [("complex", f"{bits(value.real)} {bits(value.imag)}", value) for value in COMPLEX]
    values += [("str", value, value) for value in STRINGS]
    cases = [(kind, shown, value, spec) for spec in FIXED for kind, shown, value in chooser.sample(values, 9)]
    for _ in range(1800):
        kind, shown, value = chooser.choice(values)
        cases.append((kind, shown, value, random_spec(chooser)))
    for kind, shown, value, spec in cases:
        fields = [kind, shown, spec, answer(value, spec)]
        print("\t".join(field.replace("\n", "\\n") for field in fields))


if __name__ == "__main__":
    main()
