"""Typed tools: checked arguments, what the guest sees of them, the datacard; capabilities as the contract has them."""

from __future__ import annotations

import asyncio
import collections.abc
import enum
import functools
import tracemalloc
import typing
from typing import Annotated, Any, Literal, NewType, Optional, Union

import pytest

import npython
from npython._annotations import check_for
from npython.capabilities import Capability, FilesystemCapability
from npython.security import Grant, StaticGatekeeper

Identifier = NewType("Identifier", str)
Level = Literal["low", "high", 3]


class Colour(enum.Enum):
    RED = "red"
    GREEN = "green"
    CRIMSON = "red"  # noqa: PIE796 - another name of the same


class Size(enum.IntEnum):
    SMALL = 1
    LARGE = 2


class Unsayable(enum.Enum):
    FIRST = object()
    SECOND = [1]  # noqa: RUF012


def given(annotation: Any) -> npython.Sandbox:
    """A sandbox with a tool `f` of one parameter of this type, which gives back what it gets."""
    sandbox = npython.Sandbox()

    def f(value):
        return value

    f.__annotations__ = {"value": annotation}
    sandbox.tool(f)
    return sandbox


ACCEPTED = [
    (str, "'a'", "a"),
    (int, "1", 1),
    (int, "True", True),
    (int, "10 ** 30", 10**30),
    (float, "1.5", 1.5),
    (float, "2", 2.0),
    (bool, "False", False),
    (bytes, "b'a'", b"a"),
    (bytearray, "bytearray(b'a')", bytearray(b"a")),
    (complex, "1j", 1j),
    (range, "range(3)", range(3)),
    (None, "None", None),
    (Any, "[1, {2: None}]", [1, {2: None}]),
    (object, "'x'", "x"),
    (list, "[1, 'a']", [1, "a"]),
    (list[int], "[1, 2]", [1, 2]),
    (list[float], "[1, 2.5]", [1.0, 2.5]),
    (typing.List[int], "[]", []),  # noqa: UP006
    (dict, "{1: 2}", {1: 2}),
    (dict[str, int], "{'a': 1}", {"a": 1}),
    (dict[str, Any], "{'a': [1]}", {"a": [1]}),
    (dict[str, list[dict[str, float]]], "{'a': [{'b': 1}]}", {"a": [{"b": 1.0}]}),
    (set[int], "{1}", {1}),
    (frozenset[str], "frozenset('a')", frozenset("a")),
    (tuple, "(1, 2)", (1, 2)),
    (tuple[int, str], "(1, 'a')", (1, "a")),
    (tuple[int, ...], "(1, 2, 3)", (1, 2, 3)),
    (tuple[()], "()", ()),
    (collections.abc.Sequence[int], "(1, 2)", (1, 2)),
    (collections.abc.Sequence[int], "[1, 2]", [1, 2]),
    (collections.abc.Mapping[str, int], "{'a': 1}", {"a": 1}),
    (collections.abc.Iterable[int], "{1}", {1}),
    (Optional[int], "None", None),  # noqa: UP045
    (Optional[int], "1", 1),  # noqa: UP045
    (Union[int, str], "'a'", "a"),  # noqa: UP007
    (int | None, "None", None),
    (int | float, "1", 1),
    (float | str, "1", 1.0),
    (list[int | str], "[1, 'a']", [1, "a"]),
    (Level, "'low'", "low"),
    (Level, "3", 3),
    (Identifier, "'a'", "a"),
    (Annotated[int, "positive"], "1", 1),
    (Size, "2", 2),
    (list[Size] | None, "[1, 2]", [1, 2]),
]


@pytest.mark.parametrize(("annotation", "argument", "value"), ACCEPTED, ids=lambda part: str(part)[:40])
def test_what_fits_is_passed_on(annotation, argument, value):
    result = given(annotation).run(f"f({argument})").value
    assert result == value
    assert type(result) is type(value)


