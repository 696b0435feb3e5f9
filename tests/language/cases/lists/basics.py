"""Displays, nesting, equality, truth."""
x = [1, "a", [2, [3]], None, True]
print(x, len(x), x[2][1][0], [] == [], [1] == [1.0], [1, 2] < [1, 3], [1] < [1, 0], bool([]), bool([0]), [[]] * 2, list(), [*x, *"ab"])
