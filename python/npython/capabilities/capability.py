"""What a capability is: host functions of one scope."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from npython.security import GrantError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from npython.security import Grant

__all__ = ["Capability", "covers", "may_block"]

_Function = TypeVar("_Function")


@dataclass(frozen=True, eq=False)
class Capability:
    """Host functions that a program can call inside `with scope(...)` only.

    A function that has a parameter annotated `npython.security.Grant` gets the grant in force there; the program does
    not see that parameter. Messages of exceptions reach the program, so they must name nothing of the host.

    Attributes:
        scope: The scope that all of it needs, such as "FS-ENV".
        functions: Host functions by the name the program calls them by. A name that starts with an underscore is for
            `guest_source` alone.
        guest_source: Python run in the sandbox, in a namespace of its own where `functions` are visible. Its public
            functions and classes become builtins of the program.
        describe: One paragraph for whoever writes programs that use it.
    """

    scope: str
    functions: Mapping[str, Callable[..., Any]]
    guest_source: str | None = None
    describe: str = ""


def covers(grant: Grant, path: str) -> bool:
    """Whether a grant that may be restricted to paths covers this one. `Grant.check_path` as a question."""
    if grant.paths is None:
        return True
    try:
        grant.check_path(path)
    except GrantError:
        return False
    return True


def may_block(function: _Function) -> _Function:
    """Mark a host function that waits for something outside: runs on an event loop call it on another thread."""
    function.may_block = True  # type: ignore[attr-defined]
    return function
