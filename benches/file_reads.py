"""Time 1,000 reads of a small file: in the sandbox through FS-ENV, and in plain Python.

    python benches/file_reads.py

The target is at most 1.3 times plain Python. Times are of the processor, the best of several, taken in turn.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import npython
from npython.capabilities import FilesystemCapability
from npython.security import StaticGatekeeper

if TYPE_CHECKING:
    from collections.abc import Callable

_TURNS = 15
_READS = 1000

#: How a program reads a file, and the same in plain Python.
PROGRAMS = {
    "open": ("with open(path) as file:\n    file.read()", "with open(path) as file:\n    file.read()"),
    "Path.read_text": ("Path(path).read_text()", "Path(path).read_text()"),
    "read_file": ("read_file(path)", "with open(path) as file:\n    file.read()"),
}


def _indented(text: str, by: int) -> str:
    return "\n".join(" " * by + line for line in text.splitlines())


def _sandboxed(root: Path, statement: str) -> Callable[[], object]:
    sandbox = npython.Sandbox(
        gatekeeper=StaticGatekeeper({"FS-ENV": "t0ken"}), capabilities=[FilesystemCapability(root)]
    )
    program = npython.compile(
        f"with scope('FS-ENV', token):\n    for _ in range({_READS}):\n{_indented(statement, 8)}\n"
    )
    inputs = {"token": npython.Token("t0ken"), "path": "file.txt"}
    return lambda: sandbox.run(program, inputs=inputs)


def _plain(root: Path, statement: str) -> Callable[[], object]:
    source = f"def run():\n    for _ in range({_READS}):\n{_indented(statement, 8)}\n"
    names: dict[str, object] = {"Path": Path, "path": str(root / "file.txt")}
    exec(source, names)
    run = names["run"]
    assert callable(run)
    return run


def measure(name: str, root: Path) -> tuple[float, float]:
    """Return the seconds in the sandbox and in plain Python."""
    ours, theirs = PROGRAMS[name]
    runs = (_sandboxed(root, ours), _plain(root, theirs))
    best = [float("inf")] * 2
    for _ in range(_TURNS):
        for which, run in enumerate(runs):
            start = time.process_time()
            run()
            best[which] = min(best[which], time.process_time() - start)
    return best[0], best[1]


def main() -> None:
    """Print a line for each way of reading."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "file.txt").write_text("some text\n" * 10)
        for name in PROGRAMS:
            ours, theirs = measure(name, root)
            print(f"{name:16} {ours * 1e3:7.2f} ms  plain Python {theirs * 1e3:7.2f} ms  {ours / theirs:.2f}x")


if __name__ == "__main__":
    main()
