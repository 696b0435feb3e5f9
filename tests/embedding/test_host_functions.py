"""Host functions: calls, exceptions, nesting."""

from __future__ import annotations

import json

import pytest

import npython


def sandbox(**functions):
    return npython.Sandbox(functions=functions)


def test_arguments_arrive_as_written():
    calls = []
    sandbox(f=lambda *args, **kwargs: calls.append((args, kwargs))).run(
        "f()\nf(1, 'two', x=[3])\nf(*(1, 2), **{'k': None})"
    )
    assert calls == [((), {}), ((1, "two"), {"x": [3]}), ((1, 2), {"k": None})]


def test_the_answer_is_the_value_of_the_call():
    assert sandbox(add=lambda a, b: a + b).run("add(1, 2) * add(3, 4)").value == 21


def test_functions_are_values_in_the_guest():
    source = "sorted([3, -1, 2], key=f), list(map(f, [1])), callable(f)"
    assert sandbox(f=lambda x: -x).run(source).value == ([3, 2, -1], [-1], True)


@pytest.mark.parametrize(
    "source",
    [
        "[f(x) for x in range(3)]",
        "list(f(x) for x in range(3))",
        "def g():\n    for x in range(3):\n        yield f(x)\nlist(g())",
        "class A:\n    def __getitem__(self, i): return f(i)\na = A()\n[a[0], a[1], a[2]]",
        "out = []\nfor x in range(3):\n    try:\n        out.append(f(x))\n    finally:\n        pass\nout",
    ],
)
def test_calls_work_from_everywhere(source):
    assert sandbox(f=lambda x: x * 10).run(source).value == [0, 10, 20]


def test_wrong_arguments_are_a_type_error_in_the_guest():
    source = "try:\n    f(1, 2)\nexcept TypeError:\n    ok = True\nok"
    assert sandbox(f=lambda: None).run(source).value is True


@pytest.mark.parametrize(
    ("error", "type_name", "message"),
    [
        (ValueError("bad"), "ValueError", "bad"),
        (KeyError("k"), "KeyError", "'k'"),
        (ZeroDivisionError("z"), "ZeroDivisionError", "z"),
        (RuntimeError(), "RuntimeError", ""),
        (
            FileNotFoundError(2, "No such file or directory", "/host/secret"),
            "FileNotFoundError",
            "[Errno 2] No such file or directory",
        ),
        (json.JSONDecodeError("m", "doc", 0), "ToolError", "JSONDecodeError: m: line 1 column 1 (char 0)"),
        (npython.ToolError("no such order: /orders/5"), "ToolError", "no such order: /orders/5"),
        (StopIteration(), "StopIteration", ""),
        (RecursionError("deep"), "RecursionError", "deep"),
        (MemoryError("much"), "MemoryError", "much"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, BaseException) else None,
)
def test_exceptions_arrive_as_type_and_message(error, type_name, message):
    def fail():
        raise error

    source = "try:\n    f()\nexcept Exception as error:\n    seen = type(error).__name__, str(error)\nseen"
    assert sandbox(f=fail).run(source).value == (type_name, message)


@pytest.mark.parametrize(
    ("error", "parts"),
    [
        (FileNotFoundError(2, "No such file or directory", "/host/secret"), (2, "No such file or directory", None)),
        (OSError("[Errno 27] File too large: 'a b.txt'"), (27, "File too large", "a b.txt")),
        (PermissionError('[Errno 13] Permission denied: "it\'s"'), (13, 'Permission denied: "it\'s"', None)),
        (OSError("no number"), (None, None, None)),
    ],
)
def test_errors_of_the_system_have_their_number(error, parts):
    def fail():
        raise error

    told = "type(e).__name__, (e.errno, e.strerror, e.filename), str(e)"
    source = f"try:\n    f()\nexcept OSError as e:\n    seen = {told}\nseen"
    shown = str(error).removesuffix(": '/host/secret'")
    assert sandbox(f=fail).run(source).value == (type(error).__name__, parts, shown)


@pytest.mark.parametrize(
    ("attempt", "place"),
    [
        (b"secret\xff".decode, ("utf-8", 6, 7, "invalid start byte", b"")),
        (b"\xf0\x9f\x98".decode, ("utf-8", 0, 3, "unexpected end of data", b"")),
        (lambda: b"a\xe9".decode("ascii"), ("ascii", 1, 2, "ordinal not in range(128)", b"")),
        (lambda: "secret é".encode("ascii"), ("ascii", 7, 8, "ordinal not in range(128)", "")),
        (lambda: "éé".encode("ascii"), ("ascii", 0, 2, "ordinal not in range(128)", "")),
        ("\ud800".encode, ("utf-8", 0, 1, "surrogates not allowed", "")),
        (lambda: "\u4e2d".encode("cp1252"), ("charmap", 0, 1, "character maps to <undefined>", "")),
    ],
)
def test_errors_of_codecs_say_everything_but_the_data(attempt, place):
    try:
        attempt()
    except UnicodeError as error:
        expected = type(error).__name__, str(error)
    fields = "(e.encoding, e.start, e.end, e.reason, e.object)"
    source = f"try:\n    f()\nexcept UnicodeError as e:\n    seen = type(e).__name__, str(e), {fields}, e.args\nseen"
    assert sandbox(f=attempt).run(source).value == (*expected, place, (expected[1],))


def test_an_error_of_a_codec_without_a_place_keeps_its_message():
    def fail():
        raise UnicodeDecodeError("utf-8", b"secret", -5, -1, "odd")

    source = "try:\n    f()\nexcept UnicodeDecodeError as e:\n    seen = str(e), e.object, e.start, e.reason\nseen"
    message = "'utf-8' codec can't decode bytes in position -5--2: odd"
    assert sandbox(f=fail).run(source).value == (message, b"", 0, "")


def test_uncaught_host_exceptions_are_guest_errors_without_host_frames():
    def fail():
        raise ValueError("bad")

    with pytest.raises(npython.GuestError) as caught:
        sandbox(f=fail).run("def g():\n    f()\ng()", filename="p.py")
    assert str(caught.value) == "ValueError: bad"
    assert [frame.filename for frame in caught.value.frames] == ["p.py", "p.py"]
    assert __file__ not in caught.value.traceback


class Abort(BaseException):
    pass


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit, GeneratorExit, Abort])
def test_exceptions_that_are_not_exception_are_for_the_embedder(error):
    def fail():
        raise error

    with pytest.raises(error):
        sandbox(f=fail).run("try:\n    f()\nexcept BaseException:\n    print('guest saw it')")


