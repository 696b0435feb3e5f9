"""Annotations of variables do not bind; those of functions are kept."""
x: int = 5
y: str
def f(a: "later", *args: int, k: list[int] = [], **kw: dict) -> None:
    local: undefined_name = 1
    return local
print(x, f(1), f.__annotations__)
try:
    y
except NameError as error:
    print(error)
print(__annotations__)
