"""Grants: what they cover, how they narrow, and what they count."""

from __future__ import annotations

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npython.security import Grant, GrantError, Usage


def test_a_grant_without_restrictions_covers_everything():
    grant = Grant("HTTP-ENV")
    grant.check_call()
    grant.charge_bytes(10**12)
    grant.check_host("example.com", 443)
    grant.check_method("DELETE")
    grant.check_path("/a/../b")
    grant.check_write()
    assert grant.remaining_calls is None
    assert grant.remaining_bytes is None


@pytest.mark.parametrize(
    ("pattern", "host", "port", "covered"),
    [
        ("example.com", "example.com", 443, True),
        ("EXAMPLE.com", "example.com", 443, True),
        ("example.com", "example.com", 8080, True),
        ("example.com:443", "example.com", 443, True),
        ("example.com:443", "example.com", 80, False),
        ("example.com", "a.example.com", 443, False),
        ("example.com", "example.com.evil", 443, False),
        ("example.com", "evil-example.com", 443, False),
        ("*.example.com", "a.example.com", 443, True),
        ("*.example.com", "b.a.example.com", 443, True),
        ("*.example.com", "example.com", 443, False),
        ("*.example.com", "evilexample.com", 443, False),
        ("*.example.com:8443", "a.example.com", 443, False),
        ("127.0.0.1", "127.0.0.1", 80, True),
        ("[::1]:80", "::1", 80, True),
        ("[::1]", "::1", 80, True),
        ("[0:0:0::1]:80", "::1", 80, True),
        ("[::1]:80", "::1", 81, False),
    ],
)
def test_hosts(pattern, host, port, covered):
    grant = Grant("HTTP-ENV", hosts=(pattern,))
    if covered:
        grant.check_host(host, port)
    else:
        with pytest.raises(GrantError, match="does not cover the host"):
            grant.check_host(host, port)


@pytest.mark.parametrize(
    ("allowed", "path", "covered"),
    [
        ("/data", "/data", True),
        ("/data", "/data/", True),
        ("/data", "/data/a/b", True),
        ("/data/", "/data/a", True),
        ("/", "/anything", True),
        ("/", "/", True),
        ("/data", "/database", False),
        ("/data", "/data/../etc", False),
        ("/data", "/data/./a", False),
        ("/data", "//data", False),
        ("/data", "/data//a", False),
        ("/data", "/data\\..\\etc", False),
        ("/data", "/data/a\0b", False),
        ("/data", "/data/a\nb", False),
        ("/data", "/", False),
        ("/data", "", False),
        ("/Data", "/data", False),
    ],
)
def test_paths(allowed, path, covered):
    grant = Grant("FS-ENV", paths=(allowed,))
    if covered:
        grant.check_path(path)
    else:
        with pytest.raises(GrantError, match="does not cover the path"):
            grant.check_path(path)


@pytest.mark.parametrize(
    "restrictions",
    [
        {"hosts": "example.com"},
        {"hosts": ("exa mple.com",)},
        {"hosts": ("",)},
        {"hosts": ("*",)},
        {"hosts": ("*.",)},
        {"hosts": ("a.*.com",)},
        {"hosts": ("a..com",)},
        {"hosts": ("example.com:",)},
        {"hosts": ("example.com:0",)},
        {"hosts": ("example.com:99999",)},
        {"hosts": ("example.com:080",)},
        {"hosts": ("example.com:８０",)},  # noqa: RUF001 - that is the point
        {"hosts": ("example.com/path",)},
        {"hosts": ("user@example.com",)},
        {"hosts": ("[::1",)},
        {"hosts": ("[1.2.3.4]",)},
        {"hosts": ("[:::]",)},
        {"hosts": ("[::1]80",)},
        {"hosts": ("exämple.com",)},
        {"hosts": (b"example.com",)},
        {"methods": ("get",)},
        {"methods": ("GET\n",)},
        {"methods": "GET"},
        {"paths": ("data",)},
        {"paths": ("/a/../b",)},
        {"paths": ("//a",)},
        {"paths": ("/a\\b",)},
        {"max_calls": -1},
        {"max_calls": 1.5},
        {"max_calls": True},
        {"max_bytes": "9"},
        {"expires_at": float("nan")},
        {"expires_at": float("inf")},
    ],
)
def test_malformed_restrictions_are_refused_not_ignored(restrictions):
    with pytest.raises(ValueError, match=r"is no|is not|must be|is a sequence|At most|At least|Expected"):
        Grant("X", **restrictions)


def test_methods_and_read_only():
    with pytest.raises(GrantError, match="does not cover the method POST"):
        Grant("X", methods=("GET",)).check_method("POST")
    with pytest.raises(GrantError, match="read-only"):
        Grant("X", read_only=True).check_method("POST")
    with pytest.raises(GrantError, match="read-only"):
        Grant("X", read_only=True).check_write()
    Grant("X", read_only=True).check_method("GET")


