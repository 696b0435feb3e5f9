"""Generators feed unpacking, star arguments and containers."""
def g(n):
    for i in range(n):
        print("yield", i)
        yield i
a, b = g(2)
first, *rest = g(3)
print(a, b, first, rest, [*g(1)], max(*g(2)), dict(enumerate(g(1))), tuple(g(0)))
try:
    a, b = g(4)
except ValueError as error:
    print(error)
