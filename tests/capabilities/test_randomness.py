"""RANDOM-ENV."""

from __future__ import annotations

import pytest

from npython.capabilities import RandomnessCapability
from npython.security import GrantError


@pytest.fixture
def functions(host):
    return host(RandomnessCapability())


def test_values_are_of_the_kind_and_in_the_bounds(functions):
    assert [len(functions.random_bytes(count)) for count in (0, 1, 1000, 65536)] == [0, 1, 1000, 65536]
    assert {functions.random_int(-1, 1) for _ in range(200)} == {-1, 0, 1}
    assert functions.random_int(5, 5) == 5
    assert 0 <= functions.random_int(0, 2**4000) <= 2**4000
    assert all(0.0 <= functions.random_float() < 1.0 for _ in range(200))


def test_values_differ(functions):
    assert functions.random_bytes(16) != functions.random_bytes(16)


def test_a_program_chooses(guest):
    program = "{random_choice('abc') for _ in range(200)} == set('abc'), random_choice([[1]]), random_int(1, 1)"
    assert guest(RandomnessCapability(), program).value == (True, [1], 1)
    program = "try:\n    random_choice([])\nexcept IndexError as error:\n    message = str(error)\nmessage"
    assert guest(RandomnessCapability(), program).value == "Cannot choose from an empty sequence"


def test_a_seed_makes_runs_the_same(guest):
    program = "random_bytes(4), random_int(0, 10**9), random_float(), random_choice(range(100))"
    first, second, other = (guest(RandomnessCapability(seed=seed), program).value for seed in (1, 1, 2))
    assert first == second != other


@pytest.mark.parametrize("count", [-1, 65537, 10**30, pytest.param(-(10**5000), id="huge")])
def test_bytes_are_bounded(count, functions):
    with pytest.raises(ValueError, match="count must be from 0 to 65536"):
        functions.random_bytes(count)


def test_numbers_are_bounded(functions):
    with pytest.raises(ValueError, match="no whole number lies from 2 to 1"):
        functions.random_int(2, 1)
    with pytest.raises(ValueError, match="at most"):
        functions.random_int(0, 2**5000)


@pytest.mark.parametrize("value", [1.5, "1", None, True, [1]])
def test_numbers_are_whole(value, functions):
    for use in (
        lambda: functions.random_bytes(value),
        lambda: functions.random_int(value, 5),
        lambda: functions.random_int(0, value),
    ):
        with pytest.raises(TypeError, match="cannot be interpreted as an integer"):
            use()


def test_a_grant_counts(host):
    functions = host(RandomnessCapability(), max_calls=3, max_bytes=20)
    functions.random_bytes(16)
    with pytest.raises(GrantError, match="byte"):
        functions.random_float()
    functions.random_int(0, 255)
    for use in (functions.random_float, lambda: functions.random_bytes(0), lambda: functions.random_int(0, 1)):
        with pytest.raises(GrantError, match="call"):
            use()


def test_the_bound_is_a_bound():
    with pytest.raises(ValueError, match="max_bytes"):
        RandomnessCapability(max_bytes=-1)
