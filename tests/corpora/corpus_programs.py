"""The public data files of programs of the kind models write, as programs that end silently when they are right.

The files are not in this repository: they are looked for in `$NPYTHON_SHARED/corpora`, else in `shared/corpora` beside
the repository or beside the folder it is in.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parent.parent
EXPECTED = HERE / "expected.toml"
CORPORA = ("human_eval", "cruxeval")


@dataclass(frozen=True)
class CorpusProgram:
    """One program: its corpus, its name there, and its source."""

    corpus: str
    name: str
    source: str


def corpora_folder() -> Path | None:
    """The folder of the data files, or None where this machine has none."""
    given = os.environ.get("NPYTHON_SHARED")
    candidates = [Path(given)] if given else [REPOSITORY.parent / "shared", REPOSITORY.parent.parent / "shared"]
    return next((path / "corpora" for path in candidates if (path / "corpora").is_dir()), None)


def human_eval_source(task: dict[str, Any]) -> str:
    """The task's prompt with its reference solution, its checks, and the call that runs them."""
    return f"{task['prompt']}{task['canonical_solution']}\n{task['test']}\ncheck({task['entry_point']})\n"


def cruxeval_source(task: dict[str, Any]) -> str:
    """The task's function and the assertion that its output is the one recorded."""
    return f"{task['code']}\nassert f({task['input']}) == {task['output']}\n"


def load(folder: Path, corpus: str) -> list[CorpusProgram]:
    """The programs of one data file, in its order."""
    lines = (folder / f"{corpus}.jsonl").read_text(encoding="utf-8").splitlines()
    tasks = [json.loads(line) for line in lines if line.strip()]
    if corpus == "human_eval":
        return [CorpusProgram(corpus, task["task_id"], human_eval_source(task)) for task in tasks]
    return [CorpusProgram(corpus, task["id"], cruxeval_source(task)) for task in tasks]


def all_programs() -> list[CorpusProgram]:
    """Every program there is on this machine."""
    folder = corpora_folder()
    return [] if folder is None else [program for corpus in CORPORA for program in load(folder, corpus)]


def expected_failures() -> dict[str, str]:
    """Why each program that is known not to run yet does not, by name."""
    tables = tomllib.loads(EXPECTED.read_text(encoding="utf-8"))
    return {name: reason for corpus in CORPORA for name, reason in tables.get(corpus, {}).items()}
