"""Displays, membership, order, equality."""
s = {3, 1, 2, 3}
print(s, len(s), 2 in s, set(), set("a"), {1, 1.0, True}, s == {1, 2, 3}, s == [1, 2, 3], {1, 2} < {1, 2, 3}, {1} <= {1}, {1, 2} > {3}, bool(set()), {*s, 9})
