"""NotImplemented tries the other side; a subclass's reflected method goes first."""
class A:
    def __add__(self, o):
        print("A.add", end=" ")
        return NotImplemented
    def __radd__(self, o):
        print("A.radd", end=" ")
        return "A.radd result"
    def __iadd__(self, o):
        print("A.iadd", end=" ")
        return NotImplemented
    def __lt__(self, o):
        print("A.lt", end=" ")
        return NotImplemented
    def __gt__(self, o):
        print("A.gt", end=" ")
        return True
class B(A):
    def __radd__(self, o):
        print("B.radd", end=" ")
        return "B.radd result"
print(A() + B())
print(5 + A())
print(A() < B())
for call in (lambda: A() + A(), lambda: A() + 1, lambda: A() <= A()):
    try:
        print(call())
    except TypeError as error:
        print(error)
a = A()
try:
    a += 1
except TypeError as error:
    print(error)
print(bool(NotImplemented) if False else "skipped", A.__add__(A(), 1))
