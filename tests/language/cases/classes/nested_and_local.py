"""Classes inside classes and functions, and their qualified names."""
class Outer:
    class Inner:
        def f(self): pass
    x = Inner
def make(base):
    class Local(base):
        def who(self): return super().who() + " local"
    return Local
class Base:
    def who(self): return "base"
L = make(Base)
print(Outer.Inner.__qualname__, Outer.Inner.f.__qualname__, Outer.x is Outer.Inner, L().who(), L.__qualname__, L.__name__, make(L)().who(), L)
