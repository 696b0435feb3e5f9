"""Every iterator of itertools, with its errors."""
import itertools
from itertools import *
import operator

print(list(islice(count(3), 3)), list(islice(count(2.5, -0.5), 3)), list(islice(cycle([1, 2]), 5)), list(repeat("x", 3)), list(islice(repeat(0), 2)))
print(list(accumulate([1, 2, 3, 4])), list(accumulate([1, 2, 3], operator.mul)), list(accumulate([1, 2], initial=10)), list(accumulate([])))
print(list(chain([1], (2,), "ab")), list(chain.from_iterable([[1], [2, 3]])), list(chain()))
print(list(compress("abcdef", [1, 0, 1, 0, 1, 1])), list(dropwhile(lambda x: x < 3, [1, 4, 1])), list(takewhile(lambda x: x < 3, [1, 4, 1])))
print(list(filterfalse(None, [0, 1, 2])), list(filterfalse(lambda x: x % 2, range(5))), list(starmap(pow, [(2, 3), (3, 2)])))
print([(k, list(g)) for k, g in groupby("AAAABBBCCDAABBB")], [k for k, g in groupby([1, 1.0, True, 2])], [(k, list(g)) for k, g in groupby([1, 2, 4, 6, 7], key=lambda x: x % 2)])
print(list(islice(range(10), 3)), list(islice(range(10), 2, 8, 3)), list(islice(range(10), 2, None)), list(islice("abc", 0)))
print(list(pairwise("abcd")), list(pairwise("a")), list(batched("abcdefg", 3)), list(zip_longest("abc", [1], fillvalue="-")))
print(list(product("ab", repeat=2)), list(product()), list(product([], [1])), list(product([1, 2], "xy")))
print(list(permutations("abc", 2)), list(permutations(range(3)))[-1], list(permutations([1], 2)), list(permutations([])))
print(list(combinations("abcd", 2)), list(combinations("ab", 3)), list(combinations("ab", 0)), list(combinations_with_replacement("ab", 2)))
a, b = tee([1, 2, 3])
print(next(a), list(b), list(a), tee([], 0))
it = iter(range(10))
print(list(islice(it, 3)), next(it), list(takewhile(lambda x: x < 6, it)), next(it))
groups = groupby("aab")
k1, g1 = next(groups)
k2, g2 = next(groups)
print(k1, list(g1), k2, list(g2))
c = chain([1, 2], [3])
print(iter(c) is c, next(c), next(c), next(c), next(c, "end"))
print(type(c), isinstance(c, chain), chain.__name__, itertools.count.__module__)
for call in (
    lambda: islice([1], -1),
    lambda: islice([1], 0, 5, 0),
    lambda: islice([1]),
    lambda: list(batched([1], 0)),
    lambda: list(batched([1, 2, 3], 2, strict=True)),
    lambda: permutations([1], -1),
    lambda: combinations([1], -1),
    lambda: product([1], repeat=-1),
    lambda: count("a"),
    lambda: chain(1).__next__(),
    lambda: list(chain.from_iterable([1])),
    lambda: tee([1], -1),
    lambda: next(iter(chain())),
):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
# Lazy: only what is asked for is taken.
seen = []
def noisy():
    for i in range(5):
        seen.append(i)
        yield i
it = map(lambda x: x * 2, filterfalse(lambda x: x % 2, noisy()))
print(seen, next(it), seen, next(it), seen)
