"""Values across the boundary, both ways."""

from __future__ import annotations

import collections
import enum
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

import npython

ECHO = npython.Sandbox(functions={"echo": lambda value: value})


def through_the_guest(value):
    """In as an input, out and in again as argument and answer, out as the result."""
    return ECHO.run("echo(value)", inputs={"value": value}).value


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        False,
        ...,
        0,
        -1,
        2**63 - 1,
        -(2**63),
        2**63,
        -(2**64),
        10**200,
        -(10**200),
        0.0,
        -0.0,
        1.5,
        float("inf"),
        1j,
        complex(-0.0, 2.5),
        "",
        "ascii",
        "é€😀",
        "nul\0inside",
        "\ud800 alone",
        b"",
        b"\x00\xff",
        bytearray(b"abc"),
        [],
        [1, [2, [3]]],
        (),
        (1, ("two", 3.0)),
        {},
        {"a": 1, 2: "b", None: [], (1, 2): {}},
        set(),
        {1, 2.5, 300},
        {"two"},
        frozenset({1, 2}),
        range(5),
        range(10, -10, -3),
    ],
    ids=repr,
)
def test_plain_data_goes_through_unchanged(value):
    copy = through_the_guest(value)
    assert copy == value
    assert type(copy) is type(value)
    assert repr(copy) == repr(value)


def test_nan_goes_through():
    assert math.isnan(through_the_guest(float("nan")))


def test_dicts_keep_their_order():
    assert list(through_the_guest({"z": 1, "a": 2, "m": 3})) == ["z", "a", "m"]


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.binary(),
    lambda inner: st.lists(inner) | st.tuples(inner, inner) | st.dictionaries(st.text() | st.integers(), inner),
    max_leaves=20,
)


@given(PLAIN)
def test_any_plain_data_goes_through_unchanged(value):
    assert through_the_guest(value) == value


class Text(str):
    __slots__ = ()

    def __str__(self):
        return "overridden"


class Number(int):
    def __index__(self):
        return 99

    __int__ = __index__


class Items(list):
    def __iter__(self):
        return iter(["overridden"])

    def __len__(self):
        return 77


class Mapping(dict):
    def items(self):
        return [("overridden", 1)]

    def __iter__(self):
        return iter(["overridden"])


class Bag(set):
    def __iter__(self):
        return iter(["overridden"])


class Colour(enum.IntEnum):
    RED = 3


@pytest.mark.parametrize(
    ("value", "base"),
    [
        (Text("text"), "text"),
        (Number(5), 5),
        (Number(10**30), 10**30),
        (Items([1, 2]), [1, 2]),
        (Mapping(a=1), {"a": 1}),
        (Bag({4}), {4}),
        (Colour.RED, 3),
        (collections.OrderedDict(a=1), {"a": 1}),
        (collections.namedtuple("Point", "x y")(1, 2), (1, 2)),
    ],
    ids=lambda value: type(value).__name__,
)
def test_subclasses_go_in_as_their_base_value(value, base):
    copy = through_the_guest(value)
    assert copy == base
    assert type(copy) is type(base)


class Thing:
    def __repr__(self):
        raise AssertionError("the boundary must not call this")


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (Thing(), "inputs['value'] is a 'Thing' object, which cannot enter the sandbox"),
        ([1, {"k": [Thing]}], "inputs['value'][1]['k'][0] is a 'type' object, which cannot enter the sandbox"),
        ({"f": len}, "inputs['value']['f'] is a 'builtin_function_or_method' object, which cannot enter the sandbox"),
        ({Thing: 1}, "inputs['value'] (a key) is a 'type' object, which cannot enter the sandbox"),
        (memoryview(b"x"), "inputs['value'] is a 'memoryview' object, which cannot enter the sandbox"),
        (iter([]), "inputs['value'] is a 'list_iterator' object, which cannot enter the sandbox"),
    ],
)
def test_other_types_are_refused_by_name_and_place(value, message):
    with pytest.raises(TypeError) as caught:
        npython.run("1", inputs={"value": value})
    assert str(caught.value) == message


