"""Async host functions run beside the tasks of a program: several at once, cancelled when it gives them up."""

from __future__ import annotations

import asyncio
import threading

import pytest

import npython
from npython.security import Grant, StaticGatekeeper

WITH_LOOP = """\
import asyncio
async def main():
{body}
asyncio.run(main())
"""


def program(*lines):
    """A program whose main coroutine has these lines."""
    return WITH_LOOP.format(body="".join(f"    {line}\n" for line in lines))


@pytest.fixture(params=["run", "run_async", "run in a loop", "session"])
def run(request):
    """Every way to run a program."""

    async def inside(sandbox, source):
        return sandbox.run(source)

    ways = {
        "run": lambda sandbox, source: sandbox.run(source),
        "run_async": lambda sandbox, source: asyncio.run(sandbox.run_async(source)),
        "run in a loop": lambda sandbox, source: asyncio.run(inside(sandbox, source)),
        "session": lambda sandbox, source: sandbox.session().run(source),
    }
    return ways[request.param]


class Meeting:
    """Host functions that end only when so many of them are under way at once."""

    def __init__(self, parties, **options):
        self.parties, self.present, self.most, self.cancelled = parties, 0, 0, 0
        self.threads = set()
        self.sandbox = npython.Sandbox(**options)
        self.met = None
        self.waiting = lambda: None

        @self.sandbox.tool
        async def meet(number: int) -> int:
            """Wait for the others."""
            self.threads.add(threading.get_ident())
            if self.met is None:
                self.met = asyncio.Event()
            self.present += 1
            self.most = max(self.most, self.present)
            if self.present >= self.parties:
                self.met.set()
            self.waiting()
            try:
                await self.met.wait()
            except asyncio.CancelledError:
                self.cancelled += 1
                raise
            finally:
                self.present -= 1
            if number < 0:
                raise ValueError(f"no {number}")
            return number * 10


def test_gathered_calls_are_under_way_together(run):
    meeting = Meeting(5)
    assert run(meeting.sandbox, program("return await asyncio.gather(*[meet(n) for n in range(5)])")).value == [
        0, 10, 20, 30, 40
    ]  # fmt: skip
    assert meeting.most == 5
    assert len(meeting.threads) == 1


@pytest.mark.parametrize(
    "lines",
    [
        (
            "async with asyncio.TaskGroup() as group:",
            "    tasks = [group.create_task(meet(n)) for n in range(3)]",
            "return [task.result() for task in tasks]",
        ),
        ("tasks = [asyncio.create_task(meet(n)) for n in range(3)]", "return [await task for task in tasks]"),
        ("calls = [meet(n) for n in range(3)]", "return [await call for call in calls]"),
        (
            "async def inner(n):",
            "    return await meet(n)",
            "return await asyncio.gather(inner(0), inner(1), asyncio.wait_for(meet(2), None))",
        ),
        ("return list(await asyncio.gather(*map(asyncio.shield, map(meet, range(3)))))",),
    ],
)
def test_every_way_of_waiting(lines):
    assert Meeting(3).sandbox.run(program(*lines)).value == [0, 10, 20]


def test_without_an_event_loop_a_call_waits(run):
    meeting = Meeting(1)
    assert run(meeting.sandbox, "[meet(1), meet(2)]").value == [10, 20]
    assert meeting.most == 1


def test_before_and_after_the_loop():
    meeting = Meeting(1)
    source = "before = meet(1)\n" + program("return await meet(2)").rstrip() + "\n"
    assert meeting.sandbox.run(source + "(before, meet(3))").value == (10, 30)


def test_exceptions_of_calls(run):
    meeting = Meeting(2)
    source = program(
        "results = await asyncio.gather(meet(1), meet(-2), return_exceptions=True)",
        "try:",
        "    await meet(-3)",
        "except ValueError as error:",
        "    return results[0], repr(results[1]), str(error)",
    )
    meeting.parties = 1
    assert run(meeting.sandbox, source).value == (10, "ValueError('no -2')", "no -3")


def test_what_is_wrong_with_a_call_is_raised_where_it_is_awaited(run):
    source = program(
        "call = meet('x')", "try:", "    await call", "except TypeError as error:", "    return str(error)"
    )
    assert run(Meeting(1).sandbox, source).value == "meet() argument 'number' must be int, not str"


