"""__instancecheck__ and __subclasscheck__."""
class Meta(type):
    def __instancecheck__(cls, obj): return hasattr(obj, "quack")
    def __subclasscheck__(cls, sub): return "Duck" in sub.__name__
class Duck(metaclass=Meta): pass
class Robot:
    quack = 1
class RubberDuck: pass
print(isinstance(Robot(), Duck), isinstance(5, Duck), issubclass(RubberDuck, Duck), issubclass(Robot, Duck), isinstance(Duck(), Duck))
