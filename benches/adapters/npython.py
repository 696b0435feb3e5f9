"""npython in the worker's process, with its default limits: metering is always on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import npython
from adapters.base import CALL_LOOP, EMPTY_LOOP, BaseAdapter, ping

if TYPE_CHECKING:
    from collections.abc import Callable


class Adapter(BaseAdapter):
    """Programs run through the public Python API."""

    def version(self) -> str:
        return npython.__version__

    def prepare(self, source: str, filename: str) -> Callable[[], str]:
        program = npython.compile(source, filename=filename)
        return lambda: npython.Sandbox().run(program).stdout

    def evaluate_new(self) -> Callable[[], object]:
        return lambda: npython.Sandbox().run("1+2").value

    def run_compiled(self) -> Callable[[], object]:
        program = npython.compile("1+2")
        return lambda: npython.Sandbox().run(program).value

    def host_calls(self) -> list[Callable[[], object]]:
        calling = npython.compile(CALL_LOOP)
        empty = npython.compile(EMPTY_LOOP)
        functions = {"ping": ping}
        return [
            lambda: npython.Sandbox(functions=functions).run(calling),
            lambda: npython.Sandbox(functions=functions).run(empty),
        ]

    def scoped_calls(self) -> list[Callable[[], object]]:
        from npython.security import StaticGatekeeper

        sandbox = npython.Sandbox(gatekeeper=StaticGatekeeper({"PING-ENV": "token"}))

        def typed(number: int) -> int:
            return number

        sandbox.tool(name="ping", scope="PING-ENV")(typed)
        sandbox.tool(name="free")(typed)
        scoped = "with scope('PING-ENV', 'token'):\n" + "".join(f"    {line}\n" for line in CALL_LOOP.splitlines())
        sources = (scoped, CALL_LOOP.replace("ping", "free"), EMPTY_LOOP)
        programs = [npython.compile(source) for source in sources]
        return [lambda program=program: sandbox.run(program) for program in programs]  # type: ignore[misc]

    def session_step(self) -> Callable[[], object]:
        sandbox = npython.Sandbox(limits=npython.Limits(gas=10**15, time=3600))
        session = sandbox.session()
        session.run("x = 1")
        return lambda: session.run("x + 2").value

    def compile_source(self, source: str) -> Callable[[], object]:
        return lambda: npython.compile(source)

    def make_idle(self) -> Callable[[], object]:
        def make() -> object:
            session = npython.Sandbox().session()
            session.run("x = 1")
            return session

        return make
