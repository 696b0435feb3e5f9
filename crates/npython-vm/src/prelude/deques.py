"""Deques with guest iterables, guest items and instances of derived classes."""


def _deque_made(queue, generator):
    queue.extend(list(generator))
    return queue


def _deque_extend(queue, iterable, result, itself):
    if itself:
        iterable = [*iterable]
    if queue.maxlen == 0:
        for item in iterable:
            pass
    else:
        for item in iterable:
            queue.append(item)
    return result


def _deque_extend_left(queue, iterable, result, itself):
    if itself:
        iterable = [*iterable]
    if queue.maxlen == 0:
        for item in iterable:
            pass
    else:
        for item in iterable:
            queue.appendleft(item)
    return result


def _deque_copy(self):
    maxlen = _data_of(self).maxlen
    made = type(self)(self) if maxlen is None else type(self)(self, maxlen)
    if not isinstance(made, _deque_type):
        raise TypeError(f'{type(self).__name__}() must return a deque, not {type(made).__name__}')
    return made


def _deque_copied(self):
    return _data_of(self).copy() if type(self) is _deque_type else _deque_copy(self)


def _deque_add(self, other):
    made = _deque_copied(self)
    _deque_type.extend(made, other)
    return made


def _deque_multiply(self, times):
    return _deque_type.__imul__(_deque_copied(self), times)


def _deque_repr(self):
    if _repr_begin(self):
        return '[...]'
    try:
        items = repr([*self])
    finally:
        _repr_end(self)
    maxlen = _data_of(self).maxlen
    limit = '' if maxlen is None else f', maxlen={maxlen}'
    return f'{type(self).__name__}({items}{limit})'


def _deque_getitem(self, index):
    return _data_of(self)[_index(index)]


def _deque_setitem(self, index, value):
    _data_of(self)[_index(index)] = value


def _deque_delitem(self, index):
    del _data_of(self)[_index(index)]


def _deque_insert(self, index, item):
    _data_of(self).insert(_index(index), item)


def _deque_rotate(self, places):
    _data_of(self).rotate(_index(places))


def _deque_count(self, wanted):
    count = 0
    for item in _data_of(self):
        if item is wanted or item == wanted:
            count += 1
    return count


def _deque_index(self, wanted, *bounds):
    queue = _data_of(self)
    length = len(queue)
    start = 0
    stop = length
    if len(bounds) > 0:
        start = _search_bound(bounds[0])
        if start < 0:
            start = max(start + length, 0)
    if len(bounds) > 1:
        stop = _search_bound(bounds[1])
        if stop < 0:
            stop += length
    stop = min(stop, len(queue))
    changes = _deque_changes(queue)
    while start < stop:
        item = queue[start]
        if item is wanted or item == wanted:
            return start
        if _deque_changes(queue) != changes:
            raise RuntimeError('deque mutated during iteration')
        start += 1
    raise ValueError(f'{wanted!r} is not in deque')


def _deque_remove(self, wanted):
    queue = _data_of(self)
    changes = _deque_changes(queue)
    position = 0
    while position < len(queue):
        item = queue[position]
        found = True if item is wanted or item == wanted else False
        if _deque_changes(queue) != changes:
            raise IndexError('deque mutated during iteration')
        if found:
            del queue[position]
            return
        position += 1
    raise ValueError(f'{wanted!r} is not in deque')


def _deque_difference(left, right):
    lefts = iter(left)
    rights = iter(right)
    while True:
        first = next(lefts, _MISSING)
        second = next(rights, _MISSING)
        if first is _MISSING or second is _MISSING:
            return first, second
        if not (first is second or first == second):
            return first, second


def _deque_eq(left, right):
    if not isinstance(right, _deque_type):
        return NotImplemented
    if left is right:
        return True
    if len(_data_of(left)) != len(_data_of(right)):
        return False
    first, second = _deque_difference(left, right)
    if first is _MISSING or second is _MISSING:
        return first is second
    return True if first == second else False


def _deque_ne(left, right):
    if not isinstance(right, _deque_type):
        return NotImplemented
    if left is right:
        return False
    if len(_data_of(left)) != len(_data_of(right)):
        return True
    first, second = _deque_difference(left, right)
    if first is _MISSING or second is _MISSING:
        return first is not second
    return True if first != second else False


def _deque_lt(left, right):
    first, second = _deque_difference(left, right)
    if first is _MISSING or second is _MISSING:
        return second is not _MISSING
    return True if first < second else False


def _deque_le(left, right):
    first, second = _deque_difference(left, right)
    if first is _MISSING or second is _MISSING:
        return first is _MISSING
    return True if first <= second else False


def _deque_gt(left, right):
    first, second = _deque_difference(left, right)
    if first is _MISSING or second is _MISSING:
        return first is not _MISSING
    return True if first > second else False


def _deque_ge(left, right):
    first, second = _deque_difference(left, right)
    if first is _MISSING or second is _MISSING:
        return second is _MISSING
    return True if first >= second else False


def _deque_reduce(self):
    maxlen = _data_of(self).maxlen
    return type(self), () if maxlen is None else ((), maxlen), self.__getstate__(), iter(self)


def _deque_iterator_at(cls, queue, index):
    return cls(queue, _index(index))
