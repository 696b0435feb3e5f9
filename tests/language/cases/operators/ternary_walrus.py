"""Conditional expressions and assignment expressions."""
print("yes" if 1 else "no", [x if x % 2 else -x for x in range(4)])
if (n := len("hello")) > 3:
    print(n)
print([y for x in range(5) if (y := x * x) > 3], y, (a := 1) + (b := a + 1), a, b)
while (n := n - 1) > 2:
    print(n, end=" ")
print(n, any((hit := c) == "c" for c in "abcd"), hit)
