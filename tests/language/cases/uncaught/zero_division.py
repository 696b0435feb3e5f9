"""An uncaught exception ends the program with status 1."""
def divide(a, b):
    return a / b
print("before")
divide(1, 0)
print("never")
