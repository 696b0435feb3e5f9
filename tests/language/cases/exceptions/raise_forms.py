"""raise of classes, instances, bare, and what cannot be raised."""
class Custom(Exception):
    pass
def reraise():
    try:
        raise Custom("inner")
    except Custom:
        raise
def bare():
    raise
for call in (lambda: (_ for _ in ()).throw(ValueError), reraise, bare):
    try:
        call()
    except Exception as error:
        print(type(error).__name__, error.args, error)
for value in (5, "text", None, int, object()):
    try:
        raise value
    except TypeError as error:
        print(error)
try:
    raise ValueError
except ValueError as error:
    print(repr(error), error.args)
