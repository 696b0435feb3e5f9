"""The process in which one engine is measured.

Started as `PYTHON worker.py ADAPTER`.  Reads one JSON request a line on standard input and answers each with one JSON
line on standard output: `{"ok": true, ...}` or `{"ok": false, "error": "..."}`.  Runs on CPython 3.9 and later.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from adapters.base import HOST_CALLS, BaseAdapter
from measure import median, repeated

if TYPE_CHECKING:
    from collections.abc import Callable

IDLE_SANDBOXES = 2_000
SLOW_PROGRAM = 2.0
"""A program that takes longer than this many seconds is run only once."""
Answer = dict[str, Any]


def resident_bytes() -> int:
    """Memory of this process that is in use."""
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def run_program(adapter: BaseAdapter, request: Answer) -> Answer:
    """Time a program; its output goes back so that the runner can compare it before it believes the time."""
    run = adapter.prepare(request["source"], request["filename"])
    started = time.perf_counter()
    output = run()
    seconds = [time.perf_counter() - started]
    if seconds[0] < SLOW_PROGRAM:
        seconds += repeated(run, request["budget"], request.get("repeat"))
    return {"output": output, "seconds": min(seconds), "repeats": len(seconds)}


def optional_median(call: Callable[[], object] | None, budget: float) -> float | None:
    """Median seconds of a call, or None where the engine has no such thing."""
    if call is None:
        return None
    call()
    return median(repeated(call, budget))


def host_call_seconds(adapter: BaseAdapter, budget: float) -> float | None:
    """Seconds of one host call: a loop of them, less the same loop without."""
    calls = adapter.host_calls()
    if calls is None:
        return None
    with_call, without_call = [min(repeated(call, budget)) for call in calls]
    return max(with_call - without_call, 0.0) / HOST_CALLS


def scoped_call_seconds(adapter: BaseAdapter, budget: float) -> tuple[float, float] | None:
    """Seconds of one call of a tool that needs a scope, and of one that does not; the loops are run in turn."""
    calls = adapter.scoped_calls()
    if calls is None:
        return None
    best = [float("inf")] * len(calls)
    until = time.perf_counter() + 3 * budget
    while time.perf_counter() < until:
        best = [min(known, *repeated(call, 0.0)) for known, call in zip(best, calls)]  # noqa: B905 - runs on Python 3.9
    scoped, free, empty = best
    return (scoped - empty) / HOST_CALLS, (free - empty) / HOST_CALLS


def idle_bytes(adapter: BaseAdapter) -> float | None:
    """Resident bytes of one sandbox that is kept and idle."""
    make = adapter.make_idle()
    if make is None:
        return None
    kept = [make() for _ in range(100)]
    gc.collect()
    before = resident_bytes()
    kept += [make() for _ in range(IDLE_SANDBOXES)]
    gc.collect()
    return max(resident_bytes() - before, 0) / IDLE_SANDBOXES


def thread_scaling(adapter: BaseAdapter, request: Answer) -> float:
    """Throughput of two threads with a sandbox each, as a multiple of one thread's."""
    run = adapter.prepare(request["source"], request["filename"])
    run()
    once = min(repeated(run, request["budget"]))
    rounds = max(2, int(request["budget"] / once))

    def work() -> None:
        for _ in range(rounds):
            run()

    def elapsed(count: int) -> float:
        threads = [threading.Thread(target=work) for _ in range(count)]
        started = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return time.perf_counter() - started

    best: list[float] = [min(elapsed(count) for _ in range(3)) for count in (1, 2)]
    return 2 * best[0] / best[1]


def figure(adapter: BaseAdapter, request: Answer) -> Answer:
    """One latency figure by name; `value` is None where the engine has no such thing."""
    name, budget = request["figure"], request["budget"]
    value: float | None
    if name == "evaluate_new":
        value = optional_median(adapter.evaluate_new(), budget)
    elif name == "run_compiled":
        value = optional_median(adapter.run_compiled(), budget)
    elif name == "session_step":
        value = optional_median(adapter.session_step(), budget)
    elif name == "compile_source":
        value = optional_median(adapter.compile_source(request["source"]), budget)
    elif name == "host_call":
        value = host_call_seconds(adapter, budget)
    elif name in {"scoped_call", "tool_call", "scope_cost"}:
        found = scoped_call_seconds(adapter, budget)
        value = (
            None if found is None else {"scoped_call": found[0], "tool_call": found[1]}.get(name, found[0] - found[1])
        )
    elif name == "idle_memory":
        value = idle_bytes(adapter)
    elif name == "thread_scaling":
        value = thread_scaling(adapter, request)
    else:
        raise ValueError(f"no figure is called {name!r}")
    return {"value": value}


def answer(adapter: BaseAdapter, request: Answer) -> Answer:
    """Answer a request; whatever an engine raises is an answer too."""
    handlers: dict[str, Callable[[BaseAdapter, Answer], Answer]] = {"program": run_program, "figure": figure}
    try:
        return {"ok": True, **handlers[request["kind"]](adapter, request)}
    except Exception as error:  # noqa: BLE001 - an engine may raise anything, and all of it is an answer
        return {"ok": False, "error": f"{type(error).__name__}: {error}"[:300]}


def main() -> None:
    """Load the adapter named on the command line and serve requests until standard input ends."""
    # What an engine prints by itself must not mix with the answers.
    channel = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    sys.setrecursionlimit(10_000)

    def send(message: Answer) -> None:
        channel.write(json.dumps(message) + "\n")
        channel.flush()

    try:
        adapter: BaseAdapter = importlib.import_module("adapters." + sys.argv[1]).Adapter()
        send({"ok": True, "version": adapter.version()})
    except Exception as error:  # noqa: BLE001 - an engine may raise anything, and all of it is an answer
        send({"ok": False, "error": f"{type(error).__name__}: {error}"[:300]})
        return
    for line in sys.stdin:
        send(answer(adapter, json.loads(line)))
    adapter.close()


if __name__ == "__main__":
    main()
