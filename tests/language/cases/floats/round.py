"""Correct rounding, ties to even, on the exact binary value."""
print(round(2.5), round(3.5), round(-2.5), round(2.675, 2), round(1.005, 2), round(0.15, 1), round(1234.5678, -2), round(5.0, 0), round(1e300, 5), round(0.5), round(1.5), round(-0.4))
print(round(123.456, 1), round(1e-10, 5), type(round(1.5)), type(round(1.5, 0)), round(2.5, None))
for x in (float("nan"), float("inf")):
    try:
        round(x)
    except Exception as error:
        print(type(error).__name__, error)
