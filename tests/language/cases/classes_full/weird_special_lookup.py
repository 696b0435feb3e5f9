"""Special methods are looked up on the type, not the instance."""
class C: pass
c = C()
c.__len__ = lambda: 5
c.__call__ = lambda: "called"
c.__add__ = lambda o: "added"
c.__str__ = lambda: "str"
for call in (lambda: len(c), lambda: c(), lambda: c + 1):
    try:
        print(call())
    except TypeError as error:
        print(error)
C.__len__ = lambda self: 9
C.__str__ = lambda self: "class str"
print(len(c), str(c), c.__len__(), C.__len__(c))
