"""abc.ABC refuses to instantiate abstract classes."""
from abc import ABC, abstractmethod
class Shape(ABC):
    @abstractmethod
    def area(self): ...
    @property
    @abstractmethod
    def name(self): ...
    def describe(self): return f"{self.name}: {self.area()}"
class Square(Shape):
    def __init__(self, s): self.s = s
    def area(self): return self.s ** 2
    name = "square"
class Partial(Shape):
    def area(self): return 0
print(Square(3).describe(), isinstance(Square(1), Shape), Shape.__abstractmethods__ == frozenset({"area", "name"}))
for cls in (Shape, Partial):
    try:
        cls()
    except TypeError as error:
        print(error)
@Shape.register
class Foreign: pass
print(isinstance(Foreign(), Shape), issubclass(Foreign, Shape))
