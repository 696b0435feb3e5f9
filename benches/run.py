"""The side-by-side benchmark: programs and latency figures in npython, CPython and other sandboxes.

    python benches/run.py [--quick] [--only NAME] [--json FILE] [--cpython 3.11 ...] [--peers PYTHON]

An engine's output must equal the reference CPython's before its time counts.  Engines that are not installed are left
out; the other sandboxes are looked for in `.venv-peers`, which `make bench` makes from requirements.txt.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
from pathlib import Path
from typing import Any

from engines import Worker, WorkerError, engine_specs
from latency import FIGURES, measure_figure
from table import render, summarise

HERE = Path(__file__).resolve().parent
PROGRAM_TIMEOUT = 12.0
QUICK_TIMEOUT = 4.0
PEERS = HERE.parent / ".venv-peers"
ROUNDS = 4
"""How often each engine has its turn at a program."""
SCALING_PROGRAM = "fib"


def parse_arguments(arguments: list[str]) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(
        prog="benches/run.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--only", action="append", metavar="NAME", help="only this program or latency figure (repeatable)"
    )
    parser.add_argument("--quick", action="store_true", help="a tenth of the time for each figure")
    parser.add_argument("--repeat", type=int, metavar="N", help="exactly N repeats of each program")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write all results as JSON")
    parser.add_argument(
        "--cpython", action="append", default=[], metavar="3.X", help="one more CPython version (repeatable)"
    )
    parser.add_argument("--peers", type=Path, metavar="PYTHON", help="the interpreter that imports the other sandboxes")
    parser.add_argument("--reasons", action="store_true", help="also say why an engine could not run a program")
    parser.add_argument("--no-latency", action="store_true", help="programs only")
    return parser.parse_args(arguments)


def peers_interpreter(options: argparse.Namespace) -> Path:
    """The interpreter that may import the other sandboxes: given, installed here, or the running one."""
    if options.peers is not None:
        given: Path = options.peers
        return given
    python = PEERS / "bin" / "python"
    return python if python.exists() else Path(sys.executable)


def start_workers(options: argparse.Namespace) -> tuple[dict[str, Worker], dict[str, str]]:
    """A running worker for each engine that is installed, and the reason for each that is not."""
    workers: dict[str, Worker] = {}
    missing: dict[str, str] = {}
    for spec in engine_specs(options.cpython, peers_interpreter(options)):
        worker = Worker(spec)
        try:
            worker.start()
            workers[spec.name] = worker
        except (WorkerError, OSError) as error:
            missing[spec.name] = str(error)
    return workers, missing


def measure_program(
    path: Path, workers: dict[str, Worker], reference: str, options: argparse.Namespace
) -> dict[str, Any]:
    """One row, the engines in turn, so that a slow moment of the machine is not one engine's alone.

    The reference comes first, because its output decides what is right.
    """
    budget = (0.1 if options.quick else 1.0) / ROUNDS
    request: dict[str, Any] = {
        "kind": "program",
        "source": path.read_text(encoding="utf-8"),
        "filename": path.name,
        "budget": budget,
    }
    if options.repeat:
        request["repeat"] = options.repeat
    timeout = QUICK_TIMEOUT if options.quick else PROGRAM_TIMEOUT
    expected: str | None = None
    cells: dict[str, Any] = {}
    for name in sorted(workers, key=lambda name: name != reference):
        cells[name] = measured(workers[name], request, timeout, expected)
        if name == reference:
            expected = cells[name].get("output")
    for _ in range(1, 1 if options.repeat else ROUNDS):
        for name, cell in cells.items():
            if cell.get("repeats", 1) > 1:
                again = {**request, "repeat": max(1, int(budget / cell["seconds"]))}
                add_round(cell, measured(workers[name], again, timeout, expected))
    for cell in cells.values():
        cell.pop("output", None)
    return cells


def measured(worker: Worker, request: dict[str, Any], timeout: float, expected: str | None) -> dict[str, Any]:
    """The time one engine takes for a program, or why there is none; the first output is believed."""
    try:
        answer = worker.ask(request, timeout)
    except WorkerError as error:
        return {"error": str(error)}
    if not answer.pop("ok"):
        return {"error": answer["error"]}
    output: str = answer["output"]
    if expected is not None and output.rstrip("\n") != expected.rstrip("\n"):
        return {"wrong": True, "error": f"wrong output: {output[:100]!r}"}
    return answer


def add_round(cell: dict[str, Any], again: dict[str, Any]) -> None:
    """Takes the best time of a further round into a cell; what goes wrong in one round counts for all."""
    if "error" in again:
        cell.clear()
        cell.update(again)
    else:
        cell["seconds"] = min(cell["seconds"], again["seconds"])
        cell["repeats"] += again["repeats"]


def selected(options: argparse.Namespace) -> tuple[list[Path], list[Any]]:
    """The programs and the figures that `--only` and `--no-latency` leave."""
    programs = sorted((HERE / "programs").glob("*.py"))
    figures = [] if options.no_latency else list(FIGURES)
    if options.only:
        known = {path.stem for path in programs} | {figure.key for figure in FIGURES}
        unknown = sorted(set(options.only) - known)
        if unknown:
            raise SystemExit(f"benches/run.py: no such program or figure: {', '.join(unknown)}")
        programs = [path for path in programs if path.stem in options.only]
        figures = [figure for figure in figures if figure.key in options.only]
    return programs, figures


def collect(options: argparse.Namespace) -> dict[str, Any]:
    """Measure everything, row by row, so that a busy moment of the machine touches all engines alike."""
    programs, figures = selected(options)
    workers, missing = start_workers(options)
    reference = next((name for name in workers if name.startswith("CPython")), next(iter(workers), ""))
    corpus = "\n".join(path.read_text(encoding="utf-8") for path in sorted((HERE / "programs").glob("*.py")))
    scaling = (HERE / "programs" / f"{SCALING_PROGRAM}.py").read_text(encoding="utf-8")
    budget = 0.2 if options.quick else 2.0
    rows: dict[str, dict[str, Any]] = {}
    latency: dict[str, dict[str, Any]] = {}
    try:
        for path in programs:
            print(f"... {path.stem}", file=sys.stderr)
            rows[path.stem] = measure_program(path, workers, reference, options)
        for figure in figures:
            print(f"... {figure.title}", file=sys.stderr)
            latency[figure.key] = {
                name: measure_figure(figure, worker, corpus, scaling, budget) for name, worker in workers.items()
            }
    finally:
        for worker in workers.values():
            worker.stop()
    return {
        "machine": f"{platform.system()} {platform.machine()}",
        "reference": reference,
        "engines": {name: worker.version for name, worker in workers.items()},
        "missing": missing,
        "programs": rows,
        "latency": latency,
        "ratios": summarise(rows, list(workers), reference),
    }


def main() -> int:
    """Print the table; exit status 1 when an engine's output was wrong."""
    options = parse_arguments(sys.argv[1:])
    results = collect(options)
    print(render(results, reasons=options.reasons))
    if options.json:
        options.json.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    wrong = any(cell.get("wrong") for cells in results["programs"].values() for cell in cells.values())
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
