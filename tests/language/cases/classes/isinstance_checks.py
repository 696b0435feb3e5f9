"""isinstance and issubclass with tuples, unions and errors."""
class A: pass
class B(A): pass
print(isinstance(1, (str, int)), isinstance(B(), A), issubclass(B, (int, A)), isinstance(True, int), isinstance(1, int | str), isinstance(None, int | None), issubclass(int, object), isinstance([], (str, (int, (list,)))), isinstance(A, type), issubclass(bool, int))
for call in (lambda: isinstance(1, 5), lambda: issubclass(1, int), lambda: isinstance(1, "int"), lambda: isinstance(1, list[int]), lambda: isinstance(1)):
    try:
        call()
    except TypeError as error:
        print(error)
