"""On a terminal, what a program prints cannot command the terminal."""

from __future__ import annotations

import io

from npython.cli import output


class Terminal(io.TextIOWrapper):
    def isatty(self):
        return True


def written(monkeypatch, text, stream):
    terminal = Terminal(io.BytesIO(), encoding="utf-8")
    monkeypatch.setattr(output.sys, stream, terminal)
    output.write_guest_text(text, stream)
    return terminal.buffer.getvalue().decode()


def test_control_characters_are_shown(monkeypatch):
    assert written(monkeypatch, "a\x1b[2Jb\rc\x07\x9b\u202e\td\n", "stdout") == "a\\x1b[2Jb\\x0dc\\x07\\x9b\\u202e\td\n"


def test_tracebacks_too(monkeypatch):
    assert written(monkeypatch, "ValueError: \x1b]0;title\x07\n", "stderr") == "ValueError: \\x1b]0;title\\x07\n"


def test_ordinary_text_is_as_it_is(monkeypatch):
    assert written(monkeypatch, "é€😀 שלום\n", "stdout") == "é€😀 שלום\n"
