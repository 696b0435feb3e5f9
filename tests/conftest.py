"""What all tests share."""

from __future__ import annotations

import gc
import signal

import pytest
from hypothesis import HealthCheck, settings

# The same examples on every machine, and no time asserted: a slow machine is not a failure.
settings.register_profile("npython", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("npython")


def pytest_collection_finish() -> None:
    """Many tests collect garbage to see what is left; the thousands of tests themselves need not be gone through."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def interruptible():
    """Ctrl-C works in this process and those it starts, also where whoever started the tests ignores it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)
