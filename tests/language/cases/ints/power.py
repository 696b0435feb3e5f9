"""Integer powers, negative exponents and modular powers."""
print(2**10, (-2)**3, -2**2, 0**0, 2**-2, (-2)**-3, 10**0)
print(3**100, pow(3, 100, 7), pow(2, -1, 7), pow(-3, 3, 5), pow(3, 3, -5))
for call in (lambda: 0**-1, lambda: pow(2, -1, 4), lambda: pow(2, 3, 0), lambda: pow(2.0, 3, 5)):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
