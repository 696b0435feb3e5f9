"""Views are live, set-like and ordered."""
d = {"a": 1, "b": 2}
keys, values, items = d.keys(), d.values(), d.items()
d["c"] = 3
print(keys, values, items, len(keys), "c" in keys, 3 in values, ("a", 1) in items, list(reversed(d)), list(reversed(d.items())))
print(sorted(keys & {"a", "z"}), sorted(keys | {"z"}), sorted(keys - {"a"}), sorted(keys ^ {"a", "q"}), keys == {"a", "b", "c"}, keys >= {"a"}, items == {"a": 1, "b": 2, "c": 3}.items(), keys.isdisjoint({"x"}))