REFUSED = [
    (str, "1", "must be str, not int"),
    (str, "None", "must be str, not None"),
    (str, "b'a'", "must be str, not bytes"),
    (int, "'1'", "must be int, not str"),
    (int, "1.0", "must be int, not float"),
    (float, "'1'", "must be float, not str"),
    (float, "10 ** 400", "must be float, not int"),
    (bool, "1", "must be bool, not int"),
    (bytes, "'a'", "must be bytes, not str"),
    (None, "0", "must be None, not int"),
    (list, "(1,)", "must be list, not tuple"),
    (list[int], "['a']", "must be int, but [0] is str"),
    (list[list[int]], "[[1], [2, None]]", "must be int, but [1][1] is None"),
    (dict[str, int], "{'a': 'b'}", "must be int, but ['a'] is str"),
    (dict[str, int], "{1: 1}", "must be str, but (a key) is int"),
    (dict[str, list[int]], "{'a': [1, 'x']}", "must be int, but ['a'][1] is str"),
    (tuple[int, str], "(1,)", "must be tuple[int, str], not tuple"),
    (tuple[int, str], "(1, 2)", "must be str, but [1] is int"),
    (tuple[int, ...], "('a',)", "must be int, but [0] is str"),
    (set[int], "[1]", "must be set[int], not list"),
    (int | None, "'a'", "must be int | None, not str"),
    (Optional[int], "'a'", "must be int | None, not str"),  # noqa: UP045
    (Level, "'middle'", "must be Literal['low', 'high', 3], not 'middle'"),
    (Level, "3.0", "must be Literal['low', 'high', 3], not 3.0"),
    (Level, "'m' * 99", "must be Literal['low', 'high', 3], not str"),
    (Level, "10 ** 5000", "must be Literal['low', 'high', 3], not int"),
    (Level, "['low']", "must be Literal['low', 'high', 3], not list"),
    (Literal[True], "1", "must be Literal[True], not 1"),
    (Optional[list[dict[str, int]]], "[{'a': 'x'}]", "must be int, but [0]['a'] is str"),  # noqa: UP045
    (int | list[int], "['a']", "must be int, but [0] is str"),
    (list[int] | list[str], "[1, 'a']", "must be list[int] | list[str], not list"),
    (Colour, "'blue'", "must be Literal['red', 'green'], not 'blue'"),
    (Colour, "'RED'", "must be Literal['red', 'green'], not 'RED'"),
    (Colour, "[]", "must be Literal['red', 'green'], not list"),
    (list[Size], "[1, 3]", "must be Literal[1, 2], but [1] is 3"),
    (list[Size], "[1, True]", "must be Literal[1, 2], but [1] is True"),
    (Colour | None, "'blue'", "must be Literal['red', 'green'] | None, not str"),
]


@pytest.mark.parametrize(("annotation", "argument", "message"), REFUSED, ids=lambda part: str(part)[:40])
def test_what_does_not_fit_is_a_type_error_in_the_guest(annotation, argument, message):
    source = f"try:\n    f({argument})\nexcept TypeError as error:\n    message = str(error)\nmessage"
    assert given(annotation).run(source).value == f"f() argument 'value' {message}"


class Point:
    pass


@pytest.mark.parametrize(
    "annotation", [Point, type, list[Point], dict[str, Point | None], collections.abc.Callable, Unsayable]
)
def test_what_plain_data_cannot_be_is_refused_when_the_tool_is_declared(annotation):
    with pytest.raises(TypeError, match=r"parameter 'value' of tool 'f': .* cannot be checked"):
        given(annotation)


def test_annotations_that_are_text_are_evaluated_where_they_were_written():
    sandbox = npython.Sandbox()

    @sandbox.tool
    def f(value: "list[int]", other: "Identifier" = Identifier("x")) -> "list[int]":  # noqa: UP037
        return [value[0] + len(other)]

    assert sandbox.run("f([1])").value == [2]
    assert sandbox.run("repr(f)").value == "<built-in function f(value: list[int], other: str = 'x') -> list[int]>"


