"""Tools that take records and members of enumerations: typed dicts, dataclasses, and what the datacard says of them."""

from __future__ import annotations

import dataclasses
import enum
import types  # noqa: TC003 - the annotations of a typed dict are looked up at run time
import typing

import pytest

import npython


class Colour(enum.Enum):
    RED = "red"
    GREEN = "green"


class Size(enum.IntEnum):
    SMALL = 1
    LARGE = 2


class Order(typing.TypedDict):
    number: int
    items: list[str]
    note: typing.NotRequired[str]


@dataclasses.dataclass
class Parcel:
    weight: float
    inside: list[Parcel] = dataclasses.field(default_factory=list)


def records():
    sandbox = npython.Sandbox()

    @sandbox.tool
    def place(order: Order) -> str:
        return f"{order['number']} {order['items']} {order.get('note')}"

    @sandbox.tool
    def send(parcel: Parcel | None) -> float:
        def weight(one: Parcel) -> float:
            return one.weight + sum(map(weight, one.inside))

        return 0.0 if parcel is None else weight(parcel)

    return sandbox


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("place({'number': 1, 'items': ['tea']})", "1 ['tea'] None"),
        ("place({'number': 1, 'items': [], 'note': 'soon'})", "1 [] soon"),
        ("send({'weight': 1})", 1.0),
        ("send({'weight': 1, 'inside': [{'weight': 2.5}]})", 3.5),
        ("send(None)", 0.0),
    ],
)
def test_typed_dicts_and_dataclasses(source, expected):
    assert records().run(source).value == expected


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("place(5)", "place() argument 'order' must be Order, not int"),
        ("place({'number': 1})", "place() argument 'order' must be Order with key 'items', not dict"),
        (
            "place({'number': 1, 'items': [], 'x': 1})",
            "place() argument 'order' must be Order without key 'x', not dict",
        ),
        (
            "place({'number': 'a', 'items': []})",
            "place() argument 'order' must be int, but ['number'] is str",
        ),
        ("place({'number': 1, 'items': [1]})", "place() argument 'order' must be str, but ['items'][0] is int"),
        ("send({'weight': 'x'})", "send() argument 'parcel' must be float, but ['weight'] is str"),
        ("send({})", "send() argument 'parcel' must be Parcel with key 'weight', not dict"),
        ("send(5)", "send() argument 'parcel' must be Parcel | None, not int"),
    ],
)
def test_what_is_no_such_record(source, message):
    with pytest.raises(npython.GuestError) as caught:
        records().run(source)
    assert str(caught.value) == f"TypeError: {message}"


def test_a_member_of_an_enumeration_arrives_for_its_value():
    sandbox = npython.Sandbox()
    seen = []

    @sandbox.tool
    def paint(colour: Colour, size: Size = Size.SMALL, *, under: Colour | None = None) -> None:
        """Paint it."""
        seen.append((colour, size, under))

    sandbox.run("paint('green'); paint('red', 2, under='red')")
    assert seen == [(Colour.GREEN, Size.SMALL, None), (Colour.RED, Size.LARGE, Colour.RED)]
    assert all(isinstance(size, Size) for _, size, _ in seen)
    shown = (
        "- paint(colour: Literal['red', 'green'], size: Literal[1, 2] = 1, *, "
        "under: Literal['red', 'green'] | None = None) -> None: Paint it."
    )
    assert shown in sandbox.datacard()


def test_the_datacard_says_what_records_are():
    card = records().datacard()
    assert card.endswith(
        "\n\nDicts with these keys:\n"
        "- Order: {'number': int, 'items': list[str], 'note': str (optional)}\n"
        "- Parcel: {'weight': float, 'inside': list[Parcel] (optional)}\n"
    )
    assert "Dicts with" not in npython.Sandbox().datacard()


def test_the_datacard_says_what_records_in_results_are():
    sandbox = npython.Sandbox()

    @sandbox.tool
    def orders() -> dict[str, list[Order]]:
        """All of them."""
        return {}

    @sandbox.tool
    def odd() -> "list[Missing]":  # noqa: F821, UP037
        """Nobody knows."""
        return []

    assert sandbox.datacard().count("- Order: {") == 1


def test_a_record_with_what_cannot_be_checked_is_refused():
    class Bad(typing.TypedDict):
        value: types.FunctionType

    with pytest.raises(TypeError, match="cannot be"):

        @npython.Sandbox().tool
        def f(value: Bad) -> None:
            """Refused."""
