"""Classes, functions and aliases with type parameters."""
from typing import *
from collections.abc import Callable as AbcCallable

T = TypeVar("T")
P = ParamSpec("P")
Ts = TypeVarTuple("Ts")
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
