"""Running programs with a capability, the block around them open."""

from __future__ import annotations

import functools
import inspect

import pytest

import npython
from npython.security import Grant


def granted(function, grant):
    """The function as a program sees it while `grant` is in force."""
    if "grant" not in inspect.signature(function).parameters:
        return function
    return functools.partial(function, grant=grant)


class HostSide:
    """The functions of a capability, called from the host under a grant."""

    def __init__(self, capability, grant):
        self._capability = capability
        self._grant = grant

    def __getattr__(self, name):
        return granted(self._capability.functions[name], self._grant)


@pytest.fixture
def host():
    """Makes the functions of a capability callable under a grant with these restrictions."""

    def make(capability, **restrictions):
        return HostSide(capability, Grant(capability.scope, **restrictions))

    return make


@pytest.fixture
def guest():
    """Runs a program that has a capability and returns the result."""

    def run(capability, program, **restrictions):
        grant = Grant(capability.scope, **restrictions)
        functions = {name: granted(function, grant) for name, function in capability.functions.items()}
        source = f"{capability.guest_source or ''}\n\n{program}"
        return npython.Sandbox(functions=functions).run(source)

    return run
