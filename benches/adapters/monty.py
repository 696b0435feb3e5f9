"""Monty (`pydantic-monty`): a pool of worker processes, one session per run."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

import pydantic_monty

from adapters.base import CALL_LOOP, EMPTY_LOOP, BaseAdapter, ping

if TYPE_CHECKING:
    from collections.abc import Callable


class Adapter(BaseAdapter):
    """Programs run in a worker of a pool that is already started."""

    def __init__(self) -> None:
        self._pool = pydantic_monty.Monty()
        self._pool.__enter__()

    def version(self) -> str:
        return version("pydantic-monty")

    def prepare(self, source: str, filename: str) -> Callable[[], str]:
        def run() -> str:
            captured = pydantic_monty.CollectString()
            with self._pool.checkout(script_name=filename) as session:
                session.feed_run(source, print_callback=captured)
            return str(captured.output)

        return run

    def _feed(self, source: str) -> object:
        with self._pool.checkout(limits={"max_suspensions": 1_000_000}) as session:
            return session.feed_run(source, external_lookup={"ping": ping})

    def evaluate_new(self) -> Callable[[], object]:
        return lambda: self._feed("1+2")

    def host_calls(self) -> list[Callable[[], object]]:
        return [lambda: self._feed(CALL_LOOP), lambda: self._feed(EMPTY_LOOP)]

    def session_step(self) -> Callable[[], object]:
        session = self._pool.checkout()
        session.__enter__()
        session.feed_run("x = 1")
        return lambda: session.feed_run("x + 2")

    def close(self) -> None:
        self._pool.__exit__(None, None, None)
