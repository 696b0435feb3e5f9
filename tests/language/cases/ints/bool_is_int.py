"""bool is a subclass of int with its own repr and logic."""
print(True + True, True * 5, -True, ~True, True == 1, True is 1 == 1, isinstance(True, int), bool.__mro__)
print(True & False, True | 2, True ^ True, type(True & True), type(True & 1), bool(), bool([]), bool("0"), [10, 20][True])
print(int(True), str(False), repr(True), format(True, "d"), f"{True:5}", sum([True, True, False]), hash(True))
