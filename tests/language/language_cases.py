"""The programs of `cases/`: each is one behaviour, with what CPython 3.13 does beside it.

`NAME.py` is the program, `NAME.out` its standard output, and `NAME.err`, where there is one, its standard error: such a
program ends in an uncaught exception, with exit status 1.
"""

from __future__ import annotations

import functools
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import npython

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path(__file__).resolve().parent
CASES = HERE / "cases"
PENDING = HERE / "pending.toml"


@dataclass(frozen=True)
class Outcome:
    """What a program printed and how it ended."""

    stdout: str
    status: int
    error: str


@dataclass(frozen=True)
class Case:
    """A program by its name, `area/name`."""

    name: str

    @property
    def path(self) -> Path:
        """The program's file."""
        return CASES / f"{self.name}.py"

    @property
    def source(self) -> str:
        """The program's text."""
        return self.path.read_text(encoding="utf-8")

    @property
    def expected(self) -> Outcome:
        """What CPython 3.13 does."""
        error = self.path.with_suffix(".err")
        uncaught = error.exists()
        return Outcome(
            stdout=self.path.with_suffix(".out").read_text(encoding="utf-8", errors="surrogatepass"),
            status=1 if uncaught else 0,
            error=error.read_text(encoding="utf-8") if uncaught else "",
        )


def all_cases() -> list[Case]:
    """Every program, sorted by name."""
    return [Case(path.relative_to(CASES).with_suffix("").as_posix()) for path in sorted(CASES.rglob("*.py"))]


@functools.cache
def pending(table: str) -> frozenset[str]:
    """The names in one table of `pending.toml`: what is known not to work yet."""
    return frozenset(tomllib.loads(PENDING.read_text(encoding="utf-8"))[table]["names"])


def run_case(case: Case, run: Callable[..., npython.Result] = npython.run) -> Outcome:
    """Run a program with `run`, which takes what `npython.run` takes.

    The status is the command's: 1 for an uncaught exception, 3 for a syntax error, 4 for a limit, 70 for an engine error.
    """
    try:
        return Outcome(run(case.source, filename=case.path.name).stdout, 0, "")
    except npython.GuestError as error:
        return Outcome(_printed(error), 1 if error.exit_status is None else error.exit_status, error.traceback)
    except npython.CompileError as error:
        return Outcome("", 3, error.traceback)
    except npython.Halted as error:
        return Outcome(_printed(error), 4, f"{type(error).__name__}: {error}")
    except npython.EngineError as error:
        return Outcome(_printed(error), 70, f"{type(error).__name__}: {error}")


def _printed(error: npython.NpythonError) -> str:
    return error.result.stdout if error.result is not None else ""


def last_line(text: str) -> str:
    """The last line of a traceback: the exception's type and message."""
    lines = text.rstrip("\n").splitlines()
    return lines[-1] if lines else ""


def find_cpython() -> Path | None:
    """A CPython 3.13, or None: pyenv's, the one on PATH, or the running one."""
    candidates = sorted((Path.home() / ".pyenv" / "versions").glob("3.13.*/bin/python3.13"))
    on_path = shutil.which("python3.13")
    if on_path and "shims" not in on_path:
        candidates.append(Path(on_path))
    if sys.version_info[:2] == (3, 13):
        candidates.append(Path(sys.executable))
    return candidates[-1] if candidates else None
