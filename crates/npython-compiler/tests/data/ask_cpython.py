"""Fills the table of syntax errors with what CPython 3.13 says.

Each line of `syntax_errors.tsv` is a source (newlines and tabs escaped) and, after tabs, the exception, its message, line,
column, end line and end column; 0 stands for none. To add cases, append lines with a source only and run this script with
CPython 3.13.
"""

from __future__ import annotations

import sys
import warnings
from pathlib import Path

TABLE = Path(__file__).with_name("syntax_errors.tsv")


def answer(source: str) -> list[str]:
    """Return the columns for one source; none if it compiles."""
    try:
        compile(source, "f", "exec", dont_inherit=True)
    except SyntaxError as error:
        places = (error.lineno, error.offset, error.end_lineno, error.end_offset)
        return [type(error).__name__, error.msg, *(str(max(place or 0, 0)) for place in places)]
    except (RecursionError, MemoryError) as error:
        return [type(error).__name__, str(error), "0", "0", "0", "0"]
    return []


def unescape(text: str) -> str:
    """Undo `escape`."""
    return text.encode("latin-1", "backslashreplace").decode("unicode_escape")


def escape(text: str) -> str:
    """Write a source on one line, in ASCII."""
    return text.encode("unicode_escape").decode("ascii")


def main() -> int:
    """Rewrite the table."""
    warnings.simplefilter("ignore")
    if sys.version_info[:2] != (3, 13):
        sys.stderr.write("this needs CPython 3.13\n")
        return 1
    lines: dict[str, str] = {}
    for line in TABLE.read_text(encoding="ascii").splitlines():
        source = unescape(line.split("\t")[0])
        lines[source] = "\t".join([escape(source), *map(escape, answer(source))])
    TABLE.write_text("\n".join(lines.values()) + "\n", encoding="ascii")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
