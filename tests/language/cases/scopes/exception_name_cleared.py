"""The name of an except clause is deleted at its end."""
error = "before"
try:
    raise ValueError("x")
except ValueError as error:
    print(repr(error))
try:
    error
except NameError as e:
    print(e)
