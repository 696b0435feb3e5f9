"""A violation names the function that the program called, not a hidden one behind it."""

from __future__ import annotations

import pytest

import npython
from npython.capabilities import FilesystemCapability, HttpCapability


@pytest.mark.parametrize(
    ("source", "called"),
    [
        ("read_file('a')", "read_file"),
        ("open('a')", "open"),
        ("Path('a').read_text()", "Path.read_text"),
        ("fetch('http://example.com')", "fetch"),
    ],
)
def test_what_was_called_is_named(source, called, tmp_path):
    capabilities = [FilesystemCapability(tmp_path), HttpCapability(["example.com"])]
    sandbox = npython.Sandbox(capabilities=capabilities, audit=True)
    with pytest.raises(npython.SecurityViolation) as caught:
        sandbox.run(f"\n{source}")
    assert caught.value.function.endswith(called)
    assert not caught.value.function.startswith("_")
    assert f"{called}() needs scope" in str(caught.value)
    assert caught.value.line == 2
