"""Assignment to plain and extended slices."""
x = list(range(6))
x[1:3] = ["a", "b", "c"]; print(x)
x[:0] = (9, 8); print(x)
x[3:] = []; print(x)
x[1:1] = "xy"; print(x)
x[::2] = [0] * len(x[::2]); print(x)
x[::-1] = list(range(len(x))); print(x)
x[5:2] = ["in"]; print(x)
x[:] = x; print(x)
try:
    x[::2] = [1]
except ValueError as error:
    print(error)
try:
    x[0:1] = 5
except TypeError as error:
    print(error)
try:
    x[99] = 1
except IndexError as error:
    print(error)
