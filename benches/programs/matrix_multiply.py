"""Nested lists of numbers: matrix products in two styles."""


def make(rows, columns, seed):
    return [[(row * seed + column * 7) % 13 - 6 for column in range(columns)] for row in range(rows)]


def multiply_loops(a, b):
    rows, inner, columns = len(a), len(b), len(b[0])
    out = [[0] * columns for _ in range(rows)]
    for i in range(rows):
        row = a[i]
        target = out[i]
        for j in range(columns):
            total = 0
            for k in range(inner):
                total += row[k] * b[k][j]
            target[j] = total
    return out


def multiply_zip(a, b):
    columns = list(zip(*b))
    return [[sum(x * y for x, y in zip(row, column)) for column in columns] for row in a]


a = make(80, 80, 3)
b = make(80, 80, 5)
first = multiply_loops(a, b)
second = multiply_zip(b, a)
trace = 0
for index in range(80):
    trace += first[index][index] * 3 + second[index][index]
result = (trace, first[3][4], second[7][9])
assert result == (3656, 375, 186), result
print("matrix_multiply", *result)
