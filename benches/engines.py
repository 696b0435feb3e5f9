"""The engines of the table: which are installed, and a worker process for each."""

from __future__ import annotations

import json
import os
import re
import selectors
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
REFERENCE = "CPython 3.13"
START_TIMEOUT = 60.0


@dataclass(frozen=True)
class EngineSpec:
    """An engine that may be installed: the column's name, its adapter and the interpreter that runs it."""

    name: str
    adapter: str
    python: Path


class WorkerError(Exception):
    """A worker gave no answer: it ended, or the time allowed ran out."""


class Worker:
    """A process that measures one engine; started again by itself after it was lost."""

    def __init__(self, spec: EngineSpec) -> None:
        self.spec = spec
        self.version = ""
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Start the process and wait for its greeting; WorkerError says why the engine cannot be used."""
        environment = {**os.environ, "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"}
        self._process = subprocess.Popen(
            [str(self.spec.python), str(HERE / "worker.py"), self.spec.adapter],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=environment,
        )
        greeting = self._receive(START_TIMEOUT)
        if not greeting["ok"]:
            self.stop()
            raise WorkerError(greeting["error"])
        self.version = greeting["version"]

    def ask(self, request: dict[str, Any], timeout: float) -> dict[str, Any]:
        """Send a request and wait for its answer; a worker that is lost is replaced at the next request."""
        if self._process is None:
            self.start()
        process = self._process
        if process is None or process.stdin is None:
            raise WorkerError("the process did not start")
        try:
            process.stdin.write(json.dumps(request) + "\n")
            process.stdin.flush()
            return self._receive(timeout)
        except BrokenPipeError:
            self.stop()
            raise WorkerError("the process ended") from None

    def _receive(self, timeout: float) -> dict[str, Any]:
        process = self._process
        if process is None or process.stdout is None:
            raise WorkerError("the process did not start")
        with selectors.DefaultSelector() as selector:
            selector.register(process.stdout, selectors.EVENT_READ)
            if not selector.select(timeout):
                self.stop()
                raise WorkerError(f"no answer within {timeout:.0f} s")
        line = process.stdout.readline()
        if not line:
            self.stop()
            raise WorkerError("the process ended")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def stop(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                stream.close()


def cpython_interpreters() -> dict[str, Path]:
    """The newest CPython of each 3.x found, by `3.x`: pyenv's versions, then PATH, then the running one."""
    found: dict[str, tuple[tuple[int, ...], Path]] = {}
    versions = Path.home() / ".pyenv" / "versions"
    for folder in sorted(versions.glob("3.*")):
        match = re.fullmatch(r"(3\.\d+)\.(\d+)", folder.name)
        executable = folder / "bin" / "python"
        if match and executable.exists():
            number = tuple(int(part) for part in folder.name.split("."))
            if match[1] not in found or number > found[match[1]][0]:
                found[match[1]] = (number, executable)
    for minor in range(8, 20):
        name = f"3.{minor}"
        on_path = shutil.which(f"python{name}")
        if name not in found and on_path and ".pyenv/shims" not in on_path:
            found[name] = ((3, minor, 0), Path(on_path))
    running = f"{sys.version_info[0]}.{sys.version_info[1]}"
    found.setdefault(running, ((3, sys.version_info[1], 0), Path(sys.executable)))
    return {name: path for name, (_, path) in found.items()}


def engine_specs(extra_cpythons: list[str], peers: Path) -> list[EngineSpec]:
    """Columns in the table's order; `peers` is the interpreter that may import the other sandboxes."""
    interpreters = cpython_interpreters()
    reference = "3.13" if "3.13" in interpreters else max(interpreters, key=lambda name: int(name.split(".")[1]))
    wanted = [reference, *[name for name in extra_cpythons if name != reference]]
    return [
        EngineSpec("npython", "npython", Path(sys.executable)),
        *[EngineSpec(f"CPython {name}", "cpython", interpreters[name]) for name in wanted if name in interpreters],
        EngineSpec("Monty", "monty", peers),
        EngineSpec("RestrictedPython", "restrictedpython", peers),
        EngineSpec("smolagents", "smolagents", peers),
    ]
