"""What crosses between a program and its host: copies of plain data, no way back (redteam 9, 74, 80, 87, 88, 90)."""

from __future__ import annotations

import asyncio
import enum
import pickle
import threading
from pathlib import Path

import pytest
from scope_sandbox import GOOD, INPUTS, SECRET, Calls, make

import npython
from npython.telemetry import SpanSink

#: What a program can ask an exception for.
PARTS = "[repr(e), str(e), repr(e.args), repr(e.__cause__), repr(e.__context__), getattr(e, '__notes__', None)]"


def told(fail):
    """All that a program learns of what a host function raises."""
    source = f"try:\n    fail()\nexcept Exception as e:\n    seen = {PARTS}\nseen"
    return npython.Sandbox(functions={"fail": fail}).run(source).value


def connect():
    raise OSError("connecting to db-7.internal as root")


def chained():
    try:
        connect()
    except OSError as error:
        wrapped = ValueError("no such order")
        wrapped.add_note("see /srv/app/orders.py")
        wrapped.secret = "hunter2"
        raise wrapped from error


def in_a_handler():
    try:
        Path("/srv/app/missing").read_text()
    except OSError:
        raise KeyError("order") from None


@pytest.mark.parametrize(("fail", "message"), [(chained, "no such order"), (in_a_handler, "order")])
def test_causes_contexts_and_notes_of_the_host_stay_there(fail, message):
    shown, text, args, cause, context, notes = told(fail)
    assert message in shown
    assert message in text
    assert (cause, context, notes) == ("None", "None", None)
    assert not any(word in shown + text + args for word in ("internal", "/srv", "hunter2"))


class Locked(Exception):
    """Cannot be pickled or copied."""

    def __init__(self):
        super().__init__("busy")
        self.lock = threading.Lock()


class Lying(Exception):
    """Neither its text nor its class can be trusted."""

    def __str__(self):
        raise SystemExit

    @property
    def args(self):
        raise KeyboardInterrupt


def test_exceptions_that_cannot_be_copied():
    def fail():
        raise Locked

    assert told(fail)[1] == "Locked: busy"


def test_exceptions_that_fail_when_they_are_looked_at():
    def fail():
        raise Lying

    assert told(fail)[1] == "Lying"


def test_stop_iteration_ends_no_loop_of_the_program_in_silence():
    def step():
        raise StopIteration("over")

    sandbox = npython.Sandbox(functions={"step": step})
    with pytest.raises(npython.GuestError, match="RuntimeError: generator raised StopIteration"):
        sandbox.run("def g():\n    yield step()\nlist(g())")


class EvilDict(dict):
    """Shows other items than it has."""

    def __iter__(self):
        raise SystemExit

    def items(self):
        raise SystemExit

    keys = values = items


class EvilList(list):
    def __iter__(self):
        raise SystemExit

    def __len__(self):
        return 10**9


class Colour(enum.IntEnum):
    RED = 1


class Plain(enum.Enum):
    RED = 1


class Array:
    """As much of an array as a copy would ask for."""

    shape = (2,)

    def __array__(self):
        raise SystemExit

    def tolist(self):
        raise SystemExit

    def __len__(self):
        raise SystemExit

    def __iter__(self):
        raise SystemExit


def inside_itself():
    found = []
    found.append(found)
    return found


def deep():
    found = []
    for _ in range(100_000):
        found = [found]
    return found


async def coroutine():
    return 1


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (lambda: EvilDict(a=1), {"a": 1}),
        (lambda: EvilList([1]), [1]),
        (lambda: [EvilDict(a=EvilList([2]))], [{"a": [2]}]),
        (lambda: Colour.RED, 1),
        (lambda: Plain.RED, "TypeError"),
        (Array, "TypeError"),
        (lambda: (n for n in [1]), "TypeError"),
        (lambda: iter([1]), "TypeError"),
        (lambda: coroutine(), "TypeError"),  # noqa: PLW0108 - a plain function that gives one
        (lambda: print, "TypeError"),
        (lambda: type, "TypeError"),
        (lambda: threading, "TypeError"),
        (inside_itself, "ValueError"),
        (deep, "ValueError"),
        (lambda: "x" * 200_000_000, "ValueError"),
        (lambda: [bytes(10_000_000)] * 20, "ValueError"),
        (lambda: range(10**30), "ValueError"),
    ],
    ids=range(17),
)
def test_answers_of_the_host_are_copied_by_type_or_refused(answer, outcome):
    sandbox = npython.Sandbox(functions={"ask": answer}, limits=npython.Limits(memory="64MiB"))
    source = "try:\n    found = ask()\nexcept Exception as e:\n    found = type(e).__name__\nfound"
    assert sandbox.run(source).value == outcome
    assert sandbox.run("1").value == 1


