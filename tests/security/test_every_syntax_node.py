"""No node of Python's syntax is skipped in silence (redteam 32).

Every kind of node that CPython's parser makes occurs in the programs of `tests/language/cases`, each of which behaves
in npython as in CPython; what npython does not know is an error of the compiler, which those programs would show.
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

CASES = Path(__file__).resolve().parents[1] / "language" / "cases"
#: Kinds that no parser makes from source: those for type comments, for other inputs, and of earlier versions.
NEVER_MADE = {"FunctionType", "Interactive", "Expression", "TypeIgnore", "Suite", "AugLoad", "AugStore", "Param"}
NEVER_MADE |= {"Num", "Str", "Bytes", "NameConstant", "Ellipsis", "Index", "ExtSlice"}


def kinds(base=ast.AST):
    """All kinds of node that have no further kinds."""
    for kind in base.__subclasses__():
        yield from kinds(kind) if kind.__subclasses__() and kind.__module__ != "__main__" else [kind]


@pytest.mark.skipif(sys.version_info[:2] != (3, 13), reason="the syntax is that of Python 3.13")
def test_every_kind_of_node_is_in_a_program_that_is_compared_with_cpython():
    seen = set()
    for path in CASES.rglob("*.py"):
        try:
            tree = ast.parse(path.read_bytes())
        except SyntaxError:  # programs about that, and those that open a scope of the machine
            continue
        seen.update(type(node).__name__ for node in ast.walk(tree))
    wanted = {kind.__name__ for kind in kinds() if kind.__module__ == "ast"} - NEVER_MADE
    assert len(wanted) > 90
    assert wanted <= seen, sorted(wanted - seen)
