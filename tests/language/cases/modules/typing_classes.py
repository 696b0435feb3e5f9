"""NamedTuple, TypedDict, Protocol."""
from typing import *

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

