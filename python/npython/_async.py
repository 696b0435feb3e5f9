"""Driving a machine from an event loop. Imported by the async methods, and for programs with async host functions."""

from __future__ import annotations

import asyncio
import contextvars
import inspect
import threading
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from npython._npython import HostWait, Result, ScopeRequest

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from npython._npython import HostCall, Machine
    from npython._sandbox import HostFunction, OutputCallback
    from npython._warden import Warden

__all__ = ["drive", "on_loop_thread", "run_blocking"]

#: Seconds a program may compute on the loop's own thread before it moves to a worker thread: most snippets are done by
#: then, and a thread switch costs more than they do.
_INLINE = 0.001
#: Seconds between two looks at whether the program has to stop, while it waits for the host.
_LOOK = 0.005
#: Seconds that host calls get to end after they were cancelled.
_PATIENCE = 1.0
#: Calls given up that may be on their way out while the program goes on: it may make as many new ones as it likes.
_MOST_LEAVING = 100
#: Blocking runs inside host functions of blocking runs.
_DEEPEST = 32
_DEPTH: contextvars.ContextVar[int] = contextvars.ContextVar("_DEPTH", default=0)


async def drive(
    machine: Machine, functions: tuple[HostFunction, ...], seconds: float, warden: Warden | None = None
) -> Result:
    """Run the program started on `machine` to its end.

    Args:
        machine: The machine, after `start`.
        functions: Its host functions.
        warden: Decides about scopes and makes all calls, if there is one.
        seconds: Until host functions that are awaited are given up; the machine then raises TimeLimitExceeded.
    """
    return await _Run(machine, functions, seconds, warden).drive()


