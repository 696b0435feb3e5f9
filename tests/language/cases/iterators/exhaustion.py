"""Exhausted iterators stay exhausted, also when the list grows."""
x = [1]
it = iter(x)
print(list(it))
x.append(2)
print(list(it), next(it, "still done"))
d = {"a": 1}
k = iter(d)
print(next(k))
d["b"] = 2
try:
    next(k)
except RuntimeError as error:
    print(error)
class Getitem:
    def __getitem__(self, i):
        if i < 3:
            return i
        raise IndexError("end")
it = iter(Getitem())
print(list(it), list(it), type(it).__name__, sum(Getitem()))
