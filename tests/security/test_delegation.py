"""What a generator or coroutine delegates to runs under its blocks, however it is resumed.

Also when something is thrown into it, or it is closed.
"""

from __future__ import annotations

import pytest
import scope_model

import npython
from npython.security import StaticGatekeeper

PREAMBLE = """\
class Pause:
    def __await__(self):
        yield
def inner(value):
    try:
        yield
    except KeyError:
        use(value)
        yield
        use(value + 1)
    finally:
        use(value + 10)
async def awaited(value):
    try:
        await Pause()
    except KeyError:
        use(value)
        await Pause()
        use(value + 1)
    finally:
        use(value + 10)
async def stepping(value):
    try:
        yield 1
        await awaited(value)
    finally:
        use(value + 20)
"""
OUTER = """\
def outer():
    with scope("X", "token"):
        yield from inner(1)
    yield
"""
CALLS = {
    "throw into yield from": (OUTER + "it = outer()\nnext(it)\nit.throw(KeyError)\n", [1]),
    "throw and go on": (OUTER + "it = outer()\nnext(it)\nit.throw(KeyError())\nnext(it)\n", [1, 2, 11]),
    "close": (OUTER + "it = outer()\nnext(it)\nit.close()\n", [11]),
    "GeneratorExit thrown": (
        OUTER + "it = outer()\nnext(it)\ntry:\n    it.throw(GeneratorExit)\nexcept GeneratorExit:\n    pass\n",
        [11],
    ),
    "throw through two": (
        OUTER + "def most():\n    yield from outer()\nit = most()\nnext(it)\nit.throw(KeyError)\n",
        [1],
    ),
    "throw into await": (
        (
            "async def outer():\n    with scope('X', 'token'):\n        await awaited(1)\n"
            "it = outer()\nit.send(None)\nit.throw(KeyError)\n"
        ),
        [1],
    ),
    "cancelled task": (
        (
            "import asyncio\n"
            "async def outer():\n    with scope('X', 'token'):\n        await resting()\n"
            "async def resting():\n    try:\n        await asyncio.sleep(9)\n    finally:\n        use(3)\n"
            "async def main():\n    task = asyncio.create_task(outer())\n    await asyncio.sleep(0)\n"
            "    task.cancel()\n"
            "    await asyncio.wait([task])\nasyncio.run(main())\n"
        ),
        [3],
    ),
    "throw into async for": (
        (
            "async def outer():\n    with scope('X', 'token'):\n        async for _ in stepping(1):\n            pass\n"
            "it = outer()\nit.send(None)\nit.throw(KeyError)\n"
        ),
        [1],
    ),
    "throw into an async generator that awaits": (
        (
            "async def steps():\n    with scope('X', 'token'):\n        await awaited(1)\n        yield\n"
            "async def outer():\n    async for _ in steps():\n        pass\n"
            "it = outer()\nit.send(None)\nit.throw(KeyError)\n"
        ),
        [1],
    ),
}
NOTHING_LEFT = {
    "after throw": OUTER + "it = outer()\nnext(it)\nit.throw(KeyError)\nuse(99)\n",
    "after close": OUTER + "it = outer()\nnext(it)\nit.close()\nuse(99)\n",
    "caught outside": "def bad():\n    try:\n        yield\n    finally:\n        raise ValueError\n"
    "def outer():\n    with scope('X', 'token'):\n        yield from bad()\n"
    "it = outer()\nnext(it)\ntry:\n    it.close()\nexcept ValueError:\n    use(99)\n",
    "delegate alone": "def outer(made):\n    with scope('X', 'token'):\n        yield from made\n"
    "made = inner(1)\nit = outer(made)\nnext(it)\nmade.throw(KeyError)\n",
}


def run(source: str) -> tuple[list[int], bool]:
    """Return the calls that were made, and whether one was refused."""
    sandbox = npython.Sandbox(gatekeeper=StaticGatekeeper({"X": "token"}))
    calls: list[int] = []

    @sandbox.tool(scope="X")
    def use(value: int) -> None:
        calls.append(value)

    try:
        sandbox.run(PREAMBLE + source)
    except npython.SecurityViolation:
        return calls, True
    return calls, False


@pytest.mark.parametrize("name", CALLS)
def test_what_a_block_delegates_to_has_its_grant(name):
    source, expected = CALLS[name]
    assert run(source) == (expected, False)


@pytest.mark.parametrize("name", NOTHING_LEFT)
def test_who_throws_gets_nothing(name):
    calls, refused = run(NOTHING_LEFT[name])
    assert refused
    assert 99 not in calls


def test_the_model_knows_it():
    subject = scope_model.Subject()
    for seed in (2_035_996, 1_030_297):
        assert scope_model.difference(seed, subject) == ""
