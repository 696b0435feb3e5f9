"""Methods of float."""
print((0.5).as_integer_ratio(), (3.0).is_integer(), (3.5).is_integer(), (255.5).hex(), float.fromhex("0x1.8p3"), (1.5).conjugate(), (1.5).real, (1.5).imag)
print((-0.0).hex(), float.fromhex("-inf"), (2.5).__floor__(), (2.5).__ceil__(), (-2.5).__trunc__(), (1e300).__int__() == 10**300)
try:
    float("inf").as_integer_ratio()
except OverflowError as error:
    print(error)
