"""Functions of typing."""
from typing import *
import typing
class Stack[T]: pass
UserId = NewType("UserId", int)
print(UserId(5), UserId.__name__, UserId, UserId.__supertype__)
def f(a: int, b: "str" = "x", *args: "List[int]", **kw: Optional[float]) -> "Stack[int]": ...
print(get_type_hints(f), f.__annotations__["b"])
class H:
    x: "int"
    y: ClassVar["str"] = "s"
    z: Annotated[int, "m"]
print(get_type_hints(H), get_type_hints(H, include_extras=True)["z"])
@overload
def g(x: int) -> int: ...
@overload
def g(x: str) -> str: ...
def g(x): return x
print(g(5), len(get_overloads(g)), cast("int", "v"), TYPE_CHECKING, Text)
@final
class Done: pass
print(Done.__final__)
@override
def o(): pass
print(o.__override__, assert_type(5, int), ForwardRef("int"), List["int"], Self, Never, LiteralString, typing.TypeAlias)
try:
    assert_never(5)
except AssertionError as error:
    print(error)

