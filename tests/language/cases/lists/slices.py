"""Slices with every sign of step."""
x = list(range(10))
for s in (slice(None), slice(2, 5), slice(-3, None), slice(None, -3), slice(None, None, 2), slice(None, None, -1), slice(8, 2, -2), slice(-1, -5, -1), slice(5, 100), slice(-100, 3), slice(5, 2), slice(20, None, -3)):
    print(s, x[s])
try:
    x[::0]
except ValueError as error:
    print(error)
try:
    x["a":]
except TypeError as error:
    print(error)
