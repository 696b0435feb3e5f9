"""Every program of `cases/` behaves as under CPython 3.13."""

from __future__ import annotations

import pytest
from language_cases import CASES, Case, all_cases, find_cpython, last_line, pending, run_case
from npython.testing import stress_sandbox
from regenerate import run_cpython

ALL = all_cases()
UNCAUGHT = [case for case in ALL if case.expected.status == 1]
SAMPLE_STEP = 20
CONDITIONS = {
    "collect at every safepoint": {"collect_always": True},
    "a tiny initial stack": {"initial_stack": 1},
    "no quickening": {"quicken": False},
}


def ids(cases: list[Case]) -> list[str]:
    return [case.name for case in cases]


@pytest.mark.parametrize("case", ALL, ids=ids(ALL))
def test_behaves_as_cpython(case: Case) -> None:
    outcome, expected = run_case(case), case.expected
    same = (outcome.stdout, outcome.status, last_line(outcome.error)) == (
        expected.stdout,
        expected.status,
        last_line(expected.error),
    )
    if case.name in pending("programs"):
        assert not same, "it works now: take it out of tests/language/pending.toml"
        return
    assert outcome.stdout == expected.stdout, outcome.error
    assert (outcome.status, last_line(outcome.error)) == (expected.status, last_line(expected.error)), outcome.error


@pytest.mark.parametrize("case", UNCAUGHT, ids=ids(UNCAUGHT))
def test_traceback_is_that_of_cpython(case: Case) -> None:
    error, expected = run_case(case).error.rstrip("\n"), case.expected.error.rstrip("\n")
    if case.name in pending("tracebacks"):
        assert error != expected, "it works now: take it out of tests/language/pending.toml"
        return
    assert error == expected


@pytest.mark.parametrize("condition", CONDITIONS.values(), ids=CONDITIONS.keys())
@pytest.mark.parametrize("case", ALL, ids=ids(ALL))
def test_conditions_of_the_machine_change_nothing(case: Case, condition: dict[str, bool | int]) -> None:
    gas: list[int] = []

    def counted(run):
        def call(source, *, filename):
            result = run(source, filename=filename)
            gas.append(result.gas_used)
            return result

        return call

    ordinary = run_case(case, counted(stress_sandbox().run))
    stressed = run_case(case, counted(stress_sandbox(**condition).run))
    assert stressed == ordinary
    assert len(set(gas)) <= 1, f"gas differs: {gas}"


def test_pending_names_exist() -> None:
    names = set(ids(ALL))
    assert pending("programs") <= names
    assert pending("tracebacks") <= {case.name for case in UNCAUGHT}


def test_every_case_has_its_expected_output() -> None:
    assert [case.name for case in ALL if not case.path.with_suffix(".out").exists()] == []
    expected_files = {path.with_suffix("") for suffix in ("out", "err") for path in CASES.rglob(f"*.{suffix}")}
    assert expected_files <= {case.path.with_suffix("") for case in ALL}


@pytest.mark.parametrize("case", ALL[::SAMPLE_STEP], ids=ids(ALL[::SAMPLE_STEP]))
def test_expected_output_is_what_cpython_prints(case: Case) -> None:
    python = find_cpython()
    if python is None:
        pytest.skip("no CPython 3.13 on this machine")
    assert run_cpython(python, case.path)[:2] == (case.expected.stdout, case.expected.status)
