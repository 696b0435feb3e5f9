"""Methods and attributes of int."""
print((10).bit_length(), (0).bit_length(), (-8).bit_length(), (2**100).bit_length())
print((255).bit_count(), (-7).bit_count(), (5).conjugate(), (5).real, (5).imag, (5).numerator, (5).denominator)
print((1024).to_bytes(2, "big"), (1024).to_bytes(4, "little"), (-2).to_bytes(2, "big", signed=True), (7).to_bytes())
print(int.from_bytes(b"\x04\x00", "big"), int.from_bytes(b"\xff\xfe", "big", signed=True), int.from_bytes([1, 2], "little"))
print((7).as_integer_ratio(), (5).is_integer(), (7).__add__(3), (7).__add__("x"), (3).__rsub__(10))
try:
    (300).to_bytes(1, "big")
except OverflowError as error:
    print(error)
