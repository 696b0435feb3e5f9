"""Running programs: `run`, `Sandbox` and `Session`."""

from __future__ import annotations

from npython._limits import Limits
from npython._npython import Engine

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import overload
else:

    def overload(function: object) -> None:
        """Do nothing: `typing` is not worth its import time here."""


if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any, NoReturn, TypeVar

    from npython._npython import CancelToken, Machine, Program, Result
    from npython._tools import HostFunctionEntry
    from npython._warden import Warden
    from npython.audit import AuditLog, AuditSink
    from npython.capabilities.capability import Capability
    from npython.capabilities.filesystem.capability import FilesystemCapability
    from npython.security.gatekeeper import Gatekeeper, GrantingGatekeeper

    HostFunction = Callable[..., Any]
    OutputCallback = Callable[[str, str], object]
    _Function = TypeVar("_Function", bound=HostFunction)

__all__ = ["Sandbox", "Session", "run"]

_DEFAULT_LIMITS = Limits()
#: Names that mean something to the machine itself: no host function can have them.
_RESERVED_NAMES = frozenset({"scope"})
_LONGEST_SCOPE = 256


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
        functions: Host functions by the name the program calls them by, always callable and without checks of their
            arguments; see `tool` for others. Arguments and results are plain data, copied.
        gatekeeper: Judges the tokens of `with scope(name, token):`. Without one every scope is refused.
        capabilities: Sets of host functions that need a scope, from `npython.capabilities`.
        audit: Called with an `npython.audit.AuditRecord` for each scope and host call, or a list they are appended to.
            `Result.audit` then has those of the run. `True` for these alone.
    """

    __slots__ = (
        "__weakref__",
        "_asynchronous",
        "_capabilities",
        "_engine_made",
        "_entries",
        "_functions",
        "_gatekeeper",
        "_libraries",
        "_limits",
        "_log",
        "_needs_warden",
        "_overlay",
        "_switches",
    )

    def __init__(
        self,
        *,
        limits: Limits | None = None,
        functions: Mapping[str, HostFunction] | None = None,
        gatekeeper: Gatekeeper | GrantingGatekeeper | None = None,
        capabilities: Iterable[Capability] = (),
        audit: AuditSink | bool | None = None,
    ) -> None:
        self._limits = _DEFAULT_LIMITS if limits is None else _checked_limits(limits)
        self._entries: list[HostFunctionEntry] = []
        self._asynchronous = False
        self._libraries: list[tuple[Program, list[int]]] = []
        self._capabilities: list[Capability] = []
        self._overlay: FilesystemCapability | None = None
        self._functions: tuple[HostFunction, ...] = ()
        self._engine_made: Engine | None = None
        self._switches: dict[str, Any] = {}
        self._gatekeeper = _checked_gatekeeper(gatekeeper)
        self._log = _audit_log(audit)
        self._needs_warden = gatekeeper is not None or self._log is not None
        if functions is not None and not hasattr(functions, "items"):
            raise TypeError(f"functions must map names to functions, not be a {type(functions).__name__}")
        if functions:
            from npython._tools import plain_entry

            self._add([plain_entry(_checked_name(name, function), function) for name, function in functions.items()])
        for capability in _checked_capabilities(capabilities):
            self._install(capability)

    @property
    def _engine(self) -> Engine:
        """The native half, made anew when there are other functions."""
        if self._engine_made is None:
            rows = [entry.row for entry in self._entries]
            audited = self._log is not None
            self._functions = tuple(entry.function for entry in self._entries)
            self._engine_made = Engine(
                rows, self._limits._native, libraries=self._libraries, audited=audited, **self._switches
            )
        return self._engine_made

    def _add(self, entries: list[HostFunctionEntry]) -> None:
        taken = {entry.name for entry in self._entries if not entry.hidden}
        for entry in entries:
            if entry.name in taken:
                raise ValueError(f"there is a host function {entry.name!r} already")
            if not entry.hidden:
                taken.add(entry.name)
            self._needs_warden = self._needs_warden or entry.scope is not None
            self._asynchronous = self._asynchronous or entry.asynchronous
        self._entries.extend(entries)
        self._engine_made = None

    def _install(self, capability: Capability) -> None:
        from npython._npython import compile as compile_source
        from npython._tools import tool_entry

        if not hasattr(capability, "scope") or not hasattr(capability, "functions"):
            raise TypeError(f"capabilities are objects of npython.capabilities, not {type(capability).__name__}")
        scope = _checked_scope(capability.scope)
        first = len(self._entries)
        self._add(
            [
                tool_entry(function, name=_checked_name(name, function), scope=scope, of_capability=True)
                for name, function in capability.functions.items()
            ]
        )
        if capability.guest_source is not None:
            library = compile_source(capability.guest_source, f"<{scope}>")
            self._libraries.append((library, list(range(first, len(self._entries)))))
        self._capabilities.append(capability)
        if getattr(capability, "mode", None) == "overlay":
            self._overlay = capability  # type: ignore[assignment]  # the only one with this mode

    @overload
    def tool(self, function: _Function, /) -> _Function: ...

    @overload
    def tool(  # noqa: F811 - the next of the overloads
        self, /, *, name: str | None = None, scope: str | None = None, strict: bool = False
    ) -> Callable[[_Function], _Function]: ...

    def tool(  # noqa: D417, F811 - the decorated function is not an argument; the implementation
        self,
        function: Any = None,
        /,
        *,
        name: str | None = None,
        scope: str | None = None,
        strict: bool = False,
    ) -> Any:
        """Give programs a typed function, sync or async. To be used as a decorator, before the first run.

        Arguments are checked against its annotations; the guest gets a TypeError if they do not fit. Signature and
        docstring are shown to the guest and in `datacard()`. Raise `ToolError` to tell the program what went wrong.

        ```python
        @sandbox.tool(scope="CRM-ENV")
        def lookup(customer: str, limit: int = 10) -> list[str]:
            \"\"\"Orders of a customer.\"\"\"
            return orders[customer][:limit]
        ```

        A parameter annotated `npython.security.Grant` gets the grant that is in force, and is not the guest's.

        Args:
            name: What programs call it; its own name without.
            scope: The scope in which alone it may be called; anywhere without.
            strict: Only calls written in the block that opens the scope count, not those of functions it calls.

        Raises:
            TypeError: An annotation is nothing that plain data could satisfy.
            ValueError: The name is taken or not an identifier.
        """
        if not isinstance(strict, bool):
            raise TypeError(f"strict must be True or False, not {type(strict).__name__}")
        if strict and scope is None:
            raise ValueError("strict is about a scope: give one")

        def register(function: _Function) -> _Function:
            from npython._tools import tool_entry

            if not callable(function):
                hint = ": write tool(name=...) or tool(scope=...)" if isinstance(function, str) else ""
                raise TypeError(f"a tool is a function, not {type(function).__name__}{hint}")
            called = getattr(function, "__name__", "") if name is None else name
            checked = _checked_name(called, function)
            needed = None if scope is None else _checked_scope(scope)
            self._add([tool_entry(function, name=checked, scope=needed, strict=strict)])
            return function

        return register if function is None else register(function)

    def datacard(self) -> str:
        """Describe the sandbox for a model's prompt: language, limits, functions, scopes, capabilities."""
        from npython._datacard import datacard

        return datacard(self._limits, tuple(self._entries), tuple(self._capabilities))

    def _warden(self) -> Warden | None:
        """Make the one who decides about the scopes of a run, if there is anything to decide."""
        if not self._needs_warden:
            return None
        from npython._warden import Warden

        return Warden(self._gatekeeper, tuple(self._entries), self._log, self._limits.time, self._overlay)

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
        engine = self._engine
        if self._asynchronous:
            return self.session().run(source, filename=filename, inputs=inputs, on_output=on_output, cancel=cancel)
        warden = self._warden()
        if warden is None:
            return engine.run(source, self._functions, filename, inputs, on_output, cancel, None)
        with warden:
            return engine.run(source, self._functions, filename, inputs, on_output, cancel, warden)

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
        machine = self._engine.machine()
        return Session(machine, self._functions, self._limits, self._warden(), asynchronous=self._asynchronous)

    def cancel(self) -> None:
        """Stop every run of this sandbox that is in progress, from any thread."""
        self._engine.cancel()

    def __reduce__(self) -> NoReturn:
        raise TypeError("a Sandbox cannot be pickled: make it where it is used")

    def __repr__(self) -> str:
        return f"Sandbox(limits={self._limits!r})"


