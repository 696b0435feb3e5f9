"""Memory that garbage takes is used again before a program is stopped for want of it, wherever the limit is met."""

from __future__ import annotations

import pytest

import npython
from npython import Limits
from npython.testing import stress_sandbox

ROOMY = "1GiB"
TIGHT = "20MiB"
SETUP = """
items = list(range(60_000))
text = "word " * 300_000
words = ["word"] * 10_000
data = bytes(1_500_000)
"""
# Each makes garbage of 5 to 12 MB, more than is ever allocated between two instructions.
EXPRESSIONS = [
    "[0] * 700_000",
    "(0,) * 700_000",
    "items * 10",
    "items + items * 6",
    "items[:] * 8",
    "(items * 4)[::2] * 2",
    "[*items, *items, *items, *items, *items, *items, *items, *items]",
    "list(range(600_000))",
    "tuple(range(600_000))",
    "sorted(range(150_000), reverse=True)",
    "list(text[:500_000])[:2]",
    "set(range(100_000))",
    "frozenset(range(100_000))",
    "dict.fromkeys(range(90_000))",
    "'x' * 10_000_000",
    "text + text * 2",
    "text.replace('w', 'www')",
    "text.replace(' ', '') * 6",
    "text.upper() * 5",
    "text.center(10_000_000)",
    "text.zfill(10_000_000)",
    "text.encode() * 6",
    "text[:600_000].split(' ')",
    "', '.join(words) * 100",
    "str(items) * 20",
    "f'{1:10000000}'",
    "format(1, '10000000')",
    "'%10000000d' % 1",
    "'{:10000000}'.format(1)",
    "bytes(10_000_000)",
    "bytearray(10_000_000)",
    "data * 6",
    "data + bytes(6_000_000)",
    "data.decode() * 6",
    "data.hex() * 3",
    "data.replace(b'\\0', b'abcd')",
    "1 << 70_000_000",
    "(1 << 30_000_000) + 1",
    "int.from_bytes(data, 'big') << 60_000_000",
    "(1 << 50_000_000).to_bytes(6_250_001, 'big')",
]
KEYS = "if turn == 0: keys = {str(number): None for number in range(40_000)}"
STATEMENTS = {
    "a dict comprehension": "{number: number for number in range(90_000)}",
    "a growing list": "made = []\nfor number in range(300_000): made.append(number)\ndel made",
    "a growing list in a comprehension": "made = [number for number in range(300_000)]\ndel made",
    "a growing list, extended": "made = []\nfor _ in range(5): made.extend(items)\ndel made",
    "a growing list, added to": "made = []\nfor _ in range(5): made += items\ndel made",
    "a growing list, repeated": "made = items[:]\nmade *= 5\ndel made",
    "a growing bytearray": "made = bytearray()\nfor _ in range(3): made += data\ndel made",
    "a growing dict": "made = {}\nfor number in range(60_000): made[number] = None\ndel made",
    "a growing set": "made = set()\nfor number in range(60_000): made.add(number)\ndel made",
    "a growing text": "made = ''\nfor _ in range(3): made += text\ndel made",
    "keys with long texts": "made = {}\nfor number in range(12_000): made[f'{number:050}'] = None\ndel made",
    "a slice that is replaced": "made = [0]\nmade[:] = items * 4\ndel made",
    "a dict unpacked into another": f"{KEYS}\nmade = {{**keys}}\ndel made",
    "a dict updated by another": f"{KEYS}\nmade = {{}}\nmade.update(keys)\ndel made",
    "a dict united with another": f"{KEYS}\nmade = {{}}\nmade |= keys\ndel made",
    "a set updated by a dict": f"{KEYS}\nmade = {{-1}}\nmade.update(keys)\ndel made",
    "a set updated by another": f"{KEYS}\nmade = {{-1}}\nmade |= frozenset(keys)\ndel made",
    "a set unpacked into another": f"{KEYS}\nmade = {{*keys}}\ndel made",
}


def gas_of(source: str, *, memory: str, collect_always: bool = False) -> int:
    limits = Limits(gas=10**9, memory=memory, time=3600.0)
    result = stress_sandbox(limits=limits, collect_always=collect_always).run(source)
    assert result.stdout == "done\n"
    return result.gas_used


def repeated(statement: str) -> str:
    body = "\n".join(f"    {line}" for line in statement.splitlines())
    return f"{SETUP}\nfor turn in range(6):\n{body}\nprint('done')\n"


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_room_is_made_for_a_large_value(expression: str) -> None:
    source = repeated(expression)
    expected = gas_of(source, memory=ROOMY)
    assert gas_of(source, memory=TIGHT) == expected
    assert gas_of(source, memory=TIGHT, collect_always=True) == expected


@pytest.mark.parametrize("statement", STATEMENTS.values(), ids=STATEMENTS.keys())
def test_room_is_made_for_what_grows(statement: str) -> None:
    source = repeated(statement)
    expected = gas_of(source, memory=ROOMY)
    assert gas_of(source, memory=TIGHT) == expected


def test_garbage_alone_never_exhausts_memory() -> None:
    with pytest.raises(npython.GasExhausted):
        npython.run("while True: [0] * 7_000_000", limits=Limits(gas=10_000_000, memory="128MiB", time=3600.0))


@pytest.mark.parametrize(
    "source",
    [
        "made = [0] * 700_000\nmade = [made[0]] * 700_000",
        "iterator = iter(range(10**7))\nwhile True: made = list(iterator)",
        "made = [[0] * 100 for _ in range(9_000)]\n[0] * 400_000",
        "'x' * 22_000_000",
    ],
)
def test_what_does_not_fit_ends_the_program(source: str) -> None:
    with pytest.raises(npython.MemoryLimitExceeded):
        npython.run(source, limits=Limits(gas=10**9, memory=TIGHT, time=3600.0))


def test_an_iterator_is_not_read_twice() -> None:
    source = """
numbers = iter(range(1_000_000))
garbage = [0] * 500_000
del garbage
try:
    first = list(zip(numbers, numbers))
finally:
    print(next(numbers))
"""
    with pytest.raises(npython.MemoryLimitExceeded) as raised:
        npython.run(source, limits=Limits(gas=10**9, memory=TIGHT, time=3600.0))
    assert raised.value.result is not None
    assert raised.value.result.stdout == ""


def test_an_answer_of_the_host_finds_room() -> None:
    def fetch() -> str:
        return "x" * 9_000_000

    sandbox = npython.Sandbox(functions={"fetch": fetch}, limits=Limits(memory=TIGHT))
    result = sandbox.run("for turn in range(5): size = len(fetch())\nprint(size)")
    assert result.stdout == "9000000\n"
