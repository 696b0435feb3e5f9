"""The native half of npython. Private: use the names in `npython`."""

from collections.abc import Callable, Sequence
from typing import Any, Final, final

from npython._warden import Warden
from npython.audit import AuditRecord
from npython.capabilities.filesystem.overlay_tree import Changes
from npython.security.grant import Grant

__all__ = [
    "GAS_SCHEDULE_VERSION",
    "CancelToken",
    "Engine",
    "Frame",
    "HostCall",
    "HostWait",
    "Machine",
    "Opaque",
    "Program",
    "Result",
    "RunWatch",
    "ScopeRequest",
    "Token",
    "Usage",
    "__version__",
    "compile",
]

__version__: Final[str]
GAS_SCHEDULE_VERSION: Final[int]

def compile(source: str, filename: str = "<agent>") -> Program:
    """Compile a program once to run it many times.

    Args:
        source: Python source.
        filename: The name shown in tracebacks.

    Raises:
        CompileError: The source is not valid.
    """

@final
class Program:
    """A compiled program: immutable, reusable, shared between threads. Made by `npython.compile`."""

    @property
    def filename(self) -> str:
        """The name shown in tracebacks."""
    @property
    def source(self) -> str:
        """The source text it was compiled from."""
    def disassemble(self) -> str:
        """A readable listing of the bytecode with source lines."""

@final
class Result:
    """What a run produced and used. `value` is the value of the program's last expression statement."""

    def __new__(
        cls,
        value: Any = None,
        stdout: str = "",
        stderr: str = "",
        gas_used: int = 0,
        memory_peak: int = 0,
        duration: float = 0.0,
        audit: tuple[AuditRecord, ...] | None = None,
        host_calls: int = 0,
        pending_calls_peak: int = 0,
        changes: Changes | None = None,
    ) -> Result: ...
    @property
    def value(self) -> Any:
        """Plain Python data, or None if the program does not end in an expression."""
    @property
    def stdout(self) -> str:
        """What the program printed."""
    @property
    def stderr(self) -> str:
        """What the program printed to standard error."""
    @property
    def gas_used(self) -> int:
        """Gas units used, of `Limits.gas`."""
    @property
    def memory_peak(self) -> int:
        """The most bytes the machine held, of `Limits.memory`."""
    @property
    def host_calls(self) -> int:
        """Host calls made, of `Limits.host_calls`."""
    @property
    def pending_calls_peak(self) -> int:
        """The most host calls that were under way at once, of `Limits.pending_calls`."""
    @property
    def duration(self) -> float:
        """Seconds from start to end, host functions included."""
    @property
    def changes(self) -> Changes | None:
        """What was changed in memory instead of on the disk, or None."""
    @property
    def audit(self) -> tuple[AuditRecord, ...]:
        """What the program did with scopes and host functions, in order, if the sandbox audits."""

@final
class RunWatch:
    """Tells host functions that wait whether their run is over."""

    def stopping(self) -> bool:
        """Whether the run was cancelled, or its time is over."""

@final
class Token:
    """A token whose text the program never gets: it can be passed on to `with scope(name, token):` and nothing else.

    Give it as an input, alone or inside other data. Nothing shows or compares the text, here or in the sandbox; it
    cannot be pickled.
    """

    def __new__(cls, text: str) -> Token: ...

@final
class Frame:
    """One entry of a guest traceback, outermost first."""

    def __new__(
        cls,
        filename: str,
        function: str,
        line: int,
        end_line: int,
        column: int,
        end_column: int,
        source_line: str,
    ) -> Frame: ...
    @property
    def filename(self) -> str:
        """The file name given to `compile` or `run`."""
    @property
    def function(self) -> str:
        """The function, or `<module>`."""
    @property
    def line(self) -> int:
        """1-based line."""
    @property
    def end_line(self) -> int:
        """1-based last line of the expression."""
    @property
    def column(self) -> int:
        """1-based column of the first character, in characters."""
    @property
    def end_column(self) -> int:
        """1-based column after the last character."""
    @property
    def source_line(self) -> str:
        """The source line as written, without its line end."""
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...

@final
class Opaque:
    """A guest value that has no plain form, such as a function: only its type name and `repr` come out."""

    def __new__(cls, type_name: str, repr: str) -> Opaque: ...
    @property
    def type_name(self) -> str:
        """The name of its type in the guest."""
    @property
    def repr(self) -> str:
        """Its `repr` in the guest."""
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...

@final
class CancelToken:
    """Cancels the runs it was given to: `run(..., cancel=token)`, then `token.cancel()` from any thread.

    A cancelled token stays cancelled: a run that gets it later stops before its first instruction.
    """

    def __new__(cls) -> CancelToken: ...
    def cancel(self) -> None:
        """Stop every run that has this token; they raise `Cancelled` within 10 ms."""
    @property
    def cancelled(self) -> bool:
        """Whether `cancel()` was called."""

