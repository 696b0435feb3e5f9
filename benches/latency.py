"""The latency figures: one row each, by name, with the unit they are shown in."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engines import EngineSpec, Worker, WorkerError
from measure import median, repeated

FIGURE_TIMEOUT = 120.0


@dataclass(frozen=True)
class Figure:
    """A row: its key, what it says, the unit, and what a measured value is multiplied by to get that unit."""

    key: str
    title: str
    unit: str
    scale: float


FIGURES = [
    Figure("evaluate_new", "new sandbox + compile + run 1+2, median", "us", 1e6),
    Figure("run_compiled", "compiled 1+2 in a new sandbox, median", "us", 1e6),
    Figure("host_call", "host call round trip", "us", 1e6),
    Figure("tool_call", "call of a typed tool", "us", 1e6),
    Figure("scoped_call", "call of a typed tool in a scope", "us", 1e6),
    Figure("scope_cost", "what the scope adds to it", "us", 1e6),
    Figure("session_step", "one more expression in a session, median", "us", 1e6),
    Figure("idle_memory", "memory of an idle sandbox", "KiB", 1 / 1024),
    Figure("compile_source", "compile all programs at once, median", "ms", 1e3),
    Figure("process", "whole process: hello.py (CPython: -c pass)", "ms", 1e3),
    Figure("thread_scaling", "two threads, throughput of one times", "x", 1.0),
]


def process_command(spec: EngineSpec, hello: Path) -> list[str] | None:
    """The command whose whole run is timed, or None where the engine is no command."""
    if spec.adapter == "cpython":
        return [str(spec.python), "-c", "pass"]
    names = {"npython": (["npython", "run"], Path(sys.executable)), "monty": (["monty"], spec.python)}
    if spec.adapter not in names:
        return None
    (name, *rest), python = names[spec.adapter]
    beside = python.parent / name
    command = str(beside) if beside.exists() else shutil.which(name)
    return [command, *rest, str(hello)] if command else None


def process_seconds(spec: EngineSpec, budget: float) -> float | None:
    """Median seconds of a whole process from start to exit."""
    with tempfile.TemporaryDirectory() as folder:
        hello = Path(folder) / "hello.py"
        hello.write_text("print('hello')\n", encoding="utf-8")
        command = process_command(spec, hello)
        if command is None:
            return None

        def run() -> None:
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

        try:
            run()
        except (OSError, subprocess.CalledProcessError):
            return None
        return median(repeated(run, budget))


def measure_figure(figure: Figure, worker: Worker, corpus: str, program: str, budget: float) -> dict[str, Any]:
    """One cell: `value` in the row's unit, or `error`."""
    if figure.key == "process":
        value = process_seconds(worker.spec, budget)
        return {"value": None if value is None else value * figure.scale}
    source = corpus if figure.key == "compile_source" else program
    request = {"kind": "figure", "figure": figure.key, "budget": budget, "source": source, "filename": "bench.py"}
    if figure.key == "idle_memory":
        # Memory already used and given back would hide what new sandboxes take.
        worker.stop()
    try:
        answer = worker.ask(request, FIGURE_TIMEOUT)
    except WorkerError as error:
        return {"value": None, "error": str(error)}
    if not answer["ok"]:
        return {"value": None, "error": answer["error"]}
    value = answer["value"]
    return {"value": None if value is None else value * figure.scale}
