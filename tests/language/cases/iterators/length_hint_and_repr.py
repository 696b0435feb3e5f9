"""Iterators have no length; their methods are visible."""
it = iter([1, 2, 3])
print(it.__length_hint__(), next(it), it.__length_hint__(), hasattr(it, "__next__"), iter(it) is it)
for v in (iter([]), zip(), map(len, []), (x for x in [])):
    try:
        len(v)
    except TypeError as error:
        print(error)
    try:
        v[0]
    except TypeError as error:
        print(error)
