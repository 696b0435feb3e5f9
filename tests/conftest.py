"""What all tests share."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

# The same examples on every machine, and no time asserted: a slow machine is not a failure.
settings.register_profile("npython", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("npython")
