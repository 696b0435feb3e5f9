"""Float of huge ints and int of floats."""
print(float(2**53 + 1), float(10**22), float(10**23), int(1e23), int(-2.7), float(True))
try:
    float(10**400)
except OverflowError as error:
    print(error)
try:
    10**400 * 1.0
except OverflowError as error:
    print(error)
