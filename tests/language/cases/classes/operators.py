"""Arithmetic, comparison and container special methods, with reflection."""
class N:
    def __init__(self, v):
        self.v = v
    def __repr__(self):
        return f"N({self.v})"
    def __add__(self, o):
        if isinstance(o, N):
            return N(self.v + o.v)
        if isinstance(o, int):
            return N(self.v + o)
        return NotImplemented
    __radd__ = __add__
    def __sub__(self, o):
        return ("sub", o)
    def __rsub__(self, o):
        return ("rsub", o)
    def __mul__(self, o): return ("mul", o)
    def __truediv__(self, o): return ("truediv", o)
    def __floordiv__(self, o): return ("floordiv", o)
    def __mod__(self, o): return ("mod", o)
    def __pow__(self, o, m=None): return ("pow", o, m)
    def __rpow__(self, o): return ("rpow", o)
    def __lshift__(self, o): return ("lshift", o)
    def __and__(self, o): return ("and", o)
    def __ror__(self, o): return ("ror", o)
    def __xor__(self, o): return ("xor", o)
    def __neg__(self): return N(-self.v)
    def __pos__(self): return "pos"
    def __invert__(self): return "invert"
    def __abs__(self): return abs(self.v)
    def __divmod__(self, o): return ("divmod", o)
n = N(5)
print(n + N(1), n + 1, 1 + n, sum([N(1), N(2)]), n - 2, 2 - n, n * 2, n / 2, n // 2, n % 2, n**2, pow(n, 2, 3), 2**n, n << 1, n & 1, 1 | n, n ^ 1, -n, +n, ~n, abs(n), divmod(n, 3))
for call in (lambda: n + "a", lambda: "a" + n, lambda: n | 1, lambda: 1 * n, lambda: n @ n):
    try:
        print(call())
    except TypeError as error:
        print(error)
