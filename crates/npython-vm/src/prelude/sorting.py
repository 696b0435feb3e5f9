"""Sorting where guest code compares or makes the keys."""


def _sorted(iterable, key, reverse):
    items = [item for item in iterable]
    _sort_items(items, key, reverse)
    return items


def _list_sort(self, key, reverse):
    reverse = False if reverse is _MISSING else (True if reverse else False)
    items = _sort_begin(self)
    changed = False
    try:
        _sort_items(items, key, reverse)
    finally:
        changed = _sort_end(self, items)
    if changed:
        raise ValueError('list modified during sort')


def _sort_items(items, key, reverse):
    reverse = True if reverse else False
    if key is None or key is _MISSING:
        keys = [item for item in items]
    else:
        keys = [key(item) for item in items]
    if not _sort_native(items, keys, reverse):
        _reorder(items, _sorted_order(keys, reverse))


def _sorted_order(keys, reverse):
    """The indices of the keys in order: runs by binary insertion, then merging."""
    count = len(keys)
    order = [index for index in range(count)]
    if reverse:
        order.reverse()
    shortest = count
    odd = 0
    while shortest >= 64:
        odd |= shortest & 1
        shortest >>= 1
    shortest += odd
    runs = []
    start = 0
    while start < count:
        length = _make_run(keys, order, start, count)
        end = min(start + max(length, shortest), count)
        _insert_sorted(keys, order, start, start + length, end)
        runs.append((start, end))
        start = end
    while len(runs) > 1:
        merged = []
        index = 0
        while index + 1 < len(runs):
            _merge_runs(keys, order, runs[index][0], runs[index][1], runs[index + 1][1])
            merged.append((runs[index][0], runs[index + 1][1]))
            index += 2
        if index < len(runs):
            merged.append(runs[index])
        runs = merged
    if reverse:
        order.reverse()
    return order


def _make_run(keys, order, start, count):
    """The length of the run at `start`, made ascending, with CPython's comparisons."""
    end = _ascending_end(keys, order, start + 1, count)
    if end >= count:
        return count - start
    if end > start + 1:
        if keys[order[start]] < keys[order[end - 1]]:
            return end - start
        order[start:end] = order[start:end][::-1]
    end += 1
    equal = 0
    while end < count:
        if keys[order[end]] < keys[order[end - 1]]:
            if equal:
                order[end - equal - 1:end] = order[end - equal - 1:end][::-1]
                equal = 0
        elif keys[order[end - 1]] < keys[order[end]]:
            break
        else:
            equal += 1
        end += 1
    if equal:
        order[end - equal - 1:end] = order[end - equal - 1:end][::-1]
    order[start:end] = order[start:end][::-1]
    return _ascending_end(keys, order, end, count) - start


def _ascending_end(keys, order, end, count):
    while end < count:
        if keys[order[end]] < keys[order[end - 1]]:
            break
        end += 1
    return end


def _insert_sorted(keys, order, start, sorted_end, end):
    while sorted_end < end:
        pivot = order[sorted_end]
        low = start
        high = sorted_end
        while low < high:
            middle = (low + high) >> 1
            if keys[pivot] < keys[order[middle]]:
                high = middle
            else:
                low = middle + 1
        del order[sorted_end]
        order.insert(low, pivot)
        sorted_end += 1


def _merge_runs(keys, order, start, middle, end):
    left = order[start:middle]
    right = order[middle:end]
    merged = []
    first = 0
    second = 0
    while first < len(left) and second < len(right):
        if keys[right[second]] < keys[left[first]]:
            merged.append(right[second])
            second += 1
        else:
            merged.append(left[first])
            first += 1
    merged.extend(left[first:])
    merged.extend(right[second:])
    order[start:end] = merged
