"""repr gives the shortest text that reads back."""
for x in (0.1, 0.1 + 0.2, 1e16, 1e15, 123456789.123456789, 1e-5, 0.0001, 1e22, 1e100, 5e-324, 1.7976931348623157e308, -0.0, 100.0, 1.0, 2/3, float("inf"), -float("inf"), float("nan")):
    print(repr(x), str(x))
