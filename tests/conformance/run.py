"""Run CPython's own test methods under npython and print how many of them pass.

    python tests/conformance/run.py [--sample N] [--file test_dict ...] [--update] [--check] [--top N] [--json FILE]

Needs a CPython with its test folder, and the shared folder with `conformance/build.py` (see `suite.py`).
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from candidate import run_all
from report import Report, as_json, judge, reasons, record, table
from suite import WORK, SuiteMissingError, build, file_of, references, sample


def run_suite(*, sample_size: int | None = None, files: list[str] | None = None, workers: int | None = None) -> Report:
    """Build the programs, ask CPython, run the clean ones under npython, and judge.

    Raises:
        SuiteMissingError: This machine has not what the programs are made from.
    """
    programs, python = build()
    names = sorted(path.name for path in programs.glob("*.py"))
    if files:
        names = [name for name in names if file_of(name) in files]
    if sample_size is not None:
        names = sample(names, sample_size)
    known = references(programs, python, names)
    clean = [name for name in names if known[name].kind == "clean"]
    return judge(known, run_all(programs, clean, workers or os.cpu_count() or 1))


def parse_arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(
        prog="tests/conformance/run.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sample", type=int, metavar="N", help="a fixed sample of N programs")
    parser.add_argument(
        "--file", action="append", metavar="NAME", help="only the programs cut from this test file (repeatable)"
    )
    parser.add_argument("--update", action="store_true", help="record what fails now in expected.toml")
    parser.add_argument("--check", action="store_true", help="exit status 1 when a program fails that is not recorded")
    parser.add_argument("--top", type=int, default=25, metavar="N", help="how many reasons to list")
    parser.add_argument("--failures", action="store_true", help="list every failure")
    parser.add_argument(
        "--json", type=Path, default=WORK / "result.json", metavar="FILE", help="where to write all results"
    )
    return parser.parse_args()


def main() -> int:
    """Run, print the table, write the JSON."""
    options = parse_arguments()
    try:
        report = run_suite(sample_size=options.sample, files=options.file)
    except SuiteMissingError as error:
        sys.stderr.write(f"conformance: {error}\n")
        return 2
    sys.stdout.write(f"{table(report)}\n\n{reasons(report, options.top)}\n")
    if options.failures:
        sys.stdout.writelines(f"{name}: {reason}\n" for name, reason in sorted(report.failed.items()))
    options.json.parent.mkdir(parents=True, exist_ok=True)
    options.json.write_text(as_json(report), encoding="utf-8")
    regressions = report.regressions
    if options.update:
        record(report)
    else:
        sys.stdout.writelines(
            f"not recorded: {name}: {reason}\n" for name, reason in sorted(regressions.items())[: options.top]
        )
        sys.stdout.write(
            f"{len(regressions)} failures are not recorded, {len(report.progress)} recorded ones pass now\n"
        )
    return 1 if options.check and regressions else 0


if __name__ == "__main__":
    raise SystemExit(main())
