"""Bitwise operators treat negative ints as infinite two's complement."""
for a in (0, 5, -5, 2**70 + 1, -(2**70)):
    for b in (3, -3, 2**65):
        print(a & b, a | b, a ^ b, ~a)
