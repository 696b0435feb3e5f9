"""The tree is as the documents and comments say, and its files are short enough to read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CRATES = ("npython-bytecode", "npython-compiler", "npython-python", "npython-vm")
DOCUMENTS = [
    *ROOT.glob("*.md"),
    *(ROOT / "conductor").glob("*.md"),
    *(ROOT / "docs").rglob("*.md"),
]
SOURCES = [
    path
    for folder in ("crates", "python", "tests", "benches")
    for ending in ("rs", "py")
    for path in sorted((ROOT / folder).rglob(f"*.{ending}"))
]
#: A path from the root, or short for one in a crate or in the package.
PLACES = (
    ROOT,
    ROOT / "python",
    ROOT / "python/npython",
    *(ROOT / "crates" / crate for crate in CRATES),
    *(ROOT / "crates" / crate / "src" for crate in CRATES),
    ROOT / "crates/npython-vm/src/machine",
)
PATH_IN_CODE_FONT = re.compile(r"`((?:[\w.-]+/)+(?:[\w.-]*\.\w+)?|[\w-]+\.rs)`")
PATH_IN_COMMENT = re.compile(r"//.*?(?<![\w/.`-])((?:[\w-]+/)+[\w-]+\.(?:rs|py))\b")
LONGEST = 800
#: Made by a program from a standard's tables, or one loop that must be one function: its registers are local variables.
MAY_BE_LONG = ("text/unicode/tables.rs", "text/encoding/charmaps.rs", "machine/interpreter/fast.rs")


def exists(name: str, beside: Path) -> bool:
    """Whether a path that a file names is there."""
    return any((place / name).exists() for place in (*PLACES, beside.parent, beside.parent.parent))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_paths_in_documents_exist(document: Path) -> None:
    names = PATH_IN_CODE_FONT.findall(document.read_text(encoding="utf-8"))
    assert [name for name in names if not exists(name, document)] == []


def test_paths_in_comments_exist() -> None:
    missing = [
        (str(path.relative_to(ROOT)), name)
        for path in SOURCES
        for name in PATH_IN_COMMENT.findall(path.read_text(encoding="utf-8"))
        if not exists(name, path)
    ]
    assert missing == []


def test_files_are_short() -> None:
    lengths = {path: path.read_text(encoding="utf-8").count("\n") for path in SOURCES}
    long = [str(path.relative_to(ROOT)) for path, length in lengths.items() if length > LONGEST]
    assert [name for name in long if not name.endswith(MAY_BE_LONG)] == []
