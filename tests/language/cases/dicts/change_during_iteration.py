"""Changing the size while iterating is an error."""
d = {1: 1, 2: 2}
try:
    for key in d:
        d[key + 10] = 0
except RuntimeError as error:
    print(error)
d = {1: 1, 2: 2}
try:
    for key in d:
        del d[key]
except RuntimeError as error:
    print(error)
d = {1: 1, 2: 2}
for key in d:
    d[key] = "changed"
print(d)
try:
    for key in d:
        del d[key]
        d[key * 100] = 1
except RuntimeError as error:
    print(error)
