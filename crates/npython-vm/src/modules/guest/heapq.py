"""Lists as heaps: the smallest item is the first."""

__all__ = ["heappush", "heappop", "heapify", "heapreplace", "merge", "nlargest", "nsmallest", "heappushpop"]

from _heapq import heapify, heappop, heappush, heappushpop, heapreplace


def merge(*iterables, key=None, reverse=False):
    """The items of sorted iterables in order."""
    runs = []
    for order, iterable in enumerate(iterables):
        iterator = iter(iterable)
        for value in iterator:
            runs.append(_Run(value if key is None else key(value), order, value, iterator, reverse))
            break
    heapify(runs)
    while runs:
        run = runs[0]
        yield run.value
        for value in run.iterator:
            run.value = value
            run.rank = value if key is None else key(value)
            heapreplace(runs, run)
            break
        else:
            heappop(runs)


class _Run:
    """What is left of an iterable, with its next item."""

    __slots__ = ("rank", "order", "value", "iterator", "reverse")

    def __init__(self, rank, order, value, iterator, reverse):
        self.rank = rank
        self.order = order
        self.value = value
        self.iterator = iterator
        self.reverse = reverse

    def __lt__(self, other):
        first, second = (other, self) if self.reverse else (self, other)
        if first.rank < second.rank:
            return True
        if second.rank < first.rank:
            return False
        return self.order < other.order


def nsmallest(n, iterable, key=None):
    """The n smallest items in order."""
    return sorted(iterable, key=key)[: max(n, 0)]


def nlargest(n, iterable, key=None):
    """The n largest items, the largest first."""
    return sorted(iterable, key=key, reverse=True)[: max(n, 0)]
