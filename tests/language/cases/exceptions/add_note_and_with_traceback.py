"""Notes and with_traceback."""
error = ValueError("base")
error.add_note("note 1")
error.add_note("note 2")
print(error.__notes__, error.with_traceback(None) is error, error.__traceback__)
try:
    error.add_note(5)
except TypeError as e:
    print(e)
try:
    raise error
except ValueError as e:
    print(e.__traceback__ is not None, e.__traceback__.tb_lineno, e.__traceback__.tb_next)
