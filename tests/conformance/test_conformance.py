"""A fixed sample of CPython's own test methods: none fails that is not recorded in `expected.toml`."""

from __future__ import annotations

import pytest
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
