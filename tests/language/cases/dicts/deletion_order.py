"""Deleting and adding again moves a key to the end."""
d = {n: n for n in range(5)}
del d[0]
d[0] = "back"
d[2] = "kept place"
print(d, list(d.items())[-1], next(iter(d)), d.popitem(), list(d))
