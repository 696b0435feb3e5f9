"""For tests: machines under conditions that must change nothing but speed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from npython._sandbox import Sandbox

if TYPE_CHECKING:
    from collections.abc import Mapping

    from npython._limits import Limits
    from npython._sandbox import HostFunction

__all__ = ["stress_sandbox"]


def stress_sandbox(
    *,
    limits: Limits | None = None,
    functions: Mapping[str, HostFunction] | None = None,
    quicken: bool = True,
    collect_always: bool = False,
    initial_stack: int | None = None,
) -> Sandbox:
    """Make a sandbox whose programs must behave, print and cost exactly as in an ordinary one.

    Args:
        limits: As for `Sandbox`.
        functions: As for `Sandbox`.
        quicken: Use inline caches and fused instructions.
        collect_always: Collect garbage at every safepoint.
        initial_stack: Operand slots the stack starts with.
    """
    sandbox = Sandbox(limits=limits, functions=functions)
    sandbox._switches = {"quicken": quicken, "collect_always": collect_always, "initial_stack": initial_stack}
    return sandbox
