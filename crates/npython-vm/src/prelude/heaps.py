"""Lists as heaps of items that guest code compares."""


def _heappush(heap, item):
    heap.append(item)
    _heap_climb(heap, 0, len(heap) - 1)


def _heappop(heap):
    last = heap.pop()
    if not heap:
        return last
    smallest = heap[0]
    heap[0] = last
    _heap_sink(heap, 0)
    return smallest


def _heapreplace(heap, item):
    smallest = heap[0]
    heap[0] = item
    _heap_sink(heap, 0)
    return smallest


def _heappushpop(heap, item):
    if heap and heap[0] < item:
        item, heap[0] = heap[0], item
        _heap_sink(heap, 0)
    return item


def _heapify_from(heap, position):
    while position >= 0:
        _heap_sink(heap, position)
        position -= 1


def _heap_climb(heap, start, position):
    # What a comparison leaves behind when it raises is a list of the same items.
    item = heap[position]
    while position > start:
        parent = (position - 1) >> 1
        above = heap[parent]
        if not item < above:
            break
        heap[position] = above
        heap[parent] = item
        position = parent


def _heap_sink(heap, position):
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
        heap[child] = item
        position = child
        child = 2 * position + 1
    _heap_climb(heap, start, position)
