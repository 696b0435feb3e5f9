"""Growth, collisions and order of a large dict."""
d = {}
for n in range(5000):
    d[(n * 7919) % 10007] = n
for n in range(0, 5000, 3):
    del d[(n * 7919) % 10007]
print(len(d), list(d)[:5], list(d)[-5:], sum(d.values()), sum(d))
