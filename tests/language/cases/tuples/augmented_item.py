"""An augmented assignment to an item of a tuple mutates, then fails."""
t = ([1], 2)
try:
    t[0] += [5]
except TypeError as error:
    print(error)
print(t)
