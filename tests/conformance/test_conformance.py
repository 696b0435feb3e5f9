"""CPython's own test methods: none of a fixed sample fails unrecorded, and the explained failures are failures."""

from __future__ import annotations

from fnmatch import fnmatchcase

import pytest
from report import expected_failures, explanations
from run import run_suite
from suite import SuiteMissingError

SAMPLE = 1500


@pytest.mark.timeout(600)
def test_no_program_of_the_sample_fails_that_is_not_recorded() -> None:
    try:
        report = run_suite(sample_size=SAMPLE)
    except SuiteMissingError as missing:
        pytest.skip(str(missing))
    assert report.regressions == {}


def test_each_explanation_is_of_a_recorded_failure_and_says_something() -> None:
    recorded = expected_failures()
    for pattern, reason in explanations().items():
        assert any(fnmatchcase(name, pattern) for name in recorded), f"{pattern} names no recorded failure"
        assert len(reason.split()) > 2, f"{pattern} has no reason"