def nested(depth, wrap):
    value = 0
    for _ in range(depth):
        value = wrap(value)
    return value


@pytest.mark.parametrize("wrap", [lambda v: [v], lambda v: (v,), lambda v: {"k": v}], ids=["list", "tuple", "dict"])
def test_depth_is_bounded_on_the_way_in(wrap):
    assert npython.run("1", inputs={"value": nested(200, wrap)}).value == 1
    with pytest.raises(ValueError, match="nested more than 200 levels deep"):
        npython.run("1", inputs={"value": nested(201, wrap)})


def test_containers_inside_themselves_are_refused():
    loop = []
    loop.append({"again": loop})
    with pytest.raises(ValueError, match=r"inputs\['value'\] contains itself"):
        npython.run("1", inputs={"value": loop})


def test_one_object_in_two_places_is_no_cycle():
    shared = [1]
    assert through_the_guest([shared, shared]) == [[1], [1]]


def test_size_is_bounded_on_the_way_in():
    bomb = [0] * 10
    for _ in range(9):
        bomb = [bomb] * 10
    with pytest.raises(ValueError, match="larger than the sandbox's memory limit"):
        npython.run("1", inputs={"value": bomb}, limits=npython.Limits(memory="1MiB"))


def test_ranges_beyond_64_bits_are_refused():
    with pytest.raises(ValueError, match="a range beyond 64 bits"):
        npython.run("1", inputs={"value": range(10**30)})


@pytest.mark.parametrize(
    ("source", "type_name"),
    [
        ("len", "builtin_function_or_method"),
        ("lambda: 1", "function"),
        ("class A: pass\nA()", "A"),
        ("int", "type"),
        ("iter([])", "list_iterator"),
        ("ValueError('x')", "ValueError"),
    ],
)
def test_values_without_a_plain_form_come_out_opaque(source, type_name):
    value = npython.run(source).value
    assert isinstance(value, npython.Opaque)
    assert value.type_name == type_name
    assert repr(value) == value.repr


def test_opaque_values_inside_containers_keep_their_place():
    value = npython.run("class A:\n    def __repr__(self): return 'A!'\n[1, {'k': A()}]").value
    assert value[0] == 1
    assert value[1]["k"] == npython.Opaque("A", "A!") or value[1]["k"].type_name == "A"


REFUSAL = "to a host function, which takes plain data: text, numbers, lists, dicts, ..."


def test_arguments_without_a_plain_form_are_refused_in_the_guest():
    source = "class A: pass\ntry:\n    echo(A())\nexcept TypeError as error:\n    message = str(error)\nmessage"
    assert ECHO.run(source).value == f"cannot pass 'A' object {REFUSAL}"


def test_keyword_arguments_without_a_plain_form_are_refused_in_the_guest():
    source = "try:\n    echo(value=len)\nexcept TypeError as error:\n    message = str(error)\nmessage"
    assert ECHO.run(source).value == f"cannot pass 'builtin_function_or_method' object {REFUSAL}"


def test_host_gets_exact_base_values():
    received = []
    sandbox = npython.Sandbox(functions={"take": received.append})
    sandbox.run("class S(str):\n    def startswith(self, *a): return True\ntake(S('text'))")
    assert received == ["text"]
    assert type(received[0]) is str


@pytest.mark.parametrize(
    "source",
    [
        "a = []\na.append(a)\na",
        "d = {}\nd['d'] = d\nd",
        "a = []\nfor _ in range(100000): a = [a]\na",
        "a = [0] * 10\nfor _ in range(12): a = [a] * 10\na",
    ],
    ids=["list in itself", "dict in itself", "deep", "shared"],
)
def test_results_that_cannot_be_copied_whole_end_in_bounded_time(source):
    try:
        result = npython.run(source, limits=npython.Limits(memory="16MiB"))
    except (npython.Halted, npython.GuestError):
        return
    assert result.value is not None
