"""type() of every builtin value, and identity."""
for v in (1, 1.5, True, None, "a", b"a", [], (), {}, set(), frozenset(), range(1), slice(1), len, print, int, type, object(), ..., NotImplemented, lambda: 0, (x for x in ()), iter([]), {}.keys(), 1j, bytearray(), ValueError(), "".join, zip(), map(len, []), enumerate([]), reversed([]), filter(None, []), iter(()), iter("a"), iter({}), iter(set()), iter(range(1)), {}.values(), {}.items(), str.upper, property(), staticmethod(len), memoryview(b"")):
    print(type(v).__name__, end=" ")
print()
print(type(type(1)), type(1) is int, type("X", (), {}).__name__, isinstance(id(1), int))
x = []
print(id(x) == id(x), id(x) == id([]))
