"""Built-in iterators over guest iterables: how they are made and stepped."""


def _left_backwards(sequence, position):
    return 0 if len(sequence) < position else position


def _left_forwards(sequence, position):
    if _special(sequence, "__len__") is _MISSING:
        return NotImplemented
    return max(len(sequence) - position, 0)


def _enumerate_next(iterator, inner):
    item = next(inner)
    return (_enumerate_count(iterator), item)


def _zip_next(iterator):
    inners = _inner_iterators(iterator)
    if len(inners) == 2:
        left, right = inners
        first = next(left, _MISSING)
        if first is _MISSING:
            return _zip_end(iterator, 0)
        second = next(right, _MISSING)
        if second is _MISSING:
            return _zip_end(iterator, 1)
        return (first, second)
    items = []
    for inner in inners:
        item = next(inner, _MISSING)
        if item is _MISSING:
            return _zip_end(iterator, len(items))
        items.append(item)
    return tuple(items)


def _zip_end(iterator, ended):
    if _zip_is_strict(iterator):
        if ended > 0:
            _zip_error(ended, False)
        inners = _inner_iterators(iterator)
        index = 1
        while index < len(inners):
            if next(inners[index], _MISSING) is not _MISSING:
                _zip_error(index, True)
            index += 1
    raise StopIteration


def _map_next(iterator, function):
    items = []
    for inner in _inner_iterators(iterator):
        items.append(next(inner))
    return function(*items)


def _map_call(function, *items):
    return function(*items)


def _filter_next(function, inner):
    if function is None:
        while True:
            item = next(inner)
            if item:
                return item
    while True:
        item = next(inner)
        if function(item):
            return item


def _callable_next(iterator, function, sentinel):
    try:
        value = function()
    except StopIteration:
        _iter_finish(iterator)
        raise
    # The function may have used the iterator up itself.
    if _iter_is_finished(iterator):
        raise StopIteration
    if sentinel is value or sentinel == value:
        _iter_finish(iterator)
        raise StopIteration
    return value


def _iterator_reduced(backward, arguments, *state):
    return (reversed if backward else iter, arguments, *state)


def _reversed_setstate(iterator, sequence, index):
    _iter_place(iterator, min(index, len(sequence) - 1))


def _zip_setstate(self, strict):
    zip.__setstate__(self, True if strict else False)


def _getitem_next(iterator, sequence, index):
    try:
        item = _special(sequence, "__getitem__")(index)
    except (IndexError, StopIteration):
        item = _MISSING
    if item is _MISSING:
        _iter_finish(iterator)
        raise StopIteration
    _iter_advance(iterator)
    return item


def _reversed_next(iterator, sequence, index):
    return _getitem_next(iterator, sequence, index)


def _enumerate_make(cls, iterable, start):
    iterator = iter(iterable)
    start = _index(start)
    if -9223372036854775808 <= start <= 9223372036854775807:
        return _make_enumerate(cls, iterator, start)
    return _present_as(enumerate, _enumerate_from(iterator, start))


def _enumerate_from(iterator, number):
    while True:
        try:
            item = next(iterator)
        except StopIteration:
            return
        yield (number, item)
        number += 1


def _zip_make(cls, iterables, strict):
    iterators = []
    for iterable in iterables:
        iterators.append(iter(iterable))
    return _make_zip(cls, iterators, True if strict else False)


def _map_make(cls, function, iterables):
    iterators = []
    for iterable in iterables:
        iterators.append(iter(iterable))
    return _make_map(cls, function, iterators)


def _filter_make(cls, function, iterable):
    return _make_filter(cls, function, iter(iterable))


def _reversed_make(cls, sequence):
    return _make_reversed(cls, sequence, len(sequence))


def _range_make(bounds):
    return range(*[_index(bound) for bound in bounds])
