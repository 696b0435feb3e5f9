"""super as a class: derived from, unbound, of objects that tell another class."""


class A:
    def method(self):
        return "A"


class Mine(super):
    pass


class Handing(super):
    def __init__(self, *args):
        super(Handing, self).__init__(*args)


class B(A):
    def method(self):
        return "B" + self.__super.method()


B._B__super = super(B)


class C(B):
    def method(self):
        own = Mine(C, self)
        return f"C[{type(own).__name__}, {own.__class__.__name__}]" + own.method() + Handing(C, self).method()


print(C().method())


class Proxy:
    def __init__(self, target):
        self._target = target

    def __getattribute__(self, name):
        if name == "_target":
            return object.__getattribute__(self, name)
        return getattr(self._target, name)


class D(A):
    def method(self):
        return super(D, self).method() + "D"


proxy = Proxy(D())
print(D.method(proxy), isinstance(proxy, D), isinstance(proxy, A), isinstance(proxy, B))
for make in (lambda: super(B, 4), lambda: super(B).__get__(4), lambda: super(B, key=1)):
    try:
        make()
    except TypeError as error:
        print(error)
unbound = super(B)
print(unbound.__self__, unbound.__thisclass__, unbound.__self_class__)


class Abstract:
    def __init__(self, bases):
        self.__bases__ = bases


one = Abstract(())
two = Abstract((one,))
print(issubclass(two, one), issubclass(one, two), issubclass(two, (int, one)))
try:
    issubclass(4, int)
except TypeError as error:
    print(error)
