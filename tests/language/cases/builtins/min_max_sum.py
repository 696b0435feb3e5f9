"""min, max, sum, any, all and abs."""
print(min(3, 1, 2), max([1, 5, 3]), min("hello"), max([], default="none"), min([3, -4], key=abs), max("a", "bb", key=len), max([1, 1.0]), min((2, "b"), (1, "z")), sum([1, 2, 3]), sum([1, 2], 10), sum([[1], [2]], []), sum(()), sum([0.5, 1]), sum([True, 2]), sum(range(101)), sum((1,), start=5))
print(any([]), all([]), any([0, "", 1]), all([1, "a"]), any(x > 2 for x in range(5)), abs(-3), abs(-2.5), abs(True), abs(3 + 4j))
for call in (lambda: min(), lambda: max([]), lambda: min(5), lambda: max(1, "a"), lambda: sum(["a"]), lambda: sum(["a"], ""), lambda: sum([b""], b""), lambda: abs("a"), lambda: any(5), lambda: max(1, 2, default=3), lambda: sum(5), lambda: min(1, 2, foo=3), lambda: sum([1], [2])):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