def test_annotations_that_mean_nothing_are_refused():
    sandbox = npython.Sandbox()
    with pytest.raises(TypeError, match=r"'Missing.* of 'value' cannot be evaluated"):

        @sandbox.tool
        def f(value: "Missing") -> None:  # noqa: F821, UP037
            pass


SHAPES = npython.Sandbox()


@SHAPES.tool
def shapes(a: int, /, b: int, c: int = 3, *rest: int, d: int = 4, **more: int) -> list[Any]:
    """Takes arguments in every way."""
    return [a, b, c, list(rest), d, more]


@pytest.mark.parametrize(
    ("call", "value"),
    [
        ("shapes(1, 2)", [1, 2, 3, [], 4, {}]),
        ("shapes(1, b=2)", [1, 2, 3, [], 4, {}]),
        ("shapes(1, 2, 3, 4, 5, d=6, e=7)", [1, 2, 3, [4, 5], 6, {"e": 7}]),
        ("shapes(*[1, 2], **{'d': 5})", [1, 2, 3, [], 5, {}]),
        ("shapes(1, 2, a=3)", [1, 2, 3, [], 4, {"a": 3}]),
    ],
)
def test_arguments_of_every_kind(call, value):
    assert SHAPES.run(call).value == value


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ("shapes()", "shapes() missing a required argument: 'a'"),
        ("shapes(1)", "shapes() missing a required argument: 'b'"),
        ("shapes(1, 2, 'x')", "shapes() argument 'c' must be int, not str"),
        ("shapes(1, 2, 3, 'x')", "shapes() argument 'rest' must be int, not str"),
        ("shapes(1, 2, d='x')", "shapes() argument 'd' must be int, not str"),
        ("shapes(1, 2, z='x')", "shapes() argument 'z' must be int, not str"),
    ],
)
def test_arguments_that_do_not_fit(call, message):
    with pytest.raises(npython.GuestError) as caught:
        SHAPES.run(call)
    assert caught.value.message == message


def test_too_many_arguments():
    sandbox = given(int)
    for call in ("f(1, 2)", "f(1, value=2)", "f(other=1)"):
        with pytest.raises(npython.GuestError, match=r"TypeError: f\(\) "):
            sandbox.run(call)


def test_the_function_is_not_called_with_what_does_not_fit():
    calls = []
    sandbox = npython.Sandbox()

    @sandbox.tool
    def f(value: int) -> None:
        calls.append(value)

    sandbox.run("try: f('x')\nexcept TypeError: pass\nf(1)")
    assert calls == [1]


def test_generators_are_no_tools():
    def numbers():
        yield 1

    async def later():
        yield 1

    for function in (numbers, later):
        with pytest.raises(TypeError, match="is a generator, which cannot enter the sandbox: return a list"):
            npython.Sandbox().tool(function)


@pytest.mark.parametrize(
    ("mode", "told"), [("read", "Nothing can be changed"), ("read-write", ""), ("overlay", "kept aside")]
)
def test_the_datacard_says_what_can_be_changed(tmp_path, mode, told):
    card = npython.Sandbox(capabilities=[FilesystemCapability(tmp_path, mode=mode)]).datacard()
    assert [part for part in ("Nothing can be changed", "kept aside") if part in card] == ([told] if told else [])


def test_a_tool_may_use_what_is_defined_after_it():
    sandbox = npython.Sandbox()

    @sandbox.tool
    def first(value: int) -> int:
        return second(value)

    def second(value: int) -> int:
        return value + 1

    assert sandbox.run("first(1)").value == 2


