"""Built-in functions over guest iterables."""


def _any(iterable):
    for item in iterable:
        if item:
            return True
    return False


def _any_rest(iterator, item):
    return True if item else _any(iterator)


def _all(iterable):
    for item in iterable:
        if not item:
            return False
    return True


def _all_rest(iterator, item):
    return _all(iterator) if item else False


def _extreme_rest(largest, iterable, best, item):
    if item > best if largest else item < best:
        best = item
    for item in iterable:
        if item > best if largest else item < best:
            best = item
    return best


def _extreme(largest, iterable, key, default):
    best = _MISSING
    best_rank = None
    for item in iterable:
        rank = item if key is None else key(item)
        if best is _MISSING:
            best = item
            best_rank = rank
        elif rank > best_rank if largest else rank < best_rank:
            best = item
            best_rank = rank
    if best is _MISSING:
        if default is _MISSING:
            raise ValueError(f"{'max' if largest else 'min'}() iterable argument is empty")
        return default
    return best
