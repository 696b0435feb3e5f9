"""A list iterator looks at the list as it is now."""
x = [1, 2, 3]
seen = []
for value in x:
    seen.append(value)
    if value < 3 and len(x) < 6:
        x.append(value + 10)
print(seen, x)
it = iter([1, 2])
print(next(it), next(it), next(it, "done"), next(it, "done"))
