"""and/or return an operand and stop early."""
def show(value):
    print("eval", repr(value))
    return value
print(show(0) and show(1), show("") or show("x"), show(1) and show([]) and show(2), not show([]))
print(None or 0 or "" or [], 1 and 2 and 3, 0 or (), [] and 1)
