"""Bounds and aliases of a class body see the class as it is when they are asked for."""


class X:
    T = int

    def method[U: T](self): ...

    type Alias = T


X.T = float
print(X.method.__type_params__[0].__bound__, X.Alias.__value__)


class Y:
    T = int
    type Now = T
    print(Now.__value__)
    T = str
    type Later = T


print(Y.Now.__value__, Y.Later.__value__)
print(sum([], False), sum([], True), sum([1], False))


class Keys:
    def __getitem__(self, name):
        raise KeyError(name)

    def keys(self):
        return ["b", "a"]


print(eval("dir()", {}, Keys()))
