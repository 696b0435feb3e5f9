"""Print random calls of ``encode`` and ``decode`` and what CPython 3.13 answers, for the tests of the codecs.

Each line is a JSON array: direction, encoding, handler, input and result; strings are lists of code points.
"""

from __future__ import annotations

import json
import random

ENCODINGS = [
    "utf-8", "utf-8-sig", "ascii", "latin-1", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le",
    "utf-32-be", "unicode_escape", "raw_unicode_escape",
]
HANDLERS = [
    "strict", "ignore", "replace", "backslashreplace", "xmlcharrefreplace", "surrogateescape", "surrogatepass", "unknown",
    "namereplace",
]
CHARACTERS = ["a", "b", "\\", "'", "\n", "\x00", "\x7f", "\x81", "\x80", "é", "ÿ", "€", "日", "\ufeff", "😀", "\ud800", "\udc80"]
FRAGMENTS = [
    b"a", b"b", b"\\", b"\x80", b"\xc3", b"\xa9", b"\xe2\x82", b"\xac", b"\xed\xa0\x80", b"\xf0\x9f\x98\x80", b"\xff", b"\xfe",
    b"\x00", b"\xd8", b"\xdc", b"\xff\xfe", b"\xfe\xff", b"\\n", b"\\x4", b"1", b"\\u65e5", b"\\U0001f600", b"\\U00110000",
    b"\\N{BULLET}", b"\\N{x}", b"\\N", b"{", b"}", b"\\777", b"\\ud800", b"\x00\x00", b"a\x00", b"a\x00\x00\x00", b"\x81", b"g",
]


def answer(call: object) -> object:
    """Return the result of a call, or the error taken apart."""
    try:
        result = call()  # type: ignore[operator]
    except UnicodeError as error:
        return f"{error.encoding} {error.start} {error.end} {error.reason} | {error}"  # type: ignore[attr-defined]
    except (LookupError, TypeError) as error:
        return f"{type(error).__name__}: {error}"
    return [ord(part) if isinstance(part, str) else part for part in result]


def main() -> None:
    """Print the cases."""
    chooser = random.Random(13)
    for _ in range(900):
        encoding, handler = chooser.choice(ENCODINGS), chooser.choice(HANDLERS)
        text = "".join(chooser.choice(CHARACTERS) for _ in range(chooser.randrange(6)))
        codes = [ord(character) for character in text]
        print(json.dumps(["encode", encoding, handler, codes, answer(lambda: text.encode(encoding, handler))]))
        data = b"".join(chooser.choice(FRAGMENTS) for _ in range(chooser.randrange(6)))
        print(json.dumps(["decode", encoding, handler, list(data), answer(lambda: data.decode(encoding, handler))]))


if __name__ == "__main__":
    main()
