"""Writing what a program printed: as it is to files and pipes, made harmless on a terminal."""

from __future__ import annotations

import sys

__all__ = ["write_guest_text"]

_terminal_table: dict[int, str] | None = None


def write_guest_text(text: str, stream: str) -> None:
    """Write text of the guest to this process's "stdout" or "stderr" at once, in UTF-8.

    On a terminal, control characters other than newline and tab are shown, not obeyed: a program must not be able to
    rewrite what was printed before it, or to send the terminal commands.
    """
    target = sys.stderr if stream == "stderr" else sys.stdout
    if target is None:  # closed by whoever started this process
        return
    if target.isatty():
        text = text.translate(_harmless())
    target.buffer.write(text.encode("utf-8", "replace"))
    target.buffer.flush()


def _harmless() -> dict[int, str]:
    global _terminal_table  # noqa: PLW0603 - made once, and only if there is a terminal
    if _terminal_table is None:
        bidirectional = [0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
        controls = [code for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\n\t"]
        _terminal_table = {code: f"\\x{code:02x}" for code in controls}
        _terminal_table.update({code: f"\\u{code:04x}" for code in bidirectional})
    return _terminal_table
