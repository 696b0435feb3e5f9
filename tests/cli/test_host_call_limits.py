"""How many calls of the host a program may make: on the command line, in policies, and in the report."""

from __future__ import annotations

import json

import pytest

POLICY = '{}[scopes.FS-ENV]\nroot = "."\ntoken = "@secret"\n'
PROGRAM = "with scope('FS-ENV', T):\n    for _ in range(10): exists('secret')\nprint('done')\n"


@pytest.fixture
def files(tmp_path):
    """A program that makes ten calls, a policy that allows them, and a token."""

    def write(limits=""):
        (tmp_path / "policy.toml").write_text(POLICY.format(limits))
        (tmp_path / "secret").write_text("s3cret")
        (tmp_path / "p.py").write_text(PROGRAM)

    return write


UNDER = ("run", "p.py", "--policy", "policy.toml", "--token", "T=@secret")


@pytest.mark.parametrize(
    ("limits", "options", "status"),
    [
        ("", (), 0),
        ("", ("--host-calls", "10"), 0),
        ("", ("--host-calls", "9"), 4),
        ("", ("--host-calls", "1k"), 0),
        ("[limits]\nhost_calls = 9\n", (), 4),
        ("[limits]\nhost_calls = 10\npending_calls = 0\n", (), 0),
        ("[limits]\nhost_calls = 10\n", ("--host-calls", "9"), 4),
    ],
)
def test_calls_of_the_host_are_counted(npython, files, limits, options, status):
    files(limits)
    done = npython(*UNDER, *options)
    assert (done.returncode, done.stdout) == (status, b"" if status else b"done\n")
    if status:
        assert b"HostCallLimitExceeded: the program made more than its 9 host calls" in done.stderr


@pytest.mark.parametrize(
    ("limits", "options", "message"),
    [
        (
            "[limits]\nhost_calls = 10\n",
            ("--host-calls", "11"),
            b"npython: --host-calls is more than policy.toml allows\n",
        ),
        ("", ("--host-calls", "-1"), b"npython: --host-calls must be between 0 and 9223372036854775807, not '-1'\n"),
        ("[limits]\nhost_cals = 10\n", (), b"did you mean host_calls?\n"),
    ],
)
def test_wrong_numbers_of_calls(npython, files, limits, options, message):
    files(limits)
    done = npython(*UNDER, *options)
    assert done.returncode == 2
    assert done.stderr.endswith(message)


def test_the_report_has_the_calls(npython, files):
    files()
    said = json.loads(npython(*UNDER, "--json").stdout)
    assert (said["host_calls"], said["pending_calls_peak"]) == (10, 0)
