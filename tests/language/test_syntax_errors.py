"""Wrong source is refused with CPython 3.13's type, message and position; right source is not refused."""

from __future__ import annotations

import json

import npython
import pytest
from language_cases import find_cpython, pending
from regenerate import SYNTAX_ERRORS, syntax_errors

CASES = [(source, answer) for source, answer in json.loads(SYNTAX_ERRORS.read_text(encoding="utf-8"))]


def refusal(source: str) -> list[object] | None:
    """Kind, message, line and column of the refusal, or None."""
    try:
        npython.compile(source)
    except npython.CompileError as error:
        return [error.kind, error.message, error.line, error.column]
    return None


def name(source: str) -> str:
    return f"syntax: {source}"


@pytest.mark.parametrize(("source", "answer"), CASES, ids=[ascii(source) for source, _ in CASES])
def test_is_refused_as_by_cpython(source: str, answer: list[object] | None) -> None:
    refused = refusal(source)
    if name(source) in pending("syntax_errors"):
        assert refused != (answer and answer[:4]), "it agrees now: take it out of tests/language/pending.toml"
        return
    assert refused == (answer and answer[:4])


def test_pending_sources_exist() -> None:
    assert pending("syntax_errors") <= {name(source) for source, _ in CASES}


def test_expected_errors_are_those_of_cpython() -> None:
    python = find_cpython()
    if python is None:
        pytest.skip("no CPython 3.13 on this machine")
    assert syntax_errors(python, [source for source, _ in CASES]) == [answer for _, answer in CASES]
