"""strip family and removeprefix/removesuffix."""
print(repr("  a b \n".strip()), "xxaxx".strip("x"), "abcba".lstrip("ab"), "abcba".rstrip("ab"), repr("\u2003a\u00a0".strip()), "a".strip(""))
print("prefix-body".removeprefix("prefix-"), "body.py".removesuffix(".py"), "body".removeprefix("x"), "body".removesuffix(""))
