"""The sandbox that attacks on scopes run in: a function of every kind, and tokens for them."""

from __future__ import annotations

from typing import Any

import npython
from npython.security import StaticGatekeeper

GOOD, OTHER = "good-token-7c1f", "other-token-99ab"
SECRET = "sealed-secret-51d0"


class Calls(list[str]):
    """What the host functions were called with."""


def make(calls: Calls, **options: Any) -> npython.Sandbox:
    """A sandbox with a function of every kind: scoped, strict, unscoped."""
    keeper = StaticGatekeeper({"X": [GOOD, SECRET], "Y": [OTHER, SECRET]})
    sandbox = npython.Sandbox(**{"gatekeeper": keeper, "audit": True, **options})

    @sandbox.tool(scope="X")
    def use(value: Any = 0, **more: Any) -> Any:
        """Needs X."""
        calls.append(f"use {value}")
        return value

    @sandbox.tool(scope="Y")
    def use_y(value: Any = 0) -> Any:
        """Needs Y."""
        calls.append(f"use_y {value}")
        return value

    @sandbox.tool(scope="X", strict=True)
    def strictly(value: Any = 0) -> Any:
        """Needs X, opened by the block that calls it."""
        calls.append(f"strictly {value}")
        return value

    @sandbox.tool
    def note(value: Any = 0) -> Any:
        """Needs nothing."""
        calls.append(f"note {value}")
        return value

    return sandbox


INPUTS = {"good": GOOD, "other": OTHER, "sealed": npython.Token(SECRET)}


def ending(run: Any) -> tuple[int | str, Any]:
    """How a run ended, as `Case.ends` has it, and its result."""
    try:
        result = run()
    except npython.SecurityViolation as violation:
        return violation.line, violation
    except npython.GuestError as error:
        return error.type_name, error
    except npython.CompileError as error:
        return "CompileError", error
    return "ok", result
