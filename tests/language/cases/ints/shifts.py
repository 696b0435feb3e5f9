"""Shifts by large and negative amounts."""
print(1 << 0, 1 << 100, -1 << 3, 5 >> 1, -5 >> 1, -1 >> 100, 12345 >> 64, (1 << 100) >> 98)
try:
    1 << -1
except ValueError as error:
    print(error)
try:
    1 >> -1
except ValueError as error:
    print(error)
