"""Nested for loops over range with integer arithmetic."""


def mix(rows, columns):
    total = 0
    for row in range(rows):
        for column in range(columns):
            if (row ^ column) & 3:
                total += row * column
            else:
                total -= row + column
    return total


result = mix(700, 1000)
assert result == 91503212500, result
print("for_range", result)
