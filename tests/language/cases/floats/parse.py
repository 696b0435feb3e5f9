"""float() of text."""
for text in ("1", " 1.5 ", "1e3", "-1E-3", ".5", "5.", "inf", "-Infinity", "nan", "1_000.5", "+3"):
    print(repr(float(text)))
for value in ("", "abc", "1__0", "0x10", "1e", None, [], "1 2"):
    try:
        print(float(value))
    except Exception as error:
        print(type(error).__name__, error)
