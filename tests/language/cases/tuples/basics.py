"""Tuples: displays, indexing, equality, hashing, methods."""
t = 1, "a", (2,)
print(t, (), (1,), t[0], t[-1], t[1:], t + (3,), t * 2, len(t), t == (1, "a", (2,)), (1, 2) < (1, 2, 0), t.count(1), t.index("a"), hash((1, 2)) == hash((1, 2)), tuple("ab"), tuple([1]), (*"ab", 1))
for call in (lambda: t[9], lambda: t.index(99), lambda: t + [1], lambda: hash(([],)), lambda: t["x"], lambda: tuple(5)):
    try:
        call()
    except Exception as error:
        print(type(error).__name__, error)
try:
    t[0] = 1
except TypeError as error:
    print(error)
try:
    del t[0]
except TypeError as error:
    print(error)
