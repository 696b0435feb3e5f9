"""Calls: doubly recursive Fibonacci."""


def fib(n):
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)


result = fib(27)
assert result == 196418, result
print("fib", result)