def test_what_the_guest_sees_of_a_tool():
    sandbox = npython.Sandbox()

    @sandbox.tool(name="find")
    def internal_name(
        query: str, limit: int | None = None, where: object = Point(), *, deep: bool = False
    ) -> list[str]:
        """Find things.

        Slowly.
        """
        return []

    result = sandbox.run("[find.__name__, find.__qualname__, find.__doc__, find.__text_signature__, repr(find)]").value
    signature = "(query: str, limit: int | None = None, where: object = ..., *, deep: bool = False) -> list[str]"
    assert result == ["find", "find", "Find things.\n\nSlowly.", signature, f"<built-in function find{signature}>"]
    assert internal_name("x") == []


def test_a_plain_function_has_neither_signature_nor_checks():
    sandbox = npython.Sandbox(functions={"f": lambda value: value})
    assert sandbox.run("[repr(f), f.__doc__, f.__text_signature__]").value == ["<built-in function f>", None, None]


def test_async_tools():
    sandbox = npython.Sandbox()

    @sandbox.tool
    async def double(value: int) -> int:
        await asyncio.sleep(0)
        return value * 2

    assert asyncio.run(sandbox.run_async("double(2) + double(3)")).value == 10
    with pytest.raises(npython.GuestError, match="argument 'value' must be int, not str"):
        asyncio.run(sandbox.run_async("double('2')"))
    assert sandbox.run("double(2)").value == 4


def test_tools_in_sessions():
    sandbox = npython.Sandbox(gatekeeper=StaticGatekeeper({"X": "t"}))

    @sandbox.tool(scope="X")
    async def f(value: int) -> int:
        return value + 1

    async def main() -> list[Any]:
        session = sandbox.session()
        first = await session.run_async("with scope('X', 't'): a = f(1)\na")
        second = await session.run_async("with scope('X', 't'): a = f(a)\na")
        return [first.value, second.value]

    assert asyncio.run(main()) == [2, 3]


def test_methods_and_partials_are_tools():
    class Store:
        def __init__(self) -> None:
            self.items = {"a": 1}

        def get(self, name: str) -> int:
            return self.items[name]

    sandbox = npython.Sandbox()
    sandbox.tool(Store().get)
    sandbox.tool(name="get_a")(functools.partial(Store().get, "a"))
    assert sandbox.run("get('a') + get_a()").value == 2
    with pytest.raises(npython.GuestError, match="must be str, not int"):
        sandbox.run("get(1)")


def test_tools_declared_after_a_run():
    sandbox = npython.Sandbox()
    with pytest.raises(npython.GuestError, match="NameError"):
        sandbox.run("late()")

    @sandbox.tool
    def late() -> int:
        return 1

    assert sandbox.run("late()").value == 1


@pytest.mark.parametrize("name", ["scope", "for", "a b", "", "é!"])
def test_names_of_tools_are_checked(name):
    with pytest.raises(ValueError, match=r"identifiers|belongs to the machine"):
        npython.Sandbox().tool(name=name)(len)


def test_a_name_is_given_once():
    sandbox = npython.Sandbox(functions={"f": len})
    with pytest.raises(ValueError, match="there is a host function 'f' already"):
        sandbox.tool(name="f")(lambda: 1)


def test_strict_needs_a_scope():
    with pytest.raises(ValueError, match="strict is about a scope"):
        npython.Sandbox().tool(strict=True)


@pytest.mark.parametrize("scope", ["", "X\n", "x" * 300, 5])
def test_names_of_scopes_are_checked(scope):
    with pytest.raises(ValueError, match="printable characters"):
        npython.Sandbox().tool(name="f", scope=scope)(lambda: 1)


# Exceptions


class HostProblem(Exception):
    pass


