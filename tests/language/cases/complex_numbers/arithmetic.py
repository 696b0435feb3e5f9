"""complex literals, operators and repr."""
a, b = 1 + 2j, 3 - 1j
print(a + b, a - b, a * b, a / b, a ** 2, -a, a == 1 + 2j, abs(3 + 4j), a.real, a.imag, a.conjugate(), 1j * 1j, 0j, -0j, complex("1+2j"), complex(1.5), complex(1, -0.0), 2 ** 1j, (1 + 0j) == 1, hash(1 + 0j) == hash(1), bool(0j), 1e20j, complex("nan+infj"))
print(f"{a:.2f}", f"{a}", str(-1j), repr(complex(-0.0, -1)), (-8) ** (1 / 3))
for call in (lambda: a < b, lambda: a // b, lambda: a % b, lambda: int(a), lambda: float(a), lambda: 1j / 0, lambda: complex("1 + 2j"), lambda: complex("a"), lambda: complex(1, "2"), lambda: 0j ** -1, lambda: round(a), lambda: divmod(a, b)):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
