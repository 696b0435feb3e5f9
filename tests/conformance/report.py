"""Judging the answers: the recorded state (`expected.toml`), the failures that stay (`explained.toml`), the table."""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING

from suite import LANGUAGE_FILES, file_of

if TYPE_CHECKING:
    from candidate import Answer
    from suite import Reference

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

EXPECTED = Path(__file__).resolve().parent / "expected.toml"
EXPLAINED = Path(__file__).resolve().parent / "explained.toml"
MISSING_MODULE = "ModuleNotFoundError: No module named"
HEAD = """\
# CPython's test methods, one program each, that are known to fail, with the reason; every other clean one must pass.
# Rewritten by `run.py --update`; the reasons of failures that stay come from explained.toml.

[failures]
"""


@dataclass
class Report:
    """Which clean programs passed, and why each of the others did not."""

    passed: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)

    @property
    def regressions(self) -> dict[str, str]:
        """Failures that are not recorded."""
        known = expected_failures()
        return {name: reason for name, reason in self.failed.items() if name not in known}

    @property
    def progress(self) -> list[str]:
        """Programs that pass although a failure is recorded."""
        known = expected_failures()
        return [name for name in self.passed if name in known]


def judge(references: dict[str, Reference], answers: dict[str, Answer]) -> Report:
    """Compare with CPython: same standard output, and exit status 0."""
    report = Report()
    for name, answer in answers.items():
        if answer.reason:
            report.failed[name] = answer.reason
        elif answer.stdout != references[name].stdout:
            report.failed[name] = "wrong stdout"
        else:
            report.passed.append(name)
    return report


def expected_failures() -> dict[str, str]:
    """The recorded failures, name to reason."""
    failures: dict[str, str] = tomllib.loads(EXPECTED.read_text(encoding="utf-8"))["failures"]
    return failures


def explanations() -> dict[str, str]:
    """The failures that stay: a program's name, or a pattern of names, to the reason."""
    reasons: dict[str, str] = tomllib.loads(EXPLAINED.read_text(encoding="utf-8"))["explained"]
    return reasons


def explanation(name: str, explained: dict[str, str]) -> str | None:
    """Why a program's failure stays; the entry with its own name comes before the first pattern."""
    if name in explained:
        return explained[name]
    return next((reason for pattern, reason in explained.items() if fnmatchcase(name, pattern)), None)


def record(report: Report) -> None:
    """Rewrite `expected.toml` for the programs that were run and keep what it says of others."""
    ran = set(report.passed) | set(report.failed)
    explained = explanations()
    kept = {name: reason for name, reason in expected_failures().items() if name not in ran}
    failed = {name: explanation(name, explained) or reason for name, reason in report.failed.items()}
    failures = sorted({**kept, **failed}.items())
    EXPECTED.write_text(
        HEAD + "".join(f"{json.dumps(name)} = {json.dumps(reason)}\n" for name, reason in failures), encoding="utf-8"
    )


def table(report: Report) -> str:
    """A line for each test file, then totals for the language and for the library."""
    passed, failed = (Counter(file_of(name) for name in names) for names in (report.passed, report.failed))
    lines = [f"{'file':<36}{'passed':>8}{'failed':>8}{'':>9}"]
    for group, title in ((True, "language files"), (False, "library files")):
        files = sorted(name for name in passed | failed if (name in LANGUAGE_FILES) == group)
        lines += [_line(name, passed[name], failed[name]) for name in files]
        lines += [_line(title, sum(passed[name] for name in files), sum(failed[name] for name in files)), ""]
    lines.append(_line("all", len(report.passed), len(report.failed)))
    lines += ["", language_summary(report)]
    return "\n".join(lines)


def language_summary(report: Report) -> str:
    """How far the language is: of its programs that count (no missing module), how many pass, and what of the rest."""
    passed = sum(file_of(name) in LANGUAGE_FILES for name in report.passed)
    failed = {name: reason for name, reason in report.failed.items() if file_of(name) in LANGUAGE_FILES}
    waiting = sum(reason.startswith(MISSING_MODULE) for reason in failed.values())
    explained = explanations()
    stay = sum(
        explanation(name, explained) is not None
        for name, reason in failed.items()
        if not reason.startswith(MISSING_MODULE)
    )
    counted = passed + len(failed) - waiting
    return (
        f"language: {counted} programs count ({waiting} need a module that does not exist), {passed} pass: "
        f"{100 * passed / counted if counted else 0:.2f}%; of the {counted - passed} failures {stay} are explained"
    )


def _line(title: str, passed: int, failed: int) -> str:
    total = passed + failed
    return f"{title:<36}{passed:>8}{failed:>8}{100 * passed / total if total else 0:>8.1f}%"


def reasons(report: Report, count: int) -> str:
    """The commonest reasons for failures."""
    return "\n".join(f"{number:6d}  {reason}" for reason, number in Counter(report.failed.values()).most_common(count))


def as_json(report: Report) -> str:
    """All results, for other programs to read."""
    return json.dumps({"passed": sorted(report.passed), "failed": dict(sorted(report.failed.items()))}, indent=1) + "\n"
