"""Unsupported operands name both types."""
for call in (lambda: 1 + "a", lambda: "a" + 1, lambda: 1 - None, lambda: [] * 1.5, lambda: {} + {}, lambda: 1 << 2.0, lambda: -"a", lambda: ~1.5, lambda: +[], lambda: 1 < "a", lambda: [] >= (), lambda: None % 3, lambda: 2 ** "x", lambda: 1 @ 2, lambda: 5 & 1.0):
    try:
        print(call())
    except TypeError as error:
        print(error)
