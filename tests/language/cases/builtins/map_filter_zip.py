"""map, filter and zip are lazy and stop at the shortest."""
m = map(lambda a, b: a + b, [1, 2, 3], [10, 20])
print(next(m), list(m), list(m), list(filter(None, [0, 1, "", "a", [], [0]])), list(zip()), list(zip([1, 2, 3], "ab")), list(zip("ab", range(10), [True] * 5)), type(m).__name__, iter(m) is m)
def noisy(x):
    print("called", x)
    return x
z = zip(map(noisy, [1, 2]), map(noisy, [3]))
print(next(z))
print(next(z, "end"))
print(list(zip([1, 2], [3, 4], strict=True)), list(map(noisy, [])))
for call in (lambda: list(zip([1], [1, 2], strict=True)), lambda: list(zip([1, 2], [1], strict=True)), lambda: map(), lambda: map(len), lambda: list(map(5, [1])), lambda: filter(None), lambda: list(zip(5)), lambda: list(map(len, 5))):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
