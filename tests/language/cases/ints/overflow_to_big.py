"""Results that leave 64 bits stay exact."""
top = 9223372036854775807
print(top + 1, -top - 2, top * top, -(-top - 1), abs(-top - 1))
print(top + 1 - 1 == top, (top + 1) - (top + 1), -(-(top + 1)))
print((-top - 1) // -1, (-top - 1) % -1, 1 << 63, 1 << 64, (1 << 64) >> 64)
total = 1
for n in range(1, 41):
    total *= n
print(total, total // (10**20), total % (10**9 + 7))
