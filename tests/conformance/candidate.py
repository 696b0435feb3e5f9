"""Run programs under npython: in worker processes, so that a crash is one program's failure and not the whole run's."""

from __future__ import annotations

import json
import os
import selectors
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import IO

ANSWER_TIMEOUT = 30.0
REASON_LENGTH = 140


@dataclass(frozen=True)
class Answer:
    """What npython did with a program; `reason` is empty when it ended with status 0."""

    stdout: str
    reason: str


def serve() -> None:
    """A worker: paths on standard input, one answer a line on standard output."""
    import npython

    for line in sys.stdin:
        path = Path(line.rstrip("\n"))
        stdout, reason = "", ""
        try:
            stdout = npython.run(path.read_text(encoding="utf-8"), filename=path.name).stdout
        except npython.GuestError as error:
            stdout = error.result.stdout if error.result else ""
            reason = "" if error.exit_status == 0 else _guest_reason(stdout, str(error))
        except npython.CompileError as error:
            reason = f"compile: {error.kind}: {error.message}"
        except npython.NpythonError as error:
            reason = f"{type(error).__name__}: {error}"
        except ValueError as error:
            reason = f"source refused: {error}"
        reason = " ".join(reason.split())[:REASON_LENGTH]
        sys.stdout.write(json.dumps([stdout, reason]) + "\n")
        sys.stdout.flush()


def _guest_reason(stdout: str, error: str) -> str:
    """The failure the test stand-in printed says more than the assertion that follows it."""
    failed = [line for line in stdout.splitlines() if line.startswith("FAIL ")]
    return failed[0].split(" ", 2)[2] if failed else error


class _Worker:
    """One worker process, replaced when it is lost."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None

    def run(self, path: Path) -> Answer:
        """The answer for one program."""
        process = self._started()
        incoming, outgoing = _pipes(process)
        try:
            outgoing.write(f"{path}\n")
            outgoing.flush()
        except BrokenPipeError:
            return self._lost()
        with selectors.DefaultSelector() as selector:
            selector.register(incoming, selectors.EVENT_READ)
            if not selector.select(ANSWER_TIMEOUT):
                self.stop()
                return Answer("", "no answer: the time limit did not hold")
        line = incoming.readline()
        return Answer(*json.loads(line)) if line else self._lost()

    def _started(self) -> subprocess.Popen[str]:
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, str(Path(__file__).resolve())],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                encoding="utf-8",
                env={**os.environ, "PYTHONUTF8": "1"},
            )
        return self._process

    def _lost(self) -> Answer:
        status = self._process.wait() if self._process is not None else None
        self.stop()
        return Answer("", f"crash: the process ended with status {status}")

    def stop(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for stream in _pipes(process):
                stream.close()


def _pipes(process: subprocess.Popen[str]) -> tuple[IO[str], IO[str]]:
    if process.stdout is None or process.stdin is None:
        raise RuntimeError("a worker is started with pipes")
    return process.stdout, process.stdin


def run_all(programs: Path, names: list[str], workers: int) -> dict[str, Answer]:
    """Run each program on one of `workers` processes."""
    idle: SimpleQueue[_Worker] = SimpleQueue()
    made = [_Worker() for _ in range(workers)]
    for worker in made:
        idle.put(worker)

    def run(name: str) -> Answer:
        worker = idle.get()
        try:
            return worker.run(programs / name)
        finally:
            idle.put(worker)

    try:
        with ThreadPoolExecutor(workers) as pool:
            return dict(zip(names, pool.map(run, names), strict=True))
    finally:
        for worker in made:
            worker.stop()


if __name__ == "__main__":
    serve()
