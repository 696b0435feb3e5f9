"""Attributes, methods, instances and class variables."""
class Dog:
    """A dog."""
    count = 0
    tricks = []
    def __init__(self, name):
        self.name = name
        Dog.count += 1
    def add(self, trick):
        self.tricks.append(trick)
        return self
    def __repr__(self):
        return f"Dog({self.name!r})"
a, b = Dog("Rex"), Dog("Ada")
a.add("sit").add("roll")
a.count = 99
print(a, [b], str(a), a.name, b.tricks, Dog.count, a.count, b.count, Dog.__name__, Dog.__doc__, type(a) is Dog, a.__class__.__name__, isinstance(a, Dog), a.__dict__, sorted(vars(b)))
print(Dog.add(b, "x") is b, b.tricks, a.add.__name__, a.add.__self__ is a, a.add.__func__ is Dog.add, a.add == a.add, a.add is a.add)
