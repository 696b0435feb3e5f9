"""__index__, __trunc__, __round__, __floor__, __complex__, __length_hint__."""
class N:
    def __index__(self): return 3
    def __round__(self, n=None): return ("round", n)
    def __complex__(self): return 1 + 2j
    def __float__(self): return 2.5
n = N()
print(int(n), "abcdef"[n], list(range(n)), bin(n), round(n), round(n, 2), complex(n), float(n), [1] * n, (1, 2, 3, 4)[n:], bytes(n), chr(N.__index__(n) + 62), divmod(10, int(n)))
class BadFloat:
    def __float__(self): return "x"
class BadInt:
    def __int__(self): return 1.5
for call in (lambda: float(BadFloat()), lambda: int(BadInt()), lambda: complex(object()), lambda: int(object())):
    try:
        call()
    except TypeError as error:
        print(error)
