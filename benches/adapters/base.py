"""What every engine adapter offers to the worker.

Written for CPython 3.9 and later, because it also runs inside the older interpreters that are compared.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

HOST_CALLS = 2_000
"""How many host calls one round-trip measurement makes; the time is divided by it."""

CALL_LOOP = f"for number in range({HOST_CALLS}):\n    ping(number)\n"
EMPTY_LOOP = f"for number in range({HOST_CALLS}):\n    number\n"


def ping(number: int) -> int:
    """The host function of the round-trip figure."""
    return number + 1


class BaseAdapter:
    """An engine under test.  A method that returns None says: this engine has no such thing."""

    def version(self) -> str:
        """The engine's version, for the table's head."""
        raise NotImplementedError

    def prepare(self, source: str, filename: str) -> Callable[[], str]:
        """Compile `source` once and return a call that runs it in a fresh environment and returns its output."""
        raise NotImplementedError

    def evaluate_new(self) -> Callable[[], object] | None:
        """A call that makes a new sandbox, compiles and runs `1+2`."""
        return None

    def run_compiled(self) -> Callable[[], object] | None:
        """A call that runs an already compiled `1+2` in a new sandbox."""
        return None

    def host_calls(self) -> list[Callable[[], object]] | None:
        """Two calls: a loop of `HOST_CALLS` calls of `ping`, and the same loop without the call."""
        return None

    def scoped_calls(self) -> list[Callable[[], object]] | None:
        """Three calls: a loop of `HOST_CALLS` calls of a tool that needs a scope, of one that does not, and none."""
        return None

    def session_step(self) -> Callable[[], object] | None:
        """A call that evaluates one more expression in a live session."""
        return None

    def compile_source(self, source: str) -> Callable[[], object] | None:  # noqa: ARG002 - for those that override it
        """A call that compiles `source` and does not run it."""
        return None

    def make_idle(self) -> Callable[[], object] | None:
        """A call that makes one sandbox which is kept and has nothing to do."""
        return None

    def close(self) -> None:
        """Give back what the adapter holds."""
