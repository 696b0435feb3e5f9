"""Attacks on scopes: authority is in force where the design says, for as long, and nowhere else.

`attacks/scopes.py`, `scope_positions.py` and `scope_callbacks.py` have the tables; each case runs in four ways
that must not matter. `scope_model.py` has the property test.
"""

from __future__ import annotations

import asyncio
import pickle
from typing import TYPE_CHECKING, Any

import pytest
import scope_model
from attacks import scope_callbacks, scope_positions, scopes
from scope_sandbox import INPUTS, Calls, ending, make

import npython
from npython.audit import printable

if TYPE_CHECKING:
    from attacks.scopes import Case

CASES = [*scopes.CASES, *scope_positions.CASES, *scope_callbacks.CASES]


def run_plainly(case: Case, calls: Calls) -> Any:
    return make(calls).run(case.source, inputs=INPUTS)


def run_in_a_session(case: Case, calls: Calls) -> Any:
    session = make(calls).session()
    session.run("with scope('X', good): pass", inputs=INPUTS)
    return session.run(case.source)


def run_async(case: Case, calls: Calls) -> Any:
    return asyncio.run(make(calls).run_async(case.source, inputs=INPUTS))


def run_stressed(case: Case, calls: Calls) -> Any:
    sandbox = make(calls)
    sandbox._switches = {"collect_always": True, "quicken": False, "initial_stack": 16}
    return sandbox.run(case.source, inputs=INPUTS)


WAYS = [run_plainly, run_in_a_session, run_async, run_stressed]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
@pytest.mark.parametrize("case", CASES, ids=str)
def test_attacks(case, way):
    calls = Calls()
    ends, how = ending(lambda: way(case, calls))
    assert (ends, tuple(calls)) == (case.ends, case.calls), how


@pytest.mark.parametrize("case", [case for case in CASES if isinstance(case.ends, int)], ids=str)
def test_what_is_denied_is_in_the_audit(case):
    sandbox = make(Calls())
    with pytest.raises(npython.SecurityViolation) as caught:
        sandbox.run(case.source, inputs=INPUTS)
    record = caught.value.result.audit[-1]
    assert (record.event, record.line, record.result) in (
        ("violation", case.ends, "refused"),
        ("refuse", case.ends, "refused"),
    )
    assert record.scope == printable(caught.value.scope) or len(record.scope) > 100
    assert record.function == caught.value.function


def test_a_violation_says_scope_function_and_line():
    with pytest.raises(npython.SecurityViolation) as caught:
        make(Calls()).run("note(1)\n\nuse(1)")
    violation = caught.value
    assert (violation.scope, violation.function, violation.line) == ("X", "use", 3)
    assert str(violation) == "use() needs scope 'X', which is not open (line 3)"
    assert pickle.loads(pickle.dumps(violation)).line == 3


def test_a_session_is_over_after_a_violation():
    session = make(Calls()).session()
    with pytest.raises(npython.SecurityViolation):
        session.run("use(1)")
    with pytest.raises(RuntimeError, match="over"):
        session.run("1")


def test_a_scope_does_not_outlive_its_program():
    session = make(Calls()).session()
    with pytest.raises(npython.GuestError):
        session.run("with scope('X', good):\n    1 / 0", inputs=INPUTS)
    with pytest.raises(npython.SecurityViolation):
        session.run("use(1)")


def test_a_generator_left_suspended_holds_nothing_for_the_next_program():
    calls = Calls()
    session = make(calls).session()
    session.run(
        "def f():\n    with scope('X', good):\n        yield use(1)\n        yield use(2)\ni = f(); next(i)",
        inputs=INPUTS,
    )
    session.run("next(i)")
    assert calls == ["use 1", "use 2"]
    with pytest.raises(npython.SecurityViolation):
        session.run("use(3)")


@pytest.mark.parametrize("first", range(0, 2_500, 500))
def test_random_programs_do_what_the_model_allows(first):
    subject = scope_model.Subject()
    for seed in range(first, first + 500):
        assert scope_model.difference(seed, subject) == ""


def test_random_programs_under_stress():
    subject = scope_model.Subject(collect_always=True, quicken=False, initial_stack=16)
    for seed in range(5_000, 5_200):
        assert scope_model.difference(seed, subject) == ""
