"""Programs that open no scope pay nothing for scopes: same bytecode, same gas; in a block only host calls cost more."""

from __future__ import annotations

import pytest
from scope_sandbox import INPUTS, Calls, make

import npython

WORK = {
    "arithmetic": "total = 0\nfor i in range(turns): total += i * i % 7",
    "calls": "def f(n): return n + 1\nfor i in range(turns): f(i)",
    "methods": "class A:\n    def m(self): return 1\na = A()\nfor i in range(turns): a.m()",
    "generators": "def g(n):\n    for i in range(n): yield i\nfor i in g(turns): pass",
    "exceptions": "for i in range(turns):\n    try: raise ValueError\n    except ValueError: pass",
    "with": (
        "class M:\n    def __enter__(self): pass\n    def __exit__(self, *a): pass\n"
        "for i in range(turns):\n    with M(): pass"
    ),
    "coroutines": (
        "async def f(): pass\nfor i in range(turns):\n    try: f().send(None)\n    except StopIteration: pass"
    ),
    "sorting": "for i in range(turns): sorted([3, 1, 2], key=lambda x: -x)",
    "texts": "for i in range(turns): f'{i:>5}'.upper().split()",
}


def block(source):
    """The same work inside a scope."""
    return "with scope('X', good):\n" + "".join(f"    {line}\n" for line in source.splitlines())


def gas(sandbox, source, turns):
    """Gas for the work alone: that of so many turns more than one."""
    runs = [sandbox.run(source, inputs={**INPUTS, "turns": count}).gas_used for count in (1, 1 + turns)]
    return runs[1] - runs[0]


@pytest.mark.parametrize("name", WORK)
def test_programs_without_scopes_cost_the_same_in_every_sandbox(name):
    program = npython.compile(WORK[name])
    inputs = {"turns": 500}
    plain = npython.Sandbox().run(program, inputs=inputs)
    full = make(Calls(), audit=True).run(program, inputs=inputs)
    assert (plain.gas_used, plain.value) == (full.gas_used, full.value)


@pytest.mark.parametrize("name", WORK)
def test_nothing_but_host_calls_costs_more_in_a_block(name):
    sandbox = make(Calls())
    assert gas(sandbox, block(WORK[name]), 500) == gas(sandbox, WORK[name], 500)


@pytest.mark.parametrize("name", WORK)
def test_no_instruction_is_about_scopes_where_no_scope_is_opened(name):
    assert "scope" not in npython.compile(WORK[name]).disassemble().lower()
    assert "scope" in npython.compile(block(WORK[name])).disassemble().lower()