@pytest.mark.parametrize(
    ("error", "type_name", "message"),
    [
        (npython.ToolError("out of stock"), "ToolError", "out of stock"),
        (npython.ToolError("/orders/5/x"), "ToolError", "/orders/5/x"),
        (HostProblem("no"), "ToolError", "HostProblem: no"),
        (HostProblem(), "ToolError", "HostProblem"),
        (HostProblem("open /srv/app/config.py failed"), "ToolError", "HostProblem: open <path> failed"),
        (HostProblem("'/etc/shadow', (/root/.ssh/id)"), "ToolError", "HostProblem: '<path>', (<path>)"),
        (HostProblem(r"C:\Users\me\secret.txt"), "ToolError", "HostProblem: <path>"),
        (HostProblem("see https://example.com/a/b"), "ToolError", "HostProblem: see https://example.com/a/b"),
        (HostProblem("file:///etc/passwd gone"), "ToolError", "HostProblem: file:<path> gone"),
        (HostProblem("1/2 and a/b"), "ToolError", "HostProblem: 1/2 and a/b"),
        (ValueError("/kept/as/is"), "ValueError", "/kept/as/is"),
        (HostProblem("x" * 10_000), "ToolError", ("HostProblem: " + "x" * 2_000)),
    ],
    ids=lambda part: str(part)[:30],
)
def test_exceptions_of_the_host(error, type_name, message):
    sandbox = npython.Sandbox()

    @sandbox.tool
    def f() -> None:
        raise error

    source = "try:\n    f()\nexcept Exception as error:\n    seen = type(error).__name__, str(error)\nseen"
    assert sandbox.run(source).value == (type_name, message)


def test_a_tool_error_is_an_exception_class_of_the_guest():
    source = "class Mine(ToolError): pass\ntry: raise Mine('x')\nexcept ToolError as e: m = str(e)\n"
    source += "m, ToolError.__mro__[1] is Exception"
    assert npython.run(source).value == ("x", True)
    with pytest.raises(npython.GuestError, match="ToolError: y"):
        npython.run("raise ToolError('y')")


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit])
def test_what_is_for_the_embedder_reaches_it_through_scopes_too(error):
    sandbox = npython.Sandbox(gatekeeper=StaticGatekeeper({"X": "t"}), audit=True)

    @sandbox.tool(scope="X")
    def f() -> None:
        raise error

    with pytest.raises(error):
        sandbox.run("with scope('X', 't'):\n    try: f()\n    except BaseException: pass")


# Grants


def test_the_grant_is_injected_and_not_the_guests():
    seen = []
    sandbox = npython.Sandbox(gatekeeper=StaticGatekeeper({"X": ("t", Grant("X", paths=("/a",)))}))

    @sandbox.tool(scope="X")
    def first(grant: Grant, value: int = 0) -> None:
        seen.append((grant.paths, value))

    @sandbox.tool(scope="X")
    def last(value: int, grant: Grant) -> None:
        seen.append((grant.paths, value))

    @sandbox.tool(scope="X")
    def named(value: int = 0, *, grant: Grant, other: int = 1) -> None:
        seen.append((grant.paths, value + other))

    sandbox.run("with scope('X', 't'):\n    first(1); first(); last(2); last(value=3); named(4); named(other=6)")
    assert seen == [(("/a",), number) for number in (1, 0, 2, 3, 5, 6)]
    assert sandbox.run("repr(first)").value == "<built-in function first(value: int = 0) -> None>"
    for call in ("first(grant=1)", "last(1, 2)", "last(1, grant=2)", "named(1, grant=None)"):
        with pytest.raises(npython.GuestError, match="TypeError"):
            sandbox.run(f"with scope('X', 't'): {call}")


def test_a_grant_needs_a_scope():
    with pytest.raises(TypeError, match="so it needs a scope"):

        @npython.Sandbox().tool
        def f(grant: Grant) -> None:
            pass


# Capabilities


