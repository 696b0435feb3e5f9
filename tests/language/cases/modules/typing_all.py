"""typing at run time."""
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

class Employee(NamedTuple):
    """An employee."""
    name: str
    id: int = 3
    def hello(self): return f"hi {self.name}"
e = Employee("Bo")
print(e, e.hello(), Employee._field_defaults, Employee.__annotations__, Employee.__doc__, e._replace(id=5), Employee.__mro__[1:])
Emp2 = NamedTuple("Emp2", [("name", str), ("id", int)])
print(Emp2("a", 1), Emp2.__annotations__)
try:
    class Bad(NamedTuple):
        a: int = 1
        b: str
except TypeError as error:
    print(error)

class Movie(TypedDict):
    title: str
    year: NotRequired[int]
class Sequel(Movie, total=False):
    number: int
print(Movie(title="x"), Movie.__annotations__, Movie.__required_keys__, sorted(Movie.__optional_keys__), Sequel.__total__, sorted(Sequel.__optional_keys__), is_typeddict(Movie), Movie.__name__, type(Movie(title="a")))
Alt = TypedDict("Alt", {"a-b": int})
print(Alt.__annotations__, Alt({"a-b": 1}))

@runtime_checkable
class Closable(Protocol):
    def close(self) -> None: ...
class File:
    def close(self): pass
print(isinstance(File(), Closable), isinstance(5, Closable), issubclass(File, Closable))
class Sized2(Protocol):
    size: int
try:
    isinstance(5, Sized2)
except TypeError as error:
    print(error)
try:
    Sized2()
except TypeError as error:
    print(error)
class Impl(Sized2):
    def __init__(self): self.size = 4
print(Impl().size, isinstance(5, SupportsInt), isinstance("a", SupportsIndex), isinstance(1.5, SupportsAbs))

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

class A[X]:
    def m[Y](self, y: Y) -> X: ...
class D[X: int = bool](A[X]): pass
print(A.__type_params__, A[int], A.__parameters__, A.__orig_bases__, D[int], D.__type_params__[0].__bound__, D.__type_params__[0].__default__, D.__mro__[1:])
type Alias[K] = dict[K, list[K]]
print(Alias[int], Alias.__value__, Alias.__type_params__, Alias[int].__args__, type(Alias), Alias[int].__origin__ is Alias)
def gen[*Ts2, **P2](*args: *Ts2) -> Callable[P2, int]: ...
print(gen.__type_params__, gen.__annotations__)
class Variadic(Generic[*Ts]): pass
print(Variadic[int, str], Variadic[()], Variadic.__parameters__)
class Z(Generic[T, P]): pass
print(Z[int, [str, bool]], Z[int, ...], AbcCallable[[int], str], Concatenate[int, P])
