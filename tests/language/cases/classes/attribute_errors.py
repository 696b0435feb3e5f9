"""Missing attributes and wrong calls on instances and classes."""
class C:
    value = 1
    def method(self, a): pass
c = C()
for call in (lambda: c.nope, lambda: C.nope, lambda: c.method(), lambda: C.method(), lambda: C(1), lambda: c(), lambda: c.value(), lambda: setattr(5, "x", 1), lambda: delattr(c, "zz"), lambda: c[0], lambda: len(c), lambda: iter(c), lambda: c + 1, lambda: c < c, lambda: int(c), lambda: object().x, lambda: object(1)):
    try:
        call()
    except Exception as error:
        print(type(error).__name__, error)
try:
    c.new.x = 1
except AttributeError as error:
    print(error)
