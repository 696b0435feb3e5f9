"""Random patterns over random texts give under npython what they give under the CPython that runs this test."""

from __future__ import annotations

import io
import re
import sys
import warnings
from contextlib import redirect_stdout

import npython
import pytest
from hypothesis import given
from hypothesis import strategies as st

pytestmark = pytest.mark.skipif(sys.version_info[:2] != (3, 13), reason="messages differ between versions")

QUANTIFIERS = ["*", "+", "?", "{2}", "{1,3}", "{,2}", "{2,}"]
ATOMS = [
    *"aabbAB",
    "é",
    ".",
    r"\w",
    r"\d",
    r"\s",
    r"\W",
    r"\b",
    r"\B",
    "^",
    "$",
    r"\A",
    r"\Z",
    "[ab]",
    "[^a]",
    "[a-c]",
    "[é-ü]",
]
GROUPS = [
    "(%s)",
    "(?:%s)",
    "(?=%s)",
    "(?!%s)",
    "(?>%s)",
    "(?<=%s)",
    "(?<!%s)",
    "(?i:%s)",
    "(?-i:%s)",
    "(?s:%s)",
    "(?a:%s)",
]

quantified = st.tuples(st.sampled_from([*QUANTIFIERS, *[""] * 6]), st.sampled_from(["", "", "", "?", "+"]))


def repeated(atom: str, quantifier: tuple[str, str]) -> str:
    """An atom with a quantifier, if it has one."""
    times, greed = quantifier
    return f"{atom}{times}{greed}" if times else atom


pieces = st.recursive(
    st.builds(repeated, st.sampled_from(ATOMS), quantified),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=4).map("".join),
        st.lists(inner, min_size=2, max_size=3).map("|".join).map(lambda text: f"(?:{text})"),
        st.builds(lambda group, body, times: repeated(group % body, times), st.sampled_from(GROUPS), inner, quantified),
        st.builds(lambda body, times: repeated(f"({body})", times) + r"\1", inner, quantified),
        st.builds(lambda yes, no: f"(a)?(?(1){yes}|{no})", inner, inner),
    ),
    max_leaves=8,
)
texts = st.text("aabbAB éÉſKkı1_\n€𝒳", max_size=10)  # noqa: RUF001
flags = st.sampled_from([0, 0, re.IGNORECASE, re.MULTILINE, re.DOTALL, re.ASCII, re.IGNORECASE | re.ASCII]).map(int)
mangled = st.text("ab()[]{}*+?|\\^$<>=!P:#,1-", max_size=8)

PROGRAM = """
import re
def show(found):
    return None if found is None else (found.span(), found.groups(), found.lastindex, found.regs)
for pattern, flags, texts in {cases!r}:
    try:
        compiled = re.compile(pattern, flags)
    except (re.error, RecursionError, OverflowError) as error:
        print(repr(pattern), type(error).__name__, error, getattr(error, "pos", None))
        continue
    print(repr(pattern), compiled.groups, compiled.flags, compiled)
    for text in texts:
        print(show(compiled.search(text)), show(compiled.match(text)), show(compiled.fullmatch(text)))
        print(compiled.findall(text), compiled.split(text), compiled.subn(r"<\\g<0>>", text))
        print(show(compiled.search(text, 2, 5)), [found.span() for found in compiled.finditer(text, 1)])
        print(compiled.sub(lambda found: str(found.start()), text))
"""


def check(cases: list[tuple[str, int, list[str]]]) -> None:
    """Compare what the program prints."""
    program = PROGRAM.format(cases=cases)
    output = io.StringIO()
    with redirect_stdout(output), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exec(compile(program, "patterns.py", "exec"), {})
    assert npython.Sandbox().run(program).stdout == output.getvalue()


@given(st.lists(st.tuples(pieces, flags, st.lists(texts, min_size=1, max_size=3)), min_size=1, max_size=8))
def test_patterns_match_alike(cases: list[tuple[str, int, list[str]]]) -> None:
    """The same spans and groups, whichever way a pattern is used."""
    check(cases)


@given(st.lists(st.tuples(mangled, flags, st.lists(texts, min_size=1, max_size=1)), min_size=1, max_size=20))
def test_mistakes_are_told_alike(cases: list[tuple[str, int, list[str]]]) -> None:
    """The same message and the same position for patterns that are none."""
    check(cases)
