"""Sorting is stable, takes key and reverse, and leaves equal items in order."""
x = [3, 1, 2, 10, -1]
print(x.sort(), x, sorted(x, reverse=True), sorted("banana"), sorted([[2, 1], [1, 2], [1]]), sorted([(1, "b"), (1, "a"), (0, "z")]))
words = ["bb", "a", "ccc", "dd", "e"]
print(sorted(words, key=len), sorted(words, key=len, reverse=True), sorted(words, key=lambda w: (-len(w), w)), sorted([1.5, 1, True, 0]), sorted({"b": 1, "a": 2}), sorted(words, key=str.upper))
for call in (lambda: sorted([1, "a"]), lambda: [None, 1].sort(), lambda: sorted([1, 2], key=5), lambda: [1].sort(len), lambda: sorted([1], foo=1), lambda: sorted(5), lambda: sorted()):
    try:
        call()
    except TypeError as error:
        print(error)
