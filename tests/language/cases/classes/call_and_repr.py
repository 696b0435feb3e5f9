"""__call__, __str__, __repr__, __format__, __hash__ and conversions."""
class T:
    def __call__(self, *a, **k): return ("called", a, k)
    def __str__(self): return "text"
    def __format__(self, spec): return f"<{spec}>"
    def __hash__(self): return 42
    def __int__(self): return 7
    def __float__(self): return 7.5
    def __index__(self): return 3
    def __bool__(self): return False
    def __bytes__(self): return b"bytes"
t = T()
print(t(1, k=2), str(t), f"{t}", f"{t:abc}", format(t, "x"), hash(t), int(t), float(t), [0, 1, 2, 3][t], bool(t), bytes(t), hex(t), range(10)[t], "%s" % t, "ab" * t, list(range(t)))
class R:
    def __repr__(self): return "repr"
print(R(), [R()], str(R()), f"{R()!s}", {R(): R()})
class BadRepr:
    def __repr__(self): return 5
class BadStr:
    def __str__(self): return None
class BadIndex:
    def __index__(self): return "x"
class BadHash:
    def __hash__(self): return "x"
for call in (lambda: repr(BadRepr()), lambda: str(BadStr()), lambda: [1][BadIndex()], lambda: hash(BadHash()), lambda: print(BadRepr())):
    try:
        call()
    except TypeError as error:
        print(error)