def counting() -> tuple[Capability, list[Any]]:
    calls: list[Any] = []

    def public(value: int, grant: Grant) -> int:
        """Count up."""
        grant.check_call()
        calls.append(value)
        return value + 1

    def _private(value: int) -> int:
        calls.append(("private", value))
        return value * 10

    source = """
_KEPT = []
class Box:
    def __init__(self, value):
        self.value = value
    def get(self):
        return _private(self.value)
def boxed(value):
    _KEPT.append(value)
    return Box(value)
"""
    return Capability("C-ENV", {"public": public, "_private": _private}, source, "Counts things."), calls


def test_a_capability_brings_functions_and_guest_code():
    capability, calls = counting()
    sandbox = npython.Sandbox(capabilities=[capability], gatekeeper=StaticGatekeeper({"C-ENV": "t"}), audit=True)
    result = sandbox.run("with scope('C-ENV', 't'):\n    a = public(1)\n    b = boxed(2).get()\na, b")
    assert result.value == (2, 20)
    assert calls == [1, ("private", 2)]
    assert [(record.function, record.line) for record in result.audit if record.event == "call"] == [
        ("public", 2),
        ("_private", 3),
    ]


@pytest.mark.parametrize("arguments", ["'x'", "[]", "None"])
def test_messages_about_arguments_do_not_name_what_the_program_does_not_know(arguments):
    capability, _ = counting()
    sandbox = npython.Sandbox(capabilities=[capability], gatekeeper=StaticGatekeeper({"C-ENV": "t"}))
    with pytest.raises(npython.GuestError, match="TypeError: argument 'value' must be int, not ") as caught:
        sandbox.run(f"with scope('C-ENV', 't'): boxed({arguments}).get()")
    assert "_private" not in caught.value.message
    with pytest.raises(npython.GuestError, match=r"TypeError: public\(\) argument 'value' must be int, not "):
        sandbox.run(f"with scope('C-ENV', 't'): public({arguments})")


@pytest.mark.parametrize("name", ["_private", "_KEPT"])
def test_private_names_of_a_capability_are_not_the_programs(name):
    capability, _ = counting()
    sandbox = npython.Sandbox(capabilities=[capability])
    with pytest.raises(npython.GuestError, match="NameError"):
        sandbox.run(name)


@pytest.mark.parametrize("source", ["public(1)", "boxed(1).get()", "Box(1).get()"])
def test_all_of_a_capability_needs_its_scope(source):
    capability, calls = counting()
    sandbox = npython.Sandbox(capabilities=[capability])
    with pytest.raises(npython.SecurityViolation) as caught:
        sandbox.run(source)
    assert (caught.value.scope, caught.value.line) == ("C-ENV", 1)
    assert not calls


@pytest.mark.parametrize(
    "source",
    [
        "boxed.__globals__",
        "Box.get.__globals__",
        "boxed.__closure__[0]",
        "boxed.__builtins__",
    ],
)
def test_the_private_names_cannot_be_reached_through_guest_code(source):
    capability, _ = counting()
    with pytest.raises(npython.GuestError):
        npython.Sandbox(capabilities=[capability]).run(source)


def test_machines_do_not_share_the_state_of_guest_code():
    capability, _ = counting()
    sandbox = npython.Sandbox(capabilities=[capability])
    sandbox.run("Box.extra = 1")
    with pytest.raises(npython.GuestError, match="AttributeError"):
        sandbox.run("Box.extra")


def test_guest_code_costs_the_program_no_gas():
    capability, _ = counting()
    with_it = npython.Sandbox(capabilities=[capability], limits=npython.Limits(gas=1_000)).run("1 + 1")
    assert with_it.gas_used == npython.run("1 + 1").gas_used


def test_guest_code_that_fails_is_reported():
    broken = Capability("B-ENV", {}, "1 / 0")
    with pytest.raises(npython.EngineError, match="ZeroDivisionError"):
        npython.Sandbox(capabilities=[broken]).run("1")
    with pytest.raises(npython.CompileError):
        npython.Sandbox(capabilities=[Capability("B-ENV", {}, "def")])


# The datacard


