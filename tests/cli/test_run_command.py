"""`npython run`: statuses, streams, options, files."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys

import pytest


@pytest.fixture
def program(tmp_path):
    """Write a program to `program.py` where the command runs."""

    def write(source):
        path = tmp_path / "program.py"
        path.write_bytes(source if isinstance(source, bytes) else source.encode())
        return "program.py"

    return write


@pytest.mark.parametrize(
    ("source", "options", "status", "stdout", "stderr"),
    [
        ("print('hi')", [], 0, "hi\n", ""),
        ("1 + 1", [], 0, "", ""),
        ("raise SystemExit", [], 0, "", ""),
        ("raise SystemExit(0)", [], 0, "", ""),
        ("raise SystemExit(7)", [], 1, "", ""),
        ("raise SystemExit('sorry')", [], 1, "", "sorry\n"),
        (
            "while True: pass",
            ["--gas", "1000"],
            4,
            "",
            "npython: GasExhausted: the program used up its gas (1000 units)\n",
        ),
        (
            "while True: pass",
            ["--time", "10ms"],
            4,
            "",
            "npython: TimeLimitExceeded: the program ran longer than its 0.01 s\n",
        ),
        (
            "print('x' * 99)",
            ["--output", "9"],
            4,
            None,
            "npython: OutputLimitExceeded: the program printed more than its 9 bytes of output\n",
        ),
        (
            "'x' * 10**10",
            [],
            4,
            "",
            "npython: MemoryLimitExceeded: the program needs more than its 134217728 bytes of memory\n",
        ),
    ],
)
def test_exit_status_and_streams(npython, program, source, options, status, stdout, stderr):
    done = npython("run", program(source), *options)
    assert done.returncode == status
    assert stdout is None or done.stdout.decode() == stdout
    assert done.stderr.decode() == stderr


def test_exceptions_show_the_traceback_of_cpython(npython, program):
    done = npython("run", program("def f():\n    return 1 / 0\n\nprint('a')\nf()\n"))
    assert done.returncode == 1
    assert done.stdout == b"a\n"
    assert done.stderr.decode() == (
        "Traceback (most recent call last):\n"
        '  File "program.py", line 5, in <module>\n'
        "    f()\n"
        "    ~^^\n"
        '  File "program.py", line 2, in f\n'
        "    return 1 / 0\n"
        "           ~~^~~\n"
        "ZeroDivisionError: division by zero\n"
    )


def test_syntax_errors_show_line_and_caret(npython, program):
    done = npython("run", program("x = 1\ny = = 2\n"))
    assert done.returncode == 3
    assert done.stderr.decode() == (
        '  File "program.py", line 2\n    y = = 2\n        ^\nSyntaxError: invalid syntax\n'
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ["-gas", "1000", "program.py"],
        ["--gas", "1000", "program.py"],
        ["program.py", "-gas", "1000"],
        ["program.py", "--gas=1000"],
        ["-gas=1000", "program.py"],
        ["--gas", "1", "--gas", "1000", "--", "program.py"],
    ],
)
def test_options_before_or_after_the_file_with_one_dash_or_two(npython, program, arguments):
    program("while True: pass")
    done = npython("run", *arguments)
    assert (done.returncode, b"(1000 units)" in done.stderr) == (4, True)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["run"], "npython: which file? see --help\n"),
        (["run", "a.py", "b.py"], "npython: one file at a time, but 'b.py' follows 'a.py'\n"),
        (["run", "a.py", "--speed", "9"], "npython: there is no option '--speed'; see --help\n"),
        (["run", "a.py", "--gas"], "npython: option --gas needs a value\n"),
        (["run", "a.py", "--json=1"], "npython: option --json has no value\n"),
        (["run", "a.py", "--gas", "lots"], "npython: --gas is 'lots', but the units of gas are: k, M, G\n"),
        (["run", "a.py", "--gas", "-1"], "npython: --gas must be between 1 and 9223372036854775807, not '-1'\n"),
        (
            ["run", "a.py", "--memory", "1 mile"],
            "npython: --memory is '1 mile', but the units of memory are: B, kB, KB, MB, GB, KiB, MiB, GiB\n",
        ),
        (["run", "a.py", "--input", "x"], "npython: --input is NAME=JSON with the name of a variable, not 'x'\n"),
        (
            ["run", "a.py", "--input", "class=5"],
            "npython: --input is NAME=JSON with the name of a variable, not 'class=5'\n",
        ),
        (["run", "a.py", "--input", "1x=5"], "npython: --input is NAME=JSON with the name of a variable, not '1x=5'\n"),
        (
            ["run", "a.py", "--input", "None=5"],
            "npython: --input is NAME=JSON with the name of a variable, not 'None=5'\n",
        ),
        (["run", "a.py", "--token", "for=s3cret"], "npython: --token is NAME=TOKEN with the name of a variable\n"),
        (
            ["run", "a.py", "--input", "x=["],
            "npython: --input x is not JSON: Expecting value: line 1 column 2 (char 1)\n",
        ),
        (["walk"], "npython: there is no command 'walk'; see npython --help\n"),
        (["--walk"], "npython: there is no option '--walk'; see npython --help\n"),
        (["run", "missing.py"], "npython: cannot read 'missing.py': no such file or directory\n"),
        (["run", "."], "npython: cannot read '.': is a directory\n"),
        (["run", "a\0b"], None),
    ],
)
def test_wrong_usage_is_one_line_and_status_2(npython, arguments, message):
    if "\0" in "".join(arguments):
        pytest.skip("the operating system has no such argument")
    done = npython(*arguments)
    assert done.returncode == 2
    assert done.stdout == b""
    assert done.stderr.decode() == message


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "program.py is empty"),
        (b"x = '\xff'", "program.py is not UTF-8: byte 0xff at offset 5"),
        (b"x = 1 \xe2\x82", "program.py is not UTF-8: byte 0xe2 at offset 6"),
    ],
)
def test_unreadable_files_are_one_line_and_status_2(npython, program, data, message):
    done = npython("run", program(data))
    assert (done.returncode, done.stdout, done.stderr.decode()) == (2, b"", f"npython: {message}\n")


def test_files_larger_than_the_memory_limit_are_refused(npython, program):
    done = npython("run", program("#" * 5000), "--memory", "4kB")
    assert (done.returncode, done.stderr) == (2, b"npython: program.py is larger than the memory limit of 4000 bytes\n")


def test_a_byte_order_mark_is_skipped(npython, program):
    assert npython("run", program(b"\xef\xbb\xbfprint('x')")).stdout == b"x\n"


def test_line_ends_of_other_systems(npython, program):
    assert npython("run", program(b"if True:\r\n    print('x')\r\n")).stdout == b"x\n"


def test_dash_reads_standard_input(npython):
    done = npython("run", "-", stdin="print('from stdin')\n1 / 0")
    assert done.stdout == b"from stdin\n"
    assert b'File "<stdin>", line 2' in done.stderr


def test_inputs_are_json(npython, program):
    source = "print(type(data).__name__, data['k'], n)"
    done = npython("run", program(source), "--input", 'data={"k": [1, null]}', "--input", "n=1.5")
    assert done.stdout == b"dict [1, None] 1.5\n"


def test_output_is_not_escaped_when_piped(npython, program):
    done = npython("run", program(r"print('\x1b[31mé\u202e\x07')"))
    assert done.stdout == "\x1b[31mé\u202e\x07\n".encode()


def test_output_is_utf8_whatever_the_locale(tmp_path, program):
    name = program("print('é€')")
    environment = {**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(
        [sys.executable, "-m", "npython", "run", name], capture_output=True, cwd=tmp_path, env=environment, check=True
    )
    assert done.stdout == "é€\n".encode()


def start(tmp_path, *arguments):
    return subprocess.Popen(
        [sys.executable, "-m", "npython", *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path
    )


@pytest.mark.usefixtures("interruptible")
def test_output_streams_while_the_program_runs_and_ctrl_c_ends_it(tmp_path, program):
    with start(
        tmp_path, "run", program("print('ready')\nwhile True: pass"), "--gas", "1000G", "--time", "100s"
    ) as process:
        assert process.stdout.readline() == b"ready\n"
        process.send_signal(signal.SIGINT)
        _, stderr = process.communicate()
    assert (process.returncode, stderr) == (130, b"npython: interrupted\n")


def test_a_reader_that_goes_away_is_no_traceback(tmp_path, program):
    with start(tmp_path, "run", program("while True: print('x' * 1000)"), "--output", "1GB") as process:
        process.stdout.readline()
        process.stdout.close()
        stderr = process.stderr.read()
        process.wait()
    assert (process.returncode, stderr) == (141, b"")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full here")  # noqa: PTH110
def test_a_full_disk_is_one_line(tmp_path, program):
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        command = [sys.executable, "-m", "npython", "run", program("print('x')")]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, cwd=tmp_path, check=False)
    assert (done.returncode, done.stderr) == (74, b"npython: cannot write output: no space left on device\n")


def test_closed_output_is_no_error(tmp_path, program):
    command = f"exec {sys.executable} -m npython run {program('print(1)')} >&-"
    done = subprocess.run(["sh", "-c", command], stderr=subprocess.PIPE, cwd=tmp_path, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def report(done):
    assert done.stderr == b""
    return json.loads(done.stdout)


def test_json_reports_a_finished_run(npython, program):
    done = npython("run", "--json", program("print('a')\n{'n': [1, 2.5, None]}"))
    said = report(done)
    assert done.returncode == 0
    assert said["gas_used"] > 0
    assert said["memory_peak"] > 0
    assert said["duration"] > 0
    said = {name: said[name] for name in ("status", "value", "repr", "stdout", "stderr", "error")}
    assert said == {
        "status": "finished",
        "value": {"n": [1, 2.5, None]},
        "repr": "{'n': [1, 2.5, None]}",
        "stdout": "a\n",
        "stderr": "",
        "error": None,
    }


@pytest.mark.parametrize(
    ("source", "value", "shown"),
    [
        ("{1, 2}", None, "{1, 2}"),
        ("float('inf')", None, "inf"),
        ("'\\x1b'", "\x1b", "'\\x1b'"),
        ("10**5000", None, "<int>"),
        ("b'x'", None, "b'x'"),
    ],
)
def test_json_shows_values_that_json_cannot_say(npython, program, source, value, shown):
    said = report(npython("run", "--json", program(source)))
    assert (said["value"], said["repr"]) == (value, shown)


@pytest.mark.parametrize(
    ("source", "returncode", "status", "kind"),
    [
        ("print('a')\n1 / 0", 1, "exception", "GuestError"),
        ("x = (", 3, "syntax error", "CompileError"),
        ("print('a')\nwhile True: pass", 4, "halted", "GasExhausted"),
    ],
)
def test_json_reports_what_went_wrong(npython, program, source, returncode, status, kind):
    done = npython("run", "--json", "--gas", "10000", program(source))
    said = report(done)
    assert (done.returncode, said["status"], said["error"]["kind"]) == (returncode, status, kind)
    assert said["stdout"] == ("a\n" if "print" in source else "")


FIELDS = {
    *("status", "value", "repr", "stdout", "stderr", "gas_used", "memory_peak", "host_calls", "pending_calls_peak"),
    *("duration", "changes", "error"),
}


@pytest.mark.parametrize(
    ("data", "options", "returncode", "status", "kind"),
    [
        ("1", [], 0, "finished", None),
        ("1 / 0", [], 1, "exception", "GuestError"),
        ("raise SystemExit(3)", [], 1, "exception", "GuestError"),
        ("raise SystemExit(0)", [], 0, "finished", "GuestError"),
        ("x = (", [], 3, "syntax error", "CompileError"),
        ("while True: pass", ["--gas", "1000"], 4, "halted", "GasExhausted"),
        ("while True: pass", ["--time", "10ms"], 4, "halted", "TimeLimitExceeded"),
        ("'x' * 10**10", [], 4, "halted", "MemoryLimitExceeded"),
        ("with scope('X', 'y'): pass", [], 5, "security violation", "SecurityViolation"),
        (None, [], 2, "usage error", "UsageError"),
        ("", [], 2, "usage error", "UsageError"),
        (b"\xff", [], 2, "usage error", "UsageError"),
        ("1", ["other.py"], 2, "usage error", "UsageError"),
        ("1", ["--gas", "lots"], 2, "usage error", "UsageError"),
        ("1", ["--speed", "9"], 2, "usage error", "UsageError"),
        ("1", ["--gas"], 2, "usage error", "UsageError"),
        ("1", ["--input", "class=5"], 2, "usage error", "UsageError"),
        ("1", ["--input", "x=" + "[" * 300 + "]" * 300], 2, "usage error", "UsageError"),
        ("1", ["--token", "T=@nowhere"], 2, "usage error", "UsageError"),
        ("1", ["--policy", "nowhere.toml"], 2, "usage error", "UsageError"),
        ("1", ["--audit", "."], 2, "usage error", "UsageError"),
    ],
)
def test_whatever_happens_json_is_one_object_of_one_shape(npython, program, data, options, returncode, status, kind):
    name = "missing.py" if data is None else program(data)
    done = npython("run", name, "--json", *options)
    said = report(done)
    assert done.stdout.count(b"\n") == 1
    assert set(said) == FIELDS
    assert (done.returncode, said["status"]) == (returncode, status)
    assert (said["error"] and said["error"]["kind"]) == kind
    assert kind is None or isinstance(said["error"]["message"], str)


def test_json_about_a_directory_says_so(npython):
    done = npython("run", "--json", ".")
    assert (done.returncode, report(done)["error"]["message"]) == (2, "cannot read '.': is a directory")


@pytest.mark.parametrize("options", [[], ["--json"]])
@pytest.mark.parametrize(
    ("value", "limits", "problem"),
    [
        ("[" * 300 + "]" * 300, [], "inputs['x'] is nested more than 200 levels deep"),
        ('"' + "a" * 9999 + '"', ["--memory", "9kB"], "inputs['x'] is larger than the sandbox's memory limit"),
    ],
)
def test_inputs_that_cannot_enter_are_wrong_usage(npython, program, value, limits, problem, options):
    done = npython("run", program("1"), "--input", f"x={value}", *limits, *options)
    assert done.returncode == 2
    assert (report(done)["error"]["message"] if options else done.stderr.decode()) == (
        problem if options else f"npython: {problem}\n"
    )


@pytest.mark.usefixtures("interruptible")
def test_ctrl_c_with_json_is_reported(tmp_path, program):
    (tmp_path / "secret").write_text("s3cret")
    (tmp_path / "policy.toml").write_text('[scopes.FS-ENV]\nroot = "."\nmode = "read-write"\ntoken = "@secret"\n')
    source = "with scope('FS-ENV', T): write_file('', 'begun')\nwhile True: pass"
    under = ("--policy", "policy.toml", "--token", "T=@secret", "--gas", "1000G", "--time", "100s", "--json")
    with start(tmp_path, "run", program(source), *under) as process:
        while process.poll() is None and not (tmp_path / "begun").exists():
            pass
        process.send_signal(signal.SIGINT)
        stdout, stderr = process.communicate()
    said = json.loads(stdout)
    assert (process.returncode, stderr, set(said), said["status"]) == (130, b"", FIELDS, "interrupted")


def test_json_has_the_frames_of_an_exception(npython, program):
    error = report(npython("run", "--json", program("def f():\n    raise ValueError('no')\nf()")))["error"]
    assert (error["type"], error["message"]) == ("ValueError", "no")
    assert [(frame["function"], frame["line"]) for frame in error["frames"]] == [("<module>", 3), ("f", 2)]


def test_help_and_version(npython):
    import npython as package

    assert npython("--version").stdout.decode() == f"npython {package.__version__}\n"
    for arguments in (["--help"], ["help"], ["run", "--help"], ["run", "-h"], ["disasm", "--help"]):
        done = npython(*arguments)
        assert (done.returncode, done.stdout[:6]) == (0, b"usage:")
    for command in ("run", "query", "token", "policy", "disasm"):
        assert npython("help", command).stdout == npython(command, "--help").stdout
    done = npython()
    assert (done.returncode, done.stderr[:6]) == (2, b"usage:")


def test_the_installed_command_is_the_module(program, tmp_path):
    name = program("print('x')")
    command = os.path.join(os.path.dirname(sys.executable), "npython")  # noqa: PTH118, PTH120
    done = subprocess.run([command, "run", name], capture_output=True, cwd=tmp_path, check=True)
    assert done.stdout == b"x\n"
