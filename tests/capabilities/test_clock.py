"""CLOCK-ENV, with a clock that only moves when somebody waits."""

from __future__ import annotations

import asyncio
import gc

import pytest

import npython
from npython.capabilities import ClockCapability
from npython.security import Grant, GrantError, StaticGatekeeper


class Time:
    def __init__(self):
        self.now = 1_000_000_000.25
        self.pauses = []

    def __call__(self):
        return self.now

    def pause(self, seconds):
        self.pauses.append(seconds)
        self.now += seconds


@pytest.fixture
def time():
    return Time()


@pytest.fixture
def capability(time):
    return ClockCapability(clock=time, monotonic=time, pause=time.pause)


def test_the_time_is_told(capability, guest):
    assert guest(capability, "now(), now_iso()").value == (1_000_000_000.25, "2001-09-09T01:46:40.250000+00:00")


def test_sleeping_takes_the_time_it_says_in_short_pauses(capability, time, guest):
    before = time.now
    assert guest(capability, "a = now()\nsleep(1)\nsleep(0)\nsleep(0.25)\nnow() - a").value == pytest.approx(1.25)
    assert time.now - before == pytest.approx(1.25)
    assert max(time.pauses) <= 0.01


@pytest.mark.parametrize(
    ("seconds", "error", "message"),
    [
        (-1, ValueError, "sleep length must be non-negative"),
        (float("nan"), ValueError, "NaN"),
        (61, ValueError, "at most 60 seconds"),
        (float("inf"), ValueError, "at most 60 seconds"),
        (10**400, ValueError, "at most 60 seconds"),
        ("1", TypeError, "'str' object"),
        (None, TypeError, "'NoneType' object"),
        (True, TypeError, "'bool' object"),
    ],
)
def test_odd_lengths_are_refused(seconds, error, message, capability, host, time):
    with pytest.raises(error, match=message):
        host(capability)._start_sleep(seconds)
    assert time.pauses == []


def test_the_time_limit_ends_a_sleep(guest):
    with pytest.raises(npython.TimeLimitExceeded):
        guest(ClockCapability(), "sleep(30)", limits=npython.Limits(time="50ms"))


def test_cancelling_ends_a_sleep():
    sandbox = npython.Sandbox(
        gatekeeper=StaticGatekeeper({"CLOCK-ENV": "t0ken"}),
        capabilities=[ClockCapability(pause=lambda seconds: sandbox.cancel())],
    )
    with pytest.raises(npython.Cancelled):
        sandbox.run(PROGRAM.format(60), inputs={"token": "t0ken"})


PROGRAM = "with scope('CLOCK-ENV', token):\n    sleep({})"


@pytest.mark.parametrize("audit", [None, True])
def test_others_go_on_while_a_program_sleeps_on_an_event_loop(audit):
    sandbox = npython.Sandbox(
        gatekeeper=StaticGatekeeper({"CLOCK-ENV": "t0ken"}),
        capabilities=[ClockCapability(pause=pytest.fail)],
        audit=audit,
    )
    order = []

    async def run(seconds):
        await sandbox.run_async(PROGRAM.format(seconds), inputs={"token": "t0ken"})
        order.append(seconds)

    async def both():
        await asyncio.gather(run(0.2), run(0.0))

    asyncio.run(both())
    assert order == [0.0, 0.2]


def test_an_audited_sleep_leaves_nothing_unawaited(time):
    capability = ClockCapability(clock=time, monotonic=time, pause=time.pause)
    sandbox = npython.Sandbox(
        gatekeeper=StaticGatekeeper({"CLOCK-ENV": "t0ken"}), capabilities=[capability], audit=True
    )
    sandbox.run(PROGRAM.format(0.5), inputs={"token": "t0ken"})
    gc.collect()
    assert sum(time.pauses) == pytest.approx(0.5)


def test_a_run_inside_a_host_function_of_an_async_run_sleeps_too(time):
    capability = ClockCapability(clock=time, monotonic=time, pause=time.pause)
    inner = npython.Sandbox(gatekeeper=StaticGatekeeper({"CLOCK-ENV": "t0ken"}), capabilities=[capability])
    outer = npython.Sandbox(functions={"f": lambda: inner.run(PROGRAM.format(0.5), inputs={"token": "t0ken"}).value})
    asyncio.run(outer.run_async("f()"))
    assert sum(time.pauses) == pytest.approx(0.5)


def test_a_sleep_ends_with_its_grant(capability, time):
    grant = Grant("CLOCK-ENV", expires_at=time.now + 0.5, clock=time)
    until = capability.functions["_start_sleep"](grant, 1)
    with pytest.raises(GrantError, match="expired"):
        capability.functions["_pause"](grant, until)
    assert len(time.pauses) < 60


def test_a_sleep_is_few_calls_of_the_host(capability, guest):
    assert guest(capability, "sleep(60)", limits=npython.Limits(host_calls=3, time=600)).host_calls == 3


def test_calls_are_counted(capability, host):
    functions = host(capability, max_calls=2)
    functions.now()
    functions.now_iso()
    for use in (functions.now, functions.now_iso, lambda: functions._start_sleep(0)):
        with pytest.raises(GrantError):
            use()


@pytest.mark.parametrize("most", [-1, float("inf"), float("nan")])
def test_the_longest_sleep_is_a_number_of_seconds(most):
    with pytest.raises(ValueError, match="max_sleep"):
        ClockCapability(max_sleep=most)