def test_a_timer_waits_beside_calls():
    meeting = Meeting(2)
    source = program(
        "try:",
        "    await asyncio.wait_for(meet(1), 0.01)",
        "except TimeoutError:",
        "    return 'timeout', asyncio.get_running_loop().time() >= 0.01",
    )
    assert meeting.sandbox.run(source).value == ("timeout", True)
    assert (meeting.present, meeting.cancelled) == (0, 1)


def test_time_jumps_again_when_no_call_is_under_way():
    source = program("await meet(1)", "await asyncio.sleep(1000000)", "return asyncio.get_running_loop().time()")
    assert Meeting(1).sandbox.run(source).value >= 1_000_000


@pytest.mark.parametrize(
    "lines",
    [
        (
            "task = asyncio.create_task(meet(1))",
            "await asyncio.sleep(0)",
            "task.cancel()",
            "await asyncio.wait([task])",
        ),
        ("task = asyncio.create_task(meet(1))", "task.cancel()", "await asyncio.wait([task])"),
        ("meet(1).close()",),
        ("meet(1)",),
        ("call = meet(1)", "await asyncio.sleep(0)"),
        ("asyncio.create_task(meet(1))", "await asyncio.sleep(0)"),
    ],
)
def test_calls_that_are_given_up_are_cancelled(lines, run):
    meeting = Meeting(2)
    assert run(meeting.sandbox, program(*lines, "return 'done'")).value == "done"
    assert (meeting.present, meeting.cancelled) == (0, 1)


def test_a_failing_task_group_cancels_the_other_calls():
    meeting = Meeting(3)
    source = program(
        "try:",
        "    async with asyncio.TaskGroup() as group:",
        "        group.create_task(meet(1))",
        "        group.create_task(meet(2))",
        "        await asyncio.sleep(0)",
        "        raise KeyError",
        "except* KeyError:",
        "    pass",
        "return 'failed'",
    )
    assert meeting.sandbox.run(source).value == "failed"
    assert (meeting.present, meeting.cancelled) == (0, 2)


def test_a_call_is_awaited_once():
    source = program(
        "call = meet(1)", "first = await call", "try:", "    await call", "except RuntimeError as error:",
        "    return first, str(error)",
    )  # fmt: skip
    assert Meeting(1).sandbox.run(source).value == (10, "cannot reuse already awaited coroutine")


@pytest.mark.parametrize(("limits", "most"), [({}, 1000), ({"pending_calls": 3}, 3), ({"pending_calls": 0}, 0)])
def test_too_many_calls_at_once(limits, most, run):
    meeting = Meeting(10_000, limits=npython.Limits(**limits))
    source = program(
        "try:",
        f"    await asyncio.gather(*[meet(n) for n in range({most + 1})])",
        "except BaseException as error:",
        "    print(error)",
    )
    with pytest.raises(npython.PendingCallLimitExceeded, match=f"more than its {most} host calls under way") as caught:
        run(meeting.sandbox, source)
    assert (meeting.present, meeting.most) == (0, most)
    assert caught.value.result.pending_calls_peak == most
    assert caught.value.result.stdout == ""


def test_the_bound_is_on_calls_at_once_not_on_all():
    meeting = Meeting(2, limits=npython.Limits(pending_calls=2))
    result = meeting.sandbox.run(
        program("for _ in range(5):", "    await asyncio.gather(meet(1), meet(2))", "return 'done'")
    )
    assert (result.value, result.host_calls, result.pending_calls_peak) == ("done", 10, 2)


def test_the_time_limit_ends_calls(run):
    meeting = Meeting(3, limits=npython.Limits(time="50ms"))
    with pytest.raises(npython.TimeLimitExceeded):
        run(meeting.sandbox, program("await asyncio.gather(meet(1), meet(2))"))
    assert (meeting.present, meeting.cancelled) == (0, meeting.most)


@pytest.mark.parametrize("source", ["meet(1)", program("await asyncio.gather(meet(1), meet(2))")])
def test_cancelling_the_run_cancels_its_calls(source):
    meeting = Meeting(3)
    token = npython.CancelToken()
    meeting.waiting = token.cancel
    with pytest.raises(npython.Cancelled):
        meeting.sandbox.run(source, cancel=token)
    assert meeting.present == 0
    assert meeting.cancelled >= 1


