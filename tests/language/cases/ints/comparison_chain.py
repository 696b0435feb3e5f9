"""Chained comparisons evaluate each operand once and stop early."""
def show(value):
    print("eval", value)
    return value
print(show(1) < show(2) < show(3))
print(show(3) < show(2) < show(1))
print(1 < 2 > 1 == 1 != 2, 10**30 > 10**29, -(10**30) < 5)
