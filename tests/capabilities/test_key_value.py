"""KV-ENV."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import stat
import subprocess
import sys
import threading
import tracemalloc

import pytest

import npython
from npython.capabilities import KeyValueCapability, key_value
from npython.security import GrantError, StaticGatekeeper


@pytest.fixture
def path(tmp_path):
    return tmp_path / "store.sqlite"


@pytest.fixture
def store(path, host):
    return host(KeyValueCapability(path))


@pytest.mark.parametrize(
    "value",
    [
        None, True, False, 0, -1, 2**100, 1.5, -0.0, 1e308, "", "text", "\0 \n é 🎉", [], [1, [2, [3]]], {},
        {"a": {"b": [1, None, "c"]}, "": 0},
    ],
)  # fmt: skip
def test_values_come_back_as_they_were(value, store):
    store.kv_put("key", value)
    seen = store.kv_get("key")
    assert seen == value
    assert type(seen) is type(value)


def test_keys_are_put_replaced_listed_and_deleted(store):
    assert store.kv_list() == []
    for key in "b", "a/2", "a/1", "a", "é", "A":
        store.kv_put(key, key)
    store.kv_put("a", "again")
    assert store.kv_list() == ["A", "a", "a/1", "a/2", "b", "é"]
    assert store.kv_list("a/") == ["a/1", "a/2"]
    assert store.kv_list("%") == store.kv_list("_") == []
    assert (store.kv_get("a"), store.kv_get("missing"), store.kv_get("missing", 5)) == ("again", None, 5)
    assert (store.kv_delete("a"), store.kv_delete("a"), store.kv_get("a")) == (True, False, None)


def test_values_are_there_in_the_next_run_and_the_next_process(path, host):
    host(KeyValueCapability(path)).kv_put("kept", [1, 2])
    assert host(KeyValueCapability(path)).kv_get("kept") == [1, 2]
    program = (
        "import sys\nfrom npython.capabilities import KeyValueCapability\nfrom npython.security import Grant\n"
        "functions = KeyValueCapability(sys.argv[1]).functions\n"
        "print(functions['kv_get'](Grant('KV-ENV'), 'kept'))\n"
    )
    done = subprocess.run([sys.executable, "-c", program, path], capture_output=True, text=True, check=True)
    assert done.stdout == "[1, 2]\n"


def test_stores_in_memory_are_apart(host):
    one, other = host(KeyValueCapability(None)), host(KeyValueCapability(None))
    one.kv_put("key", 1)
    assert other.kv_get("key") is None


@pytest.mark.parametrize(
    ("value", "error", "message"),
    [
        (float("nan"), ValueError, "Out of range float values are not JSON compliant"),
        ([float("inf")], ValueError, "Out of range float values"),
        (b"bytes", TypeError, "the store keeps plain data, not bytes"),
        ([{"a": {1, 2}}], TypeError, "the store keeps plain data, not set"),
        ({1: 2}, TypeError, "keys of dicts in the store must be str, not int"),
        ("\ud800", ValueError, "text has half of a surrogate pair"),
        ({"\ud800": 1}, ValueError, "text has half of a surrogate pair"),
    ],
)
def test_values_that_would_come_back_changed_are_refused(value, error, message, store):
    with pytest.raises(error, match=message):
        store.kv_put("key", value)
    assert store.kv_list() == []


@pytest.mark.parametrize(
    ("key", "error"),
    [("", ValueError), ("x" * 513, ValueError), ("é" * 257, ValueError), ("a\0b", ValueError), ("\ud800", ValueError),
     (5, TypeError), (None, TypeError), (b"a", TypeError)],
)  # fmt: skip
def test_keys_are_short_text(key, error, store):
    for use in (lambda: store.kv_get(key), lambda: store.kv_put(key, 1), lambda: store.kv_delete(key)):
        with pytest.raises(error):
            use()


def test_text_is_never_taken_for_a_query(store):
    for text in "'; DROP TABLE entries; --", '" OR 1=1', "?", ":key", "%", "a' || 'b":
        store.kv_put(text, text)
        assert store.kv_get(text) == text
        assert store.kv_list(text) == [text]


def test_a_value_that_is_too_large_is_not_written_first(path, host):
    store = host(KeyValueCapability(path, max_value_bytes=1000))
    text = "\0" * 1_000_000
    for value in (text, [text], {text: 1}, [1] * 1_000_000):
        tracemalloc.start()
        try:
            with pytest.raises(ValueError, match="the value takes more than 1000 bytes"):
                store.kv_put("a", value)
            assert tracemalloc.get_traced_memory()[1] < 12_000_000
        finally:
            tracemalloc.stop()


def test_keys_and_bytes_are_bounded(path, host):
    store = host(KeyValueCapability(path, max_keys=3, max_bytes=100, max_value_bytes=60))
    for key in "abc":
        store.kv_put(key, "x" * 20)
    with pytest.raises(OSError, match="no room for more than 3 keys"):
        store.kv_put("d", 1)
    with pytest.raises(OSError, match="no room for more than 100 bytes"):
        store.kv_put("c", "x" * 55)
    with pytest.raises(ValueError, match="the value takes 61 bytes, more than 60"):
        store.kv_put("c", "x" * 59)
    store.kv_put("c", "x" * 50)
    store.kv_delete("a")
    store.kv_put("d", 1)
    assert store.kv_list() == ["b", "c", "d"]


def test_the_count_survives_everything(path, host):
    store = host(KeyValueCapability(path, max_keys=10))
    for turn in range(100):
        store.kv_put(f"{turn % 10}", "x" * turn)
        if turn % 3 == 0:
            store.kv_delete(f"{turn % 10}")
    for key in store.kv_list():
        store.kv_delete(key)
    empty = host(KeyValueCapability(path, max_keys=1, max_bytes=3))
    empty.kv_put("k", 11)
    with pytest.raises(OSError, match="room"):
        empty.kv_put("l", 1)


def test_many_threads_and_connections_share_a_store(path, host):
    stores = [host(KeyValueCapability(path, max_keys=50)) for _ in range(2)]
    refused = []

    def put(number):
        for turn in range(20):
            try:
                stores[number % 2].kv_put(f"{number}-{turn}", turn)
            except OSError as error:  # noqa: PERF203 - each is counted
                refused.append(str(error))

    threads = [threading.Thread(target=put, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(stores[0].kv_list()) == 50
    assert refused == ["the store has no room for more than 50 keys"] * 30


def test_a_grant_narrows_to_keys(path, host):
    capability = KeyValueCapability(path)
    everything = host(capability)
    for key in "orders", "orders/1", "orders-evil", "users/1":
        everything.kv_put(key, key)
    some = host(capability, paths=("/orders",))
    assert some.kv_list() == ["orders", "orders/1"]
    assert some.kv_get("orders/1") == "orders/1"
    for key in "orders-evil", "users/1", "orders/../users/1", "orders//1", "":
        for use in (some.kv_get, some.kv_delete, lambda key: some.kv_put(key, 1)):
            with pytest.raises((GrantError, ValueError)):
                use(key)
    reading = host(capability, read_only=True)
    assert reading.kv_get("orders") == "orders"
    for use in (lambda: reading.kv_put("orders", 1), lambda: reading.kv_delete("orders")):
        with pytest.raises(GrantError):
            use()
    counted = host(capability, max_calls=2, max_bytes=20)
    counted.kv_get("orders")
    with pytest.raises(GrantError, match="byte"):
        counted.kv_get("orders-evil")
    with pytest.raises(GrantError, match="call"):
        counted.kv_list()


def test_a_database_that_fails_tells_nothing_of_itself(path, host, tmp_path):
    store = host(KeyValueCapability(path))
    store._capability.functions["kv_get"].__self__._connection.execute("DROP TABLE entries")
    with pytest.raises(OSError, match=r"^the store is not available$"):
        store.kv_get("key")
    other = tmp_path / "other"
    other.write_text("no database " * 100)
    with pytest.raises(OSError, match="cannot be used as a key-value store"):
        KeyValueCapability(other)


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_only_the_owner_can_read_the_database(path):
    before = os.umask(0)
    try:
        KeyValueCapability(path)
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_program_uses_the_store(path, guest):
    program = "kv_put('seen', kv_get('seen', []) + [len(kv_list())])\nkv_get('seen')"
    assert guest(KeyValueCapability(path), program).value == [0]
    assert guest(KeyValueCapability(path), program).value == [0, 1]


def test_nothing_of_the_host_shows(path):
    assert str(path) not in repr(KeyValueCapability(path))


@pytest.fixture
def locked(path):
    """A store that another process changes and does not come to an end with."""
    capability = KeyValueCapability(path)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield capability
    other.execute("ROLLBACK")
    other.close()


PUT = "try:\n    with scope('KV-ENV', 't'): kv_put('a', 1)\nexcept OSError as e:\n    print(e)"


@pytest.mark.parametrize("way", ["run", "run_async"])
def test_a_run_that_is_over_does_not_wait_for_another_process(locked, way, monkeypatch):
    monkeypatch.setattr(key_value, "_PATIENCE", 600.0)
    sandbox = npython.Sandbox(
        gatekeeper=StaticGatekeeper({"KV-ENV": "t"}),
        capabilities=[locked],
        audit=True,
        limits=npython.Limits(time="100ms"),
    )
    with pytest.raises(npython.TimeLimitExceeded) as caught:
        sandbox.run(PUT) if way == "run" else asyncio.run(sandbox.run_async(PUT))
    assert [record.result for record in caught.value.result.audit if record.event == "call"] == ["RunOver"]


def test_another_process_is_waited_for_so_long(locked, host, monkeypatch):
    monkeypatch.setattr(key_value, "_PATIENCE", 0.02)
    with pytest.raises(OSError, match=r"^the store is not available$"):
        host(locked).kv_put("a", 1)
    assert host(locked).kv_get("a") is None
