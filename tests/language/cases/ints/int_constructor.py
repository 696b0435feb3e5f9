"""int() of strings, floats, bools and with a base."""
print(int(), int("42"), int("  -7\n"), int("1_000"), int(3.99), int(-3.99), int(True))
print(int("ff", 16), int("0xff", 16), int("0b101", 0), int("-0o17", 0), int("z", 36), int("7", base=8))
print(int(1e20), int("123456789012345678901234567890"), int(b"12"))
for args in (("",), ("1__0",), ("abc",), ("12", 1), ("8", 8), (1.5, 10), (None,), (float("nan"),), (float("inf"),), ([],)):
    try:
        print(int(*args))
    except Exception as error:
        print(type(error).__name__, error)
