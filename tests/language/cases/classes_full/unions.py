"""X | Y of types."""
u = int | str | None
print(u, u.__args__, isinstance(5, u), isinstance(b"", u), issubclass(str, u), int | str == str | int, type(u), int | int, (int | str) | float)
try:
    int | 5
except TypeError as error:
    print(error)
