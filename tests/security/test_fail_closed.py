"""Gatekeepers that fail or answer anything but a plain yes refuse, and options that do not exist are errors."""

from __future__ import annotations

import asyncio

import pytest
from scope_sandbox import GOOD, INPUTS, Calls, make

import npython
from npython.security import Grant


class Raises:
    def validate(self, scope, token):
        raise RuntimeError("the database is down")


class Truthy:
    def validate(self, scope, token):
        return 1


class Words:
    def validate(self, scope, token):
        return "yes"


class Nothing:
    def validate(self, scope, token):
        return None


class Forgets:
    def validate(self, scope, token):
        async def later():
            return True

        return later()


class Later:
    async def validate(self, scope, token):
        await asyncio.sleep(0)
        return token == GOOD


class LaterTruthy:
    async def validate(self, scope, token):
        return 1


class LaterRaises:
    async def validate(self, scope, token):
        raise RuntimeError("the database is down")


class LaterAnother:
    async def grant(self, scope, token):
        return Grant("Y")


class NeverAnswers:
    async def validate(self, scope, token):
        await asyncio.Event().wait()


class GrantsTrue:
    def grant(self, scope, token):
        return True


class GrantsAnother:
    def grant(self, scope, token):
        return Grant("Y")


class Exits:
    def validate(self, scope, token):
        raise SystemExit


@pytest.mark.parametrize(
    "keeper",
    [
        None,
        Raises(),
        Truthy(),
        Words(),
        Nothing(),
        Forgets(),
        GrantsTrue(),
        GrantsAnother(),
        Exits(),
        LaterTruthy(),
        LaterRaises(),
        LaterAnother(),
    ],
)
@pytest.mark.parametrize("asynchronous", [False, True])
def test_anything_but_a_plain_yes_is_a_refusal(keeper, asynchronous):
    calls = Calls()
    sandbox = make(calls, gatekeeper=keeper)
    source = "with scope('X', good): use(1)"
    with pytest.raises(npython.SecurityViolation, match="scope 'X' was refused"):
        if asynchronous:
            asyncio.run(sandbox.run_async(source, inputs=INPUTS))
        else:
            sandbox.run(source, inputs=INPUTS)
    assert not calls


def test_an_async_gatekeeper_is_awaited_by_run_async():
    calls = Calls()
    sandbox = make(calls, gatekeeper=Later())
    asyncio.run(sandbox.run_async("with scope('X', good): use(1)", inputs=INPUTS))
    assert calls == ["use 1"]
    with pytest.raises(npython.SecurityViolation, match="did not grant"):
        asyncio.run(sandbox.run_async("with scope('X', other): use(2)", inputs=INPUTS))
    with pytest.raises(npython.SecurityViolation, match="is async, which needs run_async"):
        sandbox.run("with scope('X', good): use(2)", inputs=INPUTS)
    assert calls == ["use 1"]


def test_an_async_gatekeeper_that_never_answers_ends_with_the_run():
    sandbox = make(Calls(), gatekeeper=NeverAnswers(), limits=npython.Limits(time="20ms"))
    with pytest.raises((npython.SecurityViolation, npython.TimeLimitExceeded)):
        asyncio.run(sandbox.run_async("with scope('X', good): use(1)", inputs=INPUTS))


def test_without_any_setting_scopes_are_refused():
    with pytest.raises(npython.SecurityViolation, match="no gatekeeper"):
        npython.run("with scope('X', 'token'): pass")
    with pytest.raises(npython.SecurityViolation, match="no gatekeeper"):
        asyncio.run(npython.Sandbox().run_async("with scope('X', 'token'): pass"))


def test_unknown_options_are_refused():
    with pytest.raises(TypeError):
        npython.Sandbox(gatekeepr=None)
    with pytest.raises(TypeError):
        npython.Sandbox().tool(scopes="X")
    with pytest.raises(TypeError):
        npython.Sandbox(audit=5)
