"""What an embedder is told who gives the API something else than it takes."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING, Any

import pytest

import npython
from npython import Sandbox
from npython.capabilities import (
    ClockCapability,
    EnvironmentCapability,
    FilesystemCapability,
    HttpCapability,
    KeyValueCapability,
    RandomnessCapability,
)
from npython.security import Grant, StaticGatekeeper
from npython.security.policy import Policy
from npython.security.restrictions import Restrictions

if TYPE_CHECKING:
    from collections.abc import Callable

WRONG_OPTIONS = [
    ({"functions": [len]}, "functions must map names to functions, not be a list"),
    ({"gatekeeper": 5}, "a gatekeeper has a method validate or grant, which int has not"),
    ({"capabilities": ["FS-ENV"]}, "capabilities are objects of npython.capabilities, not str"),
    ({"gatekeeper": StaticGatekeeper}, "gatekeeper must be an object, not the class StaticGatekeeper: call it"),
    ({"capabilities": 5}, "capabilities must be a list of capabilities, not int"),
    ({"capabilities": "FS-ENV"}, "capabilities must be a list of capabilities, not str"),
    (
        {"capabilities": ClockCapability()},
        "capabilities must be a list of capabilities, not ClockCapability: write [...] around it",
    ),
    ({"capabilities": [ClockCapability]}, "capabilities are objects of npython.capabilities, not type"),
    ({"limits": {"gas": 5}}, "limits must be npython.Limits, not dict"),
    ({"audit": 5}, "audit must be callable or a list, not int"),
]


@pytest.mark.parametrize(("options", "message"), WRONG_OPTIONS)
def test_a_sandbox_says_what_it_takes(options: dict[str, Any], message: str) -> None:
    with pytest.raises(TypeError) as caught:
        Sandbox(**options)
    assert str(caught.value) == message


WRONG_RUNS = [
    ({"source": 5}, "source must be str or Program, not int"),
    ({"source": b"1"}, "source must be str or Program, not bytes"),
    ({"source": None}, "source must be str or Program, not NoneType"),
    ({"filename": 5}, "filename must be str, not int"),
    ({"filename": b"a.py"}, "filename must be str, not bytes"),
    ({"filename": None}, "filename must be str, not NoneType"),
    ({"inputs": [1]}, "inputs must map names to values, not be a list"),
    ({"inputs": "x=1"}, "inputs must map names to values, not be a str"),
    ({"inputs": {"x": object()}}, "inputs['x'] is a 'object' object, which cannot enter the sandbox"),
    ({"on_output": 5}, "on_output must be callable, not int"),
    ({"on_output": "stdout"}, "on_output must be callable, not str"),
    ({"cancel": 5}, "cancel must be an npython.CancelToken, not int"),
    ({"cancel": npython.CancelToken}, "cancel must be an npython.CancelToken, not type"),
    ({"cancel": True}, "cancel must be an npython.CancelToken, not bool"),
]


def in_a_sandbox(options: dict[str, Any]) -> Any:
    return Sandbox().run(options.pop("source", "1"), **options)


def in_a_session(options: dict[str, Any]) -> Any:
    return Sandbox().session().run(options.pop("source", "1"), **options)


def on_a_loop(options: dict[str, Any]) -> Any:
    return asyncio.run(Sandbox().run_async(options.pop("source", "1"), **options))


@pytest.mark.parametrize("run", [in_a_sandbox, in_a_session, on_a_loop])
@pytest.mark.parametrize(("options", "message"), WRONG_RUNS)
def test_a_run_says_what_it_takes(run: Any, options: dict[str, Any], message: str) -> None:
    with pytest.raises(TypeError) as caught:
        run(dict(options))
    assert str(caught.value) == message


def test_a_session_goes_on_after_a_wrong_argument() -> None:
    session = Sandbox().session()
    session.run("x = 1")
    for wrong in ({"filename": 5}, {"cancel": 5}, {"on_output": 5}, {"inputs": {"class": 1}}):
        with pytest.raises((TypeError, ValueError)):
            session.run("x = 2", **wrong)  # type: ignore[arg-type]
    assert session.run("x").value == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((5,), "source must be str, not int"),
        ((b"1",), "source must be str, not bytes"),
        (("1", 5), "filename must be str, not int"),
    ],
)
def test_compiling_says_what_it_takes(arguments: tuple[Any, ...], message: str) -> None:
    with pytest.raises(TypeError) as caught:
        npython.compile(*arguments)
    assert str(caught.value) == message


@pytest.mark.parametrize("name", ["class", "None", "1x", "a b", "", "a.b", 5, None, "\uff43lass", "\ud800"])
def test_inputs_are_named_by_what_a_program_can_name(name: Any) -> None:
    with pytest.raises(ValueError, match="inputs are named by identifiers, which") as caught:
        npython.run("1", inputs={"\ufb01": 1, name: 5})
    assert repr(name) in str(caught.value)


@pytest.mark.parametrize("name", ["match", "type", "scope", "_", "é", "print"])
def test_inputs_may_be_named_by_soft_keywords_and_builtins(name: str) -> None:
    assert npython.run(name, inputs={name: 5}).value == 5


@pytest.mark.parametrize("name", ["\ufb01", "fi", "\u212bngstr\xf6m"])
def test_names_are_read_as_in_source(name: str) -> None:
    assert npython.run(name, inputs={"other": 1, name: 5}).value == 5
    assert Sandbox(functions={name: lambda: 6}).run(f"{name}()").value == 6


@pytest.mark.parametrize("text", [5, b"s3cret", None, ["s3cret"]])
def test_a_token_is_made_of_text(text: Any) -> None:
    with pytest.raises(TypeError) as caught:
        npython.Token(text)
    assert str(caught.value) == f"the text of a token must be str, not {type(text).__name__}"


@pytest.mark.parametrize("text", ["", "s3cret\ud800"])
def test_an_error_about_a_token_does_not_have_it(text: str) -> None:
    with pytest.raises(ValueError, match="a token must not") as caught:
        npython.Token(text)
    assert "s3cret" not in repr(caught.value)
    assert caught.value.__context__ is None


@pytest.mark.parametrize("make", [npython.compile, npython.run])
def test_source_that_is_no_unicode_does_not_compile(make: Any) -> None:
    with pytest.raises(npython.CompileError) as caught:
        make("x = 1\ny = 'é\ud800'", filename="p.py")
    error = caught.value
    assert (error.line, error.column, error.filename) == (2, 7, "p.py")
    assert error.message == (
        "(unicode error) 'utf-8' codec can't encode character '\\ud800' in position 12: surrogates not allowed"
    )


WRONG_ARGUMENTS: list[tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any], str]] = [
    (StaticGatekeeper, (5,), {}, "tokens must map scopes to tokens, not be a int"),
    (StaticGatekeeper, ([("X", "t")],), {}, "tokens must map scopes to tokens, not be a list"),
    (StaticGatekeeper, ({5: "t"},), {}, "the name of a scope must be str, not int"),
    (
        StaticGatekeeper,
        ({"X": 5},),
        {},
        "what opens X must be a token as text, or a tuple of that and a Grant, not int",
    ),
    (StaticGatekeeper, ({"X": ("t",)},), {}, "what opens X must be a token as text, or a tuple of that and a Grant"),
    (Grant, (5,), {}, "scope must be str, not int"),
    (Grant, ("X",), {"token_id": 5}, "token_id must be str, not int"),
    (Grant, ("X",), {"read_only": "no"}, "read_only must be True or False, not str"),
    (Restrictions, (), {"rights": "HTTP-ENV"}, "rights must be a tuple of texts, not str"),
    (Restrictions, (), {"hosts": "a.com"}, "hosts must be a tuple of texts, not str"),
    (Restrictions, (), {"expires_at": "tomorrow"}, "expires_at must be a whole number, not str"),
    (Policy.parse, (5,), {}, "text must be str, not int"),
    (FilesystemCapability, (5,), {}, "root must be the path of a directory, not int"),
    (FilesystemCapability, (".",), {"hard_links": "no"}, "hard_links must be True or False, not str"),
    (FilesystemCapability, (".",), {"durable": 1}, "durable must be True or False, not int"),
    (HttpCapability, (5,), {}, "hosts must be a list, not int"),
    (HttpCapability, ("a.com",), {}, "hosts must be a list, not str"),
    (HttpCapability, (["a.com"],), {"methods": "GET"}, "methods must be a list, not str"),
    (HttpCapability, (["a.com"],), {"ports": 443}, "ports must be a list, not int"),
    (HttpCapability, (["a.com"],), {"plain_http": "no"}, "plain_http must be True or False, not str"),
    (HttpCapability, (["a.com"],), {"timeout": None}, "timeout must be a number or text such as '2s', not NoneType"),
    (HttpCapability, (["a.com"],), {"credentials": 5}, "credentials must map hosts to headers, not be a int"),
    (HttpCapability, (["a.com"],), {"resolver": 5}, "resolver must be callable, not int"),
    (HttpCapability, (["a.com"],), {"tls": 5}, "tls must be an ssl.SSLContext, not int"),
    (KeyValueCapability, (5,), {}, "path must be the path of a file or None, not int"),
    (EnvironmentCapability, (None,), {}, "values must map names to texts, not be a NoneType"),
    (EnvironmentCapability, ("A=B",), {}, "values must map names to texts, not be a str"),
    (ClockCapability, (), {"max_sleep": "5"}, "max_sleep must be a number of seconds, not str"),
    (ClockCapability, (), {"clock": 5}, "clock must be callable, not int"),
    (ClockCapability, (), {"pause": 5}, "pause must be callable, not int"),
    (RandomnessCapability, (), {"seed": "x"}, "seed must be a whole number, not str"),
    (RandomnessCapability, (), {"max_bytes": "5"}, "max_bytes must be a whole number, not str"),
]


@pytest.mark.parametrize(
    ("make", "arguments", "options", "message"), WRONG_ARGUMENTS, ids=[row[-1] for row in WRONG_ARGUMENTS]
)
def test_what_is_given_to_a_sandbox_says_what_it_takes(
    make: Callable[..., Any], arguments: tuple[Any, ...], options: dict[str, Any], message: str
) -> None:
    with pytest.raises(TypeError) as caught:
        make(*arguments, **options)
    assert str(caught.value) == message


def test_inputs_are_a_mapping() -> None:
    with pytest.raises(TypeError, match="inputs must map names to values, not be a list"):
        npython.run("1", inputs=[1])  # type: ignore[arg-type]


def test_a_tool_is_a_function() -> None:
    with pytest.raises(TypeError, match="a tool is a function, not int"):
        Sandbox().tool(5)  # type: ignore[call-overload]
    with pytest.raises(TypeError, match=r"not str: write tool\(name=\.\.\.\) or tool\(scope=\.\.\.\)"):
        Sandbox().tool("CRM-ENV")  # type: ignore[call-overload]


def test_strict_is_a_yes_or_a_no() -> None:
    with pytest.raises(TypeError, match="strict must be True or False, not str"):
        Sandbox().tool(scope="CRM-ENV", strict="yes")  # type: ignore[call-overload]


@pytest.mark.skipif(sys.version_info < (3, 11), reason="there are no groups of exceptions")
def test_a_group_of_exceptions_arrives_as_an_error_with_its_message() -> None:
    def fail() -> None:
        raise ExceptionGroup("two", [ValueError(1), KeyError(2)])  # noqa: F821 - from Python 3.11 on

    source = "try:\n    fail()\nexcept ToolError as error:\n    message = str(error)\nmessage"
    assert Sandbox(functions={"fail": fail}).run(source).value == "ExceptionGroup: two (2 sub-exceptions)"
