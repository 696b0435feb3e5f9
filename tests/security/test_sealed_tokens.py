"""Tokens: the text of a sealed one is nowhere, and nothing but the very token is accepted."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import pytest
from scope_sandbox import GOOD, INPUTS, SECRET, Calls, ending, make

import npython

if TYPE_CHECKING:
    from npython.audit import AuditRecord

LEAKS = [
    "print(t)",
    "print(repr(t), str(t), f'{t}', f'{t!r}', f'{t!a}', '{}'.format(t), '%s %r' % (t, t), format(t))",
    "print([t], {t: t}, (t,), {'a': t}, {t})",
    "print(t == 'x', t == t, 'x' == t, t in ['x'], t is t)",
    "t < t",
    "t < 'x'",
    "len(t)",
    "list(t)",
    "t[0]",
    "t[:3]",
    "t + ''",
    "'' + t",
    "t * 2",
    "'x' in t",
    "t in 'x'",
    "sorted([t, 'x'])",
    "print(hash(t) == hash(t))",
    "raise ValueError(t)",
    "raise KeyError(t)",
    "raise t",
    "print(dir(t), t.__class__, t.__doc__)",
    "t.text",
    "t.__dict__",
    "print(vars(), globals().keys(), locals().keys())",
    "bytes(t)",
    "int(t)",
    "str(t, 'utf-8')",
    "''.join([t])",
    "t.encode()",
    "type(t)('x')",
    "class T(type(t)): pass",
    "print(t.__reduce__)",
    "print(t.__sizeof__() if hasattr(t, '__sizeof__') else 0)",
    "note(t)",
    "note([t])",
    "match t:\n    case str(): print(t)\n    case object(text=x): print(x)",
    "with scope('X', t): raise ValueError('inside', t)",
    "with scope('wrong', t): pass",
    "with scope(t, t): pass",
    "assert not t, t",
    "open(t)",
    "t\n1 / 0",
    "[t]",
    "import json; json.dumps(t)",
    "fail(1)",
]


@pytest.mark.parametrize("source", LEAKS)
def test_the_text_of_a_sealed_token_is_nowhere(source):
    records: list[AuditRecord] = []
    calls = Calls()
    sandbox = make(calls, audit=records)

    @sandbox.tool
    def fail(value: int) -> None:
        raise RuntimeError(f"the host is careless: {SECRET} {value}")

    _, how = ending(lambda: sandbox.run(source, inputs={"t": npython.Token(SECRET)}))
    shown = [repr(how), str(how), getattr(how, "traceback", ""), str(getattr(how, "value", ""))]
    result = getattr(how, "result", None) or how
    shown += [getattr(result, "stdout", ""), getattr(result, "stderr", ""), str(calls)]
    shown += [record.to_json() for record in records]
    for text in shown:
        assert SECRET not in text
        assert not any(SECRET[at : at + 8] in text for at in range(len(SECRET) - 8))


def test_a_sealed_token_shows_nothing_to_the_host_either():
    token = npython.Token(SECRET)
    assert SECRET not in f"{token} {token!r} {[token]} {dir(token)}"
    assert repr(token) == "<Token>"
    assert token != npython.Token(SECRET)
    with pytest.raises(TypeError):
        pickle.dumps(token)
    with pytest.raises(ValueError, match="empty"):
        npython.Token("")


def test_a_sealed_token_comes_out_as_an_opaque_value():
    result = npython.run("[t]", inputs={"t": npython.Token(SECRET)})
    assert result.value == [npython.Opaque("Token", "<Token object>")]


def test_a_plain_token_is_not_in_the_audit():
    records: list[AuditRecord] = []
    make(Calls(), audit=records).run("with scope('X', good): use(good)", inputs=INPUTS)
    assert len(records) == 3
    assert not any(GOOD in record.to_json() for record in records)


@pytest.mark.parametrize(
    "token",
    [
        GOOD[:-1],
        GOOD + "a",
        GOOD.upper(),
        " " + GOOD,
        GOOD + "\n",
        GOOD + "\0",
        GOOD.replace("-", "\u2010"),
        "g" * 1_000_000,
        "",
        "\ud800",
        GOOD.encode().hex(),
    ],
    ids=range(11),
)
def test_a_token_that_is_not_exactly_the_one_is_refused(token):
    with pytest.raises(npython.SecurityViolation):
        make(Calls()).run("with scope('X', token): use(1)", inputs={"token": token})
