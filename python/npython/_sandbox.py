"""Running programs: `run`, `Sandbox` and `Session`."""

from __future__ import annotations

from npython._limits import Limits
from npython._npython import Engine

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from npython._npython import CancelToken, Machine, Program, Result

    HostFunction = Callable[..., Any]
    OutputCallback = Callable[[str, str], object]

__all__ = ["Sandbox", "Session", "run"]

_DEFAULT_LIMITS = Limits()
#: Names that mean something to the machine itself: no host function can have them.
_RESERVED_NAMES = frozenset({"scope"})


def run(
    source: str | Program,
    *,
    filename: str = "<agent>",
    inputs: Mapping[str, Any] | None = None,
    limits: Limits | None = None,
) -> Result:
    """Run a program on a new machine of its own and return its result.

    Args:
        source: Python source, or a `Program` from `npython.compile`.
        filename: The name shown in tracebacks (a `Program` has its own).
        inputs: Global variables of the program, by name: plain data, copied.
        limits: What it may use; safe defaults without.

    Raises:
        CompileError: The source is not valid.
        GuestError: An exception left the program.
        Halted: A limit stopped it.
        TypeError: An input is not plain data.
    """
    return Sandbox(limits=limits).run(source, filename=filename, inputs=inputs)


class Sandbox:
    """Limits and host functions for any number of runs. Each run gets a fresh machine; none sees another.

    Usage:

    ```python
    sandbox = npython.Sandbox(functions={"lookup": prices.get}, limits=npython.Limits(time="2s"))
    result = sandbox.run("lookup('tea') * 3")
    ```

    A sandbox may be used by several threads at once, and by its own host functions.

    Args:
        limits: What each run may use; safe defaults without.
        functions: Host functions by the name the program calls them by. Arguments and results are plain data, copied.
    """

    __slots__ = ("__weakref__", "_engine", "_functions", "_limits")

    def __init__(self, *, limits: Limits | None = None, functions: Mapping[str, HostFunction] | None = None) -> None:
        self._limits = _DEFAULT_LIMITS if limits is None else _checked_limits(limits)
        self._functions: tuple[HostFunction, ...]
        if functions:
            names = [_checked_name(name, function) for name, function in functions.items()]
            self._functions = tuple(functions.values())
        else:
            names = []
            self._functions = ()
        self._engine = Engine(names, self._limits._native)

    @property
    def limits(self) -> Limits:
        """What each run may use."""
        return self._limits

    def run(
        self,
        source: str | Program,
        *,
        filename: str = "<agent>",
        inputs: Mapping[str, Any] | None = None,
        on_output: OutputCallback | None = None,
        cancel: CancelToken | None = None,
    ) -> Result:
        """Run a program on a new machine and return its result. The GIL is free while it runs.

        Args:
            source: Python source, or a `Program`.
            filename: The name shown in tracebacks (a `Program` has its own).
            inputs: Global variables of the program, by name: plain data, copied.
            on_output: Called with text and "stdout" or "stderr" as the program prints, besides what the result keeps.
            cancel: A token that stops this run from another thread.

        Raises:
            CompileError: The source is not valid.
            GuestError: An exception left the program.
            Halted: A limit or a cancellation stopped it.
            TypeError: An input is not plain data.
        """
        if inputs is not None:
            inputs = _checked_inputs(inputs)
        return self._engine.run(source, self._functions, filename, inputs, on_output, cancel)

    async def run_async(
        self,
        source: str | Program,
        *,
        filename: str = "<agent>",
        inputs: Mapping[str, Any] | None = None,
        on_output: OutputCallback | None = None,
        cancel: CancelToken | None = None,
    ) -> Result:
        """Do what `run` does without blocking the event loop. Host functions may be `async`.

        Cancelling the task that awaits this stops the program. A program that computes for long does so on a thread of
        the loop's default executor; host functions and `on_output` are always called on the loop's own thread.
        """
        return await self.session().run_async(
            source, filename=filename, inputs=inputs, on_output=on_output, cancel=cancel
        )

    def session(self) -> Session:
        """Start a session: one machine that runs one program after another, all on one budget."""
        return Session(self._engine.machine(), self._functions, self._limits)

    def cancel(self) -> None:
        """Stop every run of this sandbox that is in progress, from any thread."""
        self._engine.cancel()

    def __repr__(self) -> str:
        return f"Sandbox(limits={self._limits!r})"


class Session:
    """One machine that runs one program after another, each seeing the globals of those before. From `Sandbox.session`.

    All programs of a session draw on one budget of gas, time and output. After a `GuestError` it goes on; after a
    `Halted` it is over.
    """

    __slots__ = ("__weakref__", "_functions", "_limits", "_machine")

    def __init__(self, machine: Machine, functions: tuple[HostFunction, ...], limits: Limits) -> None:
        self._machine = machine
        self._functions = functions
        self._limits = limits

    def run(
        self,
        source: str | Program,
        *,
        filename: str = "<agent>",
        inputs: Mapping[str, Any] | None = None,
        on_output: OutputCallback | None = None,
        cancel: CancelToken | None = None,
    ) -> Result:
        """Run the next program. The arguments are those of `Sandbox.run`; the result counts this program only."""
        if inputs is not None:
            inputs = _checked_inputs(inputs)
        self._machine.start(source, filename, inputs, on_output, cancel)
        return self._machine.run(self._functions)

    async def run_async(
        self,
        source: str | Program,
        *,
        filename: str = "<agent>",
        inputs: Mapping[str, Any] | None = None,
        on_output: OutputCallback | None = None,
        cancel: CancelToken | None = None,
    ) -> Result:
        """Do what `run` does without blocking the event loop. Host functions may be `async`."""
        from npython._async import drive, on_loop_thread

        if inputs is not None:
            inputs = _checked_inputs(inputs)
        if on_output is not None:
            on_output = on_loop_thread(on_output)
        self._machine.start(source, filename, inputs, on_output, cancel)
        return await drive(self._machine, self._functions, self._limits.time)

    @property
    def gas_used(self) -> int | None:
        """Gas units used by all programs together; `None` while one runs and when the session is over."""
        return self._machine.gas_used

    def cancel(self) -> None:
        """Stop the program that runs, from any thread."""
        self._machine.cancel()


def _checked_limits(limits: Limits) -> Limits:
    if not isinstance(limits, Limits):
        raise TypeError(f"limits must be npython.Limits, not {type(limits).__name__}")
    return limits


def _checked_inputs(inputs: Mapping[str, Any]) -> dict[str, Any]:
    checked = dict(inputs)
    for name in checked:
        if not isinstance(name, str) or not name.isidentifier():
            raise ValueError(f"inputs are named by identifiers, which {name!r} is not")
    return checked


def _checked_name(name: str, function: HostFunction) -> str:
    if not isinstance(name, str) or not name.isidentifier() or _is_keyword(name):
        raise ValueError(f"host functions are named by identifiers, which {name!r} is not")
    if name in _RESERVED_NAMES:
        raise ValueError(f"{name!r} belongs to the machine and cannot be a host function")
    if not callable(function):
        raise TypeError(f"host function {name!r} is not callable but a {type(function).__name__}")
    return name


def _is_keyword(name: str) -> bool:
    import keyword

    return keyword.iskeyword(name)


Sandbox.__module__ = Session.__module__ = run.__module__ = "npython"
