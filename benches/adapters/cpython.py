"""CPython itself: `compile` and `exec` in fresh globals."""

from __future__ import annotations

import io
import platform
from contextlib import redirect_stdout
from typing import TYPE_CHECKING, Any

from adapters.base import CALL_LOOP, EMPTY_LOOP, BaseAdapter, ping

if TYPE_CHECKING:
    from collections.abc import Callable


class Adapter(BaseAdapter):
    """Programs run in the worker's own interpreter."""

    def version(self) -> str:
        return platform.python_version()

    def prepare(self, source: str, filename: str) -> Callable[[], str]:
        code = compile(source, filename, "exec", dont_inherit=True)

        def run() -> str:
            captured = io.StringIO()
            with redirect_stdout(captured):
                exec(code, {"__name__": "__main__"})
            return captured.getvalue()

        return run

    def evaluate_new(self) -> Callable[[], object]:
        return lambda: eval(compile("1+2", "<bench>", "eval", dont_inherit=True), {})

    def run_compiled(self) -> Callable[[], object]:
        code = compile("1+2", "<bench>", "eval", dont_inherit=True)
        return lambda: eval(code, {})

    def host_calls(self) -> list[Callable[[], object]]:
        calling = compile(CALL_LOOP, "<bench>", "exec", dont_inherit=True)
        empty = compile(EMPTY_LOOP, "<bench>", "exec", dont_inherit=True)
        return [lambda: exec(calling, {"ping": ping}), lambda: exec(empty, {})]

    def session_step(self) -> Callable[[], object]:
        session: dict[str, Any] = {}
        exec("x = 1", session)
        return lambda: eval(compile("x + 2", "<bench>", "eval", dont_inherit=True), session)

    def compile_source(self, source: str) -> Callable[[], object]:
        return lambda: compile(source, "<bench>", "exec", dont_inherit=True)