def test_cancelling_the_awaiting_task_cancels_its_calls():
    meeting = Meeting(3)
    begun = asyncio.Event()
    meeting.waiting = lambda: begun.set() if meeting.present == 2 else None

    async def main():
        task = asyncio.create_task(meeting.sandbox.run_async(program("await asyncio.gather(meet(1), meet(2))")))
        await begun.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(main())
    assert (meeting.present, meeting.cancelled) == (0, 2)


# Scopes


class Scoped:
    """A sandbox with async functions that need a scope."""

    def __init__(self, **restrictions):
        self.calls = []
        grant = Grant("X", **restrictions)
        self.sandbox = npython.Sandbox(gatekeeper=StaticGatekeeper({"X": ("t", grant)}), audit=True)

        @self.sandbox.tool(scope="X")
        async def use(value: int) -> int:
            """Needs X."""
            await asyncio.sleep(0)
            self.calls.append(value)
            return value

        @self.sandbox.tool(scope="X", strict=True)
        async def strictly(value: int) -> int:
            """Needs X, opened by the block that calls it."""
            await asyncio.sleep(0)
            self.calls.append(value)
            return value


ALLOWED = {
    "gather": ("with scope('X', 't'):", "    return sum(await asyncio.gather(use(1), use(2)))"),
    "strictly": ("with scope('X', 't'):", "    return await strictly(3)"),
    "in a task": (
        "async def inner():",
        "    return await use(3)",
        "with scope('X', 't'):",
        "    return await asyncio.create_task(inner())",
    ),
    "begun inside, awaited outside": ("with scope('X', 't'):", "    call = use(3)", "return await call"),
}
REFUSED = {
    "without": ("use(9)",),
    "after": ("with scope('X', 't'):", "    await use(1)", "await use(9)"),
    "in another task": (
        "async def other():",
        "    await asyncio.sleep(0)",
        "    await use(9)",
        "task = asyncio.create_task(other())",
        "with scope('X', 't'):",
        "    await use(1)",
        "    await task",
    ),
    "in a task that outlives the block": (
        "async def late():",
        "    await asyncio.sleep(1)",
        "    await use(9)",
        "with scope('X', 't'):",
        "    task = asyncio.create_task(late())",
        "    await use(1)",
        "await task",
    ),
    "strictly by a helper": (
        "async def helper():",
        "    await strictly(9)",
        "with scope('X', 't'):",
        "    await helper()",
    ),
}


@pytest.mark.parametrize("name", ALLOWED)
def test_grants_are_those_of_the_frame_that_calls(name):
    scoped = Scoped()
    result = scoped.sandbox.run(program(*ALLOWED[name]))
    assert result.value == 3
    assert all(record.result == "ok" for record in result.audit if record.event == "call")


@pytest.mark.parametrize("name", REFUSED)
def test_no_call_without_a_grant(name):
    scoped = Scoped()
    with pytest.raises(npython.SecurityViolation):
        scoped.sandbox.run(program(*REFUSED[name]))
    assert 9 not in scoped.calls


def test_a_budget_of_one_call_is_one_call_however_many_are_made_at_once():
    scoped = Scoped(max_calls=1)
    source = program(
        "with scope('X', 't'):",
        "    results = await asyncio.gather(*[use(n) for n in range(100)], return_exceptions=True)",
        "    return sum(isinstance(result, PermissionError) for result in results)",
    )
    assert scoped.sandbox.run(source).value == 99
    assert len(scoped.calls) == 1


def test_sandboxes_inside_each_other_have_a_bound():
    sandbox = npython.Sandbox()

    @sandbox.tool
    async def again() -> None:
        sandbox.run("again()")

    with pytest.raises(npython.GuestError, match="inside each other"):
        sandbox.run("again()")


def test_calls_that_are_given_up_do_not_pile_up():
    sandbox = npython.Sandbox()

    @sandbox.tool
    async def wait() -> None:
        await asyncio.sleep(100)

    program = """
import asyncio
async def call(): await wait()
async def main():
    for _ in range(2_000):
        task = asyncio.create_task(call())
        await asyncio.sleep(0)
        task.cancel()
    print("all given up")
asyncio.run(main())
"""
    tasks = []
    asyncio.run(sandbox.run_async(program, on_output=lambda *_: tasks.append(len(asyncio.all_tasks()))))
    assert max(tasks) < 200