class _Nobody:
    """Stands in for the warden where nothing has to be decided or recorded."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, *_: object) -> None:
        pass


_NOBODY = _Nobody()


class Session:
    """One machine that runs one program after another, each seeing the globals of those before. From `Sandbox.session`.

    All programs of a session draw on one budget of gas, time and output. After a `GuestError` it goes on; after a
    `Halted` it is over.
    """

    __slots__ = ("__weakref__", "_asynchronous", "_functions", "_limits", "_machine", "_warden")

    def __init__(
        self,
        machine: Machine,
        functions: tuple[HostFunction, ...],
        limits: Limits,
        warden: Warden | None,
        *,
        asynchronous: bool = False,
    ) -> None:
        self._asynchronous = asynchronous
        self._warden = warden
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
        if self._asynchronous:
            from npython._async import run_blocking

            return run_blocking(
                self.run_async(source, filename=filename, inputs=inputs, on_output=on_output, cancel=cancel)
            )
        if inputs is not None:
            inputs = _checked_inputs(inputs)
        with self._warden or _NOBODY:
            self._machine.start(source, filename, inputs, on_output, cancel, self._warden)
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
            on_output = on_loop_thread(_checked_callback(on_output))
        with self._warden or _NOBODY:
            self._machine.start(source, filename, inputs, on_output, cancel, self._warden)
            return await drive(self._machine, self._functions, self._limits.time, self._warden)

    @property
    def gas_used(self) -> int | None:
        """Gas units used by all programs together; `None` while one runs and when the session is over."""
        return self._machine.gas_used

    def cancel(self) -> None:
        """Stop the program that runs, from any thread."""
        self._machine.cancel()

    def __reduce__(self) -> NoReturn:
        raise TypeError("a Session cannot be pickled: its machine is in this process")


def _checked_limits(limits: Limits) -> Limits:
    if not isinstance(limits, Limits):
        raise TypeError(f"limits must be npython.Limits, not {type(limits).__name__}")
    return limits


def _checked_gatekeeper(gatekeeper: Any) -> Any:
    if isinstance(gatekeeper, type):
        raise TypeError(f"gatekeeper must be an object, not the class {gatekeeper.__name__}: call it")
    if gatekeeper is not None and not (hasattr(gatekeeper, "validate") or hasattr(gatekeeper, "grant")):
        raise TypeError(f"a gatekeeper has a method validate or grant, which {type(gatekeeper).__name__} has not")
    return gatekeeper


def _checked_capabilities(capabilities: Any) -> Iterable[Capability]:
    if not hasattr(capabilities, "__iter__") or isinstance(capabilities, str):
        hint = ": write [...] around it" if hasattr(capabilities, "functions") else ""
        raise TypeError(f"capabilities must be a list of capabilities, not {type(capabilities).__name__}{hint}")
    return capabilities  # type: ignore[no-any-return]  # of what, is looked at one by one


def _checked_callback(callback: OutputCallback) -> OutputCallback:
    if not callable(callback):
        raise TypeError(f"on_output must be callable, not {type(callback).__name__}")
    return callback


def _checked_inputs(inputs: Mapping[str, Any]) -> dict[str, Any]:
    if not hasattr(inputs, "keys"):
        raise TypeError(f"inputs must map names to values, not be a {type(inputs).__name__}")
    checked = dict(inputs)
    for name in list(checked):
        read = _as_in_source(name)
        if read is None:
            raise ValueError(f"inputs are named by identifiers, which {name!r} is not")
        if read != name:
            checked[read] = checked.pop(name)
    return checked


def _as_in_source(name: Any) -> str | None:
    """Return a name as the compiler reads it (in NFKC, as PEP 3131 says), `None` if it is none."""
    if isinstance(name, str) and not name.isascii():
        from unicodedata import normalize

        name = normalize("NFKC", name)
    return name if isinstance(name, str) and name.isidentifier() and not _is_keyword(name) else None


def _checked_name(name: str, function: HostFunction) -> str:
    read = _as_in_source(name)
    if read is None:
        raise ValueError(f"host functions are named by identifiers, which {name!r} is not")
    if read in _RESERVED_NAMES:
        raise ValueError(f"{name!r} belongs to the machine and cannot be a host function")
    if not callable(function):
        raise TypeError(f"host function {name!r} is not callable but a {type(function).__name__}")
    return read


def _checked_scope(scope: str) -> str:
    if type(scope) is not str or not 0 < len(scope) <= _LONGEST_SCOPE or not scope.isprintable():
        raise ValueError(f"a scope is named by 1 to {_LONGEST_SCOPE} printable characters, which {scope!r} is not")
    return scope


def _audit_log(audit: AuditSink | bool | None) -> AuditLog | None:  # noqa: FBT001 - what the embedder gave
    if audit is None or audit is False:
        return None
    from npython.audit import AuditLog

    return AuditLog(None if audit is True else audit)


def _is_keyword(name: str) -> bool:
    import keyword

    return keyword.iskeyword(name)


Sandbox.__module__ = Session.__module__ = run.__module__ = "npython"
