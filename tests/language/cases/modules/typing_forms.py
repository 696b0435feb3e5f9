"""Special forms and aliases of typing."""
from typing import *
import typing
from collections.abc import Callable as AbcCallable

T = TypeVar("T"); U = TypeVar("U", int, str); B = TypeVar("B", bound=int); C_co = TypeVar("C_co", covariant=True)
P = ParamSpec("P"); Ts = TypeVarTuple("Ts")
print(T, U, B, C_co, P, Ts, U.__constraints__, B.__bound__, T.__name__, C_co.__covariant__, P.args, P.kwargs, T.__default__, T.has_default())
print(List[int], Dict[str, List[int]], Optional[int], Union[int, str, None], Union[int], Union[int, int], Tuple[int, ...], Tuple[()], Callable[[int, str], bool], Callable[..., int], Type[int], Set[T], Any, NoReturn, Literal["a", 1, None], ClassVar[int], Final, Final[int], Annotated[int, "meta"])
print(Optional[Union[int, str]], Union[List[int], Dict[str, int]], Union[int, "Forward"], Iterable[int], Mapping[str, Any], Sequence, Generator[int, None, str], Awaitable[int], DefaultDict[str, int], Deque[int])
print(List[T][int], Dict[T, U][int, str], Callable[[T], U][int, str], Union[T, U][int, str], Optional[T][int], Tuple[T, ...][int])
print(get_origin(List[int]), get_args(Dict[str, int]), get_origin(Union[int, str]), get_args(Callable[[int], str]), get_origin(int), get_args(int), get_origin(list[int]), get_args(Annotated[int, 5]), get_origin(int | str), get_args(Literal[1, 2]))
print(List[int] == List[int], hash(List[int]) == hash(List[int]), List[int] != List[str], Union[int, str] == Union[str, int], int | str == Union[int, str], List[int] | None, None | List[int])

