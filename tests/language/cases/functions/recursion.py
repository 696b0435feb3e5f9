"""Recursion, mutual recursion, and RecursionError."""
def fact(n):
    return 1 if n < 2 else n * fact(n - 1)
def even(n):
    return True if n == 0 else odd(n - 1)
def odd(n):
    return False if n == 0 else even(n - 1)
print(fact(30), even(100), odd(101))
def forever(n):
    return forever(n + 1)
try:
    forever(0)
except RecursionError as error:
    print(type(error).__name__, str(error)[:40], isinstance(error, RuntimeError))
def hanoi(n, a, b, c):
    return 0 if n == 0 else hanoi(n - 1, a, c, b) + 1 + hanoi(n - 1, c, b, a)
print(hanoi(10, "A", "B", "C"))
