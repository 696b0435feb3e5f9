"""Names with two leading underscores are mangled."""
class A:
    __secret = 1
    def __init__(self): self.__own = "A"
    def get(self): return self.__own, self.__secret
    def __hidden(self): return "hidden"
    def call(self): return self.__hidden()
    __dunder__ = "kept"
class B(A):
    def __init__(self):
        super().__init__()
        self.__own = "B"
b = B()
print(b.get(), sorted(vars(b)), b._A__secret, b.call(), b.__dunder__)
try:
    b.__secret
except AttributeError as error:
    print(error)
class _U:
    __x = 5
print(_U._U__x)
