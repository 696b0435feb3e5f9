"""__slots__ with and without __dict__, inheritance, errors."""
class P:
    __slots__ = ("x", "y")
    def __init__(self, x): self.x = x
class Q(P):
    __slots__ = ["z"]
class D(P): pass
class S:
    __slots__ = "only", "__dict__"
p = P(1)
print(p.x, hasattr(p, "y"), hasattr(p, "__dict__"), P.x, type(P.x).__name__)
for action in (lambda: setattr(p, "z", 1), lambda: p.y, lambda: delattr(p, "y"), lambda: p.__dict__):
    try:
        action()
    except AttributeError as error:
        print(error)
q = Q(5)
q.z = 6
d = D(1)
d.free = 2
s = S()
s.only, s.other = 1, 2
print(q.x, q.z, d.__dict__, s.__dict__, Q.__slots__)
def conflict():
    class X:
        __slots__ = ("a",)
        a = 1
def bad_name():
    class X:
        __slots__ = ("1a",)
for call in (conflict, bad_name):
    try:
        call()
    except (ValueError, TypeError) as error:
        print(error)
