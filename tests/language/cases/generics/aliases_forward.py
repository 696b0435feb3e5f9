"""Aliases of built-in generic types: attributes of the origin, parameters, copies."""

import copy
import typing
from types import GenericAlias

print(dict[int, str].fromkeys("ab"), list[int].append.__name__, list[int].__name__)
made = list[int]()
list[int].append(made, 1)
print(made, list[int].__getitem__(made, 0))
T = typing.TypeVar("T")
K = typing.TypeVar("K")
print(list[typing.List[T]].__parameters__, list[typing.Dict[K, T]][int, str].__args__)
print(list[T][int] == list[int], dict[T, T][int])
for function in (lambda: list[int][int], lambda: dict[T, int][int, str]):
    try:
        function()
    except TypeError as error:
        print(error)
print(copy.copy(list[T]) == list[T], copy.deepcopy(dict[str, T]).__args__)
print("append" in dir(list[int]), "__origin__" in dir(list[int]))

nested = list[int]
for _ in range(300):
    nested = GenericAlias(nested, int)
try:
    nested()
except RecursionError as error:
    print("too deep")
else:
    print("too deep")

Alias = typing.TypeAliasType("Alias", list[T], type_params=(T,))
print(Alias.__module__, Alias[int])
type Other[*Ts] = tuple[*Ts]
print(Other.__module__, Other.__parameters__)
namespace = {}
exec("type Here = int", namespace)
print(namespace["Here"].__module__)
try:
    typing.TypeAliasType("A", list, ())
except TypeError as error:
    print("TypeError")
