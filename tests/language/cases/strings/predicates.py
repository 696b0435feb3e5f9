"""is... methods."""
for s in ("", "abc", "ABC", "Abc", "123", "12.3", "a1", " \t", "²", "½", "_x1", "1x", "Hello World", "é", "\n"):
    print(repr(s), s.isalpha(), s.isdigit(), s.isdecimal(), s.isnumeric(), s.isalnum(), s.isspace(), s.isupper(), s.islower(), s.istitle(), s.isidentifier(), s.isprintable(), s.isascii())
