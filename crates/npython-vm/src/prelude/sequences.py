"""Lists, tuples and ranges over guest objects."""


def _list_new(cls, *arguments):
    # The last argument is the dict of keyword arguments.
    return [item for item in arguments[0]]


def _list_init(self, iterable):
    self = _data_of(self)
    items = [item for item in iterable]
    self[:] = items


def _list_extend(self, iterable):
    self = _data_of(self)
    for item in iterable:
        self.append(item)


def _list_inplace_add(self, iterable):
    _list_extend(self, iterable)
    return self


def _list_insert(self, index, item):
    list.insert(self, _index(index), item)


def _list_pop(self, index):
    return list.pop(self, _index(index))


def _search_bound(value):
    if isinstance(value, int):
        return value
    return _index(value)


def _list_index(self, item, *bounds):
    position = _find_in_sequence(_data_of(self), item, bounds)
    if position < 0:
        raise ValueError(f'{item!r} is not in list')
    return position


def _tuple_index(self, item, *bounds):
    position = _find_in_sequence(_data_of(self), item, bounds)
    if position < 0:
        raise ValueError('tuple.index(x): x not in tuple')
    return position


def _find_in_sequence(sequence, item, bounds):
    start = 0
    stop = len(sequence)
    if len(bounds) > 0:
        start = _search_bound(bounds[0])
        if start < 0:
            start = max(start + len(sequence), 0)
    if len(bounds) > 1:
        stop = _search_bound(bounds[1])
        if stop < 0:
            stop += len(sequence)
    while start < stop and start < len(sequence):
        other = sequence[start]
        if other is item or other == item:
            return start
        start += 1
    return -1


def _sequence_count(self, item):
    sequence = _data_of(self)
    count = 0
    index = 0
    while index < len(sequence):
        other = sequence[index]
        if other is item or other == item:
            count += 1
        index += 1
    return count


def _list_remove(self, item):
    sequence = _data_of(self)
    position = _find_in_sequence(sequence, item, ())
    if position < 0:
        raise ValueError('list.remove(x): x not in list')
    del sequence[position:position + 1]


def _tuple_new(cls, *arguments):
    return tuple.__new__(cls, [item for item in arguments[0]])


def _hash_of_tuple(self):
    return _hash_parts(_data_of(self))


def _range_count(self, item):
    count = 0
    for other in self:
        if other is item or other == item:
            count += 1
    return count


def _range_index(self, item):
    position = 0
    for other in self:
        if other is item or other == item:
            return position
        position += 1
    raise ValueError('sequence.index(x): x not in sequence')


def _slice_indices(self, length):
    return slice.indices(_plain_slice(self), _index(length))
