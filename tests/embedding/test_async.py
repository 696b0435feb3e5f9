"""`run_async`: async host functions, a free event loop, cancellation."""

from __future__ import annotations

import asyncio
import threading

import pytest

import npython


async def double(x):
    await asyncio.sleep(0)
    return x * 2


def test_async_and_plain_host_functions():
    sandbox = npython.Sandbox(functions={"double": double, "triple": lambda x: x * 3})
    assert asyncio.run(sandbox.run_async("double(2) + triple(double(1))")).value == 10


def test_result_is_the_same_as_of_run():
    sandbox = npython.Sandbox(functions={"f": lambda x: x})
    source = "print('a')\nf([1, 2])"
    result = asyncio.run(sandbox.run_async(source, filename="a.py"))
    expected = sandbox.run(source)
    assert (result.value, result.stdout, result.gas_used) == (expected.value, expected.stdout, expected.gas_used)


def test_errors_are_the_same_as_of_run():
    async def fail():
        raise ValueError("bad")

    sandbox = npython.Sandbox(functions={"fail": fail}, limits=npython.Limits(gas=100_000))
    with pytest.raises(npython.GuestError, match="ValueError: bad"):
        asyncio.run(sandbox.run_async("fail()"))
    with pytest.raises(npython.GasExhausted):
        asyncio.run(sandbox.run_async("while True: pass"))
    with pytest.raises(npython.CompileError):
        asyncio.run(sandbox.run_async("x = ("))


def test_the_loop_is_free_while_a_program_computes():
    async def main():
        token = npython.CancelToken()
        sandbox = npython.Sandbox()
        run = asyncio.create_task(sandbox.run_async("while True: pass", cancel=token))
        for _ in range(100):
            await asyncio.sleep(0)
        token.cancel()
        with pytest.raises(npython.Cancelled):
            await run

    asyncio.run(main())


def test_programs_that_wait_for_each_other():
    async def main():
        queue = asyncio.Queue()
        sandbox = npython.Sandbox(functions={"put": queue.put, "get": queue.get})
        results = await asyncio.gather(sandbox.run_async("get() + 1"), sandbox.run_async("put(41)"))
        return results[0].value

    assert asyncio.run(main()) == 42


def test_cancelling_the_task_stops_the_program_and_no_other():
    async def main():
        waiting = asyncio.Event()

        async def forever():
            waiting.set()
            await asyncio.Event().wait()

        sandbox = npython.Sandbox(functions={"forever": forever, "double": double})
        task = asyncio.create_task(sandbox.run_async("forever()"))
        other = asyncio.create_task(sandbox.run_async("[double(n) for n in range(50)][-1]"))
        await waiting.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return (await other).value

    assert asyncio.run(main()) == 98


def test_a_host_function_that_never_answers_is_given_up_at_the_time_limit():
    async def never():
        await asyncio.Event().wait()

    sandbox = npython.Sandbox(functions={"never": never}, limits=npython.Limits(time="50ms"))
    with pytest.raises(npython.TimeLimitExceeded) as caught:
        asyncio.run(sandbox.run_async("print('asked')\nnever()"))
    assert caught.value.result.stdout == "asked\n"


def test_callbacks_come_on_the_thread_of_the_loop():
    threads = set()
    source = "for i in range(300000):\n    if i % 100000 == 0: print(i)\nmark()"

    def note(*_):
        threads.add(threading.get_ident())

    sandbox = npython.Sandbox(functions={"mark": note})
    result = asyncio.run(sandbox.run_async(source, on_output=note))
    assert result.stdout == "0\n100000\n200000\n"
    assert threads == {threading.get_ident()}
