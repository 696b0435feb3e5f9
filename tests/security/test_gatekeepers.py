"""Asking a gatekeeper: everything but a plain yes is a no (redteam 69, 79, 86)."""

from __future__ import annotations

import pytest

from npython.security import Grant, StaticGatekeeper, ask


class Answering:
    """Validates with whatever it is told to."""

    def __init__(self, answer):
        self.answer = answer

    def validate(self, scope, token):
        return self.answer


class Granting(Answering):
    """Grants whatever it is told to."""

    def validate(self, scope, token):
        return True

    def grant(self, scope, token):
        return self.answer


class Waiting:
    async def validate(self, scope, token):
        return True


class WaitingToGrant:
    async def grant(self, scope, token):
        return Grant(scope)


class Raising:
    def __init__(self, error):
        self.error = error

    def validate(self, scope, token):
        raise self.error


class RaisingAttribute:
    @property
    def grant(self):
        raise RuntimeError

    def validate(self, scope, token):
        return True


class Agreeable:
    """True, equal to everything, and has every attribute."""

    def __bool__(self):
        return True

    def __eq__(self, other):
        return True

    __hash__ = None

    def __getattr__(self, name):
        return self

    def __call__(self, *arguments):
        return self


class Lookalike(Grant):
    """A grant that someone extended."""


def test_a_plain_yes_is_a_grant_without_restrictions():
    assert ask(Answering(True), "X", "token") == Grant("X")


def test_a_grant_comes_through_with_its_counter():
    grant = Grant("X", max_calls=3)
    assert ask(Granting(grant), "X", "token") is grant


@pytest.mark.parametrize(
    "gatekeeper",
    [
        None,
        object(),
        Answering(False),
        Answering(None),
        Answering(1),
        Answering("yes"),
        Answering([1]),
        Answering(object()),
        Answering(Agreeable()),
        Answering(Grant("X")),
        Granting(None),
        Granting(True),
        Granting(1),
        Granting("X"),
        Granting(Agreeable()),
        Granting(Grant("Y")),
        Granting(Lookalike("X")),
        Granting(Grant("X", expires_at=1.0)),
        Granting(Grant("X", expires_at=1.0, clock=lambda: float("nan"))),
        Agreeable(),
        Waiting(),
        WaitingToGrant(),
        Raising(RuntimeError("no database")),
        Raising(PermissionError()),
        Raising(SystemExit(0)),
        Raising(StopIteration(True)),
        Raising(RecursionError()),
        RaisingAttribute(),
    ],
    ids=lambda value: type(value).__name__,
)
def test_everything_else_is_a_no(gatekeeper):
    assert ask(gatekeeper, "X", "token") is None


class Text(str):
    """Text that says it is equal to everything."""

    __slots__ = ()

    def __eq__(self, other):
        return True

    __hash__ = str.__hash__


@pytest.mark.parametrize("token", [None, "", b"token", 1, ["token"], Text("token"), Agreeable(), "x" * 65_537])
def test_a_token_that_is_not_text_is_not_asked_about(token):
    assert ask(Answering(True), "X", token) is None


@pytest.mark.parametrize("scope", [None, "", b"X", Text("X"), "X" * 257])
def test_a_scope_that_is_not_text_is_not_asked_about(scope):
    assert ask(Answering(True), scope, "token") is None


def test_an_interrupt_is_not_swallowed():
    with pytest.raises(KeyboardInterrupt):
        ask(Raising(KeyboardInterrupt()), "X", "token")


@pytest.mark.parametrize("scope", ["Y", "x", "X\0", "X ", " X", "Ｘ", "*", ""])  # noqa: RUF001 - that is the point
def test_static_tokens_open_their_scope_only(scope):
    gatekeeper = StaticGatekeeper({"X": "one"})
    assert gatekeeper.validate("X", "one")
    assert not gatekeeper.validate(scope, "one")


@pytest.mark.parametrize("token", ["", "on", "one ", "ONE", "one\0", "two", "\ud800"])
def test_static_tokens_must_be_exact(token):
    assert not StaticGatekeeper({"X": "one"}).validate("X", token)


def test_several_static_tokens_for_one_scope():
    narrow = Grant("X", max_calls=1)
    gatekeeper = StaticGatekeeper({"X": ["one", ("two", narrow)]})
    assert gatekeeper.grant("X", "one").max_calls is None
    assert gatekeeper.grant("X", "two").max_calls == 1
    assert gatekeeper.grant("X", "two").usage is narrow.usage
    assert gatekeeper.grant("X", "one").token_id != gatekeeper.grant("X", "two").token_id


@pytest.mark.parametrize("entry", ["", "x" * 65_537, ("one", Grant("Y")), ("one", None), (1, Grant("X"))])
def test_static_tokens_that_could_not_work_are_refused(entry):
    with pytest.raises(ValueError, match="must be"):
        StaticGatekeeper({"X": entry})


def test_nothing_of_a_static_gatekeeper_shows_its_tokens():
    gatekeeper = StaticGatekeeper({"X": "s3cret"})
    shown = repr(gatekeeper) + repr(gatekeeper._entries) + repr(gatekeeper.grant("X", "s3cret"))
    assert "s3cret" not in shown
    assert gatekeeper._entries["X"][0][0] != StaticGatekeeper({"X": "s3cret"})._entries["X"][0][0]


def test_hashes_are_compared_in_constant_time(monkeypatch):
    compared = []
    gatekeeper = StaticGatekeeper({"X": ["one", "two"]})
    monkeypatch.setattr("hmac.compare_digest", lambda known, offered: compared.append((known, offered)) or True)
    gatekeeper.validate("X", "three")
    assert len(compared) == 2