def test_expiry_is_checked_at_every_call():
    now = 99.0
    grant = Grant("X", expires_at=100, clock=lambda: now)
    grant.check_call()
    now = 100.0
    with pytest.raises(GrantError, match="has expired"):
        grant.check_call()
    assert grant.usage.calls == 1


def test_a_clock_that_gives_no_number_means_expired():
    assert Grant("X", expires_at=100, clock=lambda: float("nan")).expired


def test_budgets_are_refused_before_the_effect_and_counted_at_once():
    grant = Grant("X", max_calls=2, max_bytes=10)
    grant.check_call()
    grant.check_call()
    with pytest.raises(GrantError, match="no more than 2 calls"):
        grant.check_call()
    grant.charge_bytes(10)
    with pytest.raises(GrantError, match="no more than 10 bytes"):
        grant.charge_bytes(1)
    with pytest.raises(ValueError, match="given back"):
        grant.charge_bytes(-1)
    assert (grant.usage.calls, grant.usage.bytes) == (2, 10)
    assert (grant.remaining_calls, grant.remaining_bytes) == (0, 0)


def test_a_hundred_threads_share_one_call():
    grant = Grant("X", max_calls=1)
    barrier = threading.Barrier(100)
    made = []

    def call():
        barrier.wait()
        try:
            grant.check_call()
        except GrantError:
            return
        made.append(1)

    threads = [threading.Thread(target=call) for _ in range(100)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == [1]


def test_what_is_used_of_an_intersection_counts_against_both():
    outer, inner = Grant("X", max_calls=3), Grant("X", max_calls=2)
    both = outer.intersect(inner)
    both.check_call()
    assert (outer.usage.calls, inner.usage.calls) == (1, 1)
    outer.check_call()
    outer.check_call()
    assert both.remaining_calls == 0
    with pytest.raises(GrantError):
        both.check_call()
    assert inner.usage.calls == 1


def test_the_same_token_twice_is_counted_once():
    usage = Usage()
    grant = Grant("X", max_calls=2, usage=usage)
    both = grant.intersect(grant.replace(read_only=True))
    both.check_call()
    assert usage.calls == 1
    assert both.read_only


def test_grants_for_different_scopes_do_not_meet():
    with pytest.raises(ValueError, match="cannot narrow"):
        Grant("X").intersect(Grant("Y"))


def test_replacing_a_budget_starts_with_the_counter_as_it_is():
    grant = Grant("X", max_calls=5)
    grant.check_call()
    assert grant.replace(max_calls=3).remaining_calls == 2


HOSTS = st.sampled_from(
    [
        "a.com",
        "*.a.com",
        "b.a.com",
        "*.b.a.com",
        "c.b.a.com",
        "a.com:80",
        "*.a.com:81",
        "b.a.com:80",
        "[::1]",
        "[::1]:80",
    ]
)
PATHS = st.sampled_from(["/", "/a", "/a/b", "/a/b/c", "/ab", "/b"])
METHODS = st.sampled_from(["GET", "PUT", "POST"])
GRANTS = st.builds(
    Grant,
    scope=st.just("X"),
    expires_at=st.none() | st.integers(0, 5),
    hosts=st.none() | st.lists(HOSTS, max_size=4).map(tuple),
    methods=st.none() | st.lists(METHODS, max_size=3).map(tuple),
    paths=st.none() | st.lists(PATHS, max_size=3).map(tuple),
    read_only=st.booleans(),
    max_calls=st.none() | st.integers(0, 3),
    max_bytes=st.none() | st.integers(0, 3),
)


def covers(check, *arguments):
    try:
        check(*arguments)
    except GrantError:
        return False
    return True


@given(GRANTS, GRANTS)
def test_an_intersection_covers_exactly_what_both_cover(one, other):
    both = one.intersect(other)
    for host in ("a.com", "b.a.com", "c.b.a.com", "xa.com", "::1"):
        for port in (80, 81, 82):
            assert covers(both.check_host, host, port) == (
                covers(one.check_host, host, port) and covers(other.check_host, host, port)
            )
    for path in ("/", "/a", "/a/b", "/a/b/c/d", "/ab", "/b/x", "/a/../b"):
        assert covers(both.check_path, path) == (covers(one.check_path, path) and covers(other.check_path, path))
    for method in ("GET", "PUT", "POST"):
        assert covers(both.check_method, method) == (
            covers(one.check_method, method) and covers(other.check_method, method)
        )
    assert covers(both.check_write) == (covers(one.check_write) and covers(other.check_write))
    for time in range(7):
        at = {"clock": lambda time=time: time}
        assert both.replace(**at).expired == (one.replace(**at).expired or other.replace(**at).expired)
    limits = [grant.remaining_calls for grant in (one, other) if grant.remaining_calls is not None]
    assert both.remaining_calls == min(limits, default=None)
