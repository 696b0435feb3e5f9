"""Exact comparison between ints and floats, and nan."""
nan = float("nan")
print(nan == nan, nan != nan, nan < 1, nan is nan, [nan] == [nan], nan in [nan])
print(2**53 + 1 == float(2**53), 2**53 + 1 > float(2**53), 10**400 > 1e308, 10**400 < float("inf"), 0.1 + 0.2 == 0.3, 1 == 1.0, -0.0 == 0.0, 3 < 3.5 < 4)