@final
class Engine:
    """What the runs of one sandbox share: limits, host functions as the guest sees them, libraries, switches."""

    def __new__(
        cls,
        functions: Sequence[tuple[str, str | None, bool, bool, str, str | None, bool, bool]],
        limits: tuple[int, int, int, int, int, int, float],
        *,
        libraries: Sequence[tuple[Program, Sequence[int]]] = ...,
        audited: bool = False,
        quicken: bool = True,
        collect_always: bool = False,
        initial_stack: int | None = None,
    ) -> Engine: ...
    def run(
        self,
        source: str | Program,
        functions: tuple[Callable[..., Any], ...],
        filename: str,
        inputs: dict[str, Any] | None,
        on_output: Callable[[str, str], object] | None,
        cancel: CancelToken | None,
        warden: Warden | None,
    ) -> Result:
        """Run a program on a new machine to its end."""
    def machine(self) -> Machine:
        """Make a machine to be driven step by step."""
    def cancel(self) -> None:
        """Cancel every run in progress on this engine."""

@final
class Machine:
    """A machine that Python drives step by step: sessions and async runs."""

    def start(
        self,
        source: str | Program,
        filename: str,
        inputs: dict[str, Any] | None,
        on_output: Callable[[str, str], object] | None,
        cancel: CancelToken | None,
        warden: Warden | None,
    ) -> None:
        """Put a program into the machine; `run` or `advance` then runs it."""
    def run(self, functions: tuple[Callable[..., Any], ...]) -> Result:
        """Run the program to its end, calling `functions`."""
    def advance(self, seconds: float | None = None) -> Result | HostCall | HostWait | ScopeRequest | None:
        """Run until the end (the Result), something that has to be answered, or for `seconds` (None)."""
    def answer(self, value: Any) -> None:
        """Answer the waiting host call with a value."""
    def begun(self) -> None:
        """Answer the waiting host call, which has a number: it is under way."""
    def ended(self, number: int, function: int, value: Any) -> None:
        """Tell the waiting program that a call under way ended with a value."""
    def failed(self, number: int, function: int, error: BaseException) -> None:
        """Tell the waiting program that a call under way ended with an exception."""
    def waited(self) -> None:
        """Tell the waiting program that the time is over."""
    def take_given_up(self) -> list[int]:
        """Return the numbers of the calls that the program gave up since the last time."""
    @property
    def stopping(self) -> bool:
        """Whether the program has to stop: it was cancelled, or its time is over."""
    def enter(self, grant: Grant | str | None) -> None:
        """Let the program enter the scope it asked for; None, or text that says why, refuses."""
    def fail(self, error: BaseException) -> None:
        """Answer the waiting host call with an exception."""
    def cancel(self) -> None:
        """Cancel the program that runs on it."""
    @property
    def gas_used(self) -> int | None:
        """Gas units used by all programs together; None while it runs or when it is over."""
    @property
    def memory_now(self) -> int | None:
        """Bytes the machine holds now; None while it runs or when it is over."""

@final
class HostCall:
    """A call of a host function that the driver of the machine must make."""

    @property
    def function(self) -> int:
        """Index of the function."""
    @property
    def args(self) -> tuple[Any, ...]:
        """Positional arguments."""
    @property
    def kwargs(self) -> dict[str, Any] | None:
        """Keyword arguments, if any."""
    @property
    def line(self) -> int:
        """Line of the call in the guest program."""
    @property
    def grants(self) -> tuple[Grant, ...]:
        """The grants in force for the function's scope, outermost block first."""
    @property
    def gas(self) -> int:
        """Gas used so far."""
    @property
    def concurrent(self) -> int | None:
        """The number of a call that the program goes on without: begin it and say `begun`."""

@final
class HostWait:
    """The program waits for a host call that is under way: answer with `ended`, `failed` or `waited`."""

    @property
    def seconds(self) -> float | None:
        """How long at most."""

@final
class Usage:
    """How often and for how many bytes a token has been used. Shared by every grant derived from that token."""

    calls: int
    bytes: int
    def __new__(cls) -> Usage: ...
    def add(self, calls: int = 0, bytes: int = 0) -> None:
        """Count calls and bytes."""

@final
class ScopeRequest:
    """The program wants to enter a scope: answer with `enter`."""

    @property
    def scope(self) -> str:
        """The name."""
    @property
    def token(self) -> str | None:
        """The token's text, of a sealed one too; None if it is sealed and unknown here."""
    @property
    def line(self) -> int:
        """Line of the `with` statement."""
