"""Overriding, super() with and without arguments, cooperative init."""
class A:
    def __init__(self, x, **kw):
        super().__init__(**kw)
        self.x = x
    def who(self):
        return "A"
    def call(self):
        return self.who()
class B(A):
    def who(self):
        return "B" + super().who()
class C(A):
    def who(self):
        return "C" + super(C, self).who()
class D(B, C):
    def __init__(self, x, y):
        super().__init__(x=x)
        self.y = y
    def who(self):
        return "D" + super().who()
d = D(1, 2)
print(d.call(), d.x, d.y, [c.__name__ for c in D.__mro__], isinstance(d, C), issubclass(D, A), D.__bases__, super(B, d).who(), B.who(d))
