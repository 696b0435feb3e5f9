"""The exact messages for too many arguments."""
def zero(): pass
def one(a): pass
def two(a, b=1): pass
def many(a, b=1, c=2): pass
def kwonly(a, *, k=1): pass
class C:
    def method(self): pass
    @staticmethod
    def static(): pass
    @classmethod
    def klass(cls): pass
for call in (lambda: zero(1), lambda: one(1, 2), lambda: two(1, 2, 3), lambda: many(1, 2, 3, 4, 5), lambda: kwonly(1, 2), lambda: kwonly(1, 2, k=3), lambda: C().method(1), lambda: C.static(1), lambda: C().klass(1), lambda: C(1), lambda: zero(*[1, 2, 3])):
    try:
        call()
    except TypeError as error:
        print(error)
