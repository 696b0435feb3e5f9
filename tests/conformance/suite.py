"""CPython's own test methods as one program each: where they are built, and what CPython does with them.

The cutting is done by `build.py` of the shared folder, which is not in this repository: it is looked for in
`$NPYTHON_SHARED/conformance`, else in `shared/conformance` beside the repository or beside the folder it is in.
Everything made from it goes to `target/conformance/`, which is not committed.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parent.parent
WORK = REPOSITORY / "target" / "conformance"

LANGUAGE_FILES = frozenset(
    f"test_{name}"
    for name in """
    grammar syntax named_expressions patma fstring string_literals int_literal unpack call keywordonlyarg
    positional_only_arg scope global funcattrs decorators listcomps dictcomps setcomps generators generator_stop yield_from
    coroutines asyncgen with raise exceptions exception_variations baseexception exception_group except_star type_params
    type_aliases type_annotations class descr super property subclassinit genericclass genericalias isinstance bool int long
    float complex numeric_tower binop compare contains augassign pow index hash str bytes format tuple list dict set range
    slice iter enumerate sort dictviews memoryview builtin print opcodes eof flufl weakref metaclass
    """.split()
)
"""The test files about the language itself; the others need a module of the library."""


class SuiteMissingError(Exception):
    """The programs cannot be made on this machine; the text says what is missing."""


@dataclass(frozen=True)
class Reference:
    """What CPython does with a program: `clean` (exit status 0, same output under two hash seeds), or why it is not."""

    kind: str
    stdout: str


def shared_conformance() -> Path:
    """The folder of `build.py`."""
    given = os.environ.get("NPYTHON_SHARED")
    candidates = [Path(given)] if given else [REPOSITORY.parent / "shared", REPOSITORY.parent.parent / "shared"]
    for candidate in candidates:
        if (candidate / "conformance" / "build.py").exists():
            return candidate / "conformance"
    raise SuiteMissingError("no conformance/build.py: set NPYTHON_SHARED to the folder that holds conformance/")


def newest_cpython() -> Path:
    """The newest CPython 3.13 with its test folder, else the newest of any version from 3.10 on."""
    found: list[tuple[bool, tuple[int, ...], Path]] = []
    for folder in (Path.home() / ".pyenv" / "versions").glob("3.*"):
        if not re.fullmatch(r"3(\.\d+)+", folder.name):
            continue
        version = tuple(int(part) for part in folder.name.split("."))
        name = f"python{version[0]}.{version[1]}"
        if version >= (3, 10) and (folder / "lib" / name / "test" / "test_grammar.py").exists():
            found.append((version[:2] == (3, 13), version, folder / "bin" / name))
    running = Path(os.__file__).parent / "test" / "test_grammar.py"
    if running.exists():
        found.append((sys.version_info[:2] == (3, 13), tuple(sys.version_info[:3]), Path(sys.executable)))
    if not found:
        raise SuiteMissingError("no CPython with its test folder (test/ of the standard library) on this machine")
    return max(found)[2]


def build() -> tuple[Path, Path]:
    """Make the programs if they are not there; the folder they are in, and the CPython they come from."""
    source, python = shared_conformance(), newest_cpython()
    stamp = hashlib.sha256(str(python).encode() + b"".join(path.read_bytes() for path in sorted(source.glob("*.py"))))
    folder = WORK / stamp.hexdigest()[:12]
    programs = folder / "cpython_methods"
    if not (folder / "built").exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        environment = {**os.environ, "OUT": str(folder)}
        finished = subprocess.run(
            [str(python), str(source / "build.py")], env=environment, capture_output=True, text=True, check=False
        )
        if finished.returncode != 0:
            raise SuiteMissingError(f"build.py failed: {finished.stderr.strip().splitlines()[-1:]}")
        (folder / "built").write_text(finished.stdout, encoding="utf-8")
    return programs, python


def file_of(name: str) -> str:
    """The test file a program was cut from."""
    return name.split("__")[0]


def sample(names: list[str], size: int) -> list[str]:
    """A fixed choice of `size` names: the same on every machine, and little changed by names that come or go."""
    return sorted(sorted(names, key=lambda name: hashlib.sha256(name.encode()).digest())[:size])


def references(programs: Path, python: Path, names: list[str]) -> dict[str, Reference]:
    """What CPython does with each program, from the cache beside them where it is known."""
    cache_path = programs.parent / "reference.json"
    cache: dict[str, list[str]] = json.loads(cache_path.read_text(encoding="utf-8")) if cache_path.exists() else {}
    unknown = [name for name in names if name not in cache]
    if unknown:
        first, second = (_run_reference(programs, python, unknown, seed) for seed in ("0", "1"))
        for name in unknown:
            (kind, stdout), again = first[name], second[name]
            cache[name] = [kind if [kind, stdout] == again or kind == "timeout" else "unstable", stdout]
        cache_path.write_text(json.dumps(cache), encoding="utf-8")
    return {name: Reference(*cache[name]) for name in names}


def _run_reference(programs: Path, python: Path, names: list[str], seed: str) -> dict[str, list[str]]:
    environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1", "TZ": "UTC", "NO_COLOR": "1"}
    environment |= {"PYTHONHASHSEED": seed, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONWARNINGS": "ignore"}
    finished = subprocess.run(
        [str(python), "-P", str(HERE / "reference.py"), str(programs)],
        input="\n".join(names),
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    answers: dict[str, list[str]] = json.loads(finished.stdout)
    return answers
