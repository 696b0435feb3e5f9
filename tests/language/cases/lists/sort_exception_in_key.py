"""An exception in a key function leaves the list as it was."""
x = [3, 1, 2]
def key(value):
    if value == 1:
        raise ValueError("bad key")
    return value
try:
    x.sort(key=key)
except ValueError as error:
    print(error, sorted(x))
def modify(value):
    x.append(value)
    return value
try:
    x.sort(key=modify)
except ValueError as error:
    print(error)
