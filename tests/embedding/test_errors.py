"""The exceptions: their tree, what they carry, and that they survive a trip to another process."""

from __future__ import annotations

import inspect
import pickle
import traceback

import pytest

import npython
from npython import _errors

TREE = {
    "NpythonError": Exception,
    "CompileError": SyntaxError,
    "GuestError": npython.NpythonError,
    "Halted": npython.NpythonError,
    "GasExhausted": RuntimeError,
    "MemoryLimitExceeded": MemoryError,
    "TimeLimitExceeded": TimeoutError,
    "OutputLimitExceeded": RuntimeError,
    "HostCallLimitExceeded": RuntimeError,
    "PendingCallLimitExceeded": RuntimeError,
    "StackOverflow": RecursionError,
    "Cancelled": RuntimeError,
    "SecurityViolation": PermissionError,
    "EngineError": RuntimeError,
}


@pytest.mark.parametrize(("name", "base"), TREE.items())
def test_each_refines_a_fitting_builtin(name, base):
    error = getattr(npython, name)
    assert issubclass(error, base)
    assert issubclass(error, npython.NpythonError)
    assert error.__module__ == "npython"


def test_the_docstring_draws_the_whole_tree():
    assert set(TREE) == set(_errors.__all__) - {"ToolError"}
    for name, base in TREE.items():
        (line,) = [line for line in _errors.__doc__.splitlines() if line.strip("├│└─ ").split()[:1] == [name]]
        if base.__module__ == "builtins":
            assert f"({base.__name__})" in line


def failing(source, **limits):
    with pytest.raises(npython.NpythonError) as caught:
        npython.run(source, limits=npython.Limits(**limits))
    return caught.value


@pytest.mark.parametrize(
    ("source", "limits"),
    [("x = (", {}), ("print('a')\n[][1]", {}), ("print('a')\nwhile 1: pass", {"gas": 5000})],
    ids=["compile", "guest", "halt"],
)
def test_errors_survive_pickling(source, limits):
    error = failing(source, **limits)
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is type(error)
    assert str(copy) == str(error)
    assert copy.message == error.message
    assert repr(copy.result) == repr(error.result)
    for name in ("frames", "traceback", "line", "lineno", "text"):
        assert getattr(copy, name, None) == getattr(error, name, None)


def test_security_violations_and_engine_errors_survive_pickling():
    violation = npython.SecurityViolation("no grant", scope="FS-ENV", function="read_file")
    assert pickle.loads(pickle.dumps(violation)).scope == "FS-ENV"
    assert pickle.loads(pickle.dumps(npython.EngineError("defect", source="1"))).source == "1"


def test_results_programs_and_opaque_values_survive_pickling():
    result = npython.run("print(1)\n[1, 2]")
    assert repr(pickle.loads(pickle.dumps(result))) == repr(result)
    program = pickle.loads(pickle.dumps(npython.compile("1 + 1", "p.py")))
    assert (npython.run(program).value, program.filename) == (2, "p.py")
    opaque = npython.Opaque("A", "<A>")
    assert pickle.loads(pickle.dumps(opaque)) == opaque
    assert hash(opaque) == hash(npython.Opaque("A", "<A>"))


def test_python_itself_can_print_a_compile_error():
    error = failing("total = 1\nprint(total\n")
    text = "".join(traceback.format_exception_only(type(error), error))
    assert "print(total" in text
    assert "'(' was never closed" in text
    assert "^" in text


def test_compile_errors_have_the_attributes_of_syntax_errors():
    error = failing("a b")
    assert (error.msg, error.lineno, error.offset, error.text.rstrip()) == ("invalid syntax", 1, error.column, "a b")


@pytest.mark.parametrize("name", TREE)
def test_each_says_what_it_means(name):
    assert inspect.getdoc(getattr(npython, name))
