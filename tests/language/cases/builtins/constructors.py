"""Constructors of the builtin types called without and with arguments."""
print(int(), float(), str(), bool(), list(), tuple(), dict(), set(), frozenset(), bytes(), complex(), object().__class__.__name__)
print(list("ab"), tuple([1]), dict(a=1), set([1, 1]), bool("a"), complex(1, 2), list({"a": 1}), dict([(1, 2)]), dict(zip("ab", [1, 2])), list(range(3)), tuple({}), set("a"), bytes([65]))
for call in (lambda: list(5), lambda: tuple(None), lambda: set(1.5), lambda: bool(1, 2), lambda: float("x"), lambda: dict(5), lambda: int([]), lambda: complex("x"), lambda: bytes("a"), lambda: list(a=1), lambda: int(x=1), lambda: tuple(1, 2)):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
