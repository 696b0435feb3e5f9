"""Calling what is not callable."""
class C: pass
for value in (1, "a", None, [], {}, C(), (1,), 1.5, ...):
    try:
        value()
    except TypeError as error:
        print(error)
