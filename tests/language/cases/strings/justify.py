"""center, ljust, rjust, zfill, expandtabs."""
print(repr("ab".center(5)), repr("ab".center(6, "*")), repr("abc".center(6)), repr("ab".ljust(4, ".")), repr("ab".rjust(4)), "42".zfill(5), "-42".zfill(5), "+4".zfill(1), "a\tb\tc".expandtabs(), "01\t012\t0123".expandtabs(4))
try:
    "a".center(5, "ab")
except TypeError as error:
    print(error)