class _Run:
    """One run, and the host calls of it that are under way."""

    def __init__(
        self, machine: Machine, functions: tuple[HostFunction, ...], seconds: float, warden: Warden | None
    ) -> None:
        self._machine = machine
        self._functions = functions
        self._warden = warden
        self._loop = asyncio.get_running_loop()
        self._deadline = self._loop.time() + seconds
        #: Function and future of the calls under way, by number.
        self._calls: dict[int, tuple[int, asyncio.Future[Any]]] = {}
        #: Numbers of those that have ended, in that order.
        self._ended: deque[int] = deque()
        self._news = asyncio.Event()
        #: Calls that the program gave up and that have not ended yet.
        self._leaving: set[asyncio.Future[Any]] = set()

    async def drive(self) -> Result:
        """Run the machine to its end, answering what it asks for."""
        machine = self._machine
        try:
            step = machine.advance(_INLINE)
            while not isinstance(step, Result):
                if step is None:
                    step = await self._loop.run_in_executor(None, machine.advance)
                    continue
                if isinstance(step, ScopeRequest):
                    machine.enter(await self._decide(step))
                elif isinstance(step, HostWait):
                    await self._wait(step.seconds)
                elif step.concurrent is None:
                    await self._answer(step)
                else:
                    self._begin(step, step.concurrent)
                self._cancel_given_up()
                if len(self._leaving) > _MOST_LEAVING:
                    await self._let_leave()
                step = machine.advance(_INLINE)
        except asyncio.CancelledError:
            machine.cancel()
            raise
        finally:
            if self._calls or self._leaving:
                await self._cancel_all()
        return step

    async def _decide(self, request: ScopeRequest) -> Any:
        if self._warden is None:
            return "this sandbox has no gatekeeper"
        try:
            return await self._awaited(self._warden.enter_async(request.scope, request.token, request.line))
        except TimeoutError:
            return "the gatekeeper did not answer in time"

    def _made(self, call: HostCall) -> Any:
        """Call the host function."""
        if self._warden is None:
            return self._functions[call.function](*call.args, **(call.kwargs or {}))
        arguments = (call.function, call.grants, call.line, call.gas, call.args, call.kwargs)
        if self._warden.may_block(call.function):
            return self._in_thread(contextvars.copy_context().run, self._warden.call, *arguments)
        return self._warden.call(*arguments)

    async def _in_thread(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Call a function that waits, on another thread. It looks itself whether the run is over, and then ends."""
        future = self._loop.run_in_executor(None, function, *arguments)
        try:
            return await asyncio.shield(future)
        except asyncio.CancelledError:
            await asyncio.wait((future,), timeout=_PATIENCE)
            if future.done() and not future.cancelled():
                future.exception()  # nobody will ask for it
            raise

    async def _answer(self, call: HostCall) -> None:
        """Make a call that the program waits for."""
        try:
            value = self._made(call)
            if inspect.isawaitable(value):
                value = await self._awaited(value)
        except Exception as error:  # noqa: BLE001 - the guest gets it
            self._machine.fail(error)
        else:
            self._machine.answer(value)

    async def _awaited(self, value: Any) -> Any:
        """Await something as long as the run goes on."""
        task = asyncio.ensure_future(value)
        try:
            while not task.done() and not self._machine.stopping:
                left = self._deadline - self._loop.time()
                if left <= 0:
                    break
                await asyncio.wait((task,), timeout=min(left, _LOOK))
            if not task.done():
                task.cancel()
                await asyncio.wait((task,), timeout=_PATIENCE)
                raise TimeoutError("the run is over")
            return task.result()
        except asyncio.CancelledError:
            self._machine.cancel()
            task.cancel()
            await asyncio.wait((task,), timeout=_PATIENCE)
            raise

    def _begin(self, call: HostCall, number: int) -> None:
        """Begin a call that the program does not wait for."""
        future: asyncio.Future[Any]
        try:
            value = self._made(call)
        except Exception as error:  # noqa: BLE001 - the guest gets it
            future = self._loop.create_future()
            future.set_exception(error)
        else:
            if inspect.isawaitable(value):
                future = asyncio.ensure_future(value)
            else:
                future = self._loop.create_future()
                future.set_result(value)
        self._calls[number] = (call.function, future)
        future.add_done_callback(lambda _: self._note_end(number))
        self._machine.begun()

    def _note_end(self, number: int) -> None:
        if number in self._calls:
            self._ended.append(number)
            self._news.set()

    async def _wait(self, seconds: float | None) -> None:
        """Tell the program about the next call that ends, if one does in time."""
        machine, loop = self._machine, self._loop
        if seconds == 0:
            await asyncio.sleep(0)
        until = self._deadline if seconds is None else min(self._deadline, loop.time() + seconds)
        while not self._ended and not machine.stopping and (left := until - loop.time()) > 0:
            self._news.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._news.wait(), min(left, _LOOK))
        if not self._ended:
            machine.waited()
            return
        number = self._ended.popleft()
        function, future = self._calls.pop(number)
        if future.cancelled():
            machine.failed(number, function, TimeoutError("the call was cancelled"))
        elif error := future.exception():
            machine.failed(number, function, error)
        else:
            machine.ended(number, function, future.result())

    def _cancel_given_up(self) -> None:
        for number in self._machine.take_given_up():
            if number in self._calls:
                self._dismiss(number)

    async def _let_leave(self) -> None:
        """Wait until few of the calls given up are left, as long as the run goes on."""
        while len(self._leaving) > _MOST_LEAVING and not self._machine.stopping:
            if self._loop.time() >= self._deadline:
                return
            await asyncio.wait(self._leaving, timeout=_LOOK, return_when=asyncio.FIRST_COMPLETED)

    def _dismiss(self, number: int) -> None:
        _, future = self._calls.pop(number)
        if number in self._ended:
            self._ended.remove(number)
        if not future.done():
            self._leaving.add(future)
            # In a moment: a coroutine that was never started would complain that nobody awaited it.
            self._loop.call_soon(future.cancel)
        future.add_done_callback(self._forget)

    def _forget(self, future: asyncio.Future[Any]) -> None:
        self._leaving.discard(future)
        if not future.cancelled():
            future.exception()  # nobody will ask for it

    async def _cancel_all(self) -> None:
        for number in list(self._calls):
            self._dismiss(number)
        if self._leaving:
            await asyncio.wait(tuple(self._leaving), timeout=_PATIENCE)


def run_blocking(run: Coroutine[Any, Any, Result]) -> Result:
    """Run on an event loop of its own: in this thread, or in another one if this one has a loop running.

    Raises:
        RecursionError: Too many of them are inside each other.
    """
    depth = _DEPTH.get()
    if depth >= _DEEPEST:
        run.close()
        raise RecursionError(f"more than {_DEEPEST} sandboxes running inside each other's host functions")
    context = contextvars.copy_context()
    context.run(_DEPTH.set, depth + 1)
    if asyncio._get_running_loop() is None:
        return context.run(_run_here, run)
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as threads:
        return threads.submit(context.run, asyncio.run, run).result()


def _run_here(run: Coroutine[Any, Any, Result]) -> Result:
    """Run on a new event loop in this thread.

    Not by `asyncio.run`, which makes Ctrl-C wait until the host function that runs has returned: KeyboardInterrupt is
    raised where the main thread is, also in a host function, as in any other sandbox.
    """
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    try:
        return loop.run_until_complete(run)
    finally:
        try:
            left = asyncio.all_tasks(loop)
            for task in left:
                task.cancel()
            loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
            loop.run_until_complete(loop.shutdown_asyncgens())
            loop.run_until_complete(loop.shutdown_default_executor())
        finally:
            asyncio.set_event_loop(None)
            loop.close()


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
