"""What grants allow: nested, counted, expiring."""

from __future__ import annotations

import pytest

import npython
from npython.security import Grant


def granting(**grants: Grant) -> tuple[npython.Sandbox, list[Grant]]:
    """A sandbox in which token t stands for the grant of that name."""
    seen: list[Grant] = []

    class Keeper:
        def grant(self, scope: str, token: str) -> Grant | None:
            return grants.get(token)

    sandbox = npython.Sandbox(gatekeeper=Keeper())

    @sandbox.tool(scope="X")
    def look(path: str, grant: Grant) -> str:
        grant.check_path(path)
        seen.append(grant)
        return path

    @sandbox.tool(scope="X")
    def count() -> int:
        return 1

    return sandbox, seen


def test_a_weaker_token_inside_narrows_and_a_stronger_one_does_not_widen():
    sandbox, _ = granting(wide=Grant("X"), narrow=Grant("X", paths=("/a",)))
    for first, second in (("wide", "narrow"), ("narrow", "wide")):
        source = (
            f"with scope('X', '{first}'):\n    with scope('X', '{second}'):\n        look('/a/b')\n        look('/c')"
        )
        with pytest.raises(npython.GuestError, match="PermissionError: the grant for X does not cover the path '/c'"):
            sandbox.run(source)
    sandbox.run("with scope('X', 'wide'):\n    with scope('X', 'narrow'): look('/a')\n    look('/c')")


def test_nested_grants_that_have_nothing_in_common_allow_nothing():
    sandbox, _ = granting(one=Grant("X", paths=("/a",)), other=Grant("X", paths=("/b",)))
    for path in ("/a", "/b"):
        with pytest.raises(npython.GuestError, match="PermissionError"):
            sandbox.run(f"with scope('X', 'one'), scope('X', 'other'): look('{path}')")


def test_calls_are_counted_over_blocks_runs_and_failures():
    sandbox, _ = granting(two=Grant("X", max_calls=2))
    source = "with scope('X', 'two'):\n    try: count(1)\n    except TypeError: pass\nwith scope('X', 'two'): count()"
    sandbox.run(source)
    with pytest.raises(npython.GuestError, match="PermissionError: the grant for X allows no more than 2 calls"):
        sandbox.run("with scope('X', 'two'): count()")


def test_a_grant_that_expires_in_the_block_ends_there():
    now = [100.0]
    sandbox, _ = granting(brief=Grant("X", expires_at=101.0, clock=lambda: now[0]))

    @sandbox.tool
    def wait() -> None:
        now[0] += 5

    for call in ("count()", "look('/a')"):
        now[0] = 100.0
        with pytest.raises(npython.GuestError, match="PermissionError: the grant for X has expired"):
            sandbox.run(f"with scope('X', 'brief'):\n    {call}\n    wait()\n    {call}")
    with pytest.raises(npython.SecurityViolation):
        sandbox.run("with scope('X', 'brief'): pass")
