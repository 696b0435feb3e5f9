"""Comprehension variables do not leak; walrus targets do."""
x = "outer"
print([x for x in range(3)], x, [last := n for n in range(3)], last)
def f():
    total = 0
    values = [total := total + n for n in range(5)]
    return total, values
print(f())
print([[y for y in range(x)] for x in range(3)], {x: x for x in "ab"}, x)
