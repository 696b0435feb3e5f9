"""Every attack of the tables ends as it must, and leaves the host as it was."""

from __future__ import annotations

import gc
import subprocess
import sys
from pathlib import Path

import pytest
from attacks import (
    classes,
    deep_data,
    endless,
    exhaustion,
    floods,
    formatting,
    growth,
    hidden_parts,
    imports,
    introspection,
    large_numbers,
    loops,
    mutation,
    names,
    output,
    parsing,
    protocols,
    queues,
    reentrancy,
    reflection,
    regexes,
)
from redteam import HOST_TRACES, LIMITS, MEBIBYTE, WRAPPERS, Case, Outcome, attack

import npython

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

TOPICS = (
    introspection,
    formatting,
    reflection,
    classes,
    imports,
    names,
    protocols,
    loops,
    large_numbers,
    growth,
    output,
    floods,
    mutation,
    queues,
    parsing,
    deep_data,
    regexes,
    endless,
    exhaustion,
    hidden_parts,
    reentrancy,
)
CASES: tuple[Case, ...] = tuple(case for topic in TOPICS for case in topic.CASES)
PENDING = tomllib.loads((Path(__file__).parent / "pending.toml").read_text(encoding="utf-8"))["pending"]
WRAPPED = tuple(
    (kind, case) for case in CASES if case.wraps and case.technique not in deep_data.TECHNIQUES for kind in WRAPPERS
)
#: Of consumers times sources each alone is the same as the others as far as budgets are concerned.
BUDGETED = tuple(case for case in CASES if case.shown != "CompileError" and case not in endless.CASES)
#: What an allocator may keep, and copies on the way out, beyond the limit.
SLACK = 96 * MEBIBYTE
STATUS = Path("/proc/self/status")


@pytest.fixture(scope="module", autouse=True)
def _only_what_attacks_leave_is_collected():
    """The objects of the thousands of tests need not be gone through before and after each attack."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


def ids(cases: tuple[Case, ...]) -> list[str]:
    """Names of tests."""
    return [case.name for case in cases]


def memory(field: str) -> int:
    """A figure of this process in bytes, or 0 where the system does not tell."""
    if not STATUS.exists():
        return 0
    lines = STATUS.read_text(encoding="ascii", errors="replace").splitlines()
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith(field)), 0)


def forget_peak() -> None:
    """Let the highest use of memory be counted from now on."""
    try:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    except OSError:
        pytest.skip("the system does not let a process reset its peak")


def check_leavings(outcome: Outcome) -> None:
    """The limits held, nothing of the host shows, and the next program runs."""
    assert outcome.kind != "defect", outcome.shown
    assert outcome.gas_used <= LIMITS.gas
    assert outcome.memory_peak <= LIMITS.memory
    assert outcome.duration <= LIMITS.time + 1.0
    assert not [trace for trace in HOST_TRACES if trace in outcome.text]
    assert npython.run("sum(range(10))").value == sum(range(10))


def check_end(case: Case, outcome: Outcome) -> None:
    """It ended as the table says; or, if that is known not to be so yet, it did not."""
    is_as_expected = outcome.kind == case.outcome and shown_name(outcome) in case.shown.split("|")
    if case.name in PENDING:
        assert not is_as_expected, "it is as it must be now: take it out of pending.toml"
    else:
        assert is_as_expected, (outcome.kind, outcome.shown, outcome.text[-2_000:])


def shown_name(outcome: Outcome) -> str:
    """What is compared with the table: of classes made by the attack the name alone."""
    return outcome.shown.rpartition(".")[2] if outcome.kind == "R" else outcome.shown


@pytest.mark.parametrize("case", CASES, ids=ids(CASES))
def test_attack_ends_as_it_must(case: Case) -> None:
    gc.collect()
    before = memory("VmRSS")
    forget_peak()
    outcome = attack(case.source)
    peak = memory("VmHWM")
    gc.collect()
    after = memory("VmRSS")
    check_end(case, outcome)
    check_leavings(outcome)
    assert peak - before < LIMITS.memory + SLACK
    assert after - before < SLACK


@pytest.mark.parametrize(("kind", "case"), WRAPPED, ids=[f"{kind}-{case.name}" for kind, case in WRAPPED])
def test_attack_is_no_stronger_elsewhere(kind: str, case: Case) -> None:
    outcome = attack(WRAPPERS[kind](case).source)
    check_leavings(outcome)
    if case.name in PENDING:
        return
    if kind == "class" and outcome.shown in {"NameError", "UnboundLocalError"}:
        return  # Functions in a class body do not see its names.
    if case.outcome == "S":
        assert outcome.kind in {"S", "R"}, outcome.shown
    elif (kind, case.shown) == ("generator", "StopIteration"):
        assert outcome.shown == "RuntimeError"
    else:
        check_end(case, outcome)


@pytest.mark.parametrize("case", BUDGETED, ids=ids(BUDGETED))
def test_gas_is_exact(case: Case) -> None:
    full = attack(case.source)
    used = full.gas_used
    half = attack(case.source, limits=with_gas(used // 2))
    assert (half.kind, half.shown, half.gas_used) == ("L", "GasExhausted", spent(case, used // 2))
    tiny = attack(case.source, limits=with_gas(1))
    assert (tiny.kind, tiny.shown, tiny.gas_used) == ("L", "GasExhausted", spent(case, 1))
    if full.kind == "L":
        return
    exact = attack(case.source, limits=with_gas(used))
    assert (exact.kind, exact.shown, exact.gas_used) == (full.kind, full.shown, used)
    less = attack(case.source, limits=with_gas(used - 1))
    assert (less.kind, less.shown, less.gas_used) == ("L", "GasExhausted", used - 1)


def spent(case: Case, budget: int) -> int:
    """What a run uses of a budget too small for it: all; nothing if not even reading the source can be paid."""
    return budget if budget >= len(case.source.encode()) else 0


def with_gas(gas: int) -> npython.Limits:
    """The usual limits with another gas budget."""
    return npython.Limits(gas=gas, memory=LIMITS.memory, time=LIMITS.time, output=LIMITS.output)


def test_pending_names_exist() -> None:
    assert set(PENDING) <= set(ids(CASES))


def test_names_are_unique() -> None:
    names = ids(CASES)
    assert sorted(set(names)) == sorted(names)


#: Every so manieth attack goes through the command as well: each is a process. It has no host functions like `echo`.
SAMPLED = tuple(case for case in CASES if case.name not in PENDING and "echo(" not in case.source)[::40]
STATUS_OF_OUTCOME = {"S": {0}, "R": {1, 3}, "L": {4}}


@pytest.mark.parametrize("case", SAMPLED, ids=ids(SAMPLED))
def test_the_command_ends_as_it_must(case: Case, tmp_path: Path) -> None:
    program = tmp_path / "attack.py"
    program.write_text(case.source, encoding="utf-8")
    limits = {"gas": LIMITS.gas + 100_000, "memory": LIMITS.memory, "time": 60, "output": LIMITS.output}
    options = [text for name, limit in limits.items() for text in (f"--{name}", str(limit))]
    command = (sys.executable, "-m", "npython", "run", *options, str(program))
    done = subprocess.run(command, capture_output=True, check=False, cwd=tmp_path, timeout=120)
    assert done.returncode in STATUS_OF_OUTCOME[case.outcome], done.stderr[-2_000:]
    assert len(done.stdout) <= LIMITS.output or case.outcome == "L"
    said = done.stderr.decode(errors="replace").replace(str(tmp_path), "")
    assert not [trace for trace in HOST_TRACES if trace in said]
