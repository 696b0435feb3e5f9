"""Floats and comprehensions: the spectral norm of an infinite matrix, truncated."""


def entry(i, j):
    return 1.0 / ((i + j) * (i + j + 1) // 2 + i + 1)


def multiply(vector):
    size = len(vector)
    return [sum([entry(i, j) * vector[j] for j in range(size)]) for i in range(size)]


def multiply_transposed(vector):
    size = len(vector)
    return [sum([entry(j, i) * vector[j] for j in range(size)]) for i in range(size)]


def spectral_norm(size, rounds):
    u = [1.0] * size
    v = u
    for _ in range(rounds):
        v = multiply_transposed(multiply(u))
        u = multiply_transposed(multiply(v))
    vbv = vv = 0.0
    for ui, vi in zip(u, v):
        vbv += ui * vi
        vv += vi * vi
    return (vbv / vv) ** 0.5


result = f"{spectral_norm(90, 8):.9f}"
assert result == "1.274218510", result
print("spectral_norm", result)
