"""Generic classes."""
from typing import *
import typing
from collections.abc import Callable as AbcCallable

T = TypeVar("T"); U = TypeVar("U", int, str); B = TypeVar("B", bound=int); C_co = TypeVar("C_co", covariant=True)
P = ParamSpec("P"); Ts = TypeVarTuple("Ts")
class Stack(Generic[T]):
    def __init__(self) -> None: self.items: list[T] = []
    def push(self, item: T) -> None: self.items.append(item)
s = Stack[int]()
s.push(1)
print(s.items, Stack[int], Stack.__parameters__, Stack.__orig_bases__, s.__orig_class__, Stack[T][int])
class Pair(Generic[T, U]): pass
class IntPair(Pair[int, U]): pass
print(Pair[int, str], IntPair.__parameters__, IntPair[str], IntPair.__mro__[1].__name__)
for call in (lambda: Stack[int, str], lambda: Pair[int], lambda: List[int, str], lambda: Optional[int, str], lambda: Union[()], lambda: Generic[int], lambda: Any(), lambda: List[int](5), lambda: List(), lambda: isinstance([], List[int]), lambda: isinstance(1, Any), lambda: Callable[int], lambda: TypeVar("X", int), lambda: TypeVar("X", int, bound=str), lambda: Union(), lambda: Literal, lambda: Dict[int], lambda: Final[int, str], lambda: Annotated[int], lambda: issubclass(int, Union)):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
print(isinstance([], List), isinstance({}, Mapping), issubclass(list, Sequence), isinstance(5, Union[int, str]), isinstance("a", Optional[int]), isinstance(print, Callable))

