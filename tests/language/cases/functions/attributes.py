"""Functions are objects with attributes."""
def f(a: int, b: "text" = 1, *, c: float = 2) -> str:
    """The docstring."""
f.count = 3
print(f.__name__, f.__qualname__, f.__doc__, f.__annotations__, f.__defaults__, f.__kwdefaults__, f.count, f.__dict__, f.__module__, callable(f))
def outer():
    def inner(): pass
    return inner
print(outer().__qualname__, (lambda: 0).__qualname__, f.__closure__)
f.__name__ = "renamed"
f.__doc__ = "new"
print(f.__name__, f.__doc__)
try:
    f.nope
except AttributeError as error:
    print(error)
try:
    f.__name__ = 5
except TypeError as error:
    print(error)
