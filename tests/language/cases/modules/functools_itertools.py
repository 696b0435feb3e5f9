"""The parts of functools and itertools that programs use daily."""
from functools import reduce, partial, lru_cache, wraps, total_ordering, cached_property
from itertools import chain, islice, count, groupby, product, permutations, combinations, accumulate, zip_longest, repeat, cycle, takewhile, dropwhile, starmap, tee, pairwise, batched
print(reduce(lambda a, b: a * b, range(1, 6)), partial(pow, 2)(5), partial(int, base=2)("101"))
@lru_cache(maxsize=None)
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(50), fib.cache_info())
class C:
    @cached_property
    def v(self):
        print("computed")
        return 5
c = C()
print(c.v, c.v)
print(list(chain([1], "ab")), list(islice(count(5, 2), 3)), [(k, list(g)) for k, g in groupby("aabbb")], list(product("ab", [1, 2])), list(permutations([1, 2, 3], 2))[:3], list(combinations("abc", 2)), list(accumulate([1, 2, 3])), list(zip_longest("ab", [1], fillvalue="-")))
print(list(repeat(1, 2)), list(islice(cycle("ab"), 5)), list(takewhile(lambda x: x < 3, count())), list(dropwhile(lambda x: x < 2, range(4))), list(starmap(pow, [(2, 3)])), [list(t) for t in tee("ab")], list(pairwise("abc")), list(batched("abcde", 2)))
