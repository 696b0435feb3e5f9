"""One iterator consumed from several places."""
it = iter(range(10))
print(list(zip(it, it)), list(it))
it = iter([1, 2, 3, 4, 5])
for x in it:
    print(x, next(it, None))
a = iter([1, 2, 3])
print(2 in a, list(a))
i = iter([1, 2, 3])
first = next(i)
print(first, [*i], [*i])
