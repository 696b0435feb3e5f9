"""What all tests share."""

from __future__ import annotations

import signal

import pytest
from hypothesis import HealthCheck, settings

# The same examples on every machine, and no time asserted: a slow machine is not a failure.
settings.register_profile("npython", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("npython")


@pytest.fixture
def interruptible():
    """Ctrl-C works in this process and those it starts, also where whoever started the tests ignores it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)