class Unwritable(Exception):
    def __str__(self):
        raise RuntimeError


def test_an_exception_that_cannot_be_written_down_is_still_one():
    def fail():
        raise Unwritable

    assert "Unwritable" in sandbox(f=fail).run("try:\n    f()\nexcept ToolError as e:\n    m = str(e)\nm").value


def test_answers_that_cannot_enter_are_a_type_error_in_the_guest():
    source = "try:\n    f()\nexcept TypeError as error:\n    message = str(error)\nmessage"
    expected = "the value returned by f()[0] is a 'object' object, which cannot enter the sandbox"
    assert sandbox(f=lambda: [object()]).run(source).value == expected


def test_an_async_function_runs_on_a_loop_of_its_own():
    async def f():
        return 1

    assert sandbox(f=f).run("f()").value == 1


def test_a_function_that_turns_out_to_be_async_needs_run_async():
    async def f():
        return 1

    with pytest.raises(npython.GuestError, match=r"f\(\) is an async host function, which needs run_async\(\)"):
        sandbox(f=lambda: [f()][0]).run("f()")


def test_a_host_function_may_run_its_own_sandbox():
    def inner(n):
        return box.run("0 if n == 0 else 1 + f(n - 1)", inputs={"n": n}).value

    box = npython.Sandbox(functions={"f": inner})
    assert box.run("f(10)").value == 10


def test_sandboxes_inside_each_other_are_bounded():
    box = npython.Sandbox(functions={"f": lambda: box.run("f()").value})
    with pytest.raises(npython.GuestError, match="sandboxes running inside each other"):
        box.run("f()")


def test_mutable_answers_are_copies():
    kept = [1]
    box = sandbox(f=lambda: kept)
    assert box.run("a = f()\na.append(2)\nf()").value == [1]
    assert kept == [1]


@pytest.mark.parametrize("name", ["", "not a name", "1f", "a.b", "for", "None", 5])
def test_names_must_be_identifiers(name):
    with pytest.raises(ValueError, match="identifiers"):
        npython.Sandbox(functions={name: len})


def test_scope_belongs_to_the_machine():
    with pytest.raises(ValueError, match="belongs to the machine"):
        npython.Sandbox(functions={"scope": len})


def test_functions_must_be_callable():
    with pytest.raises(TypeError, match="'f' is not callable but a int"):
        npython.Sandbox(functions={"f": 1})


def test_the_sandbox_keeps_its_own_table():
    functions = {"f": lambda: 1}
    box = npython.Sandbox(functions=functions)
    functions["f"] = lambda: 2
    functions["g"] = lambda: 3
    assert box.run("f()").value == 1
    with pytest.raises(npython.GuestError, match="NameError"):
        box.run("g()")


@pytest.mark.parametrize(
    "source",
    ["f = None\nf", "def g():\n    global f\n    f = 5\ng()\nf"],
)
def test_a_guest_may_hide_a_function_from_itself_only(source):
    box = sandbox(f=lambda: 1)
    assert box.run(source).value in (None, 5)
    assert box.run("f()").value == 1


@pytest.mark.parametrize(
    "attribute", ["__globals__", "__code__", "__closure__", "__self__", "__wrapped__", "__defaults__"]
)
def test_nothing_of_the_host_hangs_on_a_function(attribute):
    with pytest.raises(npython.GuestError, match="AttributeError"):
        sandbox(f=lambda: 1).run(f"f.{attribute}")


def test_many_calls():
    assert sandbox(f=lambda x: x + 1).run("n = 0\nfor _ in range(20000): n = f(n)\nn").value == 20000
