"""User iterators in for, unpacking and builtins."""
class Count:
    def __init__(self, n):
        self.i, self.n = 0, n
    def __iter__(self):
        return self
    def __next__(self):
        if self.i >= self.n:
            raise StopIteration
        self.i += 1
        return self.i
print(list(Count(3)), sum(Count(4)), [*Count(2)], max(Count(3)), 2 in Count(5), dict(zip(Count(2), "ab")), sorted(Count(3), reverse=True))
a, *b = Count(4)
print(a, b, tuple(map(str, Count(2))))
class NotIterator:
    def __iter__(self): return 5
class NoNext:
    def __iter__(self): return self
class NoneIter:
    __iter__ = None
for value in (NotIterator(), NoNext(), NoneIter()):
    try:
        list(value)
    except TypeError as error:
        print(error)
try:
    next(5)
except TypeError as error:
    print(error)
