"""except* handles parts of a group; the rest goes on."""
def f(*errors):
    try:
        try:
            raise ExceptionGroup("eg", list(errors))
        except* ValueError as group:
            print("value", group.exceptions)
        except* (TypeError, KeyError) as group:
            print("type or key", group.exceptions)
        else:
            print("else")
        finally:
            print("finally")
    except ExceptionGroup as rest:
        print("rest", repr(rest))
f(ValueError(1), TypeError(2), ValueError(3))
f(OSError(1), ValueError(2))
f(KeyError("k"))
try:
    raise ValueError("single")
except* ValueError as group:
    print(repr(group))
try:
    pass
except* ValueError:
    print("never")
else:
    print("else")
