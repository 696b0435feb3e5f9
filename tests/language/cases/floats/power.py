"""Float powers, including the complex result and overflow."""
print(2.0**0.5, 2**0.5, 0.0**0, (-8.0)**2, 10.0**-3, 1.5**10, float("inf")**0, 2.0**-1074, 1.0**float("nan"))
for call in (lambda: 0.0**-1, lambda: 10.0**400, lambda: (-1.0)**float("inf")):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
