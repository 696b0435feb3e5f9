"""What an embedder is told who gives the API something else than it takes."""

from __future__ import annotations

import sys
from typing import Any

import pytest

import npython
from npython import Sandbox

WRONG_OPTIONS = [
    ({"functions": [len]}, "functions must map names to functions, not be a list"),
    ({"gatekeeper": 5}, "a gatekeeper has a method validate or grant, which int has not"),
    ({"capabilities": ["FS-ENV"]}, "capabilities are objects of npython.capabilities, not str"),
    ({"limits": {"gas": 5}}, "limits must be npython.Limits, not dict"),
]


@pytest.mark.parametrize(("options", "message"), WRONG_OPTIONS)
def test_a_sandbox_says_what_it_takes(options: dict[str, Any], message: str) -> None:
    with pytest.raises(TypeError) as caught:
        Sandbox(**options)
    assert str(caught.value) == message


def test_inputs_are_a_mapping() -> None:
    with pytest.raises(TypeError, match="inputs must map names to values, not be a list"):
        npython.run("1", inputs=[1])  # type: ignore[arg-type]


def test_a_tool_is_a_function() -> None:
    with pytest.raises(TypeError, match="a tool is a function, not int"):
        Sandbox().tool(5)  # type: ignore[call-overload]


@pytest.mark.skipif(sys.version_info < (3, 11), reason="there are no groups of exceptions")
def test_a_group_of_exceptions_arrives_as_an_error_with_its_message() -> None:
    def fail() -> None:
        raise ExceptionGroup("two", [ValueError(1), KeyError(2)])  # noqa: F821 - from Python 3.11 on

    source = "try:\n    fail()\nexcept ToolError as error:\n    message = str(error)\nmessage"
    assert Sandbox(functions={"fail": fail}).run(source).value == "ExceptionGroup: two (2 sub-exceptions)"
