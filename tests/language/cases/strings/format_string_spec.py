"""The format mini-language on strings."""
for spec in ("", "s", "10", "<10", ">10", "^10", "*^9", ".2", "6.2", "é>4"):
    print(repr(format("abc", spec)))
for spec in ("d", "+", "=5", ",", "05", "#"):
    try:
        print(repr(format("abc", spec)))
    except ValueError as error:
        print(error)
