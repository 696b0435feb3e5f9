"""sum() of floats is compensated."""
print(sum([0.1] * 10), sum([0.1, 0.2, 0.3]), sum([1e100, 1.0, -1e100]), sum([1, 2.5, 3]), sum([0.1] * 3, 0.1), sum([1e16, 1, 1]))
