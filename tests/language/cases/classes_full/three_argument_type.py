"""type() builds classes."""
Base = type("Base", (), {"x": 1, "hello": lambda self: f"hello {self.x}"})
Child = type("Child", (Base,), {"x": 2, "__doc__": "doc"})
print(Child().hello(), Child.__name__, Child.__mro__[1].__name__, Child.__doc__, Child.__bases__ == (Base,), type(Child))
for args in ((1, (), {}), ("A", 5, {}), ("A", (), 5), ("A",  (5,), {}), ("A", ())):
    try:
        type(*args)
    except TypeError as error:
        print(error)
