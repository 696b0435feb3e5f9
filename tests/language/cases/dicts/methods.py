"""get, setdefault, pop, popitem, update, clear, copy, fromkeys."""
d = {"a": 1, "b": 2}
print(d.get("a"), d.get("x"), d.get("x", 0), d.setdefault("a", 9), d.setdefault("c", 3), d, d.pop("a"), d.pop("zz", None), d.popitem(), d)
d.update({"x": 1}, y=2); d.update([("p", 1), "qr"]); print(d)
print(dict.fromkeys("abc"), dict.fromkeys([1, 2], 0), dict([("k", 1)], z=2), dict(a=1), dict({"a": 1}, a=2), d.copy() == d, d.clear(), d)
