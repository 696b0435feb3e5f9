"""The index of attack techniques is complete and true: every one of the 102, every part of it, and the tests there are.

`techniques/*.toml` has a table for each number: `technique` in short words, and for each part of it the tests that fail
when the defence is gone. A test is written in one of these ways:

- `attack TEXT`: a case of the tables in `attacks/` under this number, with that text in its program;
- `scope NAME`: the case of that name in the tables of attacks on scopes;
- `folder/test_file.py::test_name`, where more text may follow that must be in the file;
- `crates/.../file.rs::name`: a test in Rust.

`attack@7 TEXT` and `scope@7 NAME` are cases under another number. `none: REASON` says why there is no test.
"""

from __future__ import annotations

import ast
import functools
import sys
from pathlib import Path

import pytest
from test_redteam import CASES as ATTACKS
from test_scopes import CASES as SCOPES

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

TESTS = Path(__file__).resolve().parents[1]
NUMBERS = range(1, 103)


def read_index():
    """All tables by number."""
    found = {}
    for path in sorted((Path(__file__).parent / "techniques").glob("*.toml")):
        for number, table in tomllib.loads(path.read_text(encoding="utf-8")).items():
            assert int(number) not in found, f"{number} is there twice"
            found[int(number)] = table
    return found


INDEX = read_index()
ENTRIES = [
    pytest.param(number, reference, id=f"{number}-{part}-{place}")
    for number, table in INDEX.items()
    for part, references in table["parts"].items()
    for place, reference in enumerate(references)
]


@functools.cache
def functions_of(path):
    """Names of the tests of a file, and its text."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".rs":
        lines = text.splitlines()
        marked = [lines[at + 1] for at, line in enumerate(lines[:-1]) if line.strip() == "#[test]"]
        return {line.split("fn ")[1].split("(")[0] for line in marked if "fn " in line}, text
    names = {
        node.name for node in ast.walk(ast.parse(text)) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    }
    return {name for name in names if name.startswith("test_")}, text


def exists(number, reference):
    """Whether what is written there is there."""
    kind, _, rest = reference.partition(" ")
    kind, _, other = kind.partition("@")
    if kind == "none:":
        return bool(rest.strip())
    technique = int(other) if other else number
    if kind == "attack":
        return any(case.technique == technique and rest in case.source for case in ATTACKS)
    if kind == "scope":
        return any(case.technique == technique and case.name == rest for case in SCOPES)
    place, _, name = kind.partition("::")
    path = TESTS.parent / place if place.startswith("crates/") else TESTS / place
    if not path.exists() or not (path.suffix == ".rs" or path.name.startswith("test_")):
        return False
    names, text = functions_of(path)
    return name in names and rest in text


def test_every_technique_is_in_the_index():
    assert sorted(INDEX) == list(NUMBERS)


@pytest.mark.parametrize("number", NUMBERS)
def test_every_technique_says_what_it_is_and_has_tests(number):
    table = INDEX[number]
    assert table.keys() == {"technique", "parts"}
    assert table["technique"]
    assert table["parts"]
    assert all(table["parts"].values())
    assert any(not reference.startswith("none:") for references in table["parts"].values() for reference in references)


@pytest.mark.parametrize(("number", "reference"), ENTRIES)
def test_what_the_index_names_exists(number, reference):
    assert exists(number, reference), reference


@pytest.mark.parametrize(
    "reference",
    [
        "attack no such program",
        "attack@2 no such program",
        "scope no such name",
        "security/test_scopes.py::test_nothing",
        "security/test_scopes.py::test_attacks no such text in it",
        "security/redteam.py::attack",
        "security/test_missing.py::test_attacks",
        "crates/npython-vm/tests/scopes.rs::nothing",
        "none:",
    ],
)
def test_what_does_not_exist_would_be_noticed(reference):
    assert not exists(1, reference)


def test_every_case_of_the_tables_belongs_to_a_technique():
    assert {case.technique for case in [*ATTACKS, *SCOPES]} <= set(NUMBERS)
