"""`run`, `compile` and `Sandbox.run`: what goes in and what comes out."""

from __future__ import annotations

import pytest

import npython


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("1 + 2", 3),
        ("x = 5\nx * 2", 10),
        ("'a' 'b'", "ab"),
        ("[n * n for n in range(4)]", [0, 1, 4, 9]),
        ("None", None),
        ("x = 5", None),
        ("1; x = 2", None),
        ("def f(): return 1\nf()", 1),
        ("if True:\n    7", None),
        ("", None),
        ("# nothing but a comment", None),
        ("print('x')", None),
    ],
)
def test_value_is_that_of_the_last_expression_statement(source, value):
    assert npython.run(source).value == value


def test_result_tells_what_was_printed_and_used():
    result = npython.run("print('a', 1)\nprint('b', end='')\n42")
    assert result.stdout == "a 1\nb"
    assert result.stderr == ""
    assert result.value == 42
    assert result.gas_used > 0
    assert result.memory_peak > 0
    assert result.duration > 0


def test_result_repr_shows_every_field():
    text = repr(npython.Result(value=1, stdout="x", gas_used=2))
    assert text == "Result(value=1, stdout='x', stderr='', gas_used=2, memory_peak=0, duration=0.000000)"


def test_result_is_immutable():
    with pytest.raises(AttributeError):
        npython.run("1").value = 2


def test_inputs_are_globals_of_the_program():
    assert npython.run("a + b", inputs={"a": 1, "b": 2}).value == 3


def test_inputs_are_copied():
    data = [1]
    assert npython.run("data.append(2)\ndata", inputs={"data": data}).value == [1, 2]
    assert data == [1]


@pytest.mark.parametrize("name", ["not an identifier", "", "1x", "a.b", 5])
def test_inputs_need_identifiers_for_names(name):
    with pytest.raises(ValueError, match="identifiers"):
        npython.run("1", inputs={name: 1})


def test_filename_is_shown_in_tracebacks():
    with pytest.raises(npython.GuestError) as caught:
        npython.run("1 / 0", filename="plan.py")
    assert 'File "plan.py", line 1' in caught.value.traceback
    assert caught.value.frames[0].filename == "plan.py"


def test_program_runs_many_times_from_a_fresh_start():
    program = npython.compile("seen = globals().get('seen', 0) + 1\nseen", "counter.py")
    assert [npython.run(program).value for _ in range(3)] == [1, 1, 1]
    assert program.filename == "counter.py"
    assert program.source.startswith("seen")


def test_program_can_be_disassembled():
    listing = npython.compile("x = 1\nx + 1").disassemble()
    assert "LoadConst" in listing or "load" in listing.lower()


@pytest.mark.parametrize("source", [None, 1, b"1", ["1"]])
def test_source_is_text_or_a_program(source):
    with pytest.raises(TypeError, match="source must be str or Program"):
        npython.run(source)


def test_gas_is_the_same_on_every_run():
    source = "total = 0\nfor i in range(1000):\n    total += i\nprint(total)"
    assert len({npython.run(source).gas_used for _ in range(5)}) == 1


def test_compiling_costs_gas_once():
    source = "sum(range(100))"
    compiled_by_the_run = npython.run(source).gas_used
    compiled_before = npython.run(npython.compile(source)).gas_used
    assert compiled_by_the_run > compiled_before + len(source)


def test_output_streams_as_it_is_printed_and_is_kept():
    pieces = []
    result = npython.Sandbox().run(
        "print('a')\nprint('b')", on_output=lambda text, stream: pieces.append((stream, text))
    )
    assert "".join(text for stream, text in pieces if stream == "stdout") == "a\nb\n"
    assert result.stdout == "a\nb\n"


def test_output_before_a_host_call_arrives_before_it():
    events = []
    sandbox = npython.Sandbox(functions={"mark": lambda: events.append("mark")})
    sandbox.run("print('before')\nmark()\nprint('after')", on_output=lambda text, _stream: events.append(text))
    assert events == ["before\n", "mark", "after\n"]


def test_exception_of_the_output_callback_reaches_the_caller():
    def refuse(text, stream):
        raise KeyError(text)

    with pytest.raises(KeyError, match="a"):
        npython.Sandbox().run("print('a')", on_output=refuse)


def test_runs_share_nothing():
    sandbox = npython.Sandbox()
    sandbox.run("leftover = 1")
    with pytest.raises(npython.GuestError, match="NameError"):
        sandbox.run("leftover")


def test_compile_error_carries_the_place():
    with pytest.raises(npython.CompileError) as caught:
        npython.compile("x = 1\ny = = 2\n", "bad.py")
    error = caught.value
    assert error.message == "invalid syntax"
    assert (error.filename, error.line, error.column) == ("bad.py", 2, 5)
    assert error.result is None
    assert "y = = 2" in error.traceback


def test_guest_exception_is_data_and_text():
    source = "def f(x):\n    return 1 / x\nprint('hi')\nf(0)\n"
    with pytest.raises(npython.GuestError) as caught:
        npython.run(source, filename="f.py")
    error = caught.value
    assert str(error) == "ZeroDivisionError: division by zero"
    assert (error.type_name, error.message) == ("ZeroDivisionError", "division by zero")
    assert [(frame.function, frame.line) for frame in error.frames] == [("<module>", 4), ("f", 2)]
    assert error.frames[1].source_line == "    return 1 / x"
    assert error.traceback.startswith("Traceback (most recent call last):\n")
    assert error.traceback.rstrip().endswith("ZeroDivisionError: division by zero")
    assert error.result.stdout == "hi\n"
    assert error.result.gas_used > 0
    assert error.exit_status is None


def test_uncaught_system_exit_carries_its_status():
    with pytest.raises(npython.GuestError) as caught:
        npython.run("raise SystemExit(3)")
    assert (caught.value.type_name, caught.value.exit_status) == ("SystemExit", 3)


def test_stress_conditions_change_neither_output_nor_gas():
    from npython.testing import stress_sandbox

    source = """
class A:
    def __init__(self, n):
        self.n = n
print(sum(A(i).n for i in range(50)))
[str(i) for i in range(9)]
"""
    expected = npython.run(source)
    for options in ({"quicken": False}, {"collect_always": True}, {"initial_stack": 1}):
        result = stress_sandbox(**options).run(source)
        assert (result.value, result.stdout, result.gas_used) == (expected.value, expected.stdout, expected.gas_used)
