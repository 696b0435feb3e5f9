"""Print random calls of splitting and replacing methods and what CPython 3.13 answers, for the tests of those functions.

Each line is a JSON array: method, text, arguments and result.
"""

from __future__ import annotations

import json
import random

ALPHABET = ["a", "b", "ab", " ", "  ", "\t", "\n", "\r", "\r\n", "\x0b", "\x1c", "\x85", "\u2028", "\u3000", "é", "日", "-", "+"]


def text(chooser: random.Random, most: int) -> str:
    """Return a random text of spaces, line ends and letters."""
    return "".join(chooser.choice(ALPHABET) for _ in range(chooser.randrange(most)))


def main() -> None:
    """Print the cases."""
    chooser = random.Random(9)
    for _ in range(500):
        subject = text(chooser, 12)
        separator = chooser.choice(["a", "ab", " ", "é", "\n", "aa"])
        limit = chooser.choice([-1, -1, 0, 1, 2, 3])
        calls: list[tuple[str, list[object]]] = [
            ("split", [separator, limit]),
            ("rsplit", [separator, limit]),
            ("split", [None, limit]),
            ("rsplit", [None, limit]),
            ("splitlines", [bool(chooser.randrange(2))]),
            ("strip", [chooser.choice([None, "a", "ab ", "é\n", ""])]),
            ("lstrip", [chooser.choice([None, "a", "ab ", "é\n"])]),
            ("rstrip", [chooser.choice([None, "a", "ab ", "é\n"])]),
            ("partition", [separator]),
            ("rpartition", [separator]),
            ("replace", [chooser.choice(["", "a", "ab", " "]), chooser.choice(["", "x", "日日"]), limit]),
            ("expandtabs", [chooser.choice([-1, 0, 1, 4, 8])]),
            ("center", [chooser.randrange(-1, 15), chooser.choice(["*", "é"])]),
            ("ljust", [chooser.randrange(-1, 15), "*"]),
            ("rjust", [chooser.randrange(-1, 15), "*"]),
            ("zfill", [chooser.randrange(-1, 15)]),
            ("count", [chooser.choice(["", "a", "aa", " "])]),
        ]
        method, arguments = chooser.choice(calls)
        print(json.dumps([method, subject, arguments, getattr(subject, method)(*arguments)]))
        if method not in {"center", "count"} and all(isinstance(part, str | int | None) for part in arguments):
            data = subject.encode()
            encoded = [part.encode() if isinstance(part, str) else part for part in arguments]
            if method in {"ljust", "rjust"} or "é" not in str(arguments):
                result = getattr(data, method)(*encoded)
                shown = list(map(list, result)) if isinstance(result, list | tuple) else list(result)
                print(json.dumps(["bytes." + method, subject, arguments, shown]))


if __name__ == "__main__":
    main()
