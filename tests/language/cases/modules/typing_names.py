"""typing names that annotated programs import."""
from typing import Any, Callable, Dict, Generic, List, Literal, NamedTuple, Optional, Protocol, TypedDict, TypeVar, Union, cast, overload, TYPE_CHECKING
T = TypeVar("T")
class Box(Generic[T]):
    def __init__(self, item: T): self.item = item
class Point(NamedTuple):
    x: int
    y: int = 0
class Movie(TypedDict):
    name: str
class Greeter(Protocol):
    def greet(self) -> str: ...
def f(a: Optional[int], b: Union[int, str], c: List[Dict[str, Any]], d: Callable[[int], str], e: Literal["x"]) -> None: pass
print(Box[int](5).item, Point(1), Point(1, 2).y, Movie(name="m"), cast(int, "s"), TYPE_CHECKING, Optional[int], List[int], sorted(f.__annotations__))
