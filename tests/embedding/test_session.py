"""Sessions: one machine, one program after another, one budget."""

from __future__ import annotations

import asyncio

import pytest

import npython


def test_programs_see_what_came_before():
    session = npython.Sandbox().session()
    assert session.run("x = 1\ndef f(): return x + 1").value is None
    assert session.run("f()").value == 2
    assert session.run("x = 10\nf() + y", inputs={"y": 5}).value == 16


def test_each_result_counts_its_own_program():
    session = npython.Sandbox().session()
    first = session.run("print('one')\nsum(range(1000))")
    second = session.run("print('two')")
    assert (first.stdout, second.stdout) == ("one\n", "two\n")
    assert second.gas_used < first.gas_used
    assert session.gas_used == first.gas_used + second.gas_used


def test_a_session_goes_on_after_an_exception_and_a_syntax_error():
    session = npython.Sandbox().session()
    session.run("x = 1")
    with pytest.raises(npython.GuestError):
        session.run("x = 2\n1 / 0")
    with pytest.raises(npython.CompileError):
        session.run("x = (")
    with pytest.raises(TypeError):
        session.run("x", inputs={"y": object()})
    assert session.run("x").value == 2


def test_a_session_is_over_after_a_halt():
    session = npython.Sandbox(limits=npython.Limits(gas=100_000)).session()
    with pytest.raises(npython.GasExhausted):
        session.run("while True: pass")
    with pytest.raises(RuntimeError, match="session is over"):
        session.run("1")
    assert session.gas_used is None


def test_no_program_of_a_session_gets_fresh_gas():
    session = npython.Sandbox(limits=npython.Limits(gas=20_000)).session()
    with pytest.raises(npython.GasExhausted):
        for _ in range(1000):
            session.run("for i in range(100): pass")


def test_a_session_runs_one_program_at_a_time():
    sandbox = npython.Sandbox(functions={"again": lambda: session.run("1").value})
    session = sandbox.session()
    with pytest.raises(npython.GuestError, match="already running"):
        session.run("again()")
    assert session.run("2").value == 2


def test_sessions_are_separate():
    sandbox = npython.Sandbox()
    one, two = sandbox.session(), sandbox.session()
    one.run("x = 1")
    with pytest.raises(npython.GuestError, match="NameError"):
        two.run("x")


def test_async_programs_in_a_session():
    async def double(x):
        return x * 2

    async def main():
        session = npython.Sandbox(functions={"double": double}).session()
        await session.run_async("x = double(4)")
        return (await session.run_async("x + 1")).value

    assert asyncio.run(main()) == 9
