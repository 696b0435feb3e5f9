"""Generator expressions are lazy, except for the first iterable."""
def source():
    print("source called")
    return [1, 2, 3]
g = (print("item", x) or x * 2 for x in source())
print("made", next(g))
print(list(g), list(g), sum(x for x in range(5)), max((len(w) for w in ["a", "bbb"]), default=0), type(g).__name__, "".join(c for c in "abc" if c != "b"))
try:
    (x for x in 5)
except TypeError as error:
    print(error)
g = (1 // n for n in (1, 0, 2))
print(next(g))
try:
    next(g)
except ZeroDivisionError as error:
    print(error)
print(next(g, "finished"))