def test_the_datacard_tells_what_there_is():
    capability, _ = counting()
    sandbox = npython.Sandbox(
        limits=npython.Limits(gas="5M", memory="64MiB", time="2s"), functions={"plain": len}, capabilities=[capability]
    )

    @sandbox.tool
    def total(items: list[str], discount: float = 0.0) -> float:
        """What the items cost.

        More about it.
        """
        return 0.0

    @sandbox.tool(scope="CRM-ENV", strict=True)
    def customer(number: int) -> dict[str, str]:
        """Master data."""
        return {}

    card = sandbox.datacard()
    for part in (
        "Python 3.13",
        "5,000,000 gas",
        "64 MiB",
        "2 s",
        "- plain(...)",
        "- total(items: list[str], discount: float = 0.0) -> float: What the items cost.",
        "More about it.",
        "with scope(",
        "In scope 'CRM-ENV':\n- customer(number: int) -> dict[str, str]  [call it in the block itself]: Master data.",
        "In scope 'C-ENV':\nCounts things.",
        "- public(value: int) -> int: Count up.",
    ):
        assert part in card
    assert "_private" not in card
    assert "Grant" not in card


def test_the_datacard_says_how_to_call_what_is_async():
    sandbox = npython.Sandbox()

    @sandbox.tool
    async def look(query: str) -> str:
        """Look it up."""
        return query

    card = sandbox.datacard()
    assert "- async look(query: str) -> str: Look it up." in card
    assert "Functions marked async: a plain call waits" in card
    for program in ("look('x')", "import asyncio\nasync def main(): return await look('x')\nasyncio.run(main())"):
        assert sandbox.run(program).value == "x"


def test_the_datacard_of_nothing_says_nothing_of_scopes():
    card = npython.Sandbox().datacard()
    assert "scope" not in card
    assert "Functions:" not in card


def test_the_program_can_ask_what_a_tool_is():
    sandbox = npython.Sandbox()

    @sandbox.tool
    def lookup(customer: str, limit: int = 10, *rest: str, deep: bool = False, **more: int) -> list[str]:
        """Orders of a customer.

        The latest first.
        """
        return []

    source = """
import inspect
signature = inspect.signature(lookup)
limit = signature.parameters["limit"]
(lookup.__name__, lookup.__doc__, inspect.getdoc(lookup), str(signature), limit.default, limit.annotation is int)
"""
    shown = "(customer: str, limit: int = 10, *rest: str, deep: bool = False, **more: int) -> list[str]"
    doc = "Orders of a customer.\n\nThe latest first."
    assert sandbox.run(source).value == ("lookup", doc, doc, shown, 10, True)


def test_a_signature_with_types_of_typing():
    sandbox = npython.Sandbox()

    @sandbox.tool
    def pick(which: Literal["a", "b"], values: collections.abc.Sequence[int], anything: Any = None) -> None:
        """Pick."""

    source = "import inspect\nlist(inspect.signature(pick).parameters), str(inspect.signature(pick))"
    names, text = sandbox.run(source).value
    assert names == ["which", "values", "anything"]
    assert text.startswith("(which: ")


def test_keys_of_any_size_are_checked():
    assert given(dict[int, int]).run("f({10**5000: 1}) == {10**5000: 1}").value is True
    for key, shown in (("10**5000", "..."), ("'\\0' * 10_000", r"'(\\x00)+.*"), ("(1,) * 10_000", "..."), ("2", "2")):
        with pytest.raises(npython.GuestError, match=rf"but \[{shown}\] is str") as caught:
            given(dict[Any, int]).run(f"f({{{key}: ''}})")
        assert len(str(caught.value)) < 200


def test_a_key_is_shown_only_where_it_is_wrong():
    tracemalloc.start()
    try:
        check_for(dict[str, int])({"\0" * 1_000_000: 1})
        assert tracemalloc.get_traced_memory()[1] < 3_000_000
    finally:
        tracemalloc.stop()
