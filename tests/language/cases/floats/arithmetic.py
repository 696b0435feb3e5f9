"""Float operators follow IEEE 754; floor division and modulo follow Python."""
for a in (7.5, -7.5, 0.0):
    for b in (2.0, -2.0, 0.3):
        print(a + b, a - b, a * b, a / b, a // b, a % b, divmod(a, b))
print(-7.0 // 2, -7.0 % 2, 7.0 // -0.5, -0.0 % 3, 5 % -3.0, 1e308 * 10, float("inf") - float("inf"), 3 % float("inf"), -3 % float("inf"))
