"""The tree that attacks on files start from."""

from __future__ import annotations

import pytest
from hostile_tree import check_tree, plant_links, plant_tree


@pytest.fixture
def place(tmp_path):
    """A root and things outside that must stay as they are."""
    plant_tree(tmp_path)
    yield tmp_path
    check_tree(tmp_path)


@pytest.fixture
def root(place):
    """A directory with `a.txt` and `d/b.txt` in it."""
    return place / "root"


@pytest.fixture
def links(root):
    """The same with links in it."""
    plant_links(root)
    return root
