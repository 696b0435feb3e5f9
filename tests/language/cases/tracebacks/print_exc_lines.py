"""__traceback__ gives the chain of line numbers."""
def inner():
    raise ValueError("deep")
def middle():
    inner()
try:
    middle()
except ValueError as error:
    tb = error.__traceback__
    lines = []
    while tb:
        lines.append(tb.tb_lineno)
        tb = tb.tb_next
    print(lines)
