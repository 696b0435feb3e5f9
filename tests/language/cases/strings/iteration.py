"""Strings iterate by character; membership and unpacking."""
a, b, *rest = "héllo"
print(a, b, rest, list("abc"), tuple("ab"), [c.upper() for c in "xyz"], list(enumerate("ab")), list(reversed("abc")), dict(zip("ab", "cd")), set("a"), min("hello"))
