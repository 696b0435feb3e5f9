"""Driving a machine from an event loop. Imported by the async methods only."""

from __future__ import annotations

import asyncio
import inspect
import threading
from typing import TYPE_CHECKING

from npython._npython import Result, ScopeRequest

if TYPE_CHECKING:
    from npython._npython import HostCall, Machine
    from npython._sandbox import HostFunction, OutputCallback
    from npython._warden import Warden

__all__ = ["drive", "on_loop_thread"]

#: Seconds a program may compute on the loop's own thread before it moves to a worker thread: most snippets are done by
#: then, and a thread switch costs more than they do.
_INLINE = 0.001


async def drive(
    machine: Machine, functions: tuple[HostFunction, ...], time: float, warden: Warden | None = None
) -> Result:
    """Run the program started on `machine` to its end.

    Args:
        machine: The machine, after `start`.
        functions: Its host functions.
        warden: Decides about scopes and makes all calls, if there is one.
        time: Seconds until a host function that is awaited is given up; the machine then raises TimeLimitExceeded.
    """
    loop = asyncio.get_running_loop()
    deadline = loop.time() + time
    try:
        step = machine.advance(_INLINE)
        while True:
            if step is None:
                step = await loop.run_in_executor(None, machine.advance)
            elif isinstance(step, Result):
                return step
            elif isinstance(step, ScopeRequest):
                refused = "this sandbox has no gatekeeper"
                machine.enter(warden.enter(step.scope, step.token, step.line) if warden else refused)
                step = machine.advance(_INLINE)
            else:
                await _answer(machine, functions, step, deadline - loop.time(), warden)
                step = machine.advance(_INLINE)
    except asyncio.CancelledError:
        machine.cancel()
        raise


async def _answer(
    machine: Machine,
    functions: tuple[HostFunction, ...],
    call: HostCall,
    seconds: float,
    warden: Warden | None,
) -> None:
    """Call the host function, await what it returns if need be, and give the machine the answer."""
    try:
        if warden is None:
            value = functions[call.function](*call.args, **(call.kwargs or {}))
        elif warden.may_block(call.function):
            arguments = (call.function, call.grants, call.line, call.gas, call.args, call.kwargs)
            value = asyncio.to_thread(warden.call, *arguments)
        else:
            value = warden.call(call.function, call.grants, call.line, call.gas, call.args, call.kwargs)
        if inspect.isawaitable(value):
            value = await asyncio.wait_for(value, max(seconds, 0.0))
    except Exception as error:  # noqa: BLE001 - the guest gets it
        machine.fail(error)
    else:
        machine.answer(value)


def on_loop_thread(callback: OutputCallback) -> OutputCallback:
    """Make `callback` one that is called on the running loop's thread, wherever the machine runs."""
    loop = asyncio.get_running_loop()
    home = threading.get_ident()

    def call(text: str, stream: str) -> None:
        if threading.get_ident() == home:
            callback(text, stream)
        else:
            loop.call_soon_threadsafe(callback, text, stream)

    return call
