"""del of items and slices."""
x = list(range(10))
del x[0]; print(x)
del x[-1]; print(x)
del x[2:4]; print(x)
del x[::2]; print(x)
del x[::-2]; print(x)
del x[:]; print(x)
try:
    del x[0]
except IndexError as error:
    print(error)
