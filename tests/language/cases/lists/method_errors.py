"""Errors of the list methods."""
for call in (lambda: [].pop(), lambda: [1].pop(5), lambda: [1].remove(2), lambda: [1].index(2), lambda: [1].index(1, 1), lambda: [].append(), lambda: [].extend(1), lambda: [].insert("a", 1), lambda: [1][1], lambda: [1]["a"], lambda: [1][1.0], lambda: [].nope, lambda: [].append(1, 2), lambda: list(1), lambda: list(1, 2), lambda: hash([])):
    try:
        call()
    except Exception as error:
        print(type(error).__name__, error)
