"""Special methods that are another type's, or computed."""


class Recursive:
    pass


Recursive.__repr__ = Recursive.__str__
for function in (str, repr):
    try:
        function(Recursive())
    except RecursionError as error:
        print(type(error).__name__)


class Stored(dict):
    __setattr__ = dict.__setitem__
    __neg__ = dict.copy


stored = Stored()
stored.y = 42
print(stored["y"], -stored)


class Wrong(int):
    __eq__ = str.__eq__
    __add__ = str.__add__
    __hash__ = int.__hash__


for operation in (lambda value: value == value, lambda value: value + value):
    try:
        operation(Wrong())
    except TypeError as error:
        print(error)


class Identical(str):
    __eq__ = object.__eq__
    __hash__ = object.__hash__
    __repr__ = object.__repr__


print(Identical("a") == Identical("a"), repr(Identical("a")).startswith("<__main__.Identical"))


class Computed:
    @property
    def __len__(self):
        return lambda: 3

    __getitem__ = property(lambda self: 1 / 0)


print(len(Computed()))
try:
    Computed()[0]
except ZeroDivisionError as error:
    print(error)
