"""Take defences out one at a time and see that a test fails for each.

    python tests/security/weakened.py [WORD]

Works on a copy of the package. With a word, only the defences whose description has it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
FILES = "capabilities/filesystem"
FILE_TESTS = "tests/security/test_filesystem.py tests/security/test_filesystem_races.py"


class Defence(NamedTuple):
    """A defence: where it is, what stands there, what stands there without it, and which tests should tell."""

    description: str
    path: str
    present: str
    absent: str
    tests: str


DEFENCES = [
    Defence(
        "links are not followed",
        f"{FILES}/root_directory.py",
        "common = os.O_NOFOLLOW | os.O_NONBLOCK",
        "common = os.O_NONBLOCK",
        FILE_TESTS,
    ),
    Defence(
        "pipes are not waited for",
        f"{FILES}/root_directory.py",
        "common = os.O_NOFOLLOW | os.O_NONBLOCK",
        "common = os.O_NOFOLLOW",
        FILE_TESTS,
    ),
    Defence(
        "special files are not read",
        f"{FILES}/root_directory.py",
        "not stat.S_ISREG(status.st_mode) or",
        "",
        FILE_TESTS,
    ),
    Defence(
        "files with another name are not reached",
        f"{FILES}/root_directory.py",
        "(status.st_nlink > 1 and not self._hard_links)",
        "False",
        FILE_TESTS,
    ),
    Defence(
        "paths do not go up",
        f"{FILES}/guest_path.py",
        'name == ".." or ',
        "",
        FILE_TESTS,
    ),
    Defence(
        "paths are relative",
        f"{FILES}/guest_path.py",
        'path.startswith("/") or ',
        "",
        FILE_TESTS,
    ),
    Defence(
        "names have no control characters",
        f"{FILES}/guest_path.py",
        "if not _is_printable(path):",
        "if False:",
        FILE_TESTS,
    ),
    Defence(
        "what is replaced is replaced at once",
        f"{FILES}/disk_tree.py",
        "self._put_in_place(parent, path, data, old)",
        "handle = os.open(path.parts[-1], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666, dir_fd=parent); "
        "_write_all(handle, data); os.close(handle)",
        FILE_TESTS,
    ),
    Defence(
        "files have a largest size",
        f"{FILES}/disk_tree.py",
        "if size > self._bounds.file_bytes:",
        "if False:",
        FILE_TESTS,
    ),
    Defence(
        "bytes are counted",
        f"{FILES}/quota.py",
        "growth > 0 and self.bytes + growth > self.max_bytes",
        "False",
        FILE_TESTS,
    ),
    Defence(
        "files are counted",
        f"{FILES}/quota.py",
        "files > 0 and self.files + files > self.max_files",
        "False",
        FILE_TESTS,
    ),
    Defence(
        "one change at a time",
        f"{FILES}/disk_tree.py",
        "self._lock = threading.Lock()",
        "from contextlib import nullcontext; self._lock = nullcontext()",
        FILE_TESTS,
    ),
    Defence(
        "protected files stay as they are",
        f"{FILES}/disk_tree.py",
        "if not status.st_mode & _ANYBODY_MAY_WRITE:",
        "if False:",
        FILE_TESTS,
    ),
    Defence(
        "the grant's paths are checked",
        f"{FILES}/capability.py",
        "if grant.paths is not None:",
        "if False:",
        FILE_TESTS,
    ),
    Defence(
        "a read-only grant is one",
        f"{FILES}/capability.py",
        "        grant.check_write()\n",
        "",
        FILE_TESTS,
    ),
    Defence(
        "errors of the system are said anew",
        f"{FILES}/disk_tree.py",
        "return error if error.errno is None else failure(error.errno, path.text)",
        "return error",
        FILE_TESTS,
    ),
    Defence(
        "listings are bounded",
        f"{FILES}/disk_tree.py",
        "if count > most:",
        "if False:",
        FILE_TESTS,
    ),
    Defence(
        "an overlay leaves the disk alone",
        f"{FILES}/capability.py",
        "_Operations(overlay or disk,",
        "_Operations(disk,",
        FILE_TESTS,
    ),
]


def is_noticed(defence: Defence) -> bool:
    """Run the tests against a package without the defence and tell whether one of them fails."""
    with tempfile.TemporaryDirectory() as folder:
        package = Path(folder, "npython")
        shutil.copytree(ROOT / "python/npython", package, ignore=shutil.ignore_patterns("__pycache__"))
        path = package / defence.path
        text = path.read_text(encoding="utf-8")
        if defence.present not in text:
            sys.exit(f"{defence.path} no longer has {defence.present!r}")
        path.write_text(text.replace(defence.present, defence.absent), encoding="utf-8")
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-x",
            "-p",
            "no:cacheprovider",
            "--timeout=20",
            *defence.tests.split(),
        ]
        environment = {**os.environ, "PYTHONPATH": folder, "PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        return done.returncode != 0


def main() -> None:
    """Try every defence asked for and end with status 1 if one is not missed."""
    word = sys.argv[1] if len(sys.argv) > 1 else ""
    unnoticed = 0
    for defence in DEFENCES:
        if word in defence.description:
            noticed = is_noticed(defence)
            unnoticed += not noticed
            print("noticed  " if noticed else "UNNOTICED", defence.description, flush=True)
    sys.exit(unnoticed > 0)


if __name__ == "__main__":
    main()
