"""smolagents' LocalPythonExecutor: an evaluator that walks the syntax tree in Python."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

from smolagents.local_python_executor import LocalPythonExecutor

from adapters.base import CALL_LOOP, EMPTY_LOOP, BaseAdapter, ping

if TYPE_CHECKING:
    from collections.abc import Callable

IMPORTS = ["dataclasses", "json", "re"]


def _executor() -> LocalPythonExecutor:
    executor = LocalPythonExecutor(IMPORTS, max_print_outputs_length=1_000_000)
    executor.send_tools({"ping": ping})
    return executor


class Adapter(BaseAdapter):
    """Programs run in the worker's own process; there is no separate compile step."""

    def version(self) -> str:
        return version("smolagents")

    def prepare(self, source: str, filename: str) -> Callable[[], str]:  # noqa: ARG002 - it shows no file names
        return lambda: str(_executor()(source).logs)

    def evaluate_new(self) -> Callable[[], object]:
        return lambda: _executor()("1+2").output

    def host_calls(self) -> list[Callable[[], object]]:
        return [lambda: _executor()(CALL_LOOP), lambda: _executor()(EMPTY_LOOP)]

    def session_step(self) -> Callable[[], object]:
        session = _executor()
        session("x = 1")
        return lambda: session("x + 2").output
