"""PEP 695 type parameters."""
def first[T](items: list[T]) -> T:
    return items[0]
class Stack[T]:
    def __init__(self): self.items: list[T] = []
    def push(self, x: T) -> "Stack[T]":
        self.items.append(x)
        return self
class Bounded[T: (int, str), *Ts, **P]: pass
def default[T = int](x: T) -> T: return x
print(first([3, 4]), Stack().push(1).items, first.__type_params__, Stack.__type_params__, Bounded.__type_params__, Bounded.__type_params__[0].__constraints__, default.__type_params__[0].__default__)
print(first.__annotations__, Stack[int]().push(5).items, Stack.__name__)
