"""Backtracking with lists of flags."""


def solve(size, row, columns, diagonals, antidiagonals):
    if row == size:
        return 1
    found = 0
    for column in range(size):
        down = row + column
        up = row - column + size
        if columns[column] and diagonals[down] and antidiagonals[up]:
            columns[column] = diagonals[down] = antidiagonals[up] = False
            found += solve(size, row + 1, columns, diagonals, antidiagonals)
            columns[column] = diagonals[down] = antidiagonals[up] = True
    return found


size = 10
result = solve(size, 0, [True] * size, [True] * (2 * size), [True] * (2 * size + 1))
assert result == 724, result
print("nqueens", result)
