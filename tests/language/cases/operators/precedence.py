"""Precedence and associativity."""
print(2 + 3 * 4, (2 + 3) * 4, 2**3**2, -2**2, not 1 == 2, 1 or 0 and 0, 1 | 2 & 3 ^ 4, 1 << 2 + 1, 10 - 3 - 2, 100 / 10 / 2, 7 // 2 * 2, -7 // 2, 5 % 3 * 2, not True or True, 1 if 0 else 2 if 0 else 3, 1 < 2 == True, 3 in [3] == True, ~1 + 1, 2 ** -1, (lambda: 1 if True else 2)())
