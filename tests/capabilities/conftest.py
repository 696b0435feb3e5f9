"""Running programs with a capability, inside its scope; and its functions without a sandbox."""

from __future__ import annotations

import ast
import functools
import inspect
import textwrap

import pytest

import npython
from npython.security import Grant, StaticGatekeeper


class HostSide:
    """The functions of a capability, called from the host under a grant."""

    def __init__(self, capability, grant):
        self._capability = capability
        self._grant = grant

    def __getattr__(self, name):
        function = self._capability.functions[name]
        if "grant" not in inspect.signature(function).parameters:
            return function
        return functools.partial(function, self._grant)


@pytest.fixture
def host():
    """Makes the functions of a capability callable under a grant with these restrictions."""

    def make(capability, **restrictions):
        return HostSide(capability, Grant(capability.scope, **restrictions))

    return make


def inside(scope, program):
    """Put a program into the block that opens a scope; its value is still that of its last expression."""
    tree = ast.parse(program)
    last = tree.body[-1]
    if isinstance(last, ast.Expr):
        tree.body[-1] = ast.copy_location(ast.Assign([ast.Name("_value", ast.Store())], last.value), last)
    body = textwrap.indent(ast.unparse(ast.fix_missing_locations(tree)), "    ")
    return f"with scope({scope!r}, _token):\n{body}\n{'_value' if isinstance(last, ast.Expr) else ''}"


@pytest.fixture
def guest():
    """Runs a program in the scope of a capability and returns the result."""

    def run(capability, program, *, limits=None, **restrictions):
        scope = capability.scope
        gatekeeper = StaticGatekeeper({scope: ("the token", Grant(scope, **restrictions))})
        sandbox = npython.Sandbox(gatekeeper=gatekeeper, capabilities=[capability], limits=limits)
        return sandbox.run(inside(scope, program), inputs={"_token": npython.Token("the token")})

    return run
