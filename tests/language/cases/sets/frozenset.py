"""frozenset is hashable and immutable."""
f = frozenset([2, 1])
print(f, frozenset(), hash(f) == hash(frozenset([1, 2])), {f: 1}[frozenset([1, 2])], f | {3}, {3} | f, type(f & {1}), type({1} & f), f == {1, 2}, {frozenset({1})}, frozenset(f) is f)
try:
    f.add(1)
except AttributeError as error:
    print(error)
