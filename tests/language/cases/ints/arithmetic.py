"""The seven arithmetic operators on small ints of both signs."""
for a in (7, -7, 0, 1):
    for b in (2, -2, 3, -3):
        print(a, b, a + b, a - b, a * b, a // b, a % b, a / b, divmod(a, b))
