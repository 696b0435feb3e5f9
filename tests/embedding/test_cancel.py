"""Stopping a program from outside: from another thread, before it starts, and with Ctrl-C."""

from __future__ import annotations

import _thread
import asyncio
import signal
import threading

import pytest

import npython

ENDLESS = "print('started')\nwhile True: pass"


def when_started(action):
    """An output callback that has another thread do `action` once the program runs."""
    started = threading.Event()

    def wait_and_act():
        if started.wait(60):
            action()

    thread = threading.Thread(target=wait_and_act, daemon=True)
    thread.start()

    def on_output(text, stream):
        started.set()

    return on_output, thread


def test_a_token_stops_its_run_from_another_thread():
    token = npython.CancelToken()
    on_output, thread = when_started(token.cancel)
    with pytest.raises(npython.Cancelled) as caught:
        npython.Sandbox().run(ENDLESS, cancel=token, on_output=on_output)
    thread.join()
    assert caught.value.result.stdout == "started\n"
    assert token.cancelled


def test_a_cancelled_token_stops_a_run_before_it_starts():
    token = npython.CancelToken()
    token.cancel()
    with pytest.raises(npython.Cancelled) as caught:
        npython.Sandbox().run("print('never')", cancel=token)
    assert caught.value.result.stdout == ""


def test_a_sandbox_cancels_all_its_runs_and_no_later_one():
    sandbox = npython.Sandbox()
    on_output, thread = when_started(sandbox.cancel)
    with pytest.raises(npython.Cancelled):
        sandbox.run(ENDLESS, on_output=on_output)
    thread.join()
    assert sandbox.run("1").value == 1


def test_no_guest_code_runs_after_a_cancellation():
    token = npython.CancelToken()
    on_output, thread = when_started(token.cancel)
    source = (
        "print('started')\ntry:\n    while True: pass\nexcept BaseException: print('caught')\nfinally: print('finally')"
    )
    with pytest.raises(npython.Cancelled) as caught:
        npython.Sandbox().run(source, cancel=token, on_output=on_output)
    thread.join()
    assert caught.value.result.stdout == "started\n"


def test_a_host_function_may_cancel_its_own_run():
    token = npython.CancelToken()
    sandbox = npython.Sandbox(functions={"stop": token.cancel})
    with pytest.raises(npython.Cancelled) as caught:
        sandbox.run("stop()\nprint('never')", cancel=token)
    assert caught.value.result.stdout == ""


@pytest.mark.usefixtures("interruptible")
def test_ctrl_c_interrupts_a_running_program():
    on_output, thread = when_started(_thread.interrupt_main)
    with pytest.raises(KeyboardInterrupt):
        npython.Sandbox().run(ENDLESS, on_output=on_output)
    thread.join()
    assert npython.run("1").value == 1


@pytest.mark.usefixtures("interruptible")
@pytest.mark.parametrize(
    ("source", "waiting"),
    [
        ("press()\nwhile True: pass", 0),
        ("try:\n    press()\nexcept BaseException: pass\nwhile True: pass", 0),
        ("import asyncio\nasync def main(): await asyncio.gather(wait(), press_later())\nasyncio.run(main())", 2),
        ("import asyncio\nasync def main():\n    wait()\n    press()\nasyncio.run(main())", None),
        ("press_later()\nwhile True: pass", 1),
    ],
)
def test_ctrl_c_interrupts_where_the_main_thread_is_beside_async_tools(source, waiting):
    sandbox = npython.Sandbox()
    after, ended = [], []

    @sandbox.tool
    def press() -> None:
        signal.raise_signal(signal.SIGINT)
        after.append("press")

    @sandbox.tool
    async def press_later() -> None:
        asyncio.get_running_loop().call_soon(signal.raise_signal, signal.SIGINT)
        await wait()

    @sandbox.tool
    async def wait() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("wait")

    with pytest.raises(KeyboardInterrupt):
        sandbox.run(source)
    assert not after
    assert waiting in {None, len(ended)}
    assert sandbox.run("1").value == 1


def test_the_gil_is_free_while_a_program_runs():
    counted = 0
    token = npython.CancelToken()

    def count():
        nonlocal counted
        for _ in range(100_000):
            counted += 1
        token.cancel()

    on_output, thread = when_started(count)
    with pytest.raises(npython.Cancelled):
        npython.Sandbox().run(ENDLESS, cancel=token, on_output=on_output)
    thread.join()
    assert counted == 100_000


def test_two_programs_run_in_two_threads_at_once():
    # Each waits for the other by calling a host function: only possible if both are in progress.
    barrier = threading.Barrier(2, timeout=60)
    sandbox = npython.Sandbox(functions={"meet": lambda: barrier.wait() >= 0})
    results = []
    threads = [threading.Thread(target=lambda: results.append(sandbox.run("meet()").value)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [True, True]


def test_one_program_in_many_threads():
    program = npython.compile("total = 0\nfor i in range(2000): total += i * n\ntotal")
    results = {}

    def work(n):
        results[n] = npython.run(program, inputs={"n": n}).value

    threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == {n: n * 1999 * 1000 for n in range(8)}


def test_token_shows_its_state():
    token = npython.CancelToken()
    assert repr(token) == "<CancelToken>"
    token.cancel()
    assert repr(token) == "<CancelToken cancelled>"
