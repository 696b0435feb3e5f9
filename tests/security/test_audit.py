"""The audit cannot be forged, flooded or changed by what it records."""

from __future__ import annotations

import asyncio
import io
import json
import pickle
import tracemalloc

import pytest
from scope_sandbox import INPUTS, Calls, make

import npython
from npython.audit import AuditLog, AuditRecord, JsonLines, digest


def test_what_the_guest_writes_cannot_forge_the_audit():
    out = io.StringIO()
    sandbox = make(Calls(), audit=JsonLines(out))
    name = 'X\n{"event":"call"}\r\x1b[2J\u202e\x07' + "x" * 10_000
    with pytest.raises(npython.SecurityViolation) as caught:
        sandbox.run(f"with scope({name!a}, good): pass", inputs=INPUTS)
    (line,) = out.getvalue().splitlines()
    assert json.loads(line)["event"] == "refuse"
    assert line.isascii()
    assert line.isprintable()
    assert len(line) < 1500
    (record,) = caught.value.result.audit
    assert record.scope.isprintable()
    assert str(caught.value).isprintable()


def test_floods_are_counted_not_repeated():
    records: list[AuditRecord] = []
    log = AuditLog(records)
    record = AuditRecord(time=1000.5, run="r", event="call", line=1, function="f", result="ok")
    for _ in range(10_000):
        log.add(record)
    log.flush()
    assert len(records) == 101
    assert sum(record.count for record in records) == 10_000


def test_many_kinds_are_counted_too():
    records: list[AuditRecord] = []
    log = AuditLog(records)
    for line in range(5_000):
        log.add(AuditRecord(time=1000.5, run="r", event="call", line=line, function="f", result="ok"))
    log.flush()
    assert len(records) < 1_200
    assert sum(record.count for record in records) == 5_000


def test_a_flood_of_calls_in_one_run():
    records: list[AuditRecord] = []
    result = make(Calls(), audit=records).run("for i in range(20_000): note(i)")
    assert sum(record.count for record in result.audit) == 20_000
    assert len(result.audit) < 11_000
    assert sum(record.count for record in records) == 20_000


def test_the_audit_tells_the_story():
    result = make(Calls()).run(
        "with scope('X', good):\n    use(1)\n    try: use(1, 2, 3)\n    except TypeError: pass\nnote(2)", inputs=INPUTS
    )
    story = [(record.event, record.line, record.scope, record.function, record.result) for record in result.audit]
    assert story == [
        ("enter", 1, "X", "", "granted"),
        ("call", 2, "X", "use", "ok"),
        ("call", 3, "X", "use", "TypeError"),
        ("leave", 1, "X", "", "ended"),
        ("call", 5, "", "note", "ok"),
    ]
    assert result.audit[1].arguments == digest((1,), None)
    assert result.audit[0].token_id.startswith("static-")
    assert [record.gas for record in result.audit] == sorted(record.gas for record in result.audit)
    assert pickle.loads(pickle.dumps(result)).audit == result.audit


def test_records_cannot_be_changed():
    record = make(Calls()).run("note(1)").audit[0]
    with pytest.raises(AttributeError):
        record.event = "nothing"


SWALLOWING = """
for attempt in range(3):
    try:
        note(attempt)
    except BaseException as error:
        print("seen", error)
"""
OPENING = "try:\n    with scope('X', good): use(1)\nexcept BaseException:\n    note('seen')"


def in_a_sandbox(sandbox: npython.Sandbox, source: str) -> object:
    return sandbox.run(source, inputs=INPUTS)


def in_a_session(sandbox: npython.Sandbox, source: str) -> object:
    return sandbox.session().run(source, inputs=INPUTS)


def on_a_loop(sandbox: npython.Sandbox, source: str) -> object:
    return asyncio.run(sandbox.run_async(source, inputs=INPUTS))


@pytest.mark.parametrize("run", [in_a_sandbox, in_a_session, on_a_loop])
@pytest.mark.parametrize(("source", "made"), [(SWALLOWING, 1), (OPENING, 0)])
def test_a_sink_that_fails_ends_the_run_and_reaches_the_caller(run, source, made):
    problem = OSError("disk full")
    calls = Calls()

    def sink(record: AuditRecord) -> None:
        raise problem

    with pytest.raises(OSError, match="disk full") as caught:
        run(make(calls, audit=sink), source)
    assert caught.value is problem
    assert len(calls) == made


@pytest.mark.parametrize(
    "source",
    ["look(1)", "import asyncio\nasync def main(): await asyncio.gather(look(1), look(2))\nasyncio.run(main())"],
)
def test_a_sink_that_fails_ends_runs_with_async_tools(source):
    def sink(record: AuditRecord) -> None:
        raise OSError("disk full")

    sandbox = npython.Sandbox(audit=sink)

    @sandbox.tool
    async def look(number: int) -> int:
        await asyncio.sleep(0)
        return number

    swallowing = "try:\n" + "".join(f"    {line}\n" for line in source.splitlines())
    swallowing += "except BaseException: pass\nwhile True: pass"
    for run in (in_a_sandbox, in_a_session, on_a_loop):
        with pytest.raises(OSError, match="disk full"):
            run(sandbox, swallowing)


def test_a_sink_that_fails_when_the_run_has_ended_reaches_the_caller():
    delivered = []

    def sink(record: AuditRecord) -> None:
        if record.count > 1:
            raise OSError("disk full")
        delivered.append(record)

    sandbox = npython.Sandbox(functions={"f": lambda: None}, audit=sink)
    with pytest.raises(OSError, match="disk full"):
        sandbox.run("for _ in range(200): f()")
    assert sandbox.run("1").value == 1
    with pytest.raises(npython.GuestError, match="ZeroDivisionError"):
        sandbox.run("for _ in range(200): f()\n1 / 0")


@pytest.mark.parametrize("stream", ["audit.jsonl", 5, None])
def test_lines_go_to_an_open_file(stream):
    with pytest.raises(TypeError, match="stream must be an open text file, not "):
        JsonLines(stream)


def test_numbers_that_python_does_not_show_can_be_arguments():
    sandbox = npython.Sandbox(functions={"f": lambda *args, **_: len(args)}, audit=True)
    result = sandbox.run("f(10**5000), f([10**5000], x=10**5000)")
    assert result.value == (1, 1)
    assert [record.result for record in result.audit] == ["ok", "ok"]
    assert result.audit[0].arguments == digest((10**5000,))


def test_equal_arguments_have_equal_digests():
    once = ["a" * 1000]
    one = (once, once, {"k": range(3)}, {1: 2.5})
    same = (["a" * 1000], ["a" * 999 + "a"], {"k": range(3)}, {1: 2.5})
    assert digest(one) == digest(same)
    others = [1, 1.0, True, "1", b"1", [1], (1,), range(1), range(2), "\udc80", 10**5000]
    assert len({digest((argument,)) for argument in others}) == len(others)
    assert digest((), {"a": 1, "b": 2}) == digest((), {"b": 2, "a": 1}) != digest(())


def test_a_digest_takes_no_more_space_than_the_arguments():
    text = "\0" * 1_000_000
    tracemalloc.start()
    try:
        digest((text,))
        assert tracemalloc.get_traced_memory()[1] < 3_000_000
    finally:
        tracemalloc.stop()
