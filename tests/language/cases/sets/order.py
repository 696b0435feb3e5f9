"""Sets iterate in the order of CPython's table."""
print({10, 5, 100, 33, 7, 64, 0, -1, -2, 1000003})
print(set(range(20, 0, -3)), {n * n for n in range(12)}, {8, 16, 24, 0, 32, 40}, {2**61, 2**62, 1})
s = set()
for n in (9, 1, 17, 25, 33, 2):
    s.add(n)
s.discard(17)
s.add(41)
s.add(17)
print(s, s.pop(), s.pop(), s, list({1.5, 2.5, 0.25, None is None}))
