"""List comprehensions: filters, nesting, several fors, conditional values."""
print([x * 2 for x in range(5)], [x for x in range(10) if x % 2 if x > 3], [(x, y) for x in range(3) for y in "ab"], [[i * j for j in range(3)] for i in range(3)], [a if a else "zero" for a in range(2)], [c for row in ["ab", "cd"] for c in row], [x for x, in [(1,), (2,)]], [y for x in range(3) for y in [x * x] if y])
