"""assert with a message."""
assert 1 + 1 == 3, "arithmetic holds"
