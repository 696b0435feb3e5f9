"""Converting huge ints to and from decimal text is limited."""
try:
    str(10**5000)
except ValueError as error:
    print(error)
try:
    int("9" * 5000)
except ValueError as error:
    print(error)
print(len(hex(10**5000)))
