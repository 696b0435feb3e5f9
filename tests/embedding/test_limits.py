"""`Limits` and the halts."""

from __future__ import annotations

import pickle

import pytest

import npython
from npython import Limits

LOOP = "while True: pass"


def test_defaults():
    limits = Limits()
    assert (limits.gas, limits.memory, limits.time, limits.depth, limits.output) == (10**9, 2**27, 10.0, 1000, 2**20)
    assert (limits.host_calls, limits.pending_calls) == (10**6, 1000)
    assert npython.Sandbox().limits == limits


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ({"gas": "5M"}, {"gas": 5_000_000}),
        ({"gas": "2_000"}, {"gas": 2000}),
        ({"gas": 1e6}, {"gas": 1_000_000}),
        ({"memory": "64MiB"}, {"memory": 64 * 2**20}),
        ({"memory": "64 MiB"}, {"memory": 64 * 2**20}),
        ({"memory": "1.5kB"}, {"memory": 1500}),
        ({"memory": "10B"}, {"memory": 10}),
        ({"time": "2s"}, {"time": 2.0}),
        ({"time": "500ms"}, {"time": 0.5}),
        ({"time": "1min"}, {"time": 60.0}),
        ({"time": 1}, {"time": 1.0}),
        ({"depth": "50"}, {"depth": 50}),
        ({"output": 0}, {"output": 0}),
        ({"host_calls": "10k"}, {"host_calls": 10_000}),
        ({"host_calls": 0}, {"host_calls": 0}),
        ({"pending_calls": "7"}, {"pending_calls": 7}),
    ],
)
def test_numbers_and_text(given, meant):
    limits = Limits(**given)
    assert {name: getattr(limits, name) for name in meant} == meant


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"gas": 0}, "gas must be between 1 and"),
        ({"gas": -1}, "gas must be between 1 and"),
        ({"gas": 2**63}, "gas must be between 1 and"),
        ({"gas": 1.5}, "gas must be a whole number, not 1.5"),
        ({"gas": float("nan")}, "gas must be a whole number, not nan"),
        ({"memory": float("inf")}, "memory must be a whole number, not inf"),
        ({"memory": "64 parsecs"}, "the units of memory are: B, kB"),
        ({"memory": "MiB"}, "memory must be a number or text such as '64MiB', not 'MiB'"),
        ({"memory": ""}, "memory must be a number or text"),
        ({"memory": "1e400"}, "memory must be"),
        ({"time": 0}, "time must be more than 0"),
        ({"time": -2.0}, "time must be more than 0"),
        ({"time": float("nan")}, "time must be more than 0"),
        ({"time": float("inf")}, "time must be more than 0"),
        ({"time": "nan"}, "the units of time are"),
        ({"time": "2m"}, "the units of time are: us, ms, s, min, h"),
        ({"depth": 2**31}, "depth must be between 1 and"),
        ({"output": -1}, "output must be between 0 and"),
        ({"host_calls": -1}, "host_calls must be between 0 and"),
        ({"pending_calls": 2**32}, "pending_calls must be between 0 and"),
    ],
)
def test_wrong_values_are_refused_with_a_sentence(given, sentence):
    with pytest.raises(ValueError, match=sentence):
        Limits(**given)


@pytest.mark.parametrize("value", [None, True, [], 1j, b"1"])
@pytest.mark.parametrize("name", ["gas", "memory", "time", "depth", "output", "host_calls", "pending_calls"])
def test_wrong_types_are_refused(name, value):
    with pytest.raises(TypeError, match=f"{name} must be a number or text"):
        Limits(**{name: value})


def test_unknown_limits_are_refused():
    with pytest.raises(TypeError, match="gass"):
        Limits(gass=1)
    with pytest.raises(TypeError, match=r"limits must be npython\.Limits"):
        npython.Sandbox(limits={"gas": 1})


def test_limits_are_values():
    limits = Limits(gas=5)
    assert limits == Limits(gas=5)
    assert limits != Limits(gas=6)
    assert hash(limits) == hash(Limits(gas=5))
    assert limits.replace(gas=6) == Limits(gas=6)
    assert pickle.loads(pickle.dumps(limits)) == limits
    assert repr(limits) == (
        "Limits(gas=5, memory=134217728, time=10.0, depth=1000, output=1048576, host_calls=1000000, pending_calls=1000)"
    )
    with pytest.raises(AttributeError, match="immutable"):
        limits.gas = 7


def test_exactly_the_gas_reported_is_enough_and_one_less_is_not():
    source = "print('x')\nsum(i for i in range(50))"
    gas = npython.run(source).gas_used
    again = npython.run(source, limits=Limits(gas=gas))
    assert (again.value, again.gas_used) == (1225, gas)
    with pytest.raises(npython.GasExhausted) as caught:
        npython.run(source, limits=Limits(gas=gas - 1))
    assert caught.value.result.gas_used <= gas - 1


#: Each ends with an exception that is raised where instructions are executed as one.
ENDED_BY_EXCEPTIONS = [
    "def f(a, b):\n    if a < b: pass\nf(1, 'x')",
    "def f(a):\n    if a < 1: pass\nf('x')",
    "if 1 < 'x': pass",
    "if not 1 < 'x': pass",
    "def f(a): return a + undefined\nf(1)",
    "def f(a):\n    return a.missing\nf(1)",
    "def f(a):\n    return a.missing()\nf(1)",
    "def f(a, b):\n    return a[b]\nf([], 1)",
    "def f(a):\n    return a[0] + 'x'\nf([1])",
    "def f():\n    return x + y\n    x = y = 1\nf()",
    "def f(a):\n    return -a - 1\nf('x')",
    "def f(a):\n    b = a\n    return c\n    c = b\nf(1)",
    "def f():\n    for x in g():\n        pass\ndef g():\n    yield 1\n    raise KeyError\nf()",
    "class A:\n    def __eq__(self, other): return [x for x in [self] if x == other]\nA() == A()",
    "class A:\n    def __eq__(self, other): return self in [other]\nA() == A()",
    "class A:\n    def __lt__(self, other):\n        if self < other: return 1\nA() < A()",
]


