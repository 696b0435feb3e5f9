"""Run all programs of the data files and rewrite `expected.toml` to what fails now; says what changed.

python tests/corpora/update_expected.py [--check]
"""

from __future__ import annotations

import json
import sys
from collections import Counter

import npython
from corpus_programs import CORPORA, EXPECTED, CorpusProgram, all_programs, expected_failures

HEAD = """\
# Programs of the data files that are known not to run yet, with the reason. A test fails when one of them runs: take it
# out. Rewritten by update_expected.py.
"""
REASON_LENGTH = 120


def reason(program: CorpusProgram) -> str | None:
    """Why a program does not run, in a line; None when it does."""
    try:
        npython.run(program.source, filename=f"{program.name}.py")
    except npython.NpythonError as error:
        text = str(error) if isinstance(error, npython.GuestError) else f"{type(error).__name__}: {error}"
        return text.strip().splitlines()[0][:REASON_LENGTH]
    return None


def main() -> int:
    """Rewrite the file, or with `--check` only say what is different."""
    programs = all_programs()
    if not programs:
        sys.stderr.write("update_expected.py: no data files: set NPYTHON_SHARED to the folder that holds corpora/\n")
        return 2
    before = expected_failures()
    now = {program.name: why for program in programs if (why := reason(program)) is not None}
    text = HEAD
    for corpus in CORPORA:
        names = [program.name for program in programs if program.corpus == corpus and program.name in now]
        text += f"\n[{corpus}]\n" + "".join(f"{json.dumps(name)} = {json.dumps(now[name])}\n" for name in names)
        sys.stdout.write(f"{corpus}: {len(names)} do not run\n")
    sys.stdout.writelines(f"  runs now:  {name}\n" for name in sorted(before.keys() - now.keys()))
    sys.stdout.writelines(f"  fails now: {name}: {now[name]}\n" for name in sorted(now.keys() - before.keys()))
    sys.stdout.writelines(f"{count:5d}  {why}\n" for why, count in Counter(now.values()).most_common(20))
    if "--check" not in sys.argv:
        EXPECTED.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
