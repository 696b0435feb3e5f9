"""Errors inside comprehensions."""
for call in (lambda: [x for x in 5], lambda: [a for a, b in [(1,)]], lambda: {[]: 1 for _ in range(1)}, lambda: {[] for _ in range(1)}, lambda: [undefined for _ in range(1)], lambda: [1 / x for x in [1, 0]]):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
