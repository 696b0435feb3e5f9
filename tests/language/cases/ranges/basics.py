"""range: length, indexing, slicing, membership, equality."""
r = range(2, 20, 3)
print(r, list(r), len(r), r[1], r[-1], r[1:4], r[::-1], 5 in r, 6 in r, "a" in r, r.index(8), r.count(5), r == range(2, 19, 3), hash(range(0)) == hash(range(5, 5)), range(0) == range(3, 3), bool(range(0)), r.start, r.stop, r.step)
print(list(range(5, 0, -2)), list(reversed(range(5))), range(10**20, 10**20 + 3)[1], len(range(-10**10, 10**10)), 10**15 in range(0, 10**16, 5), list(range(True + 1)))
for call in (lambda: range(1.0), lambda: range(1, 2, 0), lambda: range(), lambda: r[10], lambda: range("a"), lambda: r.index(3), lambda: range(1, 2, 3, 4)):
    try:
        call()
    except Exception as error:
        print(type(error).__name__, error)
