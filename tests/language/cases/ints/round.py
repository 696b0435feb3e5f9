"""round() of ints with negative digits is to even."""
print(round(15, -1), round(25, -1), round(-25, -1), round(1234, -2), round(1250, -2), round(7), round(7, 3), round(10**30 + 5, -1), round(5, -5))
