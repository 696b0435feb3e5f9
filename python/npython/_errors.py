"""The exceptions of npython.

```
NpythonError (Exception)
├── CompileError         (SyntaxError)      the source is not valid
├── GuestError                              an exception left the program
├── Halted                                  the program was stopped; no code of its ran after that
│   ├── GasExhausted         (RuntimeError)
│   ├── MemoryLimitExceeded  (MemoryError)
│   ├── TimeLimitExceeded    (TimeoutError)
│   ├── OutputLimitExceeded  (RuntimeError)
│   ├── HostCallLimitExceeded (RuntimeError)
│   ├── PendingCallLimitExceeded (RuntimeError)
│   ├── StackOverflow        (RecursionError)
│   ├── Cancelled            (RuntimeError)
│   └── SecurityViolation    (PermissionError)
└── EngineError              (RuntimeError) a defect of npython: please report it, with `.source`
ToolError (Exception)                       for host functions to raise: a ToolError in the guest
```

Each `NpythonError` has `.result`: what the run had printed and used so far (`None` if it had not started). Each refines
the built-in exception in brackets, so code that knows nothing of npython can still handle it.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from npython._npython import Frame, Result

__all__ = [
    "Cancelled",
    "CompileError",
    "EngineError",
    "GasExhausted",
    "GuestError",
    "Halted",
    "HostCallLimitExceeded",
    "MemoryLimitExceeded",
    "NpythonError",
    "OutputLimitExceeded",
    "PendingCallLimitExceeded",
    "SecurityViolation",
    "StackOverflow",
    "TimeLimitExceeded",
    "ToolError",
]


def _rebuild(kind: type[NpythonError], arguments: tuple[object, ...], attributes: dict[str, object]) -> NpythonError:
    """Make an exception again from its pickled parts."""
    error = kind.__new__(kind, *arguments)
    error.args = arguments
    for name, value in attributes.items():
        setattr(error, name, value)
    return error


class NpythonError(Exception):
    """Whatever can go wrong with a run.

    Attributes:
        message: One sentence without the traceback.
        result: What the run had printed and used so far, or `None` if it had not started.
    """

    message: str
    result: Result | None

    def __init__(self, message: str, *, result: Result | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.result = result

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.args, dict(self.__dict__))


class CompileError(NpythonError, SyntaxError):
    """The source is not a valid program.

    A SyntaxError with all its attributes, so Python's own `traceback` module shows it as usual.

    Attributes:
        kind: "SyntaxError", "IndentationError" or "TabError".
        filename: The name given to `compile` or `run`.
        line: 1-based line.
        column: 1-based column.
        source_line: The line as written.
        traceback: What CPython would print on standard error.
    """

    kind: str
    line: int
    column: int
    source_line: str
    traceback: str

    def __init__(
        self,
        message: str,
        *,
        kind: str = "SyntaxError",
        filename: str = "<agent>",
        line: int = 1,
        column: int = 1,
        end_line: int = 1,
        end_column: int = 1,
        source_line: str = "",
        traceback: str = "",
        result: Result | None = None,
    ) -> None:
        SyntaxError.__init__(self, message, (filename, line, column, source_line, end_line, end_column))
        self.message = message
        self.result = result
        self.kind = kind
        self.line = line
        self.column = column
        self.source_line = source_line
        self.traceback = traceback

    def __reduce__(self) -> tuple[object, ...]:
        attributes = dict(self.__dict__)
        for name in ("msg", "filename", "lineno", "offset", "text", "end_lineno", "end_offset"):
            attributes[name] = getattr(self, name)
        return _rebuild, (type(self), self.args, attributes)


class GuestError(NpythonError):
    """An exception left the program.

    `str(error)` is the last line of its traceback: type name and message.

    Attributes:
        type_name: Name of the exception's type in the guest.
        message: `str()` of the exception.
        frames: Where it was raised, outermost call first.
        traceback: What CPython would print on standard error, chained exceptions included.
        exit_status: The status a `SystemExit` asks for, else `None`.
    """

    type_name: str
    frames: tuple[Frame, ...]
    traceback: str
    exit_status: int | None

    def __init__(
        self,
        message: str,
        *,
        type_name: str,
        frames: tuple[Frame, ...] = (),
        traceback: str = "",
        exit_status: int | None = None,
        result: Result | None = None,
    ) -> None:
        super().__init__(message, result=result)
        self.args = (f"{type_name}: {message}" if message else type_name,)
        self.type_name = type_name
        self.frames = frames
        self.traceback = traceback
        self.exit_status = exit_status


class Halted(NpythonError):
    """The program was stopped from outside; none of its `except` or `finally` blocks ran."""


class GasExhausted(Halted, RuntimeError):
    """The program used up `Limits.gas`."""


class MemoryLimitExceeded(Halted, MemoryError):
    """The program needs more than `Limits.memory`."""


class TimeLimitExceeded(Halted, TimeoutError):
    """The program ran longer than `Limits.time`."""


class OutputLimitExceeded(Halted, RuntimeError):
    """The program printed more than `Limits.output`."""


class HostCallLimitExceeded(Halted, RuntimeError):
    """The program made more than `Limits.host_calls`."""


class PendingCallLimitExceeded(Halted, RuntimeError):
    """The program has more calls of async host functions under way than `Limits.pending_calls`."""


class StackOverflow(Halted, RecursionError):
    """The machine's own operand stack is full; deep recursion alone is an ordinary RecursionError of the guest."""


class Cancelled(Halted, RuntimeError):
    """`CancelToken.cancel()` or `Sandbox.cancel()` was called."""


class SecurityViolation(Halted, PermissionError):
    """The program used what no live grant allows.

    Attributes:
        scope: The scope that the function needs.
        function: The function called; empty when a scope was to be entered and refused.
        line: Line of the call, or of the `with` statement.
    """

    scope: str
    function: str
    line: int

    def __init__(self, message: str, *, scope: str, function: str, line: int = 0, result: Result | None = None) -> None:
        super().__init__(message, result=result)
        self.scope = scope
        self.function = function
        self.line = line


class ToolError(Exception):
    """Raise it in a host function to tell the program what went wrong: the guest gets a ToolError with this message.

    Exceptions that are not Python's own arrive as a ToolError too, but with the paths in their message left out.
    """


class EngineError(NpythonError, RuntimeError):
    """A defect of npython itself. The host is unharmed; please report it together with `.source`.

    Attributes:
        source: The program that shows the defect.
    """

    source: str

    def __init__(self, message: str, *, source: str = "", result: Result | None = None) -> None:
        super().__init__(message, result=result)
        self.source = source


for _class in (
    NpythonError,
    CompileError,
    GuestError,
    Halted,
    GasExhausted,
    MemoryLimitExceeded,
    TimeLimitExceeded,
    OutputLimitExceeded,
    HostCallLimitExceeded,
    PendingCallLimitExceeded,
    StackOverflow,
    Cancelled,
    SecurityViolation,
    EngineError,
    ToolError,
):
    _class.__module__ = "npython"
