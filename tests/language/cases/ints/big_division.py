"""Floor division and modulo of big ints follow the sign of the divisor."""
a = 10**40 + 12345
for b in (10**19 + 7, -(10**19 + 7), 3, -3, 10**50):
    q, r = divmod(a, b)
    print(q, r, q * b + r == a)
    q, r = divmod(-a, b)
    print(q, r, q * b + r == -a)
