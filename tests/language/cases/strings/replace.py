"""replace with and without a count."""
print("aaa".replace("a", "b"), "aaa".replace("a", "b", 2), "abc".replace("", "-"), "abc".replace("", "-", 2), "abc".replace("x", "y"), "aXbXc".replace("X", ""), "aaa".replace("a", "b", count=1))
