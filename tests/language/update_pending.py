"""Run all programs and rewrite `pending.toml` to what fails now; says what changed.

python tests/language/update_pending.py [--check]
"""

from __future__ import annotations

import json
import sys

from language_cases import PENDING, Case, all_cases, last_line, pending, run_case
from test_syntax_errors import CASES as SYNTAX_CASES
from test_syntax_errors import name, refusal

HEAD = """\
# Programs of cases/ that are known not to behave as under CPython yet. A test fails when one of them passes: take it out.
# Rewritten by update_pending.py.
"""
TABLES = {
    "programs": "Standard output, exit status, and the last line of the traceback.",
    "tracebacks": "The whole text of the traceback.",
    "syntax_errors": "Type, message, line or column of syntax errors.",
}


def failures(case: Case) -> set[str]:
    """The tables in which a program belongs."""
    outcome, expected = run_case(case), case.expected
    failed = set()
    if (outcome.stdout, outcome.status, last_line(outcome.error)) != (
        expected.stdout,
        expected.status,
        last_line(expected.error),
    ):
        failed.add("programs")
    if expected.status == 1 and outcome.error.rstrip("\n") != expected.error.rstrip("\n"):
        failed.add("tracebacks")
    return failed


def render(names: dict[str, list[str]]) -> str:
    """The text of `pending.toml`."""
    parts = [HEAD]
    for table, meaning in TABLES.items():
        listed = "".join(f"    {json.dumps(name)},\n" for name in names[table])
        parts.append(
            f"\n# {meaning}\n[{table}]\nnames = [\n{listed}]\n" if listed else f"\n# {meaning}\n[{table}]\nnames = []\n"
        )
    return "".join(parts)


def main() -> int:
    """Rewrite the file, or with `--check` only say what is different."""
    names: dict[str, list[str]] = {table: [] for table in TABLES}
    cases = all_cases()
    for case in cases:
        for table in failures(case):
            names[table].append(case.name)
    for source, answer in SYNTAX_CASES:
        if refusal(source) != (answer and answer[:4]):
            names["syntax_errors"].append(name(source))
    totals = {"programs": len(cases), "tracebacks": len(cases), "syntax_errors": len(SYNTAX_CASES)}
    for table in TABLES:
        before, now = pending(table), set(names[table])
        sys.stdout.write(f"{table}: {len(now)} of {totals[table]} pending\n")
        sys.stdout.writelines(f"  passes now: {name}\n" for name in sorted(before - now))
        sys.stdout.writelines(f"  fails now:  {name}\n" for name in sorted(now - before))
    if "--check" not in sys.argv:
        PENDING.write_text(render(names), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
