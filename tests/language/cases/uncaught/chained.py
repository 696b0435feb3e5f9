"""The last line belongs to the last exception."""
try:
    int("x")
except ValueError as error:
    raise RuntimeError("while converting") from error
