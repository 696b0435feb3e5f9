"""Metaclasses that compute the method resolution order."""


class Backwards(type):
    def mro(cls):
        return type.mro(cls)[::-1]


class A:
    def name(self):
        return "A"


class B(A, metaclass=Backwards):
    def name(self):
        return "B"


print([cls.__name__ for cls in B.__mro__], B().name(), type.mro(B)[0].__name__)

for result in (1, [1], [dict, object]):
    try:
        type("Meta", (type,), {"mro": lambda cls: result})("Made", (), {})
    except TypeError as error:
        print(error)


class Fussy(type):
    refuse = False

    def mro(cls):
        if Fussy.refuse:
            raise RuntimeError("no order")
        return type.mro(cls)


class X(A):
    pass


class Y(A, metaclass=Fussy):
    pass


class Z(Y):
    pass


class Other:
    pass


before = Z.__mro__
Fussy.refuse = True
try:
    Y.__bases__ = (X,)
except RuntimeError as error:
    print(error, Z.__mro__ == before, Y.__bases__)
Fussy.refuse = False
Y.__bases__ = (X,)
print([cls.__name__ for cls in Z.__mro__], [cls.__name__ for cls in X.__subclasses__()])
try:
    X.__bases__ = (Z,)
except TypeError as error:
    print(error)


class Deep(A, int):
    pass


print(Deep.__base__, Deep(4) + 1)