def test_what_the_host_keeps_cannot_be_changed_and_what_it_changes_does_not_show():
    kept = {"a": [1]}
    sandbox = npython.Sandbox(functions={"get": lambda: kept, "change": lambda: kept["a"].append(2)})
    assert sandbox.run("x = get()\nchange()\nx['a'].append(9)\n[x, get()]").value == [{"a": [1, 9]}, {"a": [1, 2]}]
    assert kept == {"a": [1, 2]}


def test_arguments_are_copies_that_no_task_of_the_program_can_change():
    sandbox = npython.Sandbox()
    seen = []

    @sandbox.tool
    async def keep(items: list) -> list:
        await asyncio.sleep(0.01)
        seen.append(list(items))
        return items

    program = """
import asyncio
data = [1]
async def change():
    for n in range(100):
        data.append(n)
        await asyncio.sleep(0)
async def main():
    kept, _ = await asyncio.gather(keep(data), change())
    return kept, len(data)
asyncio.run(main())
"""
    assert sandbox.run(program).value == ([1], 101)
    assert seen == [[1]]


@pytest.mark.parametrize("way", ["the same sandbox", "a session", "another sandbox", "run_async"])
def test_a_program_that_the_host_runs_in_a_call_gets_no_authority_of_the_caller(way):
    calls = Calls()
    sandbox = make(calls)

    @sandbox.tool(scope="X")
    def again() -> str:
        other = make(calls) if way == "another sandbox" else sandbox
        try:
            if way == "a session":
                other.session().run("use(1)")
            elif way == "run_async":
                in_thread = threading.Thread(target=lambda: asyncio.run(other.run_async("use(1)")))
                in_thread.start()
                in_thread.join()
                return "refused"
            else:
                other.run("use(1)")
        except npython.SecurityViolation:
            return "refused"
        return "allowed"

    hooks = threading.excepthook
    threading.excepthook = lambda _: None
    try:
        assert sandbox.run("with scope('X', good):\n    x = again()\nx", inputs=INPUTS).value == "refused"
    finally:
        threading.excepthook = hooks
    assert calls == []


def test_a_sealed_token_is_one_for_its_own_machine_only():
    sandbox = make(Calls())
    session = sandbox.session()
    session.run("kept = sealed", inputs=INPUTS)
    opaque = session.run("kept").value
    with pytest.raises(TypeError):
        sandbox.run("with scope('X', t): use(1)", inputs={"t": opaque})


def test_no_token_is_in_a_span():
    class Tracer:
        def __init__(self):
            self.seen = []

        def start_span(self, name, *, start_time, attributes):
            self.seen.append((name, dict(attributes)))
            return self

        def end(self, *, end_time):
            pass

    tracer = Tracer()
    sandbox = make(Calls(), audit=SpanSink(tracer))
    sandbox.run("with scope('X', good): use(good)\nwith scope('X', sealed): use(1)", inputs=INPUTS)
    with pytest.raises(npython.SecurityViolation):
        sandbox.run("with scope('Y', good): pass", inputs=INPUTS)
    assert len(tracer.seen) == 7
    assert not any(secret in repr(tracer.seen) for secret in (GOOD, SECRET))


def test_a_stored_program_is_its_source_and_is_compiled_anew():
    program = npython.compile("x = 6\nx * 7", "p.py")
    stored = pickle.dumps(program)
    assert b"x = 6\nx * 7" in stored
    rebuilt, arguments = program.__reduce__()[:2]
    assert all(isinstance(argument, str) for argument in arguments), rebuilt
    assert npython.run(pickle.loads(stored)).value == 42
    with pytest.raises(npython.CompileError):
        pickle.loads(stored.replace(b"x = 6\nx * 7", b"x = 6\nx * (", 1))


def test_nothing_of_a_machine_can_be_pickled():
    sandbox = make(Calls())
    held_by_hosts = (sandbox, npython.Sandbox(), sandbox.session(), npython.Sandbox().session())
    for held in (*held_by_hosts, sandbox._engine, npython.Token("t"), npython.CancelToken()):
        with pytest.raises(TypeError):
            pickle.dumps(held)
