r"""npython runs Python written by AI agents on a virtual machine of its own.

A program has no authority: it can compute and print, and call the host functions it was given, some of them only inside
`with scope(name, token):`. Every instruction is metered; limits are always on.

```python
import npython

result = npython.run("print('hello'); sum(range(10))")
assert result.value == 45
assert result.stdout == "hello\n"
```
"""

from __future__ import annotations

from npython._errors import (
    Cancelled,
    CompileError,
    EngineError,
    GasExhausted,
    GuestError,
    Halted,
    HostCallLimitExceeded,
    MemoryLimitExceeded,
    NpythonError,
    OutputLimitExceeded,
    PendingCallLimitExceeded,
    SecurityViolation,
    StackOverflow,
    TimeLimitExceeded,
    ToolError,
)
from npython._limits import Limits
from npython._npython import CancelToken, Frame, Opaque, Program, Result, Token, __version__, compile
from npython._sandbox import Sandbox, Session, run

__all__ = [
    "CancelToken",
    "Cancelled",
    "CompileError",
    "EngineError",
    "Frame",
    "GasExhausted",
    "GuestError",
    "Halted",
    "HostCallLimitExceeded",
    "Limits",
    "MemoryLimitExceeded",
    "NpythonError",
    "Opaque",
    "OutputLimitExceeded",
    "PendingCallLimitExceeded",
    "Program",
    "Result",
    "Sandbox",
    "SecurityViolation",
    "Session",
    "StackOverflow",
    "TimeLimitExceeded",
    "Token",
    "ToolError",
    "__version__",
    "compile",
    "run",
]
