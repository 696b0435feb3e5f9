"""Limits and isolation hold whatever the host's process does: threads, forks, settings (redteam 64 to 68, 102)."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import threading
import weakref

import pytest

import npython

LOOP = "while True: pass"


def in_a_process(code, **environment):
    """Run Python code in a process of its own and return what it prints."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env={**os.environ, **environment},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_another_thread_gets_no_fresh_budget():
    session = npython.Sandbox(limits=npython.Limits(gas=100_000)).session()
    ended = []

    def work():
        try:
            while True:
                session.run("for i in range(1000): pass")
        except npython.Halted as halt:
            ended.append(type(halt))
        except RuntimeError:
            ended.append(None)

    for _ in range(3):
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
    assert ended == [npython.GasExhausted, None, None]


def test_code_of_earlier_programs_of_a_session_counts_as_memory():
    session = npython.Sandbox(limits=npython.Limits(memory="4MiB")).session()
    with pytest.raises((npython.MemoryLimitExceeded, npython.GasExhausted)):
        for number in range(100_000):
            session.run(f"def f{number}(): return [{', '.join(map(str, range(50)))}]")


def test_what_was_printed_and_recorded_is_let_go_after_each_program():
    session = npython.Sandbox(functions={"f": int}, limits=npython.Limits(output="1MiB"), audit=True).session()
    for _ in range(50):
        result = session.run("for _ in range(20): f()\nprint('x' * 1000)")
        assert (len(result.stdout), sum(record.count for record in result.audit)) == (1001, 20)


@pytest.mark.parametrize("end", ["fail()", "1 / 0", "'x' * 10**10", "stop()"])
def test_sessions_are_let_go_however_they_end(end):
    class Stop(BaseException):
        pass

    def fail():
        raise ValueError

    def stop():
        raise Stop

    sandbox = npython.Sandbox(functions={"fail": fail, "stop": stop})
    kept = []
    for _ in range(200):
        session = sandbox.session()
        kept.append(weakref.ref(session))
        with pytest.raises((npython.NpythonError, Stop)):
            session.run(f"data = list(range(10_000))\n{end}")
        del session
    gc.collect()
    assert not any(reference() for reference in kept)


def test_a_session_that_nobody_holds_runs_to_its_end():
    inside, leave, found = threading.Event(), threading.Event(), []

    def wait():
        inside.set()
        leave.wait(30)
        return 7

    def work():
        found.append(npython.Sandbox(functions={"wait": wait}).session().run("wait() * 6").value)

    thread = threading.Thread(target=work)
    thread.start()
    assert inside.wait(30)
    gc.collect()
    leave.set()
    thread.join(30)
    assert found == [42]


def test_an_exception_of_the_output_callback_ends_the_run_and_no_other():
    def callback(text, stream):
        raise ZeroDivisionError

    sandbox = npython.Sandbox()
    with pytest.raises(ZeroDivisionError):
        sandbox.run("try:\n    print(1)\n    for i in range(10**6): pass\nfinally:\n    print(2)", on_output=callback)
    assert sandbox.run("1").value == 1


def test_no_limits_are_the_default_limits_and_there_is_no_unlimited():
    assert npython.Sandbox(limits=None).limits == npython.Limits()
    for wrong in (False, 0, {}, "unlimited", npython.Limits):
        with pytest.raises(TypeError, match=r"limits must be npython\.Limits"):
            npython.Sandbox(limits=wrong)


def test_the_environment_changes_no_limit_and_no_scope():
    code = (
        "import npython\n"
        "try: npython.run('while True: pass', limits=npython.Limits(gas=10_000))\n"
        "except npython.GasExhausted: print('halted')\n"
        'try: npython.run(\'with scope("FS-ENV", "t"): pass\')\n'
        "except npython.SecurityViolation: print('refused')\n"
        "print(npython.Limits())"
    )
    plain = in_a_process(code)
    names = ("GAS", "LIMITS", "MEMORY", "DEBUG", "UNSAFE", "POLICY", "TOKEN", "GATEKEEPER", "USAGE")
    hostile = in_a_process(code, **{f"NPYTHON_{name}": "999999999999" for name in names}, PYTHONDEVMODE="1")
    assert plain == hostile
    assert plain.splitlines()[:2] == ["halted", "refused"]


def test_without_its_native_half_nothing_runs():
    code = (
        "import sys\nsys.modules['npython._npython'] = None\n"
        "try:\n    import npython\n    print(npython.run('1').value)\nexcept ImportError: print('refused')"
    )
    assert in_a_process(code) == "refused"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_fork_while_programs_run_in_threads():
    code = """
import os, threading, npython
token = npython.CancelToken()
inside = threading.Event()
sandbox = npython.Sandbox(functions={"ready": inside.set})
def work():
    try: sandbox.run("ready()\\nwhile True: pass", cancel=token)
    except npython.Cancelled: pass
thread = threading.Thread(target=work)
thread.start()
inside.wait()
child = os.fork()
if child == 0:
    found = npython.run("sum(range(10))").value
    try: npython.run("while True: pass", limits=npython.Limits(gas=1000))
    except npython.GasExhausted: found += 1
    os._exit(found)
status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
token.cancel()
thread.join()
print(status)
"""
    assert in_a_process(code, PYTHONWARNINGS="ignore") == "46"


def test_a_sub_interpreter_is_refused_or_works():
    pytest.importorskip("_interpreters" if sys.version_info >= (3, 13) else "_xxsubinterpreters")
    code = """
try: import _interpreters as interpreters
except ImportError: import _xxsubinterpreters as interpreters
import npython
assert npython.run("1").value == 1
number = interpreters.create()
program = '''
try:
    import npython
except ImportError:
    pass
else:
    assert npython.run("6 * 7").value == 42
'''
interpreters.run_string(number, program)
interpreters.destroy(number)
assert npython.run("2").value == 2
print("alive")
"""
    assert in_a_process(code) == "alive"
