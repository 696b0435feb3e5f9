"""A free variable read before it is assigned."""
def f():
    def g():
        return later
    try:
        g()
    except NameError as error:
        print(type(error).__name__, error)
    later = 1
    return g()
print(f())
def h():
    x = 1
    def k():
        return x
    del x
    try:
        k()
    except NameError as error:
        print(error)
h()
