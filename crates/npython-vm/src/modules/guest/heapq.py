"""Lists as heaps: the smallest item is the first."""

__all__ = ["heappush", "heappop", "heapify", "heapreplace", "merge", "nlargest", "nsmallest", "heappushpop"]


def _check(heap, function, argument=" 1"):
    if not isinstance(heap, list):
        raise TypeError(f"{function}() argument{argument} must be list, not {type(heap).__name__}")


def heappush(heap, item, /):
    """Adds an item."""
    _check(heap, "heappush")
    heap.append(item)
    position = len(heap) - 1
    while position > 0:
        parent = (position - 1) >> 1
        above = heap[parent]
        if not item < above:
            break
        heap[position] = above
        position = parent
    heap[position] = item


def heappop(heap, /):
    """Removes and returns the smallest item."""
    _check(heap, "heappop", "")
    if not heap:
        raise IndexError("index out of range")
    last = heap.pop()
    if not heap:
        return last
    smallest = heap[0]
    heap[0] = last
    _sink(heap, 0)
    return smallest


def heapreplace(heap, item, /):
    """Removes the smallest item, then adds one."""
    _check(heap, "heapreplace")
    if not heap:
        raise IndexError("index out of range")
    smallest = heap[0]
    heap[0] = item
    _sink(heap, 0)
    return smallest


def heappushpop(heap, item, /):
    """Adds an item, then removes the smallest."""
    _check(heap, "heappushpop")
    if heap and heap[0] < item:
        item, heap[0] = heap[0], item
        _sink(heap, 0)
    return item


def heapify(heap, /):
    """Puts the items in heap order."""
    _check(heap, "heapify", "")
    for position in range(len(heap) // 2 - 1, -1, -1):
        _sink(heap, position)


def _sink(heap, position):
    # Down to a leaf along the smaller children, then up to where the item belongs: fewer comparisons than stopping early.
    end = len(heap)
    start = position
    item = heap[position]
    child = 2 * position + 1
    while child < end:
        right = child + 1
        if right < end and not heap[child] < heap[right]:
            child = right
        heap[position] = heap[child]
        position = child
        child = 2 * position + 1
    while position > start:
        parent = (position - 1) >> 1
        above = heap[parent]
        if not item < above:
            break
        heap[position] = above
        position = parent
    heap[position] = item


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
            _sink(runs, 0)
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
