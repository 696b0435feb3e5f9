"""ENV-ENV."""

from __future__ import annotations

import pytest

from npython.capabilities import EnvironmentCapability
from npython.security import GrantError


@pytest.fixture
def capability():
    return EnvironmentCapability({"REGION": "eu", "DEBUG": ""})


def test_values_are_looked_up_by_name(capability, guest):
    program = "get_env('REGION'), get_env('DEBUG'), get_env('PATH'), get_env('HOME', 'none'), list_env()"
    assert guest(capability, program).value == ("eu", "", None, "none", ["DEBUG", "REGION"])


def test_the_process_is_never_asked(capability, host, monkeypatch):
    monkeypatch.setenv("SECRET", "x")
    assert host(capability).get_env("SECRET") is None
    assert "SECRET" not in host(capability).list_env()


def test_values_are_copied(host):
    values = {"A": "1"}
    functions = host(EnvironmentCapability(values))
    values["B"] = "2"
    assert functions.list_env() == ["A"]


@pytest.mark.parametrize("values", [{1: "a"}, {"a": 1}, {"a": None}, {"a": b"b"}])
def test_names_and_values_are_text(values):
    with pytest.raises(TypeError, match="environment values are text by name"):
        EnvironmentCapability(values)


def test_a_grant_narrows_to_names(capability, host):
    functions = host(capability, paths=("/REGION",), max_calls=4, max_bytes=3)
    assert (functions.get_env("REGION"), functions.list_env()) == ("eu", ["REGION"])
    with pytest.raises(GrantError):
        functions.get_env("DEBUG")
    with pytest.raises(GrantError, match="byte"):
        functions.get_env("REGION")
    with pytest.raises(GrantError, match="call"):
        functions.list_env()


@pytest.mark.parametrize("name", [None, 1, b"REGION", ["REGION"]])
def test_names_are_text(name, capability, host):
    with pytest.raises(TypeError, match="name must be str"):
        host(capability).get_env(name)


def test_values_do_not_show(capability):
    assert "eu" not in repr(capability)
