"""Objects without the protocol, errors in __enter__ and __exit__."""
class OnlyEnter:
    def __enter__(self): pass
class OnlyExit:
    def __exit__(self, *a): pass
for value in (5, OnlyEnter(), OnlyExit()):
    try:
        with value:
            print("never")
    except TypeError as error:
        print(error)
class BadExit:
    def __enter__(self): return self
    def __exit__(self, *args):
        raise RuntimeError("in exit")
try:
    with BadExit():
        raise ValueError("in body")
except RuntimeError as error:
    print(error, repr(error.__context__))
class BadEnter:
    def __enter__(self):
        raise RuntimeError("in enter")
    def __exit__(self, *args):
        print("never")
try:
    with BadEnter():
        pass
except RuntimeError as error:
    print(error)
class Unpack:
    def __enter__(self): return 1, (2, 3)
    def __exit__(self, *a): return False
with Unpack() as (a, (b, c)):
    print(a, b, c)
box = {}
with Unpack() as box["k"]:
    print(box)
