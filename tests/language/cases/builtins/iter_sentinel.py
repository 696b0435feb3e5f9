"""iter with a sentinel, next with a default."""
values = [3, 2, 1, 0, 5]
it = iter(lambda: values.pop(0), 0)
print(list(it), values, next(it, "over"))
it = iter("ab")
print(next(it), next(it), next(it, None))
for call in (lambda: next(it), lambda: iter(5), lambda: iter(5, 0), lambda: next([]), lambda: next(), lambda: iter()):
    try:
        call()
    except Exception as error:
        print(type(error).__name__, error)
