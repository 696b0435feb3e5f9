"""Write what CPython 3.13 does with each program of `cases/` beside the program, and what it says of wrong syntax.

python tests/language/regenerate.py [AREA/NAME ...]
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
CASES = HERE / "cases"
SYNTAX_ERRORS = HERE / "syntax_errors.json"

DESCRIBE_SYNTAX = """
import json, sys, warnings
warnings.simplefilter("ignore")
answers = []
for source in json.load(sys.stdin):
    try:
        compile(source, "<agent>", "exec", dont_inherit=True)
        answers.append(None)
    except SyntaxError as e:
        answers.append([type(e).__name__, e.msg, e.lineno, e.offset, e.end_lineno, e.end_offset, e.text])
json.dump(answers, sys.stdout)
"""


def run_cpython(python: Path, program: Path) -> tuple[str, int, str]:
    """Standard output, exit status and standard error of a program, under hash seed 0 and without a path in its name."""
    environment = {"PATH": os.environ.get("PATH", ""), "PYTHONHASHSEED": "0", "PYTHONUTF8": "1", "NO_COLOR": "1"}
    environment |= {
        "PYTHONIOENCODING": "utf-8:strict",
        "PYTHONWARNINGS": "ignore",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    finished = subprocess.run(
        [str(python), "-s", "-P", program.name],
        cwd=program.parent,
        env=environment,
        capture_output=True,
        timeout=30,
        check=False,
    )
    stdout = finished.stdout.decode("utf-8", "surrogatepass")
    # A file's tracebacks name it by its whole path, which is this machine's own.
    stderr = finished.stderr.decode("utf-8", "replace").replace(f"{program.parent}/", "")
    return stdout, finished.returncode, stderr


def regenerate(python: Path, program: Path) -> str | None:
    """Write the expected files of one program; the text says what is wrong with it."""
    stdout, status, stderr = run_cpython(python, program)
    if status not in (0, 1):
        return f"exit status {status}"
    if (status == 1) != (program.parent.name == "uncaught"):
        return f"exit status {status} in area {program.parent.name}: {stderr.strip().splitlines()[-1:]}"
    program.with_suffix(".out").write_bytes(stdout.encode("utf-8", "surrogatepass"))
    error = program.with_suffix(".err")
    if status == 1:
        error.write_text(stderr, encoding="utf-8")
    else:
        error.unlink(missing_ok=True)
    return None


def syntax_errors(python: Path, sources: list[str]) -> list[list[object] | None]:
    """What CPython says of each source: kind, message, line, column, end line, end column and text; None if nothing."""
    finished = subprocess.run(
        [str(python), "-I", "-c", DESCRIBE_SYNTAX],
        input=json.dumps(sources),
        capture_output=True,
        text=True,
        check=True,
    )
    answers: list[list[object] | None] = json.loads(finished.stdout)
    return answers


def main() -> int:
    """Regenerate the programs named, or all."""
    sys.path.insert(0, str(HERE))
    from language_cases import find_cpython
    from syntax_sources import SOURCES

    python = find_cpython()
    if python is None:
        sys.stderr.write("regenerate.py: no CPython 3.13 found\n")
        return 2
    programs = [CASES / f"{name}.py" for name in sys.argv[1:]] or sorted(CASES.rglob("*.py"))
    wrong = 0
    for program in programs:
        problem = regenerate(python, program)
        if problem is not None:
            wrong += 1
            sys.stdout.write(f"{program.relative_to(CASES)}: {problem}\n")
    if not sys.argv[1:]:
        answers = syntax_errors(python, SOURCES)
        lines = [json.dumps([source, answer], ensure_ascii=True) for source, answer in zip(SOURCES, answers)]
        SYNTAX_ERRORS.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")
    sys.stdout.write(f"{len(programs) - wrong} of {len(programs)} programs regenerated\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
