"""Displays, order of insertion, equality, membership."""
d = {"a": 1, 2: "two", (3, 4): [5], None: None, **{"z": 26}}
print(d, len(d), d["a"], d[(3, 4)], 2 in d, "q" in d, list(d), d == dict(d), {1: 1} == {1.0: True}, {"a": 1, "b": 2} == {"b": 2, "a": 1}, bool({}))
d["a"] = 10
d["new"] = 0
del d[2]
print(d)