@pytest.mark.parametrize("depth", [20, 35, 36, 37, 1000])
@pytest.mark.parametrize("source", ENDED_BY_EXCEPTIONS)
def test_the_gas_reported_is_exact_where_an_exception_ends_the_run(source, depth):
    with pytest.raises(npython.GuestError) as first:
        npython.run(source, limits=Limits(depth=depth))
    gas = first.value.result.gas_used
    with pytest.raises(npython.GuestError) as again:
        npython.run(source, limits=Limits(depth=depth, gas=gas))
    assert (again.value.result.gas_used, again.value.traceback) == (gas, first.value.traceback)
    with pytest.raises(npython.GasExhausted):
        npython.run(source, limits=Limits(depth=depth, gas=gas - 1))


@pytest.mark.parametrize(
    ("source", "limits", "halt"),
    [
        (LOOP, {"gas": 10_000}, npython.GasExhausted),
        ("x = [0]\nwhile True: x += x", {"memory": "4MiB"}, npython.MemoryLimitExceeded),
        ("'a' * (2 * 10**8)", {}, npython.MemoryLimitExceeded),
        (LOOP, {"time": "20ms"}, npython.TimeLimitExceeded),
        ("while True: print('x' * 100)", {"output": "1kB"}, npython.OutputLimitExceeded),
        ("print('x')", {"output": 0}, npython.OutputLimitExceeded),
    ],
)
def test_each_limit_halts_with_its_type_and_what_there_was(source, limits, halt):
    with pytest.raises(halt) as caught:
        npython.run("print('', end='')\n" + source, limits=Limits(**limits))
    assert isinstance(caught.value, npython.Halted)
    assert caught.value.result.value is None
    assert caught.value.result.gas_used > 0


def test_no_guest_code_sees_a_halt():
    source = "try:\n    while True: pass\nexcept BaseException:\n    print('except')\nfinally:\n    print('finally')\n"
    with pytest.raises(npython.GasExhausted) as caught:
        npython.run(source, limits=Limits(gas=10_000))
    assert caught.value.result.stdout == ""


def test_output_up_to_the_halt_is_kept():
    with pytest.raises(npython.GasExhausted) as caught:
        npython.run("print('kept')\n" + LOOP, limits=Limits(gas=10_000))
    assert caught.value.result.stdout == "kept\n"


def test_depth_is_an_ordinary_recursion_error():
    source = """
def f(n):
    return 0 if n == 0 else 1 + f(n - 1)
try:
    f(10**6)
except RecursionError as error:
    print(error)
f(20)
"""
    result = npython.run(source, limits=Limits(depth=50))
    assert result.value == 20
    assert result.stdout == "maximum recursion depth exceeded\n"


def test_time_counts_host_functions():
    import threading

    wait = threading.Event()
    sandbox = npython.Sandbox(functions={"slow": lambda: wait.wait(0.05)}, limits=Limits(time="20ms"))
    with pytest.raises(npython.TimeLimitExceeded):
        sandbox.run("slow()")


@pytest.mark.parametrize(
    "source",
    [
        "while True:\n    try: ask()\n    except BaseException: pass",
        "def again(value):\n    ask()\n    return again\nsorted(range(100), key=lambda n: ask())",
        "[ask() for _ in range(6)]",
        "class A:\n    def __getattr__(self, name):\n        return ask()\nfor n in range(6): A().x",
    ],
)
def test_host_calls_are_counted_however_they_are_made(source):
    made = []
    sandbox = npython.Sandbox(functions={"ask": lambda: made.append(1)}, limits=Limits(host_calls=5))
    with pytest.raises(npython.HostCallLimitExceeded, match="more than its 5 host calls") as caught:
        sandbox.run(source)
    assert (len(made), caught.value.result.host_calls) == (5, 5)
    assert sandbox.run("[ask() for _ in range(5)]").host_calls == 5


def test_the_programs_of_a_session_share_their_host_calls():
    session = npython.Sandbox(functions={"ask": int}, limits=Limits(host_calls=5)).session()
    assert [session.run("ask(); ask()").host_calls for _ in range(2)] == [2, 2]
    with pytest.raises(npython.HostCallLimitExceeded) as caught:
        session.run("ask(); ask()")
    assert caught.value.result.host_calls == 1


@pytest.mark.parametrize(
    "source", [LOOP, "def f(): return f()\nwhile True:\n  try: f()\n  except RecursionError: pass"]
)
def test_the_host_goes_on_after_a_halt(source):
    sandbox = npython.Sandbox(limits=Limits(gas=100_000))
    for _ in range(3):
        with pytest.raises(npython.GasExhausted):
            sandbox.run(source)
        assert sandbox.run("6 * 7").value == 42


@pytest.mark.parametrize(
    ("limits", "halt"),
    [({"gas": 1000}, npython.GasExhausted), ({"memory": "100kB"}, npython.MemoryLimitExceeded)],
)
def test_source_too_large_for_its_limits_is_not_even_compiled(limits, halt):
    with pytest.raises(halt) as caught:
        npython.run("a;" * 10_000, limits=Limits(**limits))
    assert caught.value.result.gas_used == 0


def test_a_program_of_a_hundred_thousand_lines_runs_within_the_defaults():
    source = "x = 0\n" + "x = x + 1\n" * 100_000 + "x"
    assert npython.run(source).value == 100_000
