"""Run programs under the CPython that runs this file, each in a forked child; standard library only.

    python3.13 reference.py FOLDER <names >json        # {name: [kind, standard output]}

`kind` is `clean` for exit status 0, `error` for another one, `timeout` after ten seconds.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import tempfile
import traceback
import types
from pathlib import Path

TIMEOUT = 10
MEMORY = 4 << 30
FILE_SIZE = 64 << 20


def run_as_main(path: Path) -> int:
    """Run a file as a script is run; its exit status."""
    main = types.ModuleType("__main__")
    main.__dict__.update({"__file__": str(path), "__builtins__": __builtins__})
    sys.modules["__main__"] = main
    sys.argv = [str(path)]
    try:
        exec(compile(path.read_bytes(), str(path), "exec", dont_inherit=True), main.__dict__)  # noqa: S102 - the programs are CPython's own tests
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    except BaseException:
        traceback.print_exc()
        return 1
    return 0


def child(path: Path, output: int) -> None:
    """The forked process: never returns."""
    status = 70
    try:
        os.dup2(output, 1)
        os.dup2(os.open(os.devnull, os.O_RDWR), 2)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_SIZE, FILE_SIZE))
        signal.alarm(TIMEOUT)
        status = run_as_main(path)
        sys.stdout.flush()
    finally:
        os._exit(status & 0xFF)


def run(path: Path) -> list[str]:
    """Kind and standard output of one program."""
    with tempfile.TemporaryFile() as output:
        process = os.fork()
        if process == 0:
            child(path, output.fileno())
        _, status = os.waitpid(process, 0)
        output.seek(0)
        text = output.read().decode("utf-8", "surrogateescape")
    if os.WIFSIGNALED(status):
        return ["timeout" if os.WTERMSIG(status) == signal.SIGALRM else "error", text]
    return ["clean" if os.WEXITSTATUS(status) == 0 else "error", text]


def main() -> None:
    """Names on standard input, one a line; all answers as one JSON object."""
    folder = Path(sys.argv[1])
    names = sys.stdin.read().split("\n")
    with tempfile.TemporaryDirectory() as empty:
        os.chdir(empty)
        answers = {name: run(folder / name) for name in names if name}
    json.dump(answers, sys.stdout)


if __name__ == "__main__":
    main()
