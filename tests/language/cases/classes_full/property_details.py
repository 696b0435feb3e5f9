"""Property objects: fget, documentation, inheritance, errors in getters."""
class A:
    @property
    def v(self):
        """documented"""
        return self._v
    @v.setter
    def v(self, x): self._v = x * 2
class B(A):
    @A.v.getter
    def v(self): return "B" + str(self._v)
    w = property(lambda s: "w", doc="doc of w")
    nothing = property()
b = B()
b.v = 2
print(b.v, A.v.__doc__, B.w.__doc__, A.v.fget.__name__, A.v.fdel, type(A.v).__name__, b.w)
for call in (lambda: b.nothing, lambda: setattr(b, "w", 1), lambda: A().v):
    try:
        call()
    except AttributeError as error:
        print(error)
