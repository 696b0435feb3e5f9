"""Limits cannot be swallowed, reset or overflown, and runs do not get into each other's way."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from redteam import LIMITS, attack, echo

import npython

LOOP = "while True: pass"
SWALLOWING = {
    "bare except": "while True:\n    try:\n        while True: pass\n    except: pass",
    "BaseException": "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
    "except*": "while True:\n    try:\n        while True: pass\n    except* BaseException: pass",
    "finally return": "def f():\n    try:\n        while True: pass\n    finally: return 1\nwhile True: f()",
    "finally continue": "while True:\n    try:\n        while True: pass\n    finally: continue",
    "__exit__": (
        "class A:\n    def __enter__(self): pass\n    def __exit__(self, *a): return True\n"
        "while True:\n    with A():\n        while True: pass"
    ),
    "generator close": (
        "def g():\n    try: yield\n    finally:\n        while True: pass\nx = g()\nnext(x)\n"
        "try: x.close()\nexcept BaseException: print('seen')"
    ),
}


@pytest.mark.parametrize("source", SWALLOWING.values(), ids=SWALLOWING.keys())
def test_gas_cannot_be_swallowed(source: str) -> None:
    outcome = attack(source)
    assert (outcome.kind, outcome.shown, outcome.gas_used) == ("L", "GasExhausted", LIMITS.gas)
    assert "seen" not in outcome.text


def test_a_finally_that_recurses_ends_at_a_limit() -> None:
    """Every RecursionError keeps the one before it as its context, so memory may be what runs out."""
    outcome = attack("def f():\n    try: f()\n    finally: f()\ntry: f()\nexcept BaseException: print('seen')")
    assert (outcome.kind, outcome.shown in {"GasExhausted", "MemoryLimitExceeded"}) == ("L", True)
    assert "seen" not in outcome.text


@pytest.mark.parametrize("use", ["l.append('x' * 100_000 + str(len(l)))", "print('x' * 1_000)"])
def test_memory_and_output_cannot_be_swallowed(use: str) -> None:
    outcome = attack(
        f"l = []\ntry:\n    while True: {use}\nexcept BaseException: pass\nfinally: l.clear()\nwhile True: pass"
    )
    assert (outcome.kind, outcome.shown in {"MemoryLimitExceeded", "OutputLimitExceeded"}) == ("L", True)


RESETS = {
    "callback": "while True: list(map(lambda x: x, range(100)))",
    "generator": "def g():\n    while True: yield\nfor x in g(): pass",
    "await": "async def f(): pass\nwhile True:\n    try: f().send(None)\n    except StopIteration: pass",
    "host call": "while True: echo(1)",
    "raise": "while True:\n    try: raise ValueError\n    except ValueError: pass",
    "sort": "while True: sorted(range(100), key=lambda x: -x)",
    "class": "while True:\n    class A: pass",
    "special method": "class A:\n    def __eq__(self, other): return False\nwhile True: A() in [A(), A()]",
}


@pytest.mark.parametrize("source", RESETS.values(), ids=RESETS.keys())
def test_nothing_gives_gas_back(source: str) -> None:
    outcome = attack(source, limits=npython.Limits(gas=200_000, memory="32MiB", time=60.0))
    assert (outcome.kind, outcome.shown, outcome.gas_used) == ("L", "GasExhausted", 200_000)


def test_a_session_has_one_budget() -> None:
    session = npython.Sandbox(limits=npython.Limits(gas=100_000, time=60.0)).session()
    session.run("for i in range(5_000): pass")
    with pytest.raises(npython.GasExhausted):
        for _ in range(100):
            session.run("for i in range(5_000): pass")


@pytest.mark.parametrize("gas", [0, -1, 1.5, "many", None, True, 1 << 200])
def test_a_senseless_budget_is_refused(gas: object) -> None:
    with pytest.raises((ValueError, TypeError)):
        npython.Limits(gas=gas)  # type: ignore[arg-type]


@pytest.mark.parametrize("gas", [(1 << 63) - 1, 1 << 62])
def test_a_huge_budget_is_no_overflow(gas: int) -> None:
    result = npython.run("sum(range(10))", limits=npython.Limits(gas=gas))
    assert (result.value, result.gas_used < 1_000) == (45, True)


def test_the_time_limit_holds_however_little_gas_is_used() -> None:
    with pytest.raises(npython.TimeLimitExceeded):
        npython.run(LOOP, limits=npython.Limits(gas=1 << 60, time=0.2))


def test_many_runs_in_many_threads() -> None:
    sandbox = npython.Sandbox(limits=LIMITS, functions={"echo": echo})
    sources = [f"x = [echo({i})] * 100\nsum(x)" for i in range(16)] + [LOOP, "[0] * 10 ** 9", "1 / 0", "f(" * 9_999] * 4

    def run(source: str) -> object:
        try:
            return sandbox.run(source).value
        except npython.NpythonError as error:
            return type(error).__name__

    with ThreadPoolExecutor(32) as pool:
        found = list(pool.map(run, sources))
    assert found[:16] == [100 * i for i in range(16)]
    assert found[16:] == ["GasExhausted", "GasExhausted", "GuestError", "CompileError"] * 4


def test_a_session_is_used_by_one_thread_at_a_time() -> None:
    inside, leave = threading.Event(), threading.Event()

    def wait() -> None:
        inside.set()
        leave.wait()

    session = npython.Sandbox(functions={"wait": wait}).session()
    thread = threading.Thread(target=session.run, args=("wait()",))
    thread.start()
    inside.wait()
    try:
        with pytest.raises(RuntimeError):
            session.run("1")
    finally:
        leave.set()
        thread.join()


def test_thousands_of_sandboxes() -> None:
    for number in range(3_000):
        assert npython.run(f"{number} + 1").value == number + 1


def test_runs_share_nothing() -> None:
    sandbox = npython.Sandbox()
    sandbox.run("import math\nmath.pi = 3\nsecret = 1\nclass A: pass\n")
    assert (
        sandbox.run("import math\nmath.pi > 3.1 and 'secret' not in globals() and 'A' not in globals()").value is True
    )
