"""Print checksums of what CPython's ``str`` methods say about every character, for the tests of the Unicode tables."""

from __future__ import annotations

CLASSES = "isalpha isdecimal isdigit isnumeric isalnum isspace isprintable isidentifier isupper islower istitle"
CASES = "upper lower title casefold swapcase capitalize"


def checksum(data: bytes) -> int:
    """Return a polynomial checksum of 64 bits."""
    result = 0
    for byte in data:
        result = (result * 31 + byte) & 0xFFFFFFFFFFFFFFFF
    return result


def main() -> None:
    """Print one line per method."""
    characters = [chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000]
    for name in CLASSES.split():
        print(name, checksum(bytes(getattr(character, name)() for character in characters)))
    for name in CASES.split():
        print(name, checksum("".join(getattr("a" + character + "b", name)() for character in characters).encode()))
        print(name + "_alone", checksum("".join(getattr(character, name)() for character in characters).encode()))


if __name__ == "__main__":
    main()
