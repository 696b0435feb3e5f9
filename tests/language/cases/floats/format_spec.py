"""The format mini-language on floats."""
for value in (3.14159, -0.5, 1234567.891, 1e-7, 1e21, 0.0):
    print([format(value, spec) for spec in ("", ".2f", "10.3f", "<10.1f", "+.1f", "e", ".3e", "g", ".3g", "G", "%", ".1%", ",.2f", "_.1f", "010.2f", "#.3g", ".0f", "n", "z.0f", "*^12.2f")])
print(format(float("inf"), "8.2f"), format(float("nan"), "F"), format(float("-inf"), "e"))
