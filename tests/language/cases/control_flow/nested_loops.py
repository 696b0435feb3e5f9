"""Loops over several kinds of iterables with unpacking targets."""
for (a, b), c in [((1, 2), 3), ((4, 5), 6)]:
    print(a, b, c)
for k, v in {"x": 1, "y": 2}.items():
    print(k, v)
for i, (a, *rest) in enumerate(["abc", [1, 2, 3]]):
    print(i, a, rest)
box = {}
for box["k"] in range(3):
    pass
print(box)
for x in 1, 2, *[3, 4]:
    print(x, end=";")
print()
