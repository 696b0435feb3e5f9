"""super in class methods, static contexts, multiple inheritance and errors."""
class A:
    @classmethod
    def make(cls): return "A.make " + cls.__name__
    @property
    def p(self): return "A.p"
    def __getitem__(self, k): return ("A", k)
class M(A):
    def mixin(self): return "M"
class B(M):
    @classmethod
    def make(cls): return "B > " + super().make()
    @property
    def p(self): return "B > " + super().p
    def __getitem__(self, k): return super().__getitem__(k + 1)
    def later(self): return [super(B, self).mixin() for _ in range(2)]
    def lam(self): return (lambda: super().mixin)()
b = B()
print(b.make(), B.make(), b.p, b[1], b.later())
try:
    print(b.lam()())
except Exception as error:
    print(type(error).__name__, error)
def outside(): super()
class C:
    def nope(self): super().nope()
    def noargs(): super()
for call in (outside, C().nope, C.noargs, lambda: super(5), lambda: super(B, 5)):
    try:
        call()
    except Exception as error:
        print(type(error).__name__, error)
