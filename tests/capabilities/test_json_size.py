"""Data that is too large is not written as JSON to find that out: one character can take six."""

from __future__ import annotations

import tracemalloc

import pytest

from npython.capabilities.http.message import checked_body
from npython.capabilities.json_size import takes_more


@pytest.mark.parametrize("data", ["\0" * 1_000_000, ["\0" * 1_000_000], {"\0" * 1_000_000: 1}], ids=range(3))
def test_a_body_that_is_too_large_is_not_written_first(data):
    tracemalloc.start()
    try:
        with pytest.raises(ValueError, match="the body is larger than 1000 bytes"):
            checked_body(None, data, {}, 1000)
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("value", "least"),
    [("abc", 3), (1, 1), (None, 1), ([], 1), ([1, "ab"], 4), ({"a": [1]}, 4), ((2.5,), 2)],
)
def test_as_many_bytes_as_parts_and_characters_are_sure(value, least):
    assert takes_more(value, least - 1)
    assert not takes_more(value, least)
