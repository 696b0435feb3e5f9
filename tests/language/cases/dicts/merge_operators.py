"""| and |=."""
a = {"x": 1, "y": 2}
b = {"y": 3, "z": 4}
print(a | b, b | a, a)
a |= b; print(a)
a |= [("k", 0)]; print(a)
try:
    a | [("k", 0)]
except TypeError as error:
    print(error)
